#!/usr/bin/perl

# Many carts at once share statements: each gets its own answer, one that the
# database fails at spoils it for no other, nor does one whose client left.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::IOLoop;
use Mojo::Promise;
use Mojo::URL;
use ShopTest;
use ShopTest::Buyer qw(new_product);

my $shop = shop;
my $base = $shop->url . '/api/v1';
my $ua   = $shop->t->ua;
$ua->max_connections(100);
$ua->cookie_jar->ignore(sub {1});

my @things = map { new_product($shop, stock => 5, price => 1000 + $_) } 0 .. 9;
my $dear = new_product($shop, price => 99_999_999_999);

sub add ($id, $quantity, $cart = undef) {
    return $ua->post_p("$base/cart/add" => $cart // {} => json =>
          {product_id => "$id", quantity => $quantity});
}

sub answers (@promises) {
    my @answers;
    Mojo::Promise->all(@promises)
      ->then(sub (@tx) { @answers = map { $_->[0]->res } @tx })
      ->catch(sub ($error) { diag $error })->wait;
    return @answers;
}

sub cart_of ($res) { return {'X-Cart-Id' => $res->headers->header('X-Cart-Id')} }

my @some = (sub ($n) { add($things[$n % 10], 1 + $n % 5) },
    sub ($n) { add($things[$n % 10], 6) }, sub ($n) { add(999_999_999, 1) });

sub judged ($n, $res) {
    my $json  = $res->json;
    my $thing = $things[$n % 10];
    my $kind  = $n % 3;
    return $res->code == 409 && $json->{code} eq 'insufficient_stock'
      if $kind == 1;
    return $res->code == 404 && $json->{code} eq 'not_found' if $kind == 2;
    return $res->code == 200
      && $json->{id} eq $res->headers->header('X-Cart-Id')
      && @{$json->{items}} == 1
      && $json->{items}[0]{product_id} eq "$thing"
      && $json->{items}[0]{quantity} == 1 + $n % 5
      && $json->{subtotal}{amount} == (1 + $n % 5) * (1000 + $n % 10);
}

subtest 'each its own' => sub {
    my @answers = answers(map { $some[$_ % 3]->($_) } 0 .. 95);
    is scalar(@answers), 96, 'all are answered';
    my @wrong = grep { !judged($_, $answers[$_]) } 0 .. $#answers;
    is "@wrong", '', 'and right';
    my @ids = map { $_->headers->header('X-Cart-Id') } @answers;
    is scalar(keys %{{map { $_ => 1 } @ids}}), 96, 'no two carts are one';

    my @shown = answers(map { $ua->get_p("$base/cart" => cart_of($_)) } @answers);
    @wrong = grep {
        my $json = $shown[$_]->json;
        $shown[$_]->code != 200 || @{$json->{items}} != ($_ % 3 ? 0 : 1)
    } 0 .. $#shown;
    is "@wrong", '', 'refused changes are taken back';
};

subtest 'one that fails' => sub {
    my ($bad) = answers(add($dear, 1));
    is $bad->code, 200, 'not yet';
    my $cart = cart_of($bad);
    # more pieces than a bigint holds the price of
    $shop->redis->hset("cart:{1:g:$cart->{'X-Cart-Id'}}", "v$dear",
        10**14);
    my @answers = answers(map {
        ($some[$_ % 3]->($_), $_ % 12 ? () : add($dear, 1_000_000, $cart))
    } 0 .. 47);
    my @failed = grep { $_->code == 422 } @answers;
    my @others = grep { $_->code != 422 } @answers;
    is scalar(@answers), 52, 'all are answered';
    is scalar(@failed), 4, 'it fails';
    my $n = 0;
    my @wrong = grep { my $res = $_; !judged($n++, $res) }
      grep { ($_->headers->header('X-Cart-Id') // '') ne $cart->{'X-Cart-Id'} }
      @others;
    is $n, 48, 'all others are answered';
    is "@wrong", '', 'and right';
};

subtest 'clients that leave' => sub {
    for (1 .. 20) {
        my $id = Mojo::IOLoop->client({address => '127.0.0.1',
                port => Mojo::URL->new($shop->url)->port} => sub ($loop, $error, $stream) {
            return if $error;
            $stream->write("POST /api/v1/cart/add HTTP/1.1\r\nHost: x\r\n"
                . "Content-Type: application/json\r\nContent-Length: 24\r\n\r\n"
                . sprintf('{"product_id":"%8d"}', 1) => sub { $stream->close });
        });
    }
    my @answers = answers(map { $some[$_ % 3]->($_) } 0 .. 47);
    my @wrong = grep { !judged($_, $answers[$_]) } 0 .. $#answers;
    is "@wrong", '', 'the others are answered';
};

done_testing;
