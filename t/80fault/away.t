#!/usr/bin/perl

# What goes on while a component is away (docs/architecture.md): cached reads
# without PostgreSQL, everything but carts without Redis, orders without Kafka
# or the worker.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest -private => {};
use ShopTest::Buyer  qw(new_product);
use ShopTest::Stream;

my $shop    = shop;
my $product = new_product($shop, stock => 100);
my $t       = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});

sub away ($name, $code) {
    return subtest "without $name" => sub {
        ok $shop->service_stop($name), 'stopped';
        $code->();
        $shop->service_start($name);
        ok $shop->wait_ready(30), 'back';
    };
}

subtest 'cached reads without postgres' => sub {
    my $path = '/api/v1/categories';
    ok wait_for(sub {
        $t->call(GET => $path)->headers->header('X-Cache') eq 'HIT';
    }, 10), 'cached';
    ok $shop->service_stop('postgres'), 'stopped';
    ok wait_for(sub { $t->call(GET => '/ready')->code == 503 }, 10),
      'not ready';
    $t->get_ok('/health')->status_is(200);
    ok wait_for(sub {
        $t->call(GET => $path)->headers->header('X-Cache') eq 'STALE';
    }, 10), 'served, and said to be stale';
    is $t->call(GET => $path)->code, 200, 'as ever';

    for my $call ([GET => '/api/v1/products?q=nothing-of-this-kind'],
        [GET => '/api/v1/cart'],
        [POST => '/api/v1/auth/login' => json =>
          {email => 'a@example.test', password => 'long-enough-1'}])
    {
        my $res = $t->call(@$call);
        is $res->code, 503, "$call->[0] $call->[1] is refused";
        is $res->json('/code'), 'unavailable', 'as a problem';
        ok $res->headers->header('Retry-After'), 'for a while';
    }

    $shop->service_start('postgres');
    ok $shop->wait_ready(30), 'back';
    ok wait_for(sub {
        $t->call(GET => $path)->headers->header('X-Cache') =~ /HIT|MISS/;
    }, 10), 'fresh again';
};

away redis => sub {
    ok wait_for(sub { $t->call(GET => '/api/v1/cart')->code == 503 }, 10),
      'carts are refused';
    $t->get_ok("/api/v1/products/$product")->status_is(200);
    $t->get_ok('/ready')->status_is(200)
      ->json_is('/components/redis/state' => 'down');
};

subtest 'live status without redis' => sub {
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($product, 1);
    my $order  = $buyer->place->{json};
    my $stream = ShopTest::Stream->new(
        url     => $shop->url,
        path    => "/api/v1/orders/$order->{id}/events",
        headers => $buyer->headers
    )->open;
    ok $stream->wait('order.created'), 'open';
    ok $shop->service_stop('redis'), 'stopped';
    is $buyer->pay($order)->code, 200, 'paid';
    ok $stream->wait('order.paid'), 'the stream polls';
    $shop->service_start('redis');
    ok $shop->wait_ready(30), 'back';
};

for my $name (qw(kafka worker)) {
    subtest "orders without $name" => sub {
        ok $shop->service_stop($name), 'stopped';
        my $buyer = ShopTest::Buyer->new(stack => $shop);
        $buyer->add($product, 1);
        my $order = $buyer->place->{json};
        is $order->{status}, 'pending_payment', 'ordered';
        is $buyer->pay($order)->code, 200, 'paid';
        is $buyer->show($order)->{status}, 'paid', 'and so it is told';
        $shop->service_start($name);
        ok wait_for(sub {
            grep { $_->{type} eq 'order.paid' }
              $shop->events('shop.orders', $order->{id});
        }, 60, 'the event'), 'kafka learns of it afterwards';
    };
}

done_testing;
