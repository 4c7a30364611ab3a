package ShopTest::Load;
use Mojo::Base -base, -signatures;

# Shoppers on connections that they keep, in processes of their own, while
# nginx is reloaded or replaced:
#
#   my $load = ShopTest::Load->new(stack => shop, product => $id)->start;
#   ...
#   my $seen = $load->stop;     # {count, statuses, lost, dropped}
#
# Now and then a request comes in two pieces, so that some are half read when
# it happens.  "lost" were the first of their connection; "dropped" went to a
# connection that the server was closing: their request ids, none of which a
# worker may have read.

use Errno            ();
use IO::Select       ();
use IO::Socket::INET ();
use Mojo::File       qw(tempfile);
use Mojo::JSON       qw(encode_json);
use Mojo::URL        ();
use Socket           qw(IPPROTO_TCP TCP_NODELAY);
use Time::HiRes      qw(sleep);

use ShopTest::Buyer qw(address);

has [qw(stack product)];
has clients  => 6;
has patience => 20;              # seconds for an answer
has file     => sub { tempfile };
has pids     => sub { [] };

sub start ($self) {
    $self->file;
    for my $n (1 .. $self->clients) {
        my $pid = fork // die "fork: $!";
        if (!$pid) {
            srand;
            eval { $self->_client($n); 1 } or warn $@;
            require POSIX;
            POSIX::_exit(0);
        }
        push @{$self->pids}, $pid;
    }
    return $self;
}

sub count ($self) { return scalar $self->_lines }

# so many requests more
sub wait ($self, $more = 100, $seconds = 30) {
    my $until = $self->count + $more;
    return ShopTest::wait_for(sub { $self->count >= $until }, $seconds,
        "$more requests");
}

sub stop ($self) {
    kill 'TERM', @{$self->pids};
    waitpid $_, 0 for @{$self->pids};
    $self->pids([]);
    my %seen = (count => 0, statuses => {}, lost => [], dropped => []);
    for ($self->_lines) {
        my ($id, $status) = split ' ';
        $seen{count}++;
        if   ($status =~ /^\d/) { $seen{statuses}{$status}++ }
        else                    { push @{$seen{$status}}, $id }
    }
    return \%seen;
}

sub _lines ($self) { return split /\n/, $self->file->slurp }

sub DESTROY ($self) {
    kill 'KILL', @{$self->pids} if @{$self->pids};
    return;
}

# --- a client --------------------------------------------------------------

sub _client ($self, $n) {
    my $going = 1;
    local $SIG{TERM} = sub { $going = 0 };
    local $SIG{PIPE} = 'IGNORE';
    open my $out, '>>', $self->file or die "$!";
    my $cart = ShopTest::Buyer->new(stack => $self->stack)->cart;
    my ($socket, $asked, $serial);
    while ($going) {
        if (!$socket) {
            ($socket, $asked) = ($self->_connect, 0);
        }
        my $id     = sprintf 'load-%d-%d-%d', $$, $n, ++$serial;
        my $answer = $self->_ask($socket, $self->_request($id, $cart));
        my $status = $answer ? $answer->{status} : $asked ? 'dropped' : 'lost';
        syswrite $out, "$id $status\n";
        $asked++;
        undef $socket if !$answer || $answer->{close} || rand() < 0.1;
    }
    return;
}

sub _connect ($self) {
    my $socket = IO::Socket::INET->new(
        PeerAddr => '127.0.0.1',
        PeerPort => Mojo::URL->new($self->stack->url)->port
    ) or die "connect: $!";
    setsockopt $socket, IPPROTO_TCP, TCP_NODELAY, 1;
    return $socket;
}

sub _request ($self, $id, $cart) {
    my $what = rand;
    return _text($id, $cart, GET => '/products/' . $self->product)
      if $what < 0.4;
    return _text($id, $cart, GET => '/cart') if $what < 0.5;
    return _text($id, $cart, POST => '/cart/add',
        {product_id => $self->product}) if $what < 0.9;
    return _text($id, $cart, POST => '/orders', {
        email            => 'guest@example.test',
        shipping_address => address(),
        payment          => {provider => 'sandbox'}
    });
}

sub _text ($id, $cart, $method, $path, $body = undef) {
    my $text = $body ? encode_json($body) : '';
    my $type = $body
      ? "Content-Type: application/json\r\nContent-Length: "
      . length($text) . "\r\n" : '';
    return "$method /api/v1$path HTTP/1.1\r\nHost: localhost\r\n"
      . "X-Request-Id: $id\r\nX-Cart-Id: $cart\r\n$type\r\n$text";
}

# The answer, whole, or nothing.
sub _ask ($self, $socket, $request) {
    if (rand() < 0.2) {
        $socket->syswrite(substr $request, 0, rand length $request, '')
          // return;
        sleep rand 0.2;
    }
    $socket->syswrite($request) // return;
    my $select = IO::Select->new($socket);
    my $got    = '';
    while (1) {
        $! = 0;    ## no critic (RequireLocalizedPunctuationVars)
        if (!$select->can_read($self->patience)) {
            next if $!{EINTR};    # the last one: it is waited for
            return;
        }
        $socket->sysread($got, 65536, length $got) or return;
        my $answer = _answer($got);
        return $answer if $answer;
    }
    return;
}

sub _answer ($got) {
    my ($head, $body) = split /\r\n\r\n/, $got, 2;
    return unless defined $body;
    my ($status) = $head =~ m{^HTTP/1\.1 (\d+)} or return;
    my $whole = $head =~ /^Content-Length: (\d+)/mi ? length $body >= $1
      : $body =~ /^0\r\n\r\n\z/m;
    return unless $whole;
    return {status => $status, close => scalar $head =~ /^Connection: close/mi};
}

1;
