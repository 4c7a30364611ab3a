#!/usr/bin/perl

# Ways to ship as staff change them.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product address);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $base  = '/api/v1/shipping';
$t->ua->cookie_jar->ignore(sub {1});

my $word = substr unique_id() =~ tr/-//dr, -12;

sub invalid ($pointer) {
    $t->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => $pointer);
    return;
}

subtest 'who may' => sub {
    for my $path (qw(zones methods)) {
        for my $case ([GET => $path], [POST => $path], [GET => "$path/1"],
            [PATCH => "$path/1"], [DELETE => "$path/1"])
        {
            my ($method, $at) = @$case;
            is $t->call($method => "$base/$at" => json => {})->code, 401,
              "$method $at: a stranger";
            is $t->call($method => "$base/$at" => $shop->seller => json => {})
              ->code, 403, "$method $at: a seller";
        }
    }
};

my $zone;

subtest 'zones' => sub {
    $t->post_ok("$base/zones" => $admin => json => {name => "Zone $word",
            areas => [{country => 'MT', postal_code => 'VLT'}]})
      ->status_is(201)->header_is(ETag => '"1"');
    $zone = $t->value('/id');
    $t->header_is(Location => "$base/zones/$zone")
      ->json_is('/areas/0/postal_code' => 'VLT*');
    $t->patch_ok("$base/zones/$zone" => {%$admin, 'If-Match' => '"1"'} =>
          json => {name => "Malta $word"})->status_is(200)
      ->json_has('/areas/0');
    $t->patch_ok("$base/zones/$zone" => {%$admin, 'If-Match' => '"1"'} =>
          json => {})->problem_is(412 => 'precondition_failed');
    $t->get_ok("$base/zones/$zone" => $admin)->status_is(200)
      ->header_is(ETag => '"2"')->json_is('/name' => "Malta $word");
    $t->get_ok("$base/zones?limit=100" => $admin)->status_is(200);
    ok +(grep { $_->{id} eq $zone } @{$t->value('/items')}), 'listed';
    $t->post_ok("$base/zones" => $admin => json =>
          {name => "Malta $word", areas => []})->problem_is(409 => 'conflict');
    $t->post_ok("$base/zones" => $admin => json => {name => 'x',
            areas => [{country => 'MT', postal_code => 'VLT*'}]})
      ->problem_is(409 => 'conflict');
    $t->post_ok("$base/zones" => $admin => json =>
          {name => 'x', areas => [{country => 'M'}]});
    invalid('/areas/0/country');
    $t->post_ok("$base/zones" => $admin => json => {})
      ->problem_is(422 => 'invalid_input')->json_has('/errors/1');
    $t->get_ok("$base/zones?cursor=x" => $admin)->status_is(422);
    $t->get_ok("$base/zones/999999999" => $admin)
      ->problem_is(404 => 'not_found');
};

sub method_json (%with) {
    return {code => "m-$word", name => 'By boat', %with};
}

sub rate (%with) {
    return {zone_id => $zone, amount => {amount => 300, currency => 'EUR'},
        %with};
}

my $method;
my $point = {code => "p-$word", name => 'Harbour', hours => '9 to 5',
    address => {line1 => 'Quay 1', city => 'Valletta', country => 'MT',
        postal_code => 'VLT1117'}};

subtest 'methods' => sub {
    $t->post_ok("$base/methods" => $admin => json => method_json(
        rates => [rate(max_items => 2), rate(min_items => 3,
                amount => {amount => 700, currency => 'EUR'})]))
      ->status_is(201)->header_is(ETag => '"1"');
    $method = $t->value('/id');
    $t->header_is(Location => "$base/methods/$method")
      ->json_is('/kind' => 'delivery')->json_is('/tax_class' => 'standard')
      ->json_is('/active' => Mojo::JSON->true)
      ->json_is('/rates/0/max_items' => 2)
      ->json_is('/rates/1/amount/amount' => 700);

    my $buyer = ShopTest::Buyer->new(stack => $shop);
    my $product = new_product($shop);
    $buyer->add($product);
    my $headers = $buyer->headers;
    $t->patch_ok('/api/v1/cart' => $headers => json =>
          {country => 'MT', postal_code => 'VLT 1117'})->status_is(200)
      ->json_is('/shipping_method' => "m-$word")
      ->json_is('/shipping/amount' => 300);
    $t->get_ok('/api/v1/cart/shipping-options' => $headers)->status_is(200)
      ->json_is('/items/0/code' => "m-$word")->json_hasnt('/items/1');
    $t->patch_ok("/api/v1/cart/items/$product" => $headers => json =>
          {quantity => 3})->json_is('/shipping/amount' => 700);

    $t->patch_ok("$base/methods/$method" => {%$admin, 'If-Match' => '"1"'} =>
          json => {active => Mojo::JSON->false})->status_is(200)
      ->json_has('/rates/1');
    $t->get_ok('/api/v1/cart/shipping-options' => $headers)
      ->json_is('/items' => []);
    $t->patch_ok("$base/methods/$method" => {%$admin, 'If-Match' => '"1"'} =>
          json => {})->problem_is(412 => 'precondition_failed');
    $t->get_ok("$base/methods/$method" => $admin)->status_is(200)
      ->header_is(ETag => '"2"');
    $t->get_ok("$base/methods?limit=100" => $admin)->status_is(200);
    ok +(grep { $_->{id} eq $method } @{$t->value('/items')}), 'listed';
};

