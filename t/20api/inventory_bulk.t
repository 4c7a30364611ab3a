#!/usr/bin/perl

# Changes of stock that must not lose what others did: compare and swap,
# many at once.

use Mojo::Base -signatures;

use ShopTest;

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
$t->ua->cookie_jar->ignore(sub {1});

sub add (%with) {
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'Piece ' . unique_id, price => 1, %with})->status_is(201);
    return $t->value('/id');
}

sub update ($json, $who = $admin) {
    return $t->post_ok('/api/v1/inventory/update' => $who => json => $json);
}

sub bulk ($json, $who = $admin) {
    return $t->post_ok('/api/v1/inventory/bulk' => $who => json => $json);
}

sub on_hand ($id) {
    return $shop->sql('select sum(on_hand) from inventory.stock
                       where product_id = ?', $id);
}

subtest 'expected' => sub {
    my $id = add(stock => 5);
    update({product_id => $id, on_hand => 9, expected => 5})->status_is(200);
    update({product_id => $id, on_hand => 7, expected => 5})
      ->problem_is(409 => 'stock_changed')
      ->json_like('/detail' => qr/^9 on hand, not 5/);
    update({product_id => $id, delta => -1, expected => 9})->status_is(200)
      ->json_is('/on_hand' => 8);
    update({product_id => $id, delta => 1, expected => -1})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/expected');
};

subtest 'If-Match' => sub {
    my $id = add(stock => 5);
    $t->get_ok("/api/v1/inventory/$id" => $admin)->status_is(200);
    my $etag = $t->tx->res->headers->etag;
    like $etag, qr/^"\d+\.[0-9a-f]+"$/, 'an ETag';
    $t->get_ok("/api/v1/inventory/$id" =>
          {%$admin, 'If-None-Match' => $etag})->status_is(304);
    $t->get_ok("/api/v1/inventory/$id")->header_like(ETag => qr/^"0\./);

    my %match = (%$admin, 'If-Match' => $etag);
    update({product_id => $id, on_hand => 6}, \%match)->status_is(200);
    my $next = $t->tx->res->headers->etag;
    isnt $next, $etag, 'another one';
    update({product_id => $id, on_hand => 7}, \%match)
      ->problem_is(412 => 'precondition_failed');
    is on_hand($id), 6, 'nothing was lost';

    $shop->db->do('update inventory.stock set reserved = 1
                   where product_id = ?', undef, $id);
    $t->get_ok("/api/v1/inventory/$id" =>
          {%$admin, 'If-None-Match' => $next})->status_is(200);
    update({product_id => $id, on_hand => 7},
        {%$admin, 'If-Match' => $next})
      ->status_is(200, 'orders don\'t count as a change');
    $shop->db->do('update inventory.stock set reserved = 0
                   where product_id = ?', undef, $id);
};

subtest 'a race' => sub {
    my $id = add(stock => 100);
    my ($done, $lost) = (0, 0);
    my @ua = map { $shop->t->ua } 1 .. 8;
    Mojo::Promise->all(map {
        $_->post_p($t->absolute('/api/v1/inventory/update') => $admin =>
              json => {product_id => $id, on_hand => 90, expected => 100})
          ->then(sub ($tx) { $tx->res->code == 200 ? $done++ : $lost++ })
    } @ua)->wait;
    is_deeply [$done, $lost], [1, 7], 'one of them wins';
};

subtest 'policies alone' => sub {
    my $id = add(stock => 5);
    update({product_id => $id, backorder_limit => 4})->status_is(200)
      ->json_is('/on_hand' => 5)->json_is('/backorder_limit' => 4);
    update({product_id => $id, low_stock_threshold => 2})
      ->json_is('/low_stock_threshold' => 2)->json_is('/backorder_limit' => 4);
    is $shop->sql('select count(*) from inventory.movement
                   where product_id = ?', $id), 1, 'no row of the ledger';
    update({product_id => $id, backorder_limit => -1})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/backorder_limit');
};

subtest 'many' => sub {
    my @ids = map { add(stock => 5) } 1 .. 3;
    my %key = (%$admin, 'Idempotency-Key' => unique_id);
    my $json = {items => [
        {product_id => $ids[0], delta   => 2, reason => 'delivery'},
        {product_id => $ids[1], delta   => -9},
        {variant_id => $ids[2], on_hand => 1, expected => 5},
        {variant_id => $ids[2], on_hand => 1, expected => 5},
        {sku        => 'none',  on_hand => 1},
        {product_id => $ids[0], delta => 1, warehouse => 'moon'}
    ]};
    bulk($json, \%key)->status_is(200)->trips_is('sql=1 redis=0')
      ->json_is('/applied' => 2)->json_is('/refused' => 4);
    is_deeply [map { [$_->{status}, $_->{code} // $_->{on_hand}] }
          @{$t->value('/items')}],
      [[200, 7], [409, 'insufficient_stock'], [200, 1],
        [409, 'stock_changed'], [404, 'not_found'], [422, 'invalid_input']],
      'a result each';
    $t->json_is('/items/5/pointer' => '/items/5/warehouse');
    bulk($json, \%key)->header_is('Idempotent-Replayed' => 'true')
      ->json_is('/applied' => 2);
    is_deeply [map { on_hand($_) } @ids], [7, 5, 1], 'made once';
    $t->get_ok("/api/v1/products/$ids[2]")
      ->json_is('/variants/0/available' => 1);
};

subtest 'all or none' => sub {
    my @ids = map { add(stock => 5) } 1, 2;
    my @items = map { {product_id => $_, delta => 1} } @ids;
    bulk({items => [@items, {sku => 'none', delta => 1}],
            atomic => Mojo::JSON->true})
      ->problem_is(409 => 'not_applied')
      ->json_is('/items/2/code' => 'not_found');
    is_deeply [map { on_hand($_) } @ids], [5, 5], 'nothing changed';
    bulk({items => \@items, atomic => Mojo::JSON->true})->status_is(200)
      ->json_is('/applied' => 2);
    is_deeply [map { on_hand($_) } @ids], [6, 6], 'all changed';
};

subtest 'a thousand' => sub {
    my @ids = map { add(stock => 0) } 1 .. 20;
    bulk({items => [map { {product_id => $ids[$_ % 20], delta => 1} }
          1 .. 1000]})->status_is(200)->json_is('/applied' => 1000);
    is on_hand($_), 50, 'each counted' for @ids;
    is $shop->sql('select count(*) from inventory.verify()
                   where variant_id = any (?)', \@ids), 0,
      'the ledger adds up';
    bulk({items => [map { {product_id => $ids[0], delta => 1} } 1 .. 1001]})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/items');
};

subtest 'bad input, and who may' => sub {
    my $id = add(stock => 1);
    for my $bad (
        [{},                                         '/items'],
        [{items => []},                              '/items'],
        [{items => [1]},                             '/items/0'],
        [{items => [{product_id => $id, delta => 'x'}]}, '/items/0/delta'],
        [{items => [{why => 1}]},                    '/items/0/why'],
        [{items => [{delta => 1}], atomic => 1},     '/atomic']
      )
    {
        bulk($bad->[0])->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    my $json = {items => [{product_id => $id, delta => 1}]};
    bulk($json, {})->problem_is(401 => 'unauthenticated');
    bulk($json, $shop->customer)->problem_is(403 => 'forbidden');
    bulk($json, $seller)->status_is(200)
      ->json_is('/items/0/code' => 'forbidden');
    is on_hand($id), 1, 'nothing changed';
};

done_testing;
