#!/usr/bin/perl

# Stock: who sees what, changes, the ledger, events.

use Mojo::Base -signatures;

use ShopTest;

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
my $nobody = $shop->customer;
$t->ua->cookie_jar->ignore(sub {1});

sub add (%with) {
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'Piece ' . unique_id, price => 1, %with})->status_is(201);
    return $t->value;
}

sub update ($json, $who = $admin) {
    return $t->post_ok('/api/v1/inventory/update' => $who => json => $json);
}

subtest 'for everyone and for staff' => sub {
    my $id   = add(stock => 25)->{id};
    my $path = "/api/v1/inventory/$id";
    for my $who ({}, $nobody) {
        $t->get_ok($path => $who)->status_is(200)->json_is('' => {
            product_id => $id, in_stock => Mojo::JSON->true, available => 10
        });
    }
    $t->get_ok($path => $admin)->status_is(200)->trips_is('sql=1 redis=0')
      ->json_is('/product_id' => $id)->json_is('/on_hand' => 25)
      ->json_is('/reserved' => 0)->json_is('/available' => 25)
      ->json_is('/variants/0/variant_id' => $id)
      ->json_is('/variants/0/low_stock_threshold' => 3);
    $t->get_ok('/api/v1/inventory/none')->problem_is(404 => 'not_found');
    $t->get_ok('/api/v1/inventory/999999999999')
      ->problem_is(404 => 'not_found');
};

