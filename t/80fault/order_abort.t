#!/usr/bin/perl

# Buyers who go away at once: an order is placed with its cart emptied, or
# neither; nothing is reserved without an order.

use Mojo::Base -signatures;

use lib 't/lib';

use IO::Socket::INET;
use Socket qw(SOL_SOCKET SO_LINGER);
use Mojo::JSON qw(encode_json);
use Mojo::URL;
use Time::HiRes qw(usleep);
use ShopTest;
use ShopTest::Buyer qw(new_product stock_of);

my $shop    = shop;
my $url     = Mojo::URL->new($shop->url);
my $product = new_product($shop, stock => 1000);
my @buyers  = map { ShopTest::Buyer->new(stack => $shop) } 1 .. 60;
$_->add($product, 1) for @buyers;

for my $n (0 .. $#buyers) {
    my $buyer = $buyers[$n];
    my $body  = encode_json $buyer->order_json;
    my $sock  = IO::Socket::INET->new(
        PeerAddr => '127.0.0.1', PeerPort => $url->port) or die "connect: $!";
    my $text = "POST /api/v1/orders HTTP/1.1\r\nHost: localhost\r\n"
      . "Content-Type: application/json\r\nX-Cart-Id: " . $buyer->cart
      . "\r\nContent-Length: " . length($body) . "\r\n\r\n$body";

    # some before the body is complete, the others after it
    $text = substr $text, 0, -10 if $n % 5 == 0;
    syswrite $sock, $text;
    usleep $n % 4 * 1000;    # the order is then on its way, or done
    setsockopt $sock, SOL_SOCKET, SO_LINGER, pack 'ii', 1, 0 if $n % 2;
    close $sock;
}

sub orders_of ($buyer) {
    return $shop->sql('select count(*) from "order".orders'
          . ' where cart_id = ?', $buyer->cart);
}

my @odd;
ok wait_for(sub {
    @odd = grep {
        my $items = $_->t->call(GET => '/api/v1/cart' => $_->headers)
          ->json('/items');
        orders_of($_) != (@$items ? 0 : 1);
    } @buyers;
    !@odd;
}, 10, 'carts and orders'), 'an order and an empty cart, or neither';

# one may still be under way
my ($placed, $reserved);
ok wait_for(sub {
    $placed = 0;
    $placed += orders_of($_) for @buyers;
    $reserved = stock_of($shop, $product)->{reserved};
    return $reserved == $placed;
}), 'as many pieces reserved' or diag "$placed orders, $reserved reserved";

my $whole = ShopTest::Buyer->new(stack => $shop);
$whole->add($product, 1);
is $whole->place->{status}, 201, 'orders go on';

done_testing;
