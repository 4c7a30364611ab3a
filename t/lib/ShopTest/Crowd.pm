package ShopTest::Crowd;
use Mojo::Base -base, -signatures;

# Thousands of clients, each with a connection of its own, who all ask at the
# same moment:
#
#   my $crowd = ShopTest::Crowd->new(stack => shop, size => 10_000,
#       rounds => [sub ($n) { "GET /health HTTP/1.1\r\n..." }])->open;
#   my $answers = $crowd->ask;       # {'200 ' => 9_990, '503 busy' => 10}
#
# A client that hears 503 asks again, as Retry-After says it may, and so does
# one whose connection was closed for want of a request, on a new one; "again"
# counts how often.  Connections stay open until close().

use IO::Socket::INET ();
use Mojo::JSON       qw(decode_json encode_json);
use Mojo::URL        ();
use Time::HiRes      qw(sleep time);

has 'stack';
has size      => 1000;
has processes => 10;
has patience  => 120;                 # seconds for all answers of a round
has rounds    => sub { [] };
has streams   => 0;                   # the first event is the answer
has again     => 0;
has children  => sub { [] };

sub open ($self) {
    my $each = $self->size / $self->processes;
    for my $n (0 .. $self->processes - 1) {
        my $child = $self->_fork($n * $each, ($n + 1) * $each - 1);
        push @{$self->children}, $child;
    }
    $self->_heard($_) for @{$self->children};
    return $self;
}

# the next round: how many heard which status and code
sub ask ($self) {
    my (%count, $again);
    syswrite $_->{to}, "go\n" for @{$self->children};
    for my $child (@{$self->children}) {
        my $heard = decode_json($self->_heard($child));
        $again += delete $heard->{again};
        $count{$_} += $heard->{$_} for keys %$heard;
    }
    $self->again($again);
    return \%count;
}

sub close ($self) {
    for my $child (splice @{$self->children}) {
        CORE::close $child->{to};
        waitpid $child->{pid}, 0;
    }
    return;
}

sub DESTROY ($self) {
    kill 'KILL', map { $_->{pid} } @{$self->children};
    return;
}

sub _heard ($self, $child) {
    my $line = readline $child->{from};
    return $line // die 'a client process has died';
}

sub _fork ($self, $first, $last) {
    pipe my $command, my $to   or die "pipe: $!";
    pipe my $from,    my $said or die "pipe: $!";
    my $pid = fork // die "fork: $!";
    if ($pid) {
        return {pid => $pid, to => $to, from => $from};
    }
    CORE::close $_ for $to, $from, map { @{$_}{qw(to from)} }
      @{$self->children};
    eval { $self->_clients($command, $said, $first .. $last); 1 } or warn $@;
    require POSIX;
    POSIX::_exit(0);
}

# --- in a process of its own ------------------------------------------------

sub _clients ($self, $command, $said, @numbers) {
    local $SIG{PIPE} = 'IGNORE';
    my %socket = map { $_ => $self->_connect } @numbers;
    syswrite $said, "open\n";
    for my $request (@{$self->rounds}) {
        readline $command or return;
        my %text  = map { $_ => $request->($_) } @numbers;
        my %count = (again => 0);
        my $end   = time + $self->patience;
        my @ask   = @numbers;
        while (@ask && time < $end) {
            syswrite $socket{$_}, $text{$_} for @ask;
            @ask = grep { $self->_judge(\$socket{$_}, \%count) } @ask;
            $count{again} += @ask;
            sleep rand 0.5 if @ask;
        }
        $count{unanswered} = @ask if @ask;
        syswrite $said, encode_json(\%count) . "\n";
    }
    readline $command;
    return;
}

sub _connect ($self) {
    my $port = Mojo::URL->new($self->stack->url)->port;
    for (1 .. 100) {
        my $socket = IO::Socket::INET->new(
            PeerAddr => '127.0.0.1', PeerPort => $port, Timeout => 10);
        return $socket if $socket;
        sleep 0.1;
    }
    die "connect: $!";
}

# counts an answer; true for one that is to be asked for again
sub _judge ($self, $socket, $count) {
    my ($status, $body) = $self->_read($$socket);
    return 1 if $status eq '503';
    if ($status eq 'closed') {
        $$socket = $self->_connect;
        return 1;
    }
    my ($code) = $body =~ /"code":"(\w+)"/;
    $count->{"$status " . ($code // '')}++;
    return 0;
}

sub _read ($self, $socket) {
    my $got = '';
    while (sysread $socket, $got, 65536, length $got) {
        my ($head, $body) = split /\r\n\r\n/, $got, 2;
        next unless defined $body;
        my ($status) = $head =~ m{^HTTP/1\.1 (\d+)};
        my ($length) = $head =~ /^Content-Length: (\d+)/mi;
        return ($status, '') if $self->streams && $body =~ /^data:/m;
        return ($status, $body)
          if defined $length ? length $body >= $length
          : $body =~ /^0\r\n\r\n\z/m;
    }
    return ('closed', '');
}

1;
