#!/usr/bin/perl

# Many products by one request.

use Mojo::Base -signatures;

use ShopTest;
use Time::HiRes qw(time);

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
my $path   = '/api/v1/products/bulk';
$t->ua->cookie_jar->ignore(sub {1});

sub product ($by = $admin) {
    $t->post_ok('/api/v1/products' => $by => json =>
          {name => 'Old ' . unique_id, price => 100})->status_is(201);
    return $t->value;
}

subtest 'new ones and old ones' => sub {
    my $old = product();
    my $sku = 'B-' . unique_id;
    $t->post_ok($path => $admin => json => {items => [
        {name => 'New ' . unique_id, price => 250, sku => $sku, stock => 4,
            variants => [{options => {Size => 'S'}}, {options =>
                  {Size => 'M'}}]},
        {id => $old->{id}, version => 1, price => 300, name => 'Changed'},
    ]})->status_is(200)->trips_is('sql=1 redis=0')
      ->json_is('/taken' => 2)->json_is('/refused' => 0)
      ->json_is('/results/0/status' => 201)->json_is('/results/0/index' => 0)
      ->json_is('/results/1' => {index => 1, status => 200, id => $old->{id},
            version => 2});
    my $new = $t->value('/results/0/id');
    $t->get_ok("/api/v1/products/$new")->status_is(200)
      ->json_is('/variants/0/sku' => "$sku-1")
      ->json_is('/variants/1/available' => 4)
      ->header_like(ETag => qr/"1\./);
    $t->get_ok("/api/v1/products/$old->{id}")->json_is('/name' => 'Changed')
      ->json_is('/price/amount' => 300);
};

subtest 'a row that is refused leaves nothing behind' => sub {
    my ($old, $own) = (product(), product());
    my $name  = 'Row ' . unique_id;
    my @items = (
        {name => $name, price => 1},
        {name => $name, price => 1, slug => $old->{slug}},
        {name => $name, price => 1, sku => $own->{variants}[0]{sku}},
        {name => $name, price => 1, category => 'no-such'},
        {name => $name},
        {id => '999999999', price => 5},
        {id => $old->{id}, version => 7, price => 5},
        {id => $own->{id}, stock => 5},
        {name => $name, price => 1, variants => [{id => '1'}]},
        {id => $own->{id}, variants => [{id => '1', price => 1}]},
        {name => $name, price => 1, variants => [
            {options => {A => 'b'}}, {options => {A => 'b'}}]},
    );
    $t->post_ok($path => $admin => json => {items => \@items})
      ->status_is(200)->json_is('/taken' => 1)->json_is('/refused' => 10);
    my @got = map { join ' ', $_->{status}, $_->{code} // '',
          $_->{errors} ? $_->{errors}[0]{pointer} : () }
      @{$t->value('/results')};
    is_deeply \@got, ['201 ', '409 slug_taken', '409 sku_taken',
        '422 invalid_input /items/3/category',
        '422 invalid_input /items/4/price', '404 not_found',
        '412 precondition_failed', '422 invalid_input /items/7/stock',
        '422 invalid_input /items/8/variants/0/id',
        '422 invalid_input /items/9/variants/0/id',
        '422 invalid_input /items/10/variants/1/options'], 'each with why';
    is $shop->sql('select count(*) from catalog.product where name = ?',
        $name), 1, 'one product';

    $t->post_ok($path => $admin => json => {items => [@items[0 .. 2]],
            atomic => Mojo::JSON->true})->problem_is(422 => 'rows_refused')
      ->json_is('/results/0/index' => 1)->json_is('/results/1/index' => 2);
    is $shop->sql('select count(*) from catalog.product where name = ?',
        $name), 1, 'all or none: none';
    $t->post_ok($path => $admin => json => {items => [
        {id => $own->{id}, price => 6}, {id => $own->{slug}, price => 7}]})
      ->problem_is(422 => 'invalid_input');
    $t->get_ok("/api/v1/products/$own->{id}")
      ->json_is('/price/amount' => 100);
};

subtest 'who may' => sub {
    my ($others, $own) = (product(), product($seller));
    my $items = {items => [{id => $others->{id}, price => 5},
        {id => $own->{id}, price => 6}, {name => 'x', price => 1}]};
    $t->post_ok($path => $seller => json => $items)->status_is(200)
      ->json_is('/results/0/status' => 403)
      ->json_is('/results/1/status' => 200)
      ->json_is('/results/2/status' => 201);
    $t->get_ok('/api/v1/products/' . $t->value('/results/2/id'))
      ->json_is('/seller_id' => $own->{seller_id}, 'its own');
    $t->post_ok($path => json => $items)
      ->problem_is(401 => 'unauthenticated');
    $t->post_ok($path => $shop->customer => json => $items)
      ->problem_is(403 => 'forbidden');
};

subtest 'a malformed body is refused as a whole' => sub {
    $t->post_ok($path => $admin => json => {items => [
        {name => 'x', price => 1}, {name => 'x', price => 'y'},
        {name => 'x', price => 1, colour => 'red'}
    ]})->problem_is(422 => 'invalid_input');
    is_deeply [sort map { $_->{pointer} } @{$t->value('/errors')}],
      ['/items/1/price', '/items/2/colour'];
    $t->post_ok($path => $admin => json => {items => []})
      ->problem_is(422 => 'invalid_input');
    $t->post_ok($path => $admin => json => {items =>
          [map { {name => 'x', price => 1} } 1 .. 1001]})
      ->problem_is(422 => 'invalid_input');
};

subtest 'a thousand' => sub {
    my $name  = 'Many ' . unique_id;
    my %once  = (%$admin, 'Idempotency-Key' => unique_id);
    my $json  = {items => [map { {name => "$name $_", price => $_, tags =>
          ['many'], category => 'plants'} } 1 .. 1000]};
    my $began = time;
    $t->post_ok($path => \%once => json => $json)->status_is(200)
      ->json_is('/taken' => 1000)->json_is('/refused' => 0);
    cmp_ok time - $began, '<', 60, sprintf 'in %.1f s', time - $began;
    $t->post_ok($path => \%once => json => $json)->status_is(200)
      ->header_is('Idempotent-Replayed' => 'true');
    my $ids = $shop->db->selectcol_arrayref(
        'select id from catalog.product where name like ?', undef, "$name %");
    is @$ids, 1000, 'once';
    $t->post_ok($path => $admin => json => {items =>
          [map { {id => "$_", status => 'archived'} } @$ids]})
      ->status_is(200)->json_is('/taken' => 1000);
    $t->get_ok("/api/v1/products/$ids->[0]")->problem_is(404 => 'not_found');
};

subtest 'products in every state' => sub {
    my $at  = '/api/v1/products/manage';
    my $own = product($seller);
    $t->patch_ok("/api/v1/products/$own->{id}" => $seller => json =>
          {status => 'draft'})->status_is(200);
    $t->get_ok("$at?status=draft&q=" . substr($own->{name}, 4) => $seller)
      ->status_is(200)->json_is('/items/0/id' => $own->{id})
      ->json_is('/items/0/version' => 2)->json_hasnt('/items/1')
      ->json_is('/items/0/stores' => ['main']);
    my $sku = $own->{variants}[0]{sku};
    $t->get_ok("$at?sku=$sku" => $admin)->json_is('/items/0/skus' => [$sku]);
    my $others = product();
    $t->get_ok("$at?sku=$others->{variants}[0]{sku}" => $seller)
      ->status_is(200)->json_is('/items' => [], 'sellers see their own');
    $t->get_ok("$at?limit=1" => $admin)->json_is('/items/0/id' =>
          $others->{id});
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("$at?limit=1&cursor=$cursor" => $admin)->status_is(200)
      ->json_has('/items/0');
    $t->get_ok("$at?q=100%25" => $admin)->status_is(200);
    $t->get_ok("$at?status=sold" => $admin)
      ->problem_is(422 => 'invalid_input');
    $t->get_ok("$at?type=none" => $admin)
      ->problem_is(422 => 'invalid_input');
    $t->get_ok("$at?cursor=x" => $admin)
      ->problem_is(422 => 'invalid_input');
    $t->get_ok($at)->problem_is(401 => 'unauthenticated');
    $t->get_ok($at => $shop->customer)->problem_is(403 => 'forbidden');
};

done_testing;
