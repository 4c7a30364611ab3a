package ShopTest::Stack;
use Mojo::Base -base, -signatures;

# One instance of the whole shop, as scripts/run starts it.

use Mojo::File qw(path tempdir);
use Mojo::JSON qw(decode_json from_json);
use Mojo::UserAgent;

use ShopTest::Accounts;
use ShopTest::Client;
use ShopTest::File qw(write_file);
use ShopTest::Log;
use ShopTest::Nginx;

has 'state';
has 'private';
has settings => sub { {} };
has 'port';
has 'tmp';
has logs     => sub { {} };
has nginxes  => sub { [] };
has accounts => sub ($self) { ShopTest::Accounts->new(stack => $self) };

# --- start and stop -------------------------------------------------------

sub start ($self) {
    $self->tmp(tempdir('shop-test.XXXXXX', TMPDIR => 1, CLEANUP => 0))
      unless $self->tmp;
    chmod 0755, $self->tmp;
    $self->port(free_port(10_240)) unless $self->port;
    $self->state($self->tmp->child('state'));

    my %settings = (
        SHOP_RATE_LIMITS => 'off',
        SHOP_DEBUG_TRIPS => 'on',
        SHOP_LOG_LEVEL   => 'info',
        SHOP_RETRY_BASE  => '200ms',
        SHOP_LISTEN      => 'loopback',
        %{$self->settings}
    );
    my @empty  = delete $settings{empty} ? '--empty' : ();
    my $config = $self->tmp->child('settings');
    write_file($config,
        join '', map {"$_=$settings{$_}\n"} sort keys %settings);

    $self->run('--detach', '--port', $self->port, @empty, '--config', $config);
    return $self->open;
}

# an instance that runs: logs are watched from here on
sub open ($self) {
    my %env = $self->env;
    my ($port) = $env{SHOP_URL} =~ /:(\d+)$/;
    $self->port($port);
    for my $name (qw(nginx-error nginx worker)) {
        my $file = $self->state->child('log', "$name.log")->to_string;
        $self->logs->{$name} //= ShopTest::Log->new(file => $file)->mark;
    }
    return $self;
}

sub stop ($self) {
    return unless $self->tmp && -d $self->state;
    $self->run('--stop');
    return;
}

# after a stop: its directory goes, but for a look at it (SHOP_TEST_KEEP)
sub clean ($self) {
    return unless $self->private && $self->tmp && !$ENV{SHOP_TEST_KEEP};
    $self->tmp->remove_tree unless -e $self->state->child('pid');
    return;
}

# scripts/run with this state; dies with what it said
sub run ($self, @args) {
    my @command = (ShopTest::root()->child('scripts', 'run'),
        '--state', $self->state, @args);
    local $ENV{SHOP_NO_BUILD} = 1 if $ENV{SHOP_TEST_STATE};
    my $log = path(($self->tmp // $self->state)->child('run.log'));
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        CORE::open STDIN,  '<', '/dev/null';
        CORE::open STDOUT, '>', $log;
        CORE::open STDERR, '>&', \*STDOUT;
        exec @command or exit 127;
    }
    waitpid $pid, 0;
    my $said = $log->slurp;
    die "@command:\n$said" if $?;
    return $said;
}

# --- what is where --------------------------------------------------------

sub env ($self) {
    my $text = $self->state->child('env')->slurp;
    return $text =~ /^(\w+)=(.*)$/mg;
}

sub url ($self) { my %env = $self->env; return $env{SHOP_URL} }

# built with sanitizers: slower, and memory tells nothing
sub sanitized ($self) {
    return $self->state->child(qw(service nginx run))->slurp =~ /LD_PRELOAD/;
}

# the settings that scripts/run chose: ports
sub chosen ($self) {
    return $self->state->child('settings')->slurp =~ /^(\w+)=(.*)$/mg;
}

# a new client: its own connections and cookies
sub t ($self) { return ShopTest::Client->new($self->url) }

# --- accounts: headers for requests ---------------------------------------

sub admin    ($self) { return $self->accounts->demo('admin') }
sub seller   ($self) { return $self->accounts->demo('seller') }
sub customer ($self) { return $self->accounts->new_customer->{headers} }

# a new account: {email, password, user, headers, access, refresh}
sub register ($self, %with) { return $self->accounts->new_customer(%with) }

# --- behind the gateway ---------------------------------------------------

# a handle as superuser, one a stack
sub db ($self) {
    require DBI;
    my %chosen = $self->chosen;
    return $self->{db}
      if $self->{db} && $self->{db}{Active} && $self->{db}->ping;
    my $dsn = sprintf 'dbi:Pg:host=127.0.0.1;port=%d;dbname=shop',
      $chosen{port_pg};
    $self->{db} = DBI->connect($dsn, 'shop_admin', $chosen{pg_password},
        {RaiseError => 1, PrintError => 0, AutoCommit => 1,
            pg_enable_utf8 => 1});
    return $self->{db};
}

# the first column of the first row
sub sql ($self, $statement, @bind) {
    my ($value) = $self->db->selectrow_array($statement, undef, @bind);
    return $value;
}

sub redis ($self) {
    require Redis;
    my %chosen = $self->chosen;
    return $self->{redis} //= Redis->new(
        server    => "127.0.0.1:$chosen{port_redis}",
        reconnect => 5, every => 100_000, encoding => undef
    );
}

