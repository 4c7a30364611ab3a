use ShopTest;

# Clients that go away at random: no leak, no alert, no worker exit, and all
# connections usable afterwards.

use IO::Select;
use IO::Socket::INET;
use Mojo::JSON qw(encode_json);
use Mojo::URL;
use Time::HiRes qw(time);

my $seconds = $ENV{SHOP_TEST_LONG} ? 60 : 8;
my $clients = 40;

my $t    = shop->t;
my $url  = Mojo::URL->new(shop->url);
my $user = shop->register;
my $auth = "Authorization: $user->{headers}{Authorization}\r\n";

my @ids = map { $_->{id} }
  @{$t->call(GET => '/api/v1/products?limit=100')->json('/items')};

sub head { return "$_[0] /api/v1$_[1] HTTP/1.1\r\nHost: localhost\r\n" }

sub sent {
    my ($method, $path, $body, $extra) = @_;
    my $text = encode_json($body);
    return head($method, $path) . ($extra // '')
      . "Content-Type: application/json\r\nContent-Length: " . length($text)
      . "\r\n\r\n$text";
}

my @kinds = (
    sub { head(GET => '/products/' . $ids[rand @ids]) . "\r\n" },
    sub { head(GET => '/products?limit=' . (1 + int rand 100)) . "\r\n" },
    sub { head(GET => '/products/search?query=' . chr(97 + rand 26)) . "\r\n" },
    sub { head(GET => '/users/me') . "$auth\r\n" },
    sub { head(GET => '/cart') . "$auth\r\n" },
    sub { sent(POST => '/cart/add', {product_id => $ids[rand @ids]}) },
    sub { sent(POST => '/cart/add', {product_id => $ids[rand @ids]}, $auth) },
    sub { sent(POST => '/orders', {email => 'not-an-address'}, $auth) },
    sub { sent(POST => '/auth/login',
        {email => $user->{email}, password => 'a wrong one'}) },
    # half a body, and a body nobody reads
    sub { substr sent(POST => '/cart/add', {product_id => $ids[0]}), 0, -5 },
    sub { sent(POST => '/nothing', {a => 'b' x 10_000}) },
    sub { head(POST => '/cart/add') . "Content-Type: application/json\r\n"
          . "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a" },
);

# workers do not exit
my %before = map { $_ => 1 } shop->children('nginx');

my ($end, $count, @open) = (time + $seconds, 0);
while (time < $end) {
    while (@open < $clients) {
        my $socket = IO::Socket::INET->new(
            PeerAddr => $url->host, PeerPort => $url->port) or next;
        push @open, $socket;
    }
    my $socket = splice @open, rand @open, 1;
    for (1 .. 1 + rand 4) {
        $socket->syswrite($kinds[rand @kinds]->());
        $count++;
    }

    # now at once, now after a part of an answer, now with a reset
    if (rand() < 0.3 && IO::Select->new($socket)->can_read(0.02)) {
        $socket->sysread(my $part, 1 + rand 3000);
    }
    if (rand() < 0.5) {
        setsockopt $socket, SOL_SOCKET, SO_LINGER, pack 'II', 1, 0;
    }
    if (rand() < 0.6) { close $socket }
    else              { push @open, $socket }
}
@open = ();
ok $count > 100, "$count requests";

is_deeply [grep { !kill 0, $_ } keys %before], [], 'no worker has exited';

# what they left behind comes to its end
sub left {
    my $text = $t->call(GET => '/metrics')->body;
    my $sum  = 0;
    $sum += $_ for $text =~ /^shop_pg_(?:running|queued)\{.*\} (\d+)$/mg;
    return $sum;
}
ok wait_for(sub { left() == 0 }, 30, 'statements to end'),
  'no statement is left';

# passwords wait in a line: a new one comes after those
ok wait_for(
    sub {
        $t->call(POST => '/api/v1/auth/login' => json =>
              {email => $user->{email}, password => $user->{password}})->code
          == 200;
    }, 60, 'the line of sign-ins'
), 'signing in works';

for (1 .. 30) {
    my $fresh = shop->t;
    my $good  = $fresh->call(GET => "/api/v1/inventory/$ids[rand @ids]")->code
      == 200
      && $fresh->call(POST => '/api/v1/cart/add' => json =>
          {product_id => $ids[rand @ids]})->code =~ /^(200|409|422)$/
      && $fresh->call(GET => '/api/v1/users/me' => $user->{headers})->code
      == 200;
    ok $good, 'connections are usable' or last;
}

done_testing;
