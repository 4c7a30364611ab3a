package ShopTest::Quitters;
use Mojo::Base -base, -signatures;

# Clients that go away at random: after a part of a request, before the answer,
# in the middle of it, with a reset or without.
#
#   my $clients = ShopTest::Quitters->new(stack => shop)->prepare;
#   $clients->run(10);          # seconds
#   say $clients->count;        # requests, whole ones and parts

use IO::Select       ();
use IO::Socket::INET ();
use Mojo::JSON       qw(encode_json);
use Mojo::URL        ();
use Socket           qw(SOL_SOCKET SO_LINGER);
use Time::HiRes      qw(time);

use ShopTest::Buyer qw(new_product address);

has 'stack';
has clients  => 40;
has count    => 0;
has open     => sub { [] };
has products => sub { [] };
has user     => sub ($self) { $self->stack->register };
has [qw(order carts)];

sub prepare ($self) {
    my $product = new_product($self->stack, stock => 100_000);
    my $listed  = $self->stack->t->call(GET => '/api/v1/products?limit=100');
    $self->products([$product, map { $_->{id} } @{$listed->json('/items')}]);

    my @buyers = map { ShopTest::Buyer->new(stack => $self->stack) } 1 .. 10;
    $_->add($product) for @buyers;
    $self->order({%{$buyers[0]->place->{json}}, cart => $buyers[0]->cart});
    $self->carts([map { $_->cart } @buyers]);
    $self->user;
    return $self;
}

sub run ($self, $seconds) {
    my $end = time + $seconds;
    while (time < $end) {
        my $socket = $self->_any or next;
        $self->_send($socket) for 1 .. 1 + rand 4;
        $self->_read($socket) if rand() < 0.3;
        $self->_leave($socket);
    }
    close $_ for @{$self->open};
    $self->open([]);
    return $self;
}

sub _any ($self) {
    my $url = Mojo::URL->new($self->stack->url);
    while (@{$self->open} < $self->clients) {
        my $socket = IO::Socket::INET->new(
            PeerAddr => '127.0.0.1', PeerPort => $url->port) or return;
        push @{$self->open}, $socket;
    }
    return splice @{$self->open}, rand @{$self->open}, 1;
}

sub _send ($self, $socket) {
    my $request = $self->_request;
    if (rand() < 0.15) {
        $request = substr $request, 0, rand length $request;
    }
    local $SIG{PIPE} = 'IGNORE';
    $socket->syswrite($request);
    return $self->count($self->count + 1);
}

sub _read ($self, $socket) {
    $socket->sysread(my $part, 1 + rand 3000)
      if IO::Select->new($socket)->can_read(0.02);
    return;
}

# now with a reset, now politely, now later
sub _leave ($self, $socket) {
    return push @{$self->open}, $socket if rand() < 0.4;
    setsockopt $socket, SOL_SOCKET, SO_LINGER, pack 'II', 1, 0
      if rand() < 0.5;
    return close $socket;
}

# --- requests -------------------------------------------------------------

my @KINDS = (
    (sub ($s) { $s->head(GET => '/products/' . $s->product) . "\r\n" }) x 3,
    sub ($s) { $s->head(GET => '/products?limit=' . int 1 + rand 99) . "\r\n" },
    sub ($s) {
        my $letter = chr 97 + rand 26;
        return $s->head(GET => "/products/search?query=$letter") . "\r\n";
    },
    sub ($s) { $s->head(GET => '/users/me') . $s->auth . "\r\n" },
    sub ($s) { $s->head(GET => '/cart') . $s->auth . "\r\n" },
    (sub ($s) { $s->json('/cart/add', {product_id => $s->product}) }) x 2,
    sub ($s) { $s->json('/cart/add', {product_id => $s->product}, $s->auth) },
    (sub ($s) { $s->json('/cart/add', {product_id => $s->products->[0]},
        $s->cart) }) x 2,
    (sub ($s) { $s->json('/orders', {
        email            => 'guest@example.test',
        shipping_address => address(),
        payment          => {provider => 'sandbox'}
    }, $s->cart) }) x 2,
    sub ($s) { $s->json('/orders', {email => 'not-an-address'}, $s->auth) },
    sub ($s) { $s->json('/auth/login',
        {email => $s->user->{email}, password => 'a wrong one'}) },
    # streams
    sub ($s) { $s->watch('events') . "\r\n" },
    sub ($s) {
        $s->watch('live') . "Upgrade: websocket\r\nConnection: Upgrade\r\n"
          . "Sec-WebSocket-Version: 13\r\n"
          . "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    },
    # half a body, chunks without an end, a body that nobody reads (not with
    # keep-alive: nginx notices the end of such connections by its timeout)
    sub ($s) { substr $s->json('/cart/add', {product_id => 1}), 0, -5 },
    sub ($s) { $s->head(POST => '/cart/add')
          . "Content-Type: application/json\r\n"
          . "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a" },
    sub ($s) { $s->json('/nothing', {a => 'b' x 10_000},
        "Connection: close\r\n") },
    # beyond client_body_buffer_size: spilled to a file
    sub ($s) { substr $s->json('/cart/add', {a => 'b' x 100_000}), 0,
        rand 100_000 },
);

sub _request ($self) { return $KINDS[rand @KINDS]->($self) }

sub head ($self, $method, $path) {
    return "$method /api/v1$path HTTP/1.1\r\nHost: localhost\r\n";
}

sub json ($self, $path, $body, $extra = '') {
    my $text = encode_json($body);
    return $self->head(POST => $path) . $extra
      . "Content-Type: application/json\r\nContent-Length: "
      . length($text) . "\r\n\r\n$text";
}

sub watch ($self, $how) {
    return $self->head(GET => '/orders/' . $self->order->{id} . "/$how")
      . 'X-Cart-Id: ' . $self->order->{cart} . "\r\n";
}

sub auth ($self) {
    return 'Authorization: ' . $self->user->{headers}{Authorization} . "\r\n";
}

sub cart ($self) {
    return 'X-Cart-Id: ' . $self->carts->[rand @{$self->carts}] . "\r\n";
}

sub product ($self) { return $self->products->[rand @{$self->products}] }

1;
