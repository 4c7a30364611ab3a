#!/usr/bin/perl

# Counts: what was counted against what should be there.

use Mojo::Base -signatures;

use ShopTest;
use ShopTest::Buyer;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $path  = '/api/v1/counts';
$t->ua->cookie_jar->ignore(sub {1});

sub product ($stock) {
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'Piece ' . unique_id, price => 100, stock => $stock})
      ->status_is(201);
    return $t->value('/id');
}

sub begin {
    $t->post_ok($path => $admin => json => {warehouse => 'main'})
      ->status_is(201);
    return $t->value('/id');
}

sub counted ($id, %counted) {
    return $t->post_ok("$path/$id/lines" => $admin => json => {lines =>
          [map { {product_id => $_, counted => $counted{$_}} }
              sort keys %counted]});
}

sub act ($id, $what) {
    return $t->post_ok("$path/$id/$what" => $admin);
}

sub on_hand ($id) {
    return $shop->sql('select on_hand from inventory.stock
                       where variant_id = ?', $id);
}

subtest 'a count' => sub {
    my @ids = map { product(10) } 1 .. 3;
    my %key = (%$admin, 'Idempotency-Key' => unique_id);
    $t->post_ok($path => \%key => json => {warehouse => 'main',
            note => 'yearly'})->status_is(201)
      ->json_is('/status' => 'open')->json_is('/warehouse/code' => 'main')
      ->json_is('/lines' => 0)->header_is(ETag => '"1"');
    my $id = $t->value('/id');
    $t->post_ok($path => \%key => json => {warehouse => 'main',
            note => 'yearly'})->header_is('Idempotent-Replayed' => 'true')
      ->json_is('/id' => $id);
    $t->patch_ok("$path/$id" => {%$admin, 'If-Match' => '"1"'} => json =>
          {note => 'monthly'})->status_is(200)->json_is('/note' => 'monthly');
    $t->patch_ok("$path/$id" => {%$admin, 'If-Match' => '"1"'} => json =>
          {note => 'x'})->problem_is(412 => 'precondition_failed');

    counted($id, $ids[0] => 8, $ids[1] => 10)->status_is(200)
      ->json_is('/lines' => 2)->json_is('/differing' => 1)
      ->json_is('/difference' => -2);
    counted($id, $ids[2] => 13)->json_is('/difference' => 1);
    counted($id, $ids[0] => 9)->json_is('/difference' => 2);
    is on_hand($ids[0]), 10, 'nothing moves while it is counted';

    $t->get_ok("$path/$id/lines?limit=2" => $admin)->status_is(200)
      ->json_is('/items/0/expected' => 10)->json_is('/items/0/counted' => 9)
      ->json_is('/items/0/difference' => -1);
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("$path/$id/lines?limit=2&cursor=$cursor" => $admin)
      ->json_is('/items/0/product_id' => $ids[2])->json_hasnt('/items/1');
    $t->get_ok("$path/$id/lines?differing=false" => $admin)
      ->json_is('/items/0/product_id' => $ids[1])->json_hasnt('/items/1');

    act($id, 'apply')->status_is(200)->json_is('/status' => 'applied');
    is_deeply [map { on_hand($_) } @ids], [9, 10, 13], 'what was counted';
    $t->get_ok("/api/v1/inventory/$ids[2]/movements" => $admin)
      ->json_is('/items/0/reason' => 'count')
      ->json_is('/items/0/document' => "count:$id");
    act($id, $_)->problem_is(409 => 'invalid_transition')
      for qw(apply cancel);
    counted($id, $ids[0] => 1)->problem_is(409 => 'invalid_transition');
    is $shop->sql('select count(*) from inventory.verify()
                   where variant_id = any (?)', \@ids), 0,
      'the ledger adds up';
};

subtest 'what is sold meanwhile stays sold' => sub {
    my $product = product(10);
    my $id      = begin();
    counted($id, $product => 8);
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($product, 3);
    my $order = $buyer->place->{json};
    $buyer->pay($order);
    wait_for(sub { on_hand($product) == 7 }, 20, 'the sale');
    act($id, 'apply')->status_is(200);
    is on_hand($product), 5, 'two were missing, three were sold';
};

subtest 'less than is promised' => sub {
    my $product = product(5);
    my $id      = begin();
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($product, 4);
    my $order = $buyer->place->{json};
    counted($id, $product => 3);
    act($id, 'apply')->problem_is(409 => 'insufficient_stock')
      ->json_is('/items/0/reserved' => 4);
    $t->get_ok("$path/$id" => $admin)->json_is('/status' => 'open');
    $t->post_ok("/api/v1/orders/$order->{id}/cancel" => $admin => json => {})
      ->status_is(200);
    act($id, 'apply')->status_is(200);
    is on_hand($product), 3, 'once the order is gone';
};

subtest 'cancelled' => sub {
    my $product = product(5);
    my $id      = begin();
    counted($id, $product => 3);
    act($id, 'cancel')->json_is('/status' => 'cancelled')
      ->json_has('/closed_at');
    is on_hand($product), 5, 'nothing came of it';
    $t->get_ok("$path?status=cancelled&warehouse=main&limit=1" => $admin)
      ->json_is('/items/0/id' => $id);
    my $cursor = $t->get_ok("$path?limit=1" => $admin)->value('/next_cursor');
    $t->get_ok("$path?limit=1&cursor=$cursor" => $admin)->status_is(200);
};

subtest 'bad input' => sub {
    my $id = begin();
    for my $bad ([{}, '/warehouse'], [{warehouse => 'moon'}, '/warehouse'],
        [{warehouse => 'main', x => 1}, '/x'])
    {
        $t->post_ok($path => $admin => json => $bad->[0])
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    for my $bad ([{}, '/lines'], [{lines => []}, '/lines'],
        [{lines => [{sku => 'x'}]}, '/lines/0/counted'],
        [{lines => [{counted => 1}]}, '/lines/0/sku'],
        [{lines => [{sku => 'x', counted => -1}]}, '/lines/0/counted'])
    {
        $t->post_ok("$path/$id/lines" => $admin => json => $bad->[0])
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->post_ok("$path/$id/lines" => $admin => json =>
          {lines => [{sku => 'none', counted => 1}]})
      ->problem_is(404 => 'not_found');
    $t->get_ok("$path?$_" => $admin)->problem_is(422 => 'invalid_input')
      for 'status=lost', 'warehouse=moon', 'cursor=AAAA';
    $t->get_ok("$path/$id/lines?cursor=AAAA" => $admin)
      ->problem_is(422 => 'invalid_input');
    for my $none ('none', 999_999_999) {
        $t->get_ok("$path/$none" => $admin)->problem_is(404 => 'not_found');
        $t->get_ok("$path/$none/lines" => $admin)
          ->problem_is(404 => 'not_found');
        act($none, 'apply')->problem_is(404 => 'not_found');
    }
    act($id, 'cancel');
};

subtest 'who may' => sub {
    my $id = begin();
    for my $who ([{}, 401], [$shop->customer, 403], [$shop->seller, 403]) {
        $t->get_ok($_ => $who->[0])->status_is($who->[1])
          for $path, "$path/$id", "$path/$id/lines";
        $t->post_ok($_ => $who->[0] => json => {})->status_is($who->[1])
          for $path, map {"$path/$id/$_"} qw(lines apply cancel);
        $t->patch_ok("$path/$id" => $who->[0] => json => {})
          ->status_is($who->[1]);
    }
    act($id, 'cancel');
};

done_testing;
