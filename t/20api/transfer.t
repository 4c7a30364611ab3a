#!/usr/bin/perl

# Transfers between warehouses: drafts, sending, receiving all or part,
# cancelling.

use Mojo::Base -signatures;

use ShopTest;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $path  = '/api/v1/transfers';
$t->ua->cookie_jar->ignore(sub {1});

$t->post_ok('/api/v1/warehouses' => $admin => json =>
      {code => 't-' . lc unique_id, name => 'Depot', position => 70_000})
  ->status_is(201);
my $house = $t->value('/code');

sub product ($stock) {
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'Piece ' . unique_id, price => 1, stock => $stock})
      ->status_is(201);
    return $t->value('/id');
}

sub draft (@lines) {
    $t->post_ok($path => $admin => json =>
          {from => 'main', to => $house, lines => \@lines})->status_is(201);
    return $t->value('/id');
}

sub act ($id, $what, @json) {
    return $t->post_ok("$path/$id/$what" => $admin =>
          @json ? (json => $json[0]) : ());
}

# on hand here and there
sub stock ($id) {
    return [map {
        $shop->sql('select s.on_hand from inventory.stock s
                    join inventory.warehouse w on w.id = s.warehouse_id
                    where s.product_id = ? and w.code = ?', $id, $_) // 0
    } 'main', $house];
}

sub adds_up ($id) {
    return is $shop->sql('select count(*) from inventory.verify()
                          where variant_id = ?', $id), 0,
      'the ledger adds up';
}

subtest 'sent and received' => sub {
    my @ids = map { product(10) } 1, 2;
    my %key = (%$admin, 'Idempotency-Key' => unique_id);
    my $json = {from => 'main', to => $house, note => 'for spring',
        expected_at => '2027-01-01T00:00:00Z',
        lines => [{product_id => $ids[0], quantity => 4},
            {variant_id => $ids[1], quantity => 6}]};
    $t->post_ok($path => \%key => json => $json)->status_is(201)
      ->json_is('/status' => 'draft')->json_is('/from/code' => 'main')
      ->json_is('/to/code' => $house)->json_is('/lines/1/quantity' => 6)
      ->json_like('/expected_at' => qr/^2027-01-01T/)
      ->header_like(Location => qr{^/api/v1/transfers/\d+$});
    my $id = $t->value('/id');
    $t->post_ok($path => \%key => json => $json)
      ->header_is('Idempotent-Replayed' => 'true')->json_is('/id' => $id);
    is_deeply stock($ids[0]), [10, 0], 'a draft moves nothing';

    $t->patch_ok("$path/$id" => {%$admin, 'If-Match' => '"1"'} => json =>
          {note => 'soon', lines => [{product_id => $ids[0], quantity => 3},
            {product_id => $ids[1], quantity => 6}]})->status_is(200)
      ->json_is('/note' => 'soon')->json_is('/lines/0/quantity' => 3);
    $t->patch_ok("$path/$id" => {%$admin, 'If-Match' => '"1"'} => json =>
          {note => 'x'})->problem_is(412 => 'precondition_failed');

    act($id, 'send')->status_is(200)->json_is('/status' => 'in_transit');
    is_deeply stock($ids[0]), [7, 0], 'on its way: in neither';
    $t->get_ok("/api/v1/inventory/$ids[0]" => $admin)
      ->json_is('/incoming' => 3)->json_is('/available' => 7);
    $t->get_ok("/api/v1/products/$ids[0]")
      ->json_is('/variants/0/available' => 7);
    act($id, 'send')->problem_is(409 => 'invalid_transition');
    $t->patch_ok("$path/$id" => $admin => json =>
          {lines => [{product_id => $ids[0], quantity => 1}]})
      ->problem_is(409 => 'invalid_transition');

    act($id, 'receive', {lines => [{product_id => $ids[0], quantity => 1}]})
      ->status_is(200)->json_is('/status' => 'partially_received')
      ->json_is('/lines/0/received' => 1);
    is_deeply stock($ids[0]), [7, 1], 'one has come';
    act($id, 'receive', {})->json_is('/status' => 'received')
      ->json_is('/lines/1/received' => 6)->json_has('/closed_at');
    is_deeply stock($_->[0]), $_->[1], 'all has come'
      for [$ids[0], [7, 3]], [$ids[1], [4, 6]];
    act($id, 'receive', {})->problem_is(409 => 'invalid_transition');
    act($id, 'cancel')->problem_is(409 => 'invalid_transition');
    adds_up($_) for @ids;
    $t->get_ok("/api/v1/inventory/$ids[0]/movements" => $admin)
      ->json_is('/items/0/document' => "transfer:$id")
      ->json_is('/items/0/reason' => 'transfer');
};

subtest 'some of it is missing' => sub {
    my $product = product(10);
    my $id = draft({product_id => $product, quantity => 10});
    act($id, 'send')->status_is(200);
    act($id, 'receive', {lines => [
        {product_id => $product, quantity => 6, missing => 1}]})
      ->json_is('/status' => 'partially_received')
      ->json_is('/lines/0/missing' => 1);
    act($id, 'receive', {lines => [{product_id => $product, quantity => 4}]})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/lines/0/quantity');
    act($id, 'receive', {lines => [], close => Mojo::JSON->true})
      ->json_is('/status' => 'received')->json_is('/lines/0/missing' => 4);
    is_deeply stock($product), [0, 6], 'what has come';
    adds_up($product);
};

subtest 'cancelled' => sub {
    my $product = product(10);
    my $id = draft({product_id => $product, quantity => 1});
    act($id, 'cancel')->json_is('/status' => 'cancelled');
    is_deeply stock($product), [10, 0], 'a draft';

    $id = draft({product_id => $product, quantity => 4});
    act($id, 'send')->status_is(200);
    act($id, 'cancel')->json_is('/status' => 'cancelled');
    is_deeply stock($product), [10, 0], 'it went back';

    $id = draft({product_id => $product, quantity => 4});
    act($id, 'send')->status_is(200);
    act($id, 'receive', {lines => [{product_id => $product, quantity => 1}]});
    act($id, 'cancel')->json_is('/status' => 'received');
    is_deeply stock($product), [9, 1], 'the rest went back';
    adds_up($product);
};

subtest 'not enough' => sub {
    my $product = product(3);
    my $id = draft({product_id => $product, quantity => 4});
    act($id, 'send')->problem_is(409 => 'insufficient_stock')
      ->json_is('/items/0/available' => 3);
    $t->get_ok("$path/$id" => $admin)->json_is('/status' => 'draft');
    is_deeply stock($product), [3, 0], 'nothing left';
    act($id, 'cancel');
};

subtest 'lists' => sub {
    my $id = draft({product_id => product(1), quantity => 1});
    $t->get_ok("$path?limit=1" => $admin)->status_is(200)
      ->json_is('/items/0/id' => $id)->json_is('/items/0/quantity' => 1);
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("$path?limit=1&cursor=$cursor" => $admin);
    isnt $t->value('/items/0/id'), $id, 'the next page';
    $t->get_ok("$path?status=draft&warehouse=$house" => $admin)
      ->json_is('/items/0/id' => $id);
    for my $bad ('status=lost', 'warehouse=moon', 'cursor=AAAA', 'limit=0') {
        $t->get_ok("$path?$bad" => $admin)
          ->problem_is(422 => 'invalid_input');
    }
    $t->get_ok("$path/$id" => $admin)->status_is(200);
    my $etag = $t->tx->res->headers->etag;
    $t->get_ok("$path/$id" => {%$admin, 'If-None-Match' => $etag})
      ->status_is(304);
    act($id, 'cancel');
};

subtest 'bad input' => sub {
    my $product = product(1);
    my @line = ({product_id => $product, quantity => 1});
    my %good = (from => 'main', to => $house, lines => \@line);
    for my $bad (
        [{from => undef},    '/from'],
        [{from => 'moon'},   '/from'],
        [{to   => 'moon'},   '/to'],
        [{to   => 'main'},   '/to'],
        [{lines => []},      '/lines'],
        [{lines => [{product_id => $product}]}, '/lines/0/quantity'],
        [{lines => [{product_id => $product, quantity => 0}]},
            '/lines/0/quantity'],
        [{lines => [{quantity => 1}]}, '/lines/0/sku'],
        [{lines => [@line, @line]},    '/lines/1'],
        [{expected_at => 'soon'},      '/expected_at'],
        [{why => 1},                   '/why']
      )
    {
        $t->post_ok($path => $admin => json => {%good, %{$bad->[0]}})
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->post_ok($path => $admin => json =>
          {%good, lines => [{sku => 'none', quantity => 1}]})
      ->problem_is(404 => 'not_found');
    my $id = draft(@line);
    act($id, 'send')->status_is(200);
    act($id, 'receive', {lines => [{product_id => product(1),
        quantity => 1}]})->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/lines/0');
    act($id, 'cancel');
};

subtest 'who may' => sub {
    my $id = draft({product_id => product(1), quantity => 1});
    for my $who ([{}, 401], [$shop->customer, 403], [$shop->seller, 403]) {
        $t->get_ok($path => $who->[0])->status_is($who->[1]);
        $t->get_ok("$path/$id" => $who->[0])->status_is($who->[1]);
        $t->post_ok($path => $who->[0] => json => {})->status_is($who->[1]);
        $t->patch_ok("$path/$id" => $who->[0] => json => {})
          ->status_is($who->[1]);
        $t->post_ok("$path/$id/$_" => $who->[0] => json => {})
          ->status_is($who->[1]) for qw(send receive cancel);
    }
    for my $none ('none', 999_999_999) {
        $t->get_ok("$path/$none" => $admin)->problem_is(404 => 'not_found');
        act($none, 'send')->problem_is(404 => 'not_found');
    }
    act($id, 'cancel');
};

done_testing;
