#!/usr/bin/perl

# Live status of an order: events, WebSocket, resuming, who may listen.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::JSON qw(decode_json);

use ShopTest;
use ShopTest::Buyer qw(new_product);
use ShopTest::Stream;

my $shop    = shop;
my $product = new_product($shop, stock => 100, price => 500);

sub order {
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($product, 1);
    return ($buyer, $buyer->place->{json});
}

sub stream ($order, %headers) {
    return ShopTest::Stream->new(
        url     => $shop->url,
        path    => "/api/v1/orders/$order->{id}/events",
        headers => \%headers
    )->open;
}

subtest 'events' => sub {
    my ($buyer, $order) = order();
    my $s = stream($order, %{$buyer->headers});
    my $created = $s->wait('order.created');
    ok $created, 'the timeline comes first';
    is $created->{id}, 1, 'its own number';
    is decode_json($created->{data})->{status}, 'pending_payment', 'status';
    like $s->head, qr{Content-Type: text/event-stream}i,  'type';
    like $s->head, qr{X-Request-Id: \S+}i,                'request id';
    like $s->head, qr{Cache-Control: no-store}i,          'not stored';

    $buyer->pay($order);
    my $paid = $s->wait('order.paid');
    ok $paid, 'paid without a reload';
    is decode_json($paid->{data})->{status}, 'paid', 'status';
    $s->close;

    my $again = stream($order, %{$buyer->headers}, 'Last-Event-ID' => 1);
    is $again->wait('order.paid')->{id}, $paid->{id}, 'resumed';
    is scalar(grep { $_->{event} eq 'order.created' } @{$again->events}), 0,
      'what is known does not come again';
    $again->close;
};

subtest 'websocket' => sub {
    my ($buyer, $order) = order();
    my $t = $shop->t;
    $t->websocket_ok("/api/v1/orders/$order->{id}/live" => $buyer->headers)
      ->message_ok->json_message_is('/id' => '1')
      ->json_message_is('/event'       => 'order.created')
      ->json_message_is('/data/status' => 'pending_payment');
    $buyer->pay($order);
    $t->message_ok->json_message_is('/event' => 'order.paid')->finish_ok;

    $t = $shop->t;
    $t->websocket_ok("/api/v1/orders/$order->{id}/live?last_event_id=1" =>
          $buyer->headers)
      ->message_ok->json_message_is('/event' => 'order.paid')->finish_ok;
};

subtest 'who may listen' => sub {
    my ($buyer, $order) = order();
    my $path = "/api/v1/orders/$order->{id}";
    my $t    = $shop->t;
    for my $kind (qw(events live)) {
        $t->get_ok("$path/$kind")->problem_is(404 => 'not_found');
        $t->get_ok("$path/$kind" => $shop->customer)
          ->problem_is(404 => 'not_found');
    }
    $t->get_ok("$path/live" => $buyer->headers)
      ->problem_is(426 => 'upgrade_required');
    $t->get_ok("$path/events?last_event_id=x" => $buyer->headers)
      ->problem_is(422 => 'invalid_input');
    $t->get_ok('/api/v1/orders/none/events')->problem_is(404 => 'not_found');
    ok stream($order, %{$shop->admin})->wait('order.created'), 'staff may';

    my $raw = ShopTest::Stream->new(
        url     => $shop->url,
        path    => "$path/live",
        headers => {
            %{$buyer->headers},
            Upgrade                 => 'websocket',
            Connection              => 'Upgrade',
            Origin                  => 'https://evil.test',
            'Sec-WebSocket-Version' => 13,
            'Sec-WebSocket-Key'     => 'dGhlIHNhbXBsZSBub25jZQ=='
        }
    )->open;
    $raw->read(10);
    like $raw->head, qr{^HTTP/1.1 403}, 'a foreign origin may not connect';
};

subtest 'a client that goes away' => sub {
    my ($buyer, $order) = order();
    for (1 .. 20) {
        my $s = stream($order, %{$buyer->headers});
        ok $s->wait('order.created'), 'open' if $_ == 1;
        $s->close;
    }
    my $s = stream($order, %{$buyer->headers});
    ok $s->wait('order.created'), 'the worker goes on';
    $buyer->pay($order);
    ok $s->wait('order.paid'), 'with its events';
};

done_testing;
