#!/usr/bin/perl

# Variants and options of a product after it was made.

use Mojo::Base -signatures;

use ShopTest;

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
$t->ua->cookie_jar->ignore(sub {1});

# S and M in red and blue
sub shirt (%with) {
    my @variants = map {
        my $size = $_;
        map { {options => {Size => $size, Color => $_}, stock => 2} }
          qw(Red Blue)
    } qw(S M);
    $t->post_ok('/api/v1/products' => $admin => json => {
        name     => 'Shirt ' . unique_id, price => 2000, prices =>
          [{amount => 2200, currency => 'USD'}],
        options  => [{name => 'Size', values => ['S', 'M']},
            {name => 'Color', values => ['Red', 'Blue']}],
        variants => \@variants, %with
    })->status_is(201);
    return $t->value;
}

sub options ($id) {
    return [map { $_->{options} }
          @{$t->get_ok("/api/v1/products/$id")->value('/variants')}];
}

subtest 'a variant by itself' => sub {
    my $shirt   = shirt();
    my $variant = $shirt->{variants}[1];
    for my $ref (@$variant{qw(id sku)}) {
        $t->get_ok("/api/v1/products/$shirt->{id}/variants/$ref")
          ->status_is(200)->json_is('' => $variant)
          ->header_like(ETag => qr/^"1\./);
    }
    my $path = "/api/v1/products/$shirt->{slug}/variants/$variant->{id}";
    my $etag = $t->get_ok($path)->tx->res->headers->etag;
    $t->get_ok($path => {'If-None-Match' => $etag})->status_is(304);
    $t->get_ok("$path?currency=USD")->json_is('/price/amount' => 2200);
    $t->get_ok("/api/v1/products/$shirt->{id}/variants/none")
      ->problem_is(404 => 'not_found');
    $t->get_ok('/api/v1/products/none/variants/1')
      ->problem_is(404 => 'not_found');
};

subtest 'adding' => sub {
    my $shirt = shirt();
    my $path  = "/api/v1/products/$shirt->{id}/variants";
    my $sku   = 'L-' . unique_id;
    $t->post_ok($path => {%$admin, 'If-Match' => '"1"'} => json => {
        options => {Size => 'L', Color => 'Red'}, sku => $sku, stock => 4,
        metadata => {shelf => 7}
    })->status_is(201)->json_is('/sku' => $sku)
      ->json_is('/price' => {amount => 2000, currency => 'EUR'},
        'costs what the first does')
      ->json_is('/available' => 4)->json_is('/metadata/shelf' => 7)
      ->header_like(ETag => qr/^"2\./);
    my $id = $t->value('/id');
    $t->header_is(Location => "$path/$id");
    $t->get_ok("/api/v1/products/$shirt->{id}")
      ->json_is('/options/0/values' => ['S', 'M', 'L'], 'a new value')
      ->json_is('/variants/4/id' => $id);
    $t->get_ok("$path/$id?currency=USD")->json_is('/price/amount' => 2200);
    $t->post_ok('/api/v1/cart/add' => json => {variant_id => $id})
      ->status_is(200)->json_is('/items/0/sku' => $sku);

    for my $bad (
        [{options => {Size => 'S'}}, '/options'],
        [{options => {Size => 'S', Color => 'Red'}}, '/options'],
        [{options => {Size => 'S', Color => 'Red', Cut => 'Slim'}},
            '/options/Cut'],
        [{options => {Size => 'XL', Color => 'Red'}, price => -1}, '/price'],
        [{options => {Size => 'XL', Color => 'Red'}, currency => 'JPY',
            price => 1}, '/currency'],
        [{colour => 'Red'}, '/colour'],
      )
    {
        $t->post_ok($path => $admin => json => $bad->[0])
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->post_ok($path => $admin => json =>
          {options => {Size => 'XL', Color => 'Red'}, sku => $sku})
      ->problem_is(409 => 'sku_taken');
    $t->post_ok($path => {%$admin, 'If-Match' => '"1"'} => json => {})
      ->problem_is(412 => 'precondition_failed');
    $t->post_ok($path => $seller => json => {})
      ->problem_is(403 => 'forbidden');
    $t->post_ok($path => json => {})->problem_is(401 => 'unauthenticated');

    my %once = (%$admin, 'Idempotency-Key' => unique_id);
    my $json = {options => {Size => 'XL', Color => 'Blue'}};
    $t->post_ok($path => \%once => json => $json)->status_is(201);
    my $first = $t->value('/id');
    $t->post_ok($path => \%once => json => $json)->status_is(201)
      ->json_is('/id' => $first)
      ->header_is('Idempotent-Replayed' => 'true');
};

subtest 'changing' => sub {
    my $shirt = shirt();
    my $path  = "/api/v1/products/$shirt->{id}/variants/"
      . $shirt->{variants}[2]{id};
    $t->patch_ok($path => {%$admin, 'If-Match' => '"1"'} => json => {
        price => 2500, compare_at_price => 3000, barcode => '4006381333931',
        weight_grams => 250, position => 1, metadata => {a => [1]},
        requires_shipping => Mojo::JSON->false
    })->status_is(200)->json_is('/price/amount' => 2500)
      ->json_is('/compare_at_price/amount' => 3000)
      ->json_is('/barcode' => '4006381333931')
      ->json_is('/weight_grams' => 250)->json_is('/metadata/a/0' => 1)
      ->json_is('/requires_shipping' => Mojo::JSON->false);
    $t->get_ok("/api/v1/products/$shirt->{id}")
      ->json_is('/variants/1/price/amount' => 2500, 'moved forward')
      ->json_is('/price/amount' => 2000);
    $t->patch_ok($path => $admin => json => {compare_at_price => undef})
      ->status_is(200)->json_is('/compare_at_price' => undef)
      ->json_is('/price/amount' => 2500);
    $t->patch_ok($path => $admin => json => {options => {Size => 'S'}})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/options');
    $t->patch_ok($path => $admin => json => {options => {Size => 'XXL'}})
      ->problem_is(422 => 'invalid_input');
    $t->patch_ok($path => $admin => json =>
          {sku => $shirt->{variants}[0]{sku}})
      ->problem_is(409 => 'sku_taken');
    $t->patch_ok($path => {%$admin, 'If-Match' => '"1"'} => json =>
          {price => 1})->problem_is(412 => 'precondition_failed');
    $t->patch_ok($path => $seller => json => {price => 1})
      ->problem_is(403 => 'forbidden');
    $t->patch_ok("/api/v1/products/$shirt->{id}/variants/1" => $admin =>
          json => {price => 1})->problem_is(404 => 'not_found');
};

subtest 'removing' => sub {
    my $shirt = shirt();
    my $path  = "/api/v1/products/$shirt->{id}/variants";
    my @ids   = map { $_->{id} } @{$shirt->{variants}};
    $t->delete_ok("$path/$ids[0]" => $seller)->problem_is(403 => 'forbidden');
    $t->delete_ok("$path/$ids[0]" => {%$admin, 'If-Match' => '"7"'})
      ->problem_is(412 => 'precondition_failed');
    $t->delete_ok("$path/$_" => $admin)->status_is(204) for @ids[0 .. 2];
    $t->get_ok("$path/$ids[0]")->problem_is(404 => 'not_found');
    $t->delete_ok("$path/$ids[0]" => $admin)->problem_is(404 => 'not_found');
    $t->delete_ok("$path/$ids[3]" => $admin)->problem_is(409 => 'conflict');
    $t->get_ok("/api/v1/products/$shirt->{id}")->status_is(200)
      ->json_hasnt('/variants/1')->json_is('/variants/0/id' => $ids[3])
      ->json_is('/variants/0/available' => 2, 'the stock is its own');
    $t->post_ok('/api/v1/cart/add' => json => {variant_id => $ids[0]})
      ->problem_is(404 => 'not_found');
};

subtest 'options' => sub {
    my $shirt = shirt();
    my $path  = "/api/v1/products/$shirt->{id}";
    $t->patch_ok($path => $admin => json => {options => [
        {name => 'Colour', was => 'Color', values => ['Blue', 'Red', 'Green']},
        {name => 'Size', values => ['S', 'M']},
        {name => 'Cut', values => ['Slim', 'Wide']}
    ]})->status_is(200)
      ->json_is('/options/0' => {name => 'Colour',
            values => ['Blue', 'Red', 'Green']});
    is_deeply options($shirt->{id})->[0],
      {Size => 'S', Colour => 'Red', Cut => 'Slim'},
      'renamed, put in another order, one more';

    for my $bad (
        [[{name => 'Colour', values => ['Blue', 'Red']}], '/options'],
        [[{name => 'Colour', values => ['Blue']},
            {name => 'Size', values => ['S', 'M']}], '/options/0/values'],
        [[{name => 'Tone', was => 'Color', values => ['Blue']}],
            '/options/0/was'],
        [[map { {name => 'A', values => ['B']} } 1, 2], '/options'],
        [[{name => 'A', values => []}], '/options/0/values'],
      )
    {
        $t->patch_ok($path => $admin => json => {options => $bad->[0]})
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->patch_ok($path => $admin => json => {options => [
        {name => 'Colour', values => ['Blue', 'Red']},
        {name => 'Size', values => ['S', 'M']}
    ], variants => [{id => $shirt->{variants}[0]{id}, price => 1,
        metadata => {x => 1}}]})->status_is(200)
      ->json_is('/price/amount' => 1)
      ->json_is('/variants/0/metadata/x' => 1);
    is_deeply options($shirt->{id})->[0], {Size => 'S', Colour => 'Red'},
      'one less';
};

done_testing;
