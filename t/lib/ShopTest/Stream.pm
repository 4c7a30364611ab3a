package ShopTest::Stream;
use Mojo::Base -base, -signatures;

# A client of server-sent events: connects, reads until a condition, closes.
#
#   my $s = ShopTest::Stream->new(url => shop->url, path => "...",
#                                 headers => {...})->open;
#   my $event = $s->wait('order.paid');

use IO::Select ();
use IO::Socket::INET ();
use Mojo::URL ();
use Time::HiRes qw(time);

has [qw(url path socket)];
has headers => sub { {} };
has buffer  => '';
has head    => '';
has events  => sub { [] };

sub open ($self) {
    my $url    = Mojo::URL->new($self->url);
    my $socket = IO::Socket::INET->new(
        PeerAddr => '127.0.0.1',
        PeerPort => $url->port
    ) or die "cannot connect: $!";
    my %headers = (Host => $url->host_port, %{$self->headers});
    my $request = 'GET ' . $self->path . " HTTP/1.1\r\n";
    $request .= "$_: $headers{$_}\r\n" for sort keys %headers;
    $socket->syswrite("$request\r\n");
    return $self->socket($socket);
}

# Reads once; false when nothing came within the time or the server closed.
sub read ($self, $seconds) {
    return 0 unless IO::Select->new($self->socket)->can_read($seconds);
    my $n = $self->socket->sysread(my $bytes, 65536);
    return 0 unless $n;
    $self->buffer($self->buffer . $bytes);
    $self->_parse;
    return 1;
}

sub _parse ($self) {
    my $buffer = $self->buffer;
    if (!length $self->head && $buffer =~ s/\A(.*?\r\n\r\n)//s) {
        $self->head($1);
    }
    $buffer =~ s/^[0-9a-f]+\r\n//gmi;    # sizes of chunks
    $buffer =~ s/\r\n//g;
    while ($buffer =~ s/\A(.*?)\n\n//s) {
        my %event;
        for my $line (split /\n/, $1) {
            $event{$1} = $2 if $line =~ /^(id|event|data|retry): ?(.*)/;
        }
        push @{$self->events}, \%event if %event;
    }
    return $self->buffer($buffer);
}

# The event of a type, or undef after the time.
sub wait ($self, $type, $seconds = 10) {
    my $end = time + $seconds;
    while (1) {
        for my $event (@{$self->events}) {
            return $event if ($event->{event} // '') eq $type;
        }
        return if time >= $end;
        $self->read($end - time) or return;
    }
}

# True when the server ends the stream within the time.
sub ended ($self, $seconds = 30) {
    my $end = time + $seconds;
    while (time < $end) {
        next if $self->read($end - time);
        return !IO::Select->new($self->socket)->can_read(0)
          ? 0 : $self->socket->sysread(my $bytes, 1) ? 0 : 1;
    }
    return 0;
}

sub close ($self) { return $self->socket->close }

1;
