#!/usr/bin/perl

# Taxes as staff change them, and what carts make of it.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $base  = '/api/v1';
$t->ua->cookie_jar->ignore(sub {1});

my $word = substr unique_id() =~ tr/-//dr, -12;

sub invalid ($pointer) {
    $t->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => $pointer);
    return;
}

sub rate (%with) {
    return {tax_class => 'standard', name => 'TVA', rate => '17', %with};
}

subtest 'who may' => sub {
    for my $path (qw(tax-classes tax-zones tax-exemptions)) {
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

subtest 'classes' => sub {
    $t->post_ok("$base/tax-classes" => $admin => json =>
          {code => "c-$word", name => 'Books'})->status_is(201)
      ->header_is(Location => "$base/tax-classes/c-$word")
      ->header_is(ETag => '"1"')
      ->json_is('' => {code => "c-$word", name => 'Books',
            is_default => Mojo::JSON->false});
    $t->post_ok("$base/tax-classes" => $admin => json =>
          {code => "c-$word", name => 'Books'})->problem_is(409 => 'conflict');
    $t->post_ok("$base/tax-classes" => $admin => json =>
          {code => 'A B', name => 'x'});
    invalid('/code');
    $t->post_ok("$base/tax-classes" => $admin => json => {})
      ->problem_is(422 => 'invalid_input')->json_has('/errors/1');
    $t->patch_ok("$base/tax-classes/c-$word" =>
          {%$admin, 'If-Match' => '"1"'} => json => {name => 'Printed'})
      ->status_is(200)->json_is('/name' => 'Printed');
    $t->patch_ok("$base/tax-classes/c-$word" =>
          {%$admin, 'If-Match' => '"1"'} => json => {name => 'x'})
      ->problem_is(412 => 'precondition_failed');
    $t->get_ok("$base/tax-classes/c-$word" => $admin)->header_is(ETag => '"2"');
    $t->get_ok("$base/tax-classes/c-$word" =>
          {%$admin, 'If-None-Match' => '"2"'})->status_is(304);
    $t->get_ok("$base/tax-classes?limit=100" => $admin)->status_is(200);
    ok +(grep { $_->{code} eq "c-$word" } @{$t->value('/items')}), 'listed';
    $t->get_ok("$base/tax-classes?limit=1" => $admin)->json_hasnt('/items/1');
    $t->get_ok("$base/tax-classes?limit=1&cursor="
          . $t->value('/next_cursor') => $admin)->status_is(200)
      ->json_has('/items/0');
    $t->get_ok("$base/tax-classes?cursor=~" => $admin)->status_is(422);

    my $product = new_product($shop, tax_class => "c-$word");
    $t->delete_ok("$base/tax-classes/c-$word" => $admin)
      ->problem_is(409 => 'conflict');
    $t->delete_ok("$base/tax-classes/standard" => $admin)
      ->problem_is(409 => 'conflict');
    $t->post_ok("$base/tax-classes" => $admin => json =>
          {code => "d-$word", name => 'Gone'})->status_is(201);
    $t->delete_ok("$base/tax-classes/d-$word" => $admin)->status_is(204);
    $t->get_ok("$base/tax-classes/d-$word" => $admin)
      ->problem_is(404 => 'not_found');
};

my $zone;

subtest 'zones' => sub {
    $t->post_ok("$base/tax-zones" => $admin => json => {
        name  => "Zone $word", tax_included => Mojo::JSON->true,
        areas => [{country => 'LU', postal_code => 'L-9000...L-9099'},
            {country => 'LU', postal_code => 'l 77*'}],
        rates => [rate(), rate(name => 'Extra', rate => '1.5')]
    })->status_is(201)->header_is(ETag => '"1"');
    $zone = $t->value('/id');
    $t->header_is(Location => "$base/tax-zones/$zone")
      ->json_is('/areas' => [
          {country => 'LU', region => undef, postal_code => 'L77*'},
          {country => 'LU', region => undef, postal_code => 'L9000...L9099'}])
      ->json_is('/rates/0' => rate(valid_from => undef, valid_until => undef,
            translations => {}))
      ->json_is('/rates/1/rate' => '1.5');

    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add(new_product($shop, price => 10000));
    my $taxes = sub ($postal) {
        my $cart = $t->call(PATCH => "$base/cart" => $buyer->headers => json =>
              {country => 'LU', postal_code => $postal})->json;
        return [map { "$_->{name} $_->{rate}" } @{$cart->{tax}{lines}}];
    };
    is_deeply $taxes->('L-9050'), ['TVA 17', 'Extra 1.5'], 'in the range';
    is_deeply $taxes->('L-7712'), ['TVA 17', 'Extra 1.5'], 'by its beginning';
    is_deeply $taxes->('L-1000'), ['TVA 17'], 'outside';

    $t->patch_ok("$base/tax-zones/$zone" => {%$admin, 'If-Match' => '"1"'} =>
          json => {rates => [rate(rate => '3', name => 'New')]})
      ->status_is(200)->header_is(ETag => '"2"')->json_has('/areas/1');
    is_deeply $taxes->('L-9050'), ['New 3'], 'at once';
    $t->patch_ok("$base/tax-zones/$zone" => {%$admin, 'If-Match' => '"1"'} =>
          json => {name => 'x'})->problem_is(412 => 'precondition_failed');
    $t->patch_ok("$base/tax-zones/$zone" => $admin => json =>
          {tax_included => undef})->status_is(200)
      ->json_is('/tax_included' => undef);
    $t->get_ok("$base/tax-zones/$zone" => $admin)->status_is(200)
      ->json_is('/name' => "Zone $word");
    $t->get_ok("$base/tax-zones?limit=100" => $admin)->status_is(200);
    ok +(grep { $_->{id} eq $zone } @{$t->value('/items')}), 'listed';
};

subtest 'bad zones' => sub {
    my $bad = sub ($pointer, %with) {
        $t->post_ok("$base/tax-zones" => $admin => json =>
              {name => "Bad $word", areas => [], %with});
        return invalid($pointer);
    };
    $bad->('/areas/0/country', areas => [{country => $_}]) for qw(xx XX);
    $bad->('/areas/0/postal_code', areas => [{country => 'LU',
                postal_code => $_}])
      for 'L90...L9', 'L91...L90', 'L9*9', '1...', 'L9...L8...L9', 'é';
    $bad->('/areas/0/postal_code', areas => [{country => '*',
                postal_code => '1'}]);
    $bad->('/rates/0/rate', rates => [rate(rate => $_)])
      for '-1', '100', '1.23456', 'x', '1,5', '';
    $bad->('/rates/0/tax_class', rates => [rate(tax_class => 'none')]);
    $bad->('/rates/0/valid_from', rates => [rate(valid_from => 'soon')]);
    $bad->('/rates/0/valid_until', rates => [rate(
        valid_from  => '2027-01-01T00:00:00Z',
        valid_until => '2026-01-01T00:00:00Z')]);
    $bad->('/rates/0/color', rates => [rate(color => 'red')]);
    $t->post_ok("$base/tax-zones" => $admin => json => {name => 'x'})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/areas');
    $t->post_ok("$base/tax-zones" => $admin => json =>
          {name => "Zone $word", areas => []})->problem_is(409 => 'conflict');
    $t->post_ok("$base/tax-zones" => $admin => json => {name => "Bad $word",
            areas => [{country => 'LU', postal_code => 'L77'}]})
      ->problem_is(409 => 'conflict');
    $t->get_ok("$base/tax-zones/$_" => $admin)->problem_is(404 => 'not_found')
      for '999999999', 'x';
    $t->patch_ok("$base/tax-zones/999999999" => $admin => json => {})
      ->problem_is(404 => 'not_found');
    $t->delete_ok("$base/tax-zones/999999999" => $admin)
      ->problem_is(404 => 'not_found');
};

subtest 'a rate that will begin' => sub {
    $t->patch_ok("$base/tax-zones/$zone" => $admin => json => {rates => [
        rate(valid_until => '2099-01-01T00:00:00Z'),
        rate(rate => '18', valid_from => '2099-01-01T00:00:00Z')]})
      ->status_is(200)
      ->json_is('/rates/0/valid_until' => '2099-01-01T00:00:00.000Z');
    $t->delete_ok("$base/tax-zones/$zone" =>
          {%$admin, 'If-Match' => '"1"'})
      ->problem_is(412 => 'precondition_failed');
    $t->delete_ok("$base/tax-zones/$zone" => $admin)->status_is(204);
};

subtest 'exemptions' => sub {
    my $user = $shop->register;
    my $id   = $user->{user}{id};
    $t->post_ok("$base/cart/add" => $user->{headers} => json =>
          {product_id => new_product($shop, price => 11900)})->status_is(200)
      ->json_is('/subtotal/amount' => 11900);
    $t->post_ok("$base/tax-exemptions" => $admin => json =>
          {user_id => $id, reason => 'Embassy', certificate => 'E-1'})
      ->status_is(201)->header_is(ETag => '"1"')
      ->json_is('/user_id' => $id)->json_is('/countries' => undef);
    my $at = $t->tx->res->headers->location;
    $t->get_ok("$base/cart" => $user->{headers})
      ->json_is('/subtotal/amount' => 10000)
      ->json_is('/tax/total/amount' => 0)
      ->json_is('/tax/lines/0/name' => 'Exempt')
      ->json_is('/notices/0/now/amount' => 10000);
    $t->post_ok("$base/tax-exemptions" => $admin => json =>
          {user_id => $id, reason => 'Twice'})->problem_is(409 => 'conflict');
    $t->patch_ok($at => {%$admin, 'If-Match' => '"1"'} => json =>
          {countries => ['US']})->status_is(200);
    $t->get_ok("$base/cart" => $user->{headers})
      ->json_is('/subtotal/amount' => 11900)->json_is('/notices' => []);
    $t->patch_ok($at => {%$admin, 'If-Match' => '"1"'} => json => {})
      ->problem_is(412 => 'precondition_failed');
    $t->patch_ok($at => $admin => json => {countries => ['Utopia']});
    invalid('/countries/0');
    $t->post_ok("$base/tax-exemptions" => $admin => json =>
          {user_id => '00000000-0000-4000-8000-000000000000', reason => 'x'});
    invalid('/user_id');
    $t->post_ok("$base/tax-exemptions" => $admin => json => {user_id => 'x'})
      ->problem_is(422 => 'invalid_input')->json_has('/errors/1');
    $t->patch_ok($at => $admin => json =>
          {valid_from => '2027-01-01T00:00:00Z',
            valid_until => '2026-01-01T00:00:00Z'});
    invalid('/valid_until');
    $t->get_ok("$base/tax-exemptions?user_id=$id" => $admin)->status_is(200)
      ->json_is('/items/0/reason' => 'Embassy')->json_hasnt('/items/1');
    $t->get_ok("$base/tax-exemptions?user_id=x" => $admin)
      ->problem_is(422 => 'invalid_input');
    $t->get_ok("$base/users/me/export" => $user->{headers})->status_is(200)
      ->json_is('/tax_exemptions/0/certificate' => 'E-1');
    $t->get_ok($at => $admin)->status_is(200);
    $t->delete_ok($at => $admin)->status_is(204);
    $t->get_ok($at => $admin)->problem_is(404 => 'not_found');
};

subtest 'VAT ids' => sub {
    $t->post_ok("$base/vat-ids" => json => {vat_id => 'at u135.856-27'})
      ->status_is(200)->json_is('/vat_id' => 'ATU13585627')
      ->json_is('/country' => 'AT')->json_is('/status' => 'valid');
    $t->get_ok("$base/vat-ids/ATU13585627")->status_is(200)
      ->json_is('/status' => 'valid');
    $t->get_ok("$base/vat-ids/ATU13585628")->problem_is(404 => 'not_found');
    $t->post_ok("$base/vat-ids" => json => {vat_id => $_}),
      invalid('/vat_id')
      for 'ATU13585628', 'DE1', 'none', "\x{2603}\x{2603}\x{2603}\x{2603}";
    $t->post_ok("$base/vat-ids" => json => {})
      ->problem_is(422 => 'invalid_input');
};

subtest 'reverse charge in the cart' => sub {
    $t->patch_ok("$base/store" => $admin => json => {vat_check => 'format'})
      ->status_is(200)->json_is('/vat_check' => 'format');
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add(new_product($shop, price => 12000));
    my $headers = $buyer->headers;
    $t->patch_ok("$base/cart" => $headers => json =>
          {country => 'AT', vat_id => 'ATU13585627'})->status_is(200)
      ->json_is('/tax/lines/0/name' => 'Reverse charge')
      ->json_is('/subtotal/amount' => 10000);
    $t->patch_ok("$base/cart" => $headers => json => {vat_id => 'ATU1'});
    invalid('/vat_id');
    my $order = $buyer->place(shipping_address => ShopTest::Buyer::address(
        country => 'AT', postal_code => '1010'));
    is $order->{status}, 201, 'ordered';
    is $order->{json}{tax}{total}{amount}, 0, 'without tax';
    $t->patch_ok("$base/store" => $admin => json => {vat_check => 'off'})
      ->status_is(200);
    $t->patch_ok("$base/store" => $admin => json => {vat_check => 'maybe'});
    invalid('/vat_check');
};

done_testing;
