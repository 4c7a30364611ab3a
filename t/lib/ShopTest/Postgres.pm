package ShopTest::Postgres;
use Mojo::Base -base, -signatures;

# A PostgreSQL of a test's own, to be killed and stopped at will:
#
#   my $pg = ShopTest::Postgres->new->start;
#   $pg->do('create table ...');
#   $pg->conninfo('application_name=x')      for shop_postgres

use DBI;
use Mojo::File qw(path tempdir);

use ShopTest ();
use ShopTest::File qw(write_file);
use ShopTest::Stack;

has port     => sub { ShopTest::Stack::free_port() };
has settings => sub { {} };
has 'tls';
has 'tmp';
has 'made';

# the newest that is installed
my ($BIN) = map {"/usr/lib/postgresql/$_/bin"} sort { $b <=> $a }
  map {m{(\d+)/bin$}} glob '/usr/lib/postgresql/*/bin';

sub start ($self) {
    $self->make unless $self->made;
    $self->ctl('start', '-l', $self->tmp->child('log'), '-w');
    return $self;
}

sub make ($self) {
    $self->tmp(tempdir('shop-pg.XXXXXX', TMPDIR => 1));
    chmod 0755, $self->tmp;
    my $owner = $> == 0 ? getpwnam('postgres') : $>;
    chown $owner, -1, $self->tmp if $> == 0;
    $self->command("$BIN/initdb", '-D', $self->data, '-U', 'shop', '-A',
        'trust', '--no-sync');

    if ($self->tls) {
        $self->command('openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt',
            'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost',
            '-keyout', $self->data->child('server.key'),
            '-out',    $self->data->child('server.crt'));
    }

    my %settings = (
        ssl  => $self->tls ? 'on' : 'off',
        port                    => $self->port,
        listen_addresses        => "'127.0.0.1'",
        unix_socket_directories => "'" . $self->tmp . "'",
        %{$self->settings}
    );
    write_file($self->data->child('postgresql.auto.conf'),
        join '', map {"$_ = $settings{$_}\n"} sort keys %settings);
    return $self->made(1);
}

sub data ($self) { return $self->tmp->child('data') }

sub conninfo ($self, $more = '') {
    return sprintf 'host=%s port=%d user=shop dbname=postgres %s',
      $self->tmp, $self->port, $more;
}

sub db ($self) {
    return $self->{db} if $self->{db} && $self->{db}->ping;
    $self->{db} = DBI->connect(
        sprintf('dbi:Pg:host=%s;port=%d;dbname=postgres', $self->tmp,
            $self->port),
        'shop', '',
        {RaiseError => 1, PrintError => 0, AutoCommit => 1}
    );
    $self->{db}->do('set client_min_messages = warning');
    return $self->{db};
}

sub do ($self, $sql, @bind) { return $self->db->do($sql, undef, @bind) }

sub value ($self, $sql, @bind) {
    return ($self->db->selectrow_array($sql, undef, @bind))[0];
}

# how: fast, immediate
sub stop ($self, $how = 'fast') {
    $self->{db}->disconnect if $self->{db};
    delete $self->{db};
    $self->ctl('stop', '-m', $how) if $self->pid;
    return $self;
}

# as a power cut would: what was not flushed is gone
sub kill ($self) {
    $self->{db}->disconnect if $self->{db};
    delete $self->{db};
    my $pid = $self->pid or return $self;
    my @children = split ' ',
      path("/proc/$pid/task/$pid/children")->slurp;
    CORE::kill('KILL', $pid, @children);
    ShopTest::wait_for(sub { !grep { CORE::kill(0, $_) } $pid, @children }, 10,
        'the processes to end');
    return $self;
}

sub pid ($self) {
    my $file = $self->data->child('postmaster.pid');
    return unless -s $file;
    my ($pid) = split /\n/, $file->slurp;
    return CORE::kill(0, $pid) ? $pid : undef;
}

# ends the sessions of an application, as an operator would, and waits for it
sub terminate ($self, $application) {
    return $self->value(
        'select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity
         where application_name like ?', $application
    );
}

sub ctl ($self, $what, @args) {
    return $self->command("$BIN/pg_ctl", '-D', $self->data, '-s', @args,
        $what);
}

sub command ($self, @command) {
    my $log = $self->tmp->child('command.log');
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        open STDIN,  '<',  '/dev/null';
        open STDOUT, '>>', $log;
        open STDERR, '>&', \*STDOUT;
        chdir $self->tmp;
        @command = ('setpriv', '--reuid=postgres', '--regid=postgres',
            '--clear-groups', @command)
          if $> == 0;
        exec @command or exit 127;
    }
    waitpid $pid, 0;
    die "@command: " . (-e $log ? $log->slurp : '') if $?;
    return;
}

sub DESTROY ($self) {
    return unless $self->tmp && $self->made;
    local $?;
    eval { $self->stop('immediate') };
    return;
}

1;