subtest 'by delta and to a figure' => sub {
    my $product = add(stock => 5);
    my ($id, $sku) = ($product->{id}, $product->{variants}[0]{sku});
    update({product_id => $id, delta => 3, reason => 'delivery'})
      ->status_is(200)->trips_is('sql=1 redis=0')->json_is('/on_hand' => 8)
      ->json_is('/available' => 8)->json_is('/sku' => $sku);
    update({variant_id => $id, delta => -2})->json_is('/on_hand' => 6);
    update({sku => $sku, on_hand => 40})->json_is('/on_hand' => 40);
    $t->get_ok("/api/v1/products/$id")
      ->json_is('/variants/0/available' => 10);
    update({sku => $sku, delta => -41})
      ->problem_is(409 => 'insufficient_stock');
    update({sku => $sku, on_hand => 40, reason => 'count'})
      ->status_is(200, 'no change, no row');

    $t->get_ok("/api/v1/inventory/$id/movements" => $admin)->status_is(200);
    is_deeply [map { [$_->{on_hand_delta}, $_->{reason}] }
          @{$t->value('/items')}],
      [[34, 'adjustment'], [-2, 'adjustment'], [3, 'delivery'],
        [5, 'first stock']], 'every change, the newest first';
    ok !grep({ !$_->{actor} } @{$t->value('/items')}), 'by whom';

    $t->get_ok("/api/v1/inventory/$id/movements?limit=3" => $admin);
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("/api/v1/inventory/$id/movements?cursor=$cursor" => $admin)
      ->json_is('/items/0/reason' => 'first stock')->json_hasnt('/items/1')
      ->json_is('/next_cursor' => undef);
    is $shop->sql('select count(*) from inventory.verify()
                   where variant_id = ?', $id), 0, 'the ledger adds up';
};

subtest 'never below what is reserved' => sub {
    my $id = add(stock => 5)->{id};
    $shop->db->do('update inventory.stock set reserved = 3
                   where variant_id = ?', undef, $id);
    update({product_id => $id, delta => -3})
      ->problem_is(409 => 'insufficient_stock');
    update({product_id => $id, on_hand => 2})
      ->problem_is(409 => 'insufficient_stock');
    update({product_id => $id, delta => -2})->status_is(200)
      ->json_is('/on_hand' => 3)->json_is('/available' => 0);
    $shop->db->do('update inventory.stock set reserved = 0
                   where variant_id = ?', undef, $id);
};

subtest 'several variants' => sub {
    my $product = add(variants => [
        {options => {Size => 'S'}, stock => 1},
        {options => {Size => 'M'}, stock => 2}
    ]);
    update({product_id => $product->{id}, delta => 1})
      ->problem_is(422 => 'variant_required');
    update({variant_id => $product->{variants}[1]{id}, delta => 1})
      ->status_is(200)->json_is('/on_hand' => 3)
      ->json_is('/variants/0/on_hand' => 1)
      ->json_is('/variants/1/on_hand' => 3);
    $t->get_ok("/api/v1/inventory/$product->{id}")
      ->json_is('/available' => 4);
};

subtest 'bad input' => sub {
    my $id = add()->{id};
    for my $bad (
        [{delta => 1},                                '/sku'],
        [{product_id => $id, sku => 'x', delta => 1}, '/product_id'],
        [{product_id => $id},                         '/delta'],
        [{product_id => $id, delta => 1, on_hand => 1}, '/on_hand'],
        [{product_id => $id, delta => 'x'},           '/delta'],
        [{product_id => $id, on_hand => -1},          '/on_hand'],
        [{product_id => $id, on_hand => 1000000000},  '/on_hand'],
        [{product_id => $id, delta => 1, warehouse => 'moon'}, '/warehouse'],
        [{product_id => $id, delta => 1, why => 'x'}, '/why']
      )
    {
        update($bad->[0])->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    update({sku => 'none', delta => 1})->problem_is(404 => 'not_found');
    update({product_id => 'none', delta => 1})
      ->problem_is(404 => 'not_found');
    is $shop->sql('select on_hand from inventory.stock where variant_id = ?',
        $id), 0, 'nothing changed';
};

subtest 'who may' => sub {
    my $id = add(stock => 1)->{id};
    update({product_id => $id, delta => 1}, {})
      ->problem_is(401 => 'unauthenticated');
    update({product_id => $id, delta => 1}, $nobody)
      ->problem_is(403 => 'forbidden');
    update({product_id => $id, delta => 1}, $seller)
      ->problem_is(403 => 'forbidden');    # not its own
    $t->get_ok("/api/v1/inventory/$id/movements" => $nobody)
      ->problem_is(403 => 'forbidden');
    $t->post_ok('/api/v1/products' => $seller => json =>
          {name => 'Own', price => 1, stock => 1})->status_is(201);
    update({product_id => $t->value('/id'), delta => 1}, $seller)
      ->status_is(200)->json_is('/on_hand' => 2);
};

subtest 'a repeat counts once' => sub {
    my $id  = add()->{id};
    my %key = (%$admin, 'Idempotency-Key' => unique_id);
    update({product_id => $id, delta => 5}, \%key)->json_is('/on_hand' => 5);
    update({product_id => $id, delta => 5}, \%key)->json_is('/on_hand' => 5)
      ->header_is('Idempotent-Replayed' => 'true');
    $t->get_ok("/api/v1/inventory/$id" => $admin)->json_is('/on_hand' => 5);
};

subtest 'events' => sub {
    my $id = add(stock => 20)->{id};
    update({product_id => $id, delta => -5})->status_is(200);
    update({product_id => $id, on_hand => 2})->status_is(200);
    update({product_id => $id, on_hand => 0})->status_is(200);
    my $seen = wait_for(sub {
        my @events = grep { $_->{data}{variant_id} eq $id }
          $shop->events('shop.inventory', $id);
        return @events && $events[-1]{data}{available} == 0 && \@events;
    }, 15, 'the last event') or return;
    is_deeply [map { [$_->{type}, $_->{data}{available}] } @$seen],
      [['stock.changed', 10], ['stock.changed', 2], ['stock.low', 2],
        ['stock.changed', 0]], 'only what shows is told, low stock once';
};

subtest 'many at once' => sub {
    my $id = add(stock => 100)->{id};
    my @ua = map { $shop->t->ua } 1 .. 8;
    my ($ok, $short) = (0, 0);
    for (1 .. 4) {
        Mojo::Promise->all(map {
            $_->post_p($t->absolute('/api/v1/inventory/update') => $admin =>
                  json => {product_id => $id, delta => -5})
              ->then(sub ($tx) {
                $tx->res->code == 200 ? $ok++ : $short++;
            })
        } @ua)->wait;
    }
    is $ok,    20, 'as many as there was stock for';
    is $short, 12;
    $t->get_ok("/api/v1/inventory/$id" => $admin)->json_is('/on_hand' => 0);
    $t->get_ok("/api/v1/products/$id")
      ->json_is('/in_stock' => Mojo::JSON->false);
};

done_testing;
