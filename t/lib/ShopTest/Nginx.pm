package ShopTest::Nginx;
use Mojo::Base -base, -signatures;

# An nginx with a configuration of the test's own, against the components of a
# stack:
#
#   my $nginx = shop->nginx(
#       http   => 'shop_cache test 1m;',
#       server => 'location /api/v1/ { shop_catalog; }');
#   $nginx->t->get_ok('/api/v1/products');
#
# http replaces nothing: the stack's PostgreSQL, Redis, Kafka, keys and zone
# are configured unless "bare" is set or the test sets the same directive.
# @postgres@, @redis@, @kafka@, @keys@, @html@, @run@ stand for the stack's.

use Mojo::File qw(path tempdir);
use Mojo::URL;
use Mojo::UserAgent;

use ShopTest::Client;
use ShopTest::File qw(write_file);
use ShopTest::Log;

has 'stack';
has http    => '';
has server  => '';
has main    => '';
has bare    => 0;
has workers => 1;
has env     => sub { {} };
has 'port';
has 'tmp';
has 'log';

my %DEFAULTS = (
    shop_postgres     => '"@postgres@"',
    shop_redis        => '"@redis@"',
    shop_kafka        => '@kafka@',
    shop_token_key    => '"@keys@/token.pem"',
    shop_token_issuer => '"@issuer@"',
    shop_refresh_key  => '"@keys@/refresh.key"',
    shop_zone         => 'shop 4m',
    shop_limits       => 'off',
    shop_debug_trips  => 'on',
);

sub start ($self) {
    $self->write;
    my $said = $self->command;
    die "nginx: $said" if $?;
    ShopTest::wait_for(
        sub {
            IO::Socket::INET->new("127.0.0.1:" . $self->port);
        },
        10,
        'nginx to listen'
    );
    $self->wait_ready unless $self->bare;
    return $self;
}

# Its workers know the stores: before that all is 503.
sub wait_ready ($self) {
    my $ua  = Mojo::UserAgent->new;
    my $url = Mojo::URL->new('http+unix://x/ready')
      ->host($self->tmp->child('ready.sock')->to_string);
    return ShopTest::wait_for(
        sub { ($ua->get($url, {Host => 'x'})->res->code // 0) == 200 },
        10, 'nginx to be ready');
}

# what -t says, without the time, empty if the configuration is good
sub refusal ($self) {
    $self->write;
    my $said = $self->command('-t', '-q');
    return '' if !$?;
    return join "\n", map {s/^nginx: //r} split /\n/, $said;
}

sub t ($self) { return ShopTest::Client->new($self->url) }

sub url ($self) { return 'http://127.0.0.1:' . $self->port }

sub pid ($self) {
    my $file = $self->tmp->child('nginx.pid');
    return -s $file ? 0 + $file->slurp : undef;
}

sub reload ($self) { return kill 'HUP', $self->pid }

sub stop ($self) {
    my $pid = $self->tmp && $self->pid or return;
    kill 'QUIT', $pid;
    ShopTest::wait_for(sub { !kill 0, $pid }, 5)
      or kill 'TERM', $pid;
    ShopTest::wait_for(sub { !kill 0, $pid }, 5)
      or kill 'KILL', $pid;
    return;
}

# replaces the configuration, for a reload
sub rewrite ($self, %with) {
    $self->$_($with{$_}) for keys %with;
    return $self->write;
}

sub command ($self, @args) {
    my $sanitizer = $self->sanitizer;
    local %ENV = (
        %ENV, %{$self->env},
        $sanitizer
        ? (LD_PRELOAD => $sanitizer, ASAN_OPTIONS => 'detect_leaks=0')
        : ()
    );
    my $dir = $self->tmp;
    CORE::open my $fh, '-|', sprintf '%s -p %s -e stderr -c nginx.conf %s 2>&1',
      $self->binary, $dir, join ' ', @args
      or die "nginx: $!";
    my $said = do { local $/; <$fh> };
    close $fh;
    return $said // '';
}

# of the stack: the command line of its nginx
sub binary ($self) {
    my $run = $self->stack->state->child('service', 'nginx', 'run')->slurp;
    return $run =~ m{^\s*"([^"]+)" -p}m ? $1 : '/usr/sbin/nginx';
}

sub sanitizer ($self) {
    my $run = $self->stack->state->child('service', 'nginx', 'run')->slurp;
    return $run =~ /^export LD_PRELOAD=(.*)$/m ? $1 : undef;
}

sub values ($self) {
    my $state  = $self->stack->state;
    my $home   = -e $state->child('home')
      ? path($state->child('home')->slurp =~ s/\s+$//r) : $state;
    my $run    = path(readlink($home->child('run')) // $home->child('run'));
    my %chosen = $self->stack->chosen;
    return (
        postgres => "host=$run port=$chosen{port_pg} dbname=shop"
          . ' user=shop_gateway',
        redis  => "unix:$run/redis.sock",
        kafka  => "127.0.0.1:$chosen{port_kafka}",
        keys   => $home->child('keys'),
        html   => $home->child('lib', 'html'),
        lib    => $home->child('lib'),
        run    => $run,
        issuer => $self->stack->url,
        tmp    => $self->tmp,
    );
}

sub write ($self) {
    $self->tmp(tempdir('shop-nginx.XXXXXX', TMPDIR => 1))
      unless $self->tmp;
    chmod 0755, $self->tmp;
    $self->port(ShopTest::Stack::free_port()) unless $self->port;
    $self->log(ShopTest::Log->new(file => $self->tmp->child('error.log')))
      unless $self->log;

    my %values = $self->values;
    my $text   = $self->text;
    $text =~ s/\@(\w+)\@/$values{$1} \/\/ die "no value for \@$1\@"/ge;
    write_file($self->tmp->child('nginx.conf'), $text);
    return $self;
}

sub text ($self) {
    my $http = $self->http;
    if (!$self->bare) {
        for my $name (sort keys %DEFAULTS) {
            $http .= "\n$name $DEFAULTS{$name};"
              unless $http =~ /\b\Q$name\E\s/;
        }
    }
    my $user    = $> == 0 ? 'user ngx_shop;' : '';
    my $env     = $self->sanitizer ? 'env LD_PRELOAD; env ASAN_OPTIONS;' : '';
    my $ready   = $self->bare ? '' : 'server {
        listen unix:@tmp@/ready.sock; location / { shop_ops; } }';
    my $temp    = join "\n", map {"${_}_temp_path \@tmp\@/$_;"}
      qw(client_body proxy fastcgi uwsgi scgi);
    return <<"EOT";
load_module "\@lib\@/ngx_http_shop_module.so";
$user
$env
worker_processes @{[$self->workers]};
error_log "\@tmp\@/error.log" info;
pid "\@tmp\@/nginx.pid";
@{[$self->main]}
events { worker_connections 4096; }
http {
    access_log off;
    $temp
    $http
    server {
        listen 127.0.0.1:@{[$self->port]};
        @{[$self->server]}
    }
    $ready
}
EOT
}

1;