# the mails that came for an address, oldest first
sub mails ($self, $to) {
    my %env = $self->env;
    my $url = Mojo::URL->new("$env{MAIL_URL}/messages")->query(to => $to);
    return @{Mojo::UserAgent->new->get($url)->res->json->{items}};
}

# the messages of a topic from its beginning, parsed; of a key if given
sub events ($self, $topic, $key = undef) {
    my %env = $self->env;
    # a broker that is away is what some tests are about
    my @kcat = ('kcat', '-b', $env{KAFKA_BROKERS}, '-C', '-t', $topic,
        '-o', 'beginning', '-e', '-q', '-J', '-X',
        'isolation.level=read_committed', '-X', 'fetch.wait.max.ms=10');
    CORE::open my $fh, '-|', '/bin/sh', '-c', 'exec "$@" 2>/dev/null', 'sh',
      @kcat
      or die "kcat: $!";
    my @events;
    while (my $line = <$fh>) {
        my $message = decode_json($line);
        next if defined $key && ($message->{key} // '') ne $key;
        push @events, from_json($message->{payload});
    }
    close $fh;
    return @events;
}

# --- disturbance ----------------------------------------------------------

# {nginx => {pid, address, state}, ...} as --status tells
sub status ($self) {
    my %status;
    for my $line (split /\n/, $self->run('--status')) {
        my ($name, $pid, $address, $state) = split ' ', $line;
        $status{$name} = {pid => $pid, address => $address, state => $state};
    }
    return \%status;
}

sub pid ($self, $name) { return $self->status->{$name}{pid} }

# the worker processes of nginx, or the backends of PostgreSQL
sub children ($self, $name) {
    my $pid = $self->pid($name);
    my @children;
    for my $stat (glob '/proc/[0-9]*/stat') {
        CORE::open my $fh, '<', $stat or next;
        my $line = <$fh> // next;
        my ($child, $parent) = $line =~ /^(\d+) \(.*\) \S (\d+)/ or next;
        push @children, $child if $parent == $pid;
    }
    return @children;
}

# kills a component; PostgreSQL with all of its backends
sub kill ($self, $name, $signal = 'KILL') {
    my @pids = ($self->pid($name));
    push @pids, $self->children($name) if $name eq 'postgres';
    $self->expect(qr/exited on signal|\[alert\].*waitpid/) if $name eq 'nginx';
    return CORE::kill $signal, @pids;
}

# kills one worker process of nginx
sub kill_nginx_worker ($self, $signal = 'KILL') {
    my ($pid) = $self->children('nginx');
    $self->expect(qr/worker process $pid exited on signal/);
    CORE::kill $signal, $pid;
    return $pid;
}

# a component is there again with another pid, and the gateway is ready
sub wait_back ($self, $name, $old, $seconds = 15) {
    return ShopTest::wait_for(
        sub {
            my $now = $self->status->{$name};
            return $now->{state} eq 'up' && $now->{pid} ne $old;
        },
        $seconds,
        "$name to be started again"
    ) && $self->wait_ready($seconds);
}

sub wait_ready ($self, $seconds = 15) {
    my $ua  = Mojo::UserAgent->new->insecure(1);
    my $url = $self->url . '/ready';
    return ShopTest::wait_for(
        sub {
            my $res = $ua->get($url)->res;
            return ($res->code // 0) == 200 && $res->body !~ /"down"/;
        },
        $seconds,
        'the gateway to be ready'
    );
}

# stops and starts a supervised service, by its name in DIR/service
sub service_stop ($self, $name) { return $self->_sv('-w', 60, 'down', $name) }

sub service_start ($self, $name) { return $self->_sv('up', $name) }

sub _sv ($self, @args) {
    my $name = pop @args;
    my $dir  = $self->state->child('service', $name);
    my $said = qx(sv @args $dir 2>&1);
    die "sv @args $name: $said" if $?;
    return $self;
}

sub reload ($self) { return CORE::kill 'HUP', $self->pid('nginx') }

# true once none of these workers is left
sub wait_workers_left ($self, $seconds, @old) {
    my %old = map { $_ => 1 } @old;
    return ShopTest::wait_for(
        sub {
            !grep { $old{$_} } $self->children('nginx');
        },
        $seconds,
        'the old workers to leave'
    );
}

# another way of acknowledging orders: a configuration and a reload
sub order_commit ($self, $mode) {
    my $file = $self->state->child(qw(nginx conf include shop.conf));
    my $text = $file->slurp;
    $text =~ s/^shop_order_commit \K\w+/$mode/m or die 'no shop_order_commit';
    write_file($file, $text);
    my @old = $self->children('nginx');
    $self->reload;
    return $self->wait_workers_left(30, @old);
}

# --- an nginx of one's own ------------------------------------------------

# an nginx with given directives beside the stack's own, on its PostgreSQL,
# Redis and Kafka; see ShopTest::Nginx
sub nginx ($self, %with) {
    my $nginx = ShopTest::Nginx->new(stack => $self, %with)->start;
    push @{$self->nginxes}, $nginx;
    return $nginx;
}

# what "nginx -t" says of given directives; empty when it takes them
sub nginx_refusal ($self, %with) {
    return ShopTest::Nginx->new(stack => $self, %with)->refusal;
}

sub stop_nginx ($self) {
    $_->stop for @{$self->nginxes};
    return;
}

# --- logs -----------------------------------------------------------------

# the error log since the test began
sub log ($self) { return $self->logs->{'nginx-error'} }

# lines that the test causes on purpose
sub expect ($self, $pattern) {
    push @{$_->expected}, $pattern for values %{$self->logs};
    return $self;
}

sub log_complaints ($self) {
    return map { $_->complaints } values %{$self->logs},
      map { $_->log } @{$self->nginxes};
}

# where logs of this test's own are
sub log_dirs ($self) {
    return (($self->private ? $self->state->child('log') : ()),
        map { path($_->log->file)->dirname } @{$self->nginxes});
}

# A loopback port that nobody listens on, and that no other test chooses before
# this one has ended: who has it, has a socket of that name.  From 10,240 on are
# those of stacks, which begin to listen long after they have chosen.
sub free_port ($first = 22_000) {
    require IO::Socket::INET;
    require IO::Socket::UNIX;
    state @mine;
    for (1 .. 200) {
        my $port = $first + int rand 10_240;
        my $mine = IO::Socket::UNIX->new(Local => "\0shop-test-port-$port",
            Listen => 1) or next;
        my $socket = IO::Socket::INET->new(LocalAddr => '127.0.0.1',
            LocalPort => $port, Proto => 'tcp', Listen => 1) or next;
        push @mine, $mine;
        return $port;
    }
    die 'no free port';
}

# a loopback port that refuses connections, for as long as the socket is kept
sub closed_port {
    require IO::Socket::INET;
    my $socket = IO::Socket::INET->new(LocalAddr => '127.0.0.1',
        Proto => 'tcp') or die "socket: $!";
    return ($socket->sockport, $socket);
}

1;