subtest 'bad methods' => sub {
    my $bad = sub ($pointer, %with) {
        $t->post_ok("$base/methods" => $admin => json => method_json(
            code => "bad-$word", %with));
        return invalid($pointer);
    };
    $bad->('/code', code => 'A B');
    $bad->('/kind', kind => 'pigeon');
    $bad->('/tax_class', tax_class => 'none');
    $bad->('/estimated_days', estimated_days => -1);
    $bad->('/rates/0/zone_id', rates => [rate(zone_id => '999999999')]);
    $bad->('/rates/0/amount/currency', rates => [rate(
        amount => {amount => 1, currency => 'JPY'})]);
    $bad->('/rates/0/amount/amount', rates => [rate(
        amount => {amount => -1, currency => 'EUR'})]);
    $bad->('/rates/0/max_subtotal', rates => [rate(min_subtotal => 5,
                max_subtotal => 5)]);
    $bad->('/rates/0/max_grams', rates => [rate(min_grams => 5,
                max_grams => 4)]);
    $bad->('/rates/0/max_items', rates => [rate(min_items => 5,
                max_items => 4)]);
    $bad->('/rates', rates => [rate(), rate()]);
    $bad->('/pickup_points', pickup_points => [$point]);
    $bad->('/pickup_points/0/code', kind => 'pickup', pickup_points =>
          [{%$point, code => 'X'}]);
    $bad->('/pickup_points/0/address/country', kind => 'pickup',
        pickup_points => [{%$point, address => {%{$point->{address}},
                country => 'Malta'}}]);
    $t->post_ok("$base/methods" => $admin => json => method_json())
      ->problem_is(409 => 'conflict');
    $t->post_ok("$base/methods" => $admin => json => {})
      ->problem_is(422 => 'invalid_input')->json_has('/errors/1');
    $t->$_("$base/methods/999999999" => $admin => json => {})
      ->problem_is(404 => 'not_found')
      for qw(get_ok patch_ok delete_ok);
};

subtest 'to be fetched' => sub {
    $t->patch_ok("$base/methods/$method" => $admin => json => {
        active => Mojo::JSON->true, kind => 'pickup',
        pickup_points => [$point], rates => [rate(
            amount => {amount => 0, currency => 'EUR'})]})->status_is(200)
      ->json_is('/pickup_points/0/name' => 'Harbour');

    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add(new_product($shop));
    my $headers = $buyer->headers;
    $t->patch_ok('/api/v1/cart' => $headers => json =>
          {country => 'MT', postal_code => 'VLT1117'})->status_is(200);
    $t->get_ok('/api/v1/cart/shipping-options' => $headers)
      ->json_is('/items/0/kind' => 'pickup')
      ->json_is('/items/0/pickup_points/0/code' => "p-$word");
    $t->patch_ok('/api/v1/cart' => $headers => json =>
          {shipping_method => "m-$word", pickup_point => 'none'});
    invalid('/pickup_point');
    $t->patch_ok('/api/v1/cart' => $headers => json =>
          {shipping_method => 'none'});
    invalid('/shipping_method');
    $t->patch_ok('/api/v1/cart' => $headers => json =>
          {shipping_method => "m-$word"})->status_is(200)
      ->json_is('/shipping_method' => "m-$word");
    my $at = address(country => 'MT', postal_code => 'VLT1117');
    my $order = $buyer->place(shipping_address => $at);
    is $order->{status}, 422, 'it has to be said where';
    is $order->{json}{errors}[0]{pointer}, '/pickup_point';
    $order = $buyer->place(shipping_address => $at,
        pickup_point => "p-$word");
    is $order->{status}, 201, 'ordered';
    is $order->{json}{shipping_method}, "m-$word", 'as the cart had chosen';
    is_deeply $order->{json}{pickup_point}, $point, 'where it is fetched';
    is_deeply $buyer->show($order->{json})->{pickup_point}, $point, 'later too';
};

subtest 'removing' => sub {
    $t->delete_ok("$base/methods/$method" => {%$admin, 'If-Match' => '"1"'})
      ->problem_is(412 => 'precondition_failed');
    $t->delete_ok("$base/methods/$method" => $admin)->status_is(204);
    $t->delete_ok("$base/zones/$zone" => $admin)->status_is(204);
    $t->get_ok("$base/zones/$zone" => $admin)->problem_is(404 => 'not_found');
};

done_testing;
