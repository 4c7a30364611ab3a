#!/usr/bin/perl

# Customer groups, price lists, promotions and coupons: what staff does with
# them, what is refused, and what a cart says then.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $api   = '/api/v1';
my $book  = new_product($shop, stock => 100, price => 1000);

sub etag { return $t->tx->res->headers->etag }

# nobody without the permission reads or writes
sub guarded ($method, $path, %json) {
    for my $headers ({}, $shop->customer) {
        my $res = $t->call($method => "$api$path" => $headers =>
              ($method eq 'GET' ? () : (json => {%json})));
        is $res->code, %$headers ? 403 : 401, "$method $path";
    }
    return;
}

sub new_offer (%with) {
    $t->post_ok("$api/promotions" => $admin => json =>
          {name => 'Offer', kind => 'percentage', basis_points => 1000,
            products => ["$book"], %with})->status_is(201);
    return $t->value;
}

sub unique_code { return 'T' . uc(ShopTest::unique_id() =~ s/\W//gr) }

subtest 'customer groups' => sub {
    guarded GET  => '/customer-groups';
    guarded POST => '/customer-groups', code => 'x', name => 'X';
    my $code = lc unique_code();
    $t->post_ok("$api/customer-groups" => $admin => json =>
          {code => $code, name => 'Trade'})->status_is(201)
      ->header_like(Location => qr{^/api/v1/customer-groups/\d+$})
      ->json_is('/code' => $code)->json_is('/members' => 0);
    my $path = "$api/customer-groups/" . $t->value('/id');
    $t->post_ok("$api/customer-groups" => $admin => json =>
          {code => $code, name => 'Again'})->problem_is(409 => 'code_taken');
    $t->post_ok("$api/customer-groups" => $admin => json =>
          {code => 'No Code', name => ''})
      ->problem_is(422 => 'invalid_input');
    $t->get_ok($path => $admin)->status_is(200);
    my $etag = etag();
    $t->get_ok($path => {%$admin, 'If-None-Match' => $etag})->status_is(304);
    $t->patch_ok($path => {%$admin, 'If-Match' => $etag} => json =>
          {name => 'Traders'})->status_is(200)->json_is('/name' => 'Traders');
    $t->patch_ok($path => {%$admin, 'If-Match' => $etag} => json =>
          {name => 'Late'})->problem_is(412 => 'precondition_failed');

    my $who = $shop->register;
    my $id  = $who->{user}{id};
    $t->post_ok("$path/members" => $admin => json => {user_id => $id})
      ->status_is(201)->json_is('/user_id' => $id);
    $t->post_ok("$path/members" => $admin => json =>
          {user_id => '00000000-0000-4000-8000-000000000000'})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/user_id');
    $t->get_ok("$path/members" => $admin)->status_is(200)
      ->json_is('/items/0/user_id' => $id)->json_is('/next_cursor' => undef);
    $t->get_ok("$path/members?cursor=eA" => $admin)
      ->problem_is(422 => 'invalid_input');
    $t->delete_ok("$path/members/$id" => $admin)->status_is(204);
    $t->delete_ok("$path/members/$id" => $admin)
      ->problem_is(404 => 'not_found');
    $t->get_ok("$path/members" => $admin)->json_is('/items' => []);
    $t->get_ok("$api/customer-groups/999999999/members" => $admin)
      ->problem_is(404 => 'not_found');

    $t->get_ok("$api/customer-groups?limit=1" => $admin)->status_is(200)
      ->json_has('/items/0/id');
    $t->delete_ok($path => $admin)->status_is(204);
    $t->get_ok($path => $admin)->problem_is(404 => 'not_found');
};

subtest 'price lists' => sub {
    guarded GET  => '/price-lists';
    guarded POST => '/price-lists', name => 'X';
    my $who = $shop->register;
    $t->post_ok("$api/customer-groups" => $admin => json =>
          {code => lc unique_code(), name => 'Club'})->status_is(201);
    my $group = $t->value('/id');
    $t->post_ok("$api/customer-groups/$group/members" => $admin => json =>
          {user_id => $who->{user}{id}})->status_is(201);
    $t->post_ok("$api/price-lists" => $admin => json =>
          {name => 'Club', groups => [$group], priority => 5})
      ->status_is(201)->json_is('/groups' => [$group])
      ->json_is('/active' => Mojo::JSON->true);
    my $path = "$api/price-lists/" . $t->value('/id');
    $t->delete_ok("$api/customer-groups/$group" => $admin)
      ->problem_is(409 => 'in_use');
    $t->patch_ok("$path/prices" => $admin => json => {prices => [
                {variant_id => "$book", price => 900},
                {variant_id => "$book", price =>
                      {amount => 700, currency => 'EUR'}, min_quantity => 10}
            ]})->status_is(200);
    $t->get_ok("$path/prices?limit=1" => $admin)->status_is(200)
      ->json_is('/items/0/price' => {amount => 900, currency => 'EUR'});
    my $next = $t->value('/next_cursor');
    $t->get_ok("$path/prices?cursor=$next" => $admin)->status_is(200)
      ->json_is('/items/0/min_quantity' => 10)
      ->json_is('/next_cursor'          => undef);
    $t->get_ok("$path/prices?cursor=eA" => $admin)
      ->problem_is(422 => 'invalid_input');
    for my $bad (
        [{variant_id => '999999999', price => 1}, '/prices/0/variant_id'],
        [{variant_id => "$book", price => 1, currency => 'JPY'},
            '/prices/0/price'],
        [{variant_id => "$book"}, '/prices/0/price'],
        [{variant_id => "$book", price => -1}, '/prices/0/price']
      )
    {
        $t->patch_ok("$path/prices" => $admin => json =>
              {prices => [$bad->[0]]})->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }

    my $price = sub ($headers, $n) {
        my $browser = $shop->t;
        $browser->delete_ok("$api/cart" => $headers);
        $browser->post_ok("$api/cart/add" => $headers => json =>
              {product_id => $book, quantity => $n})->status_is(200);
        return $browser->value('/items/0/unit_price/amount');
    };
    is $price->({}, 10), 1000, 'strangers pay the price of all';
    is $price->($who->{headers}, 1),  900, 'members theirs';
    is $price->($who->{headers}, 12), 700, 'by quantity';
    $t->get_ok("$api/products/$book/prices" => $who->{headers})
      ->status_is(200)->json_is('/items/0/price/amount' => 900)
      ->json_is('/items/0/public_price/amount' => 1000)
      ->json_is('/items/0/tiers' => [
            {min_quantity => 1, price => {amount => 900, currency => 'EUR'}},
            {min_quantity => 10, price => {amount => 700, currency => 'EUR'}}
        ]);
    $t->get_ok("$api/products/$book/prices")->status_is(200)
      ->json_is('/items/0/price/amount' => 1000)
      ->json_is('/items/0/tiers'        => []);
    $t->get_ok("$api/products/999999999/prices")
      ->problem_is(404 => 'not_found');

    $t->patch_ok($path => $admin => json => {active => \0})->status_is(200);
    is $price->($who->{headers}, 12), 1000, 'a list that is switched off';
    $t->patch_ok($path => $admin => json =>
          {starts_at => '2030-01-01T00:00:00Z',
            ends_at => '2029-01-01T00:00:00Z'})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/ends_at');
    $t->patch_ok($path => $admin => json => {groups => ['0']})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/groups/0');
    $t->get_ok($path => $admin)->status_is(200);
    $t->patch_ok($path => {%$admin, 'If-Match' => '"1"'} => json =>
          {priority => 1})->problem_is(412 => 'precondition_failed');
    $t->get_ok("$api/price-lists" => $admin)->status_is(200);
    $t->delete_ok($path => $admin)->status_is(204);
    $t->delete_ok($path => $admin)->problem_is(404 => 'not_found');
};

subtest 'promotions' => sub {
    guarded GET  => '/promotions';
    guarded POST => '/promotions', name => 'X', kind => 'gift';
    my $offer = new_offer(name => 'Ten', metadata => {from => 'test'});
    my $path  = "$api/promotions/$offer->{id}";
    is_deeply [@$offer{qw(kind applies_to automatic active uses)}],
      ['percentage', 'order', Mojo::JSON->false, Mojo::JSON->true, 0],
      'defaults';
    for my $bad (
        [{kind => 'percentage'}, '/basis_points'],
        [{kind => 'fixed'}, '/amounts'],
        [{kind => 'fixed', basis_points => 5,
                amounts => [{amount => 1, currency => 'EUR'}]},
            '/basis_points'],
        [{kind => 'fixed', amounts => [{amount => 1, currency => 'JPY'}]},
            '/amounts/0/currency'],
        [{kind => 'fixed', amounts => [
                    map { {amount => $_, currency => 'EUR'} } 1, 2
                ]}, '/amounts/1/currency'],
        [{kind => 'buy_x_get_y', get_quantity => 1}, '/buy_quantity'],
        [{kind => 'gift'}, '/gift_variant_id'],
        [{kind => 'gift', gift_variant_id => '0'}, '/gift_variant_id/0'],
        [{kind => 'free_shipping', max_times => 2}, '/max_times'],
        [{kind => 'percentage', basis_points => 10001}, '/basis_points'],
        [{kind => 'bargain'}, '/kind'],
        [{kind => 'free_shipping', products => ['x']}, '/products/0'],
        [{kind => 'free_shipping', collections => ['999999999']},
            '/collections/0'],
        [{kind => 'free_shipping', currencies => ['GBP']}, '/currencies'],
        [{kind => 'free_shipping', countries => ['germany']}, '/countries/0'],
        [{kind => 'free_shipping', surprise => 1}, '/surprise']
      )
    {
        $t->post_ok("$api/promotions" => $admin => json =>
              {name => 'Bad', %{$bad->[0]}})
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->get_ok($path => $admin)->status_is(200);
    my $etag = etag();
    $t->patch_ok($path => {%$admin, 'If-Match' => $etag} => json =>
          {basis_points => 2000, min_quantity => 2})->status_is(200)
      ->json_is('/basis_points' => 2000);
    $t->patch_ok($path => {%$admin, 'If-Match' => $etag} => json =>
          {basis_points => 1})->problem_is(412 => 'precondition_failed');
    $t->patch_ok($path => $admin => json => {kind => 'fixed'})
      ->problem_is(422 => 'invalid_input');
    $t->get_ok("$api/promotions?active=true&automatic=false&limit=1" => $admin)
      ->status_is(200)->json_has('/items/0/id');
    $t->get_ok("$api/promotions?color=red" => $admin)
      ->problem_is(422 => 'invalid_input');
    my $key = {%$admin, 'Idempotency-Key' => unique_code()};
    my %body = (name => 'Once', kind => 'free_shipping');
    $t->post_ok("$api/promotions" => $key => json => \%body)->status_is(201);
    my $first = $t->value('/id');
    $t->post_ok("$api/promotions" => $key => json => \%body)->status_is(201)
      ->json_is('/id' => $first)
      ->header_is('Idempotent-Replayed' => 'true');
    $t->delete_ok($path => $admin)->status_is(204);
    $t->get_ok($path => $admin)->problem_is(404 => 'not_found');
};

subtest 'what is in a collection' => sub {
    my ($inside, $outside) = map { new_product($shop, price => 1000) } 1, 2;
    my $tagged = new_product($shop, price => 1000, tags => [lc unique_code()]);
    $t->get_ok("$api/products/$tagged")->status_is(200);
    my $tag  = $t->value('/tags/0');
    my $new  = sub (%with) {
        $t->post_ok("$api/collections" => $admin => json =>
              {name => unique_code(), %with})->status_is(201);
        return $t->value('/id');
    };
    my $manual = $new->(products => ["$inside"]);
    my $ruled  = $new->(rule => {conditions =>
              [{field => 'tags', op => 'is', value => $tag}]});
    my $code = unique_code();
    my $off  = sub (@products) {
        my $buyer = ShopTest::Buyer->new(stack => $shop);
        $buyer->add($_) for @products;
        $t->post_ok("$api/cart/coupons" => $buyer->headers => json =>
              {code => $code})->status_is(200);
        my $body = $t->value;
        return $body->{coupons}[0]{reason} unless @{$body->{discounts}};
        return {map { $_->{item_id} => $_->{amount}{amount} }
              @{$body->{discounts}[0]{lines}}};
    };
    my $offer = new_offer(products => [], collections => [$manual, $ruled],
        applies_to => 'lines');
    is_deeply $offer->{collections}, [$manual, $ruled], 'as it was given';
    $t->post_ok("$api/promotions/$offer->{id}/coupons" => $admin => json =>
          {code => $code})->status_is(201);
    is_deeply $off->($inside, $outside, $tagged),
      {$inside => 100, $tagged => 100}, 'by hand and by rule';
    is $off->($outside), 'items', 'nothing of it';
    $t->post_ok("$api/collections/$manual/products" => $admin => json =>
          {products => ["$outside"]})->status_is(200);
    is_deeply $off->($outside), {$outside => 100}, 'put into it';
    $t->patch_ok("$api/products/$tagged" => $admin => json => {tags => []})
      ->status_is(200);
    is $off->($tagged), 'items', 'the rule has let it go';

    # what is got may be of a collection, too
    my $bundle = new_offer(kind => 'buy_x_get_y', basis_points => 10000,
        buy_quantity => 1, get_quantity => 1, products => ["$book"],
        get_collections => [$manual]);
    $code = unique_code();
    $t->post_ok("$api/promotions/$bundle->{id}/coupons" => $admin => json =>
          {code => $code})->status_is(201);
    is_deeply $off->($book, $inside), {$inside => 1000}, 'got for nothing';
    is $off->($book, $tagged), 'items', 'not of it';
};

subtest 'coupons' => sub {
    my $offer = new_offer(min_quantity => 2);
    my $path  = "$api/promotions/$offer->{id}/coupons";
    guarded GET  => "/promotions/$offer->{id}/coupons";
    guarded POST => "/promotions/$offer->{id}/coupons", code => 'XX';
    my $code = unique_code();
    $t->post_ok($path => $admin => json => {code => lc $code})
      ->status_is(201)->json_is('/items/0/code' => $code);
    $t->post_ok($path => $admin => json => {code => $code})
      ->problem_is(409 => 'code_taken');
    $t->post_ok($path => $admin => json => {code => 'no code'})
      ->problem_is(422 => 'invalid_input');
    $t->post_ok($path => $admin => json => $_)
      ->problem_is(422 => 'invalid_input')
      for {}, {code => 'AB', count => 1}, {count => 1001};
    $t->post_ok($path => $admin => json => {count => 100, prefix => 'b-'})
      ->status_is(201);
    is scalar @{$t->value('/items')}, 100, 'many';
    $t->get_ok("$path?limit=100" => $admin)->status_is(200);
    is scalar @{$t->value('/items')}, 100, 'a page';
    ok $t->value('/next_cursor'), 'and another';
    $t->patch_ok("$api/promotions/$offer->{id}" => $admin => json =>
          {automatic => \1})->problem_is(422 => 'invalid_input');

    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($book, 1);
    my $cart = $buyer->headers;
    $t->ua->cookie_jar->ignore(sub {1});
    $t->post_ok("$api/cart/coupons" => $cart => json => {code => lc $code})
      ->status_is(200)->trips_is('sql=1 redis=1')
      ->json_is('/coupons/0' => {code => $code, applied => Mojo::JSON->false,
            reason => 'min_quantity'})->json_is('/discounts' => []);
    $t->post_ok("$api/cart/add" => $cart => json =>
          {product_id => $book})->status_is(200)
      ->json_is('/discounts/0/code'   => $code)
      ->json_is('/discounts/0/amount' => {amount => 200, currency => 'EUR'})
      ->json_is('/discounts/0/lines/0/item_id' => "$book");
    $t->post_ok("$api/cart/coupons" => $cart => json => {code => 'NO-SUCH'})
      ->problem_is(422 => 'coupon_unknown')->trips_is('sql=1 redis=2');
    $t->get_ok("$api/cart" => $cart)->json_hasnt('/coupons/1');
    my $order = $buyer->place;
    is $order->{status}, 201, 'ordered';
    is $order->{json}{discounts}[0]{amount}{amount}, 200, 'the order has it';
    is $order->{json}{total}{amount},
      2000 - 200 + $order->{json}{shipping}{amount}, 'total';
    $t->get_ok("$api/promotions/$offer->{id}" => $admin)
      ->json_is('/uses' => 1);
    $t->get_ok("$api/cart" => $cart)->json_is('/coupons' => []);

    $buyer->add($book, 2);
    $t->post_ok("$api/cart/coupons" => $cart => json => {code => $code})
      ->status_is(200);
    $t->delete_ok("$api/cart/coupons/$code" => $cart)->status_is(200)
      ->json_is('/coupons' => []);
    $t->delete_ok("$path/$code" => $admin)->status_is(204);
    $t->delete_ok("$path/$code" => $admin)->problem_is(404 => 'not_found');
};

subtest 'a coupon that ended meanwhile' => sub {
    my $offer = new_offer();
    my $code  = unique_code();
    $t->post_ok("$api/promotions/$offer->{id}/coupons" => $admin => json =>
          {code => $code})->status_is(201);
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($book, 1);
    $t->post_ok("$api/cart/coupons" => $buyer->headers => json =>
          {code => $code})->status_is(200);
    $t->patch_ok("$api/promotions/$offer->{id}" => $admin => json =>
          {ends_at => '2020-01-01T00:00:00Z'})->status_is(200);
    is $buyer->place->{json}{code}, 'coupon_not_valid',
      'nobody pays more unawares';
    $t->get_ok("$api/cart" => $buyer->headers)->status_is(200)
      ->json_is('/coupons/0/reason' => 'coupon_expired');
};

done_testing;
