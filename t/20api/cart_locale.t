#!/usr/bin/perl

# Carts, ways to ship and orders in the languages of a store.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(address);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $api   = '/api/v1';
my $word  = substr unique_id() =~ tr/-//dr, -12;
$t->ua->cookie_jar->ignore(sub {1});

my %area = (areas => [{country => 'DE', region => $word}]);

sub made ($path, %json) {
    $t->post_ok("$api/$path" => $admin => json => {%json})->status_is(201);
    return $t->value;
}

my $product = made(products => name => "Lamp $word", price => 5000,
    options      => [{name => 'Color', values => ['Red', 'Blue']}],
    variants     => [map { {options => {Color => $_}, stock => 9} }
          qw(Red Blue)],
    translations => {de => {name => "Leuchte $word",
            options => {Color => 'Farbe'}, values => {Red => 'Rot'}}});
my $red   = $product->{variants}[0]{id};
my $plain = made(products => name => "Plain $word", price => 100, stock => 9);
my $zone  = made('tax-zones' => name => "Tax $word", %area,
    tax_included => \1, rates => [{tax_class => 'standard',
        name => "VAT $word", rate => '19', translations =>
          {de => {name => "MwSt. $word"}}}]);
my $way = made('shipping/zones' => name => "Way $word", %area);
my $method = made('shipping/methods' => code => "m-$word", name => 'By post',
    description => 'In a box', estimated_days => 2,
    rates => [{zone_id => $way->{id},
            amount => {amount => 300, currency => 'EUR'}}],
    translations => {de => {name => 'Per Post',
            description => 'Im Karton'}});
my $offer = made(promotions => name => 'Ten off', kind => 'percentage',
    basis_points => 1000, products => [$product->{id}],
    translations => {de => {name => 'Zehn weniger'}});
made("promotions/$offer->{id}/coupons" => code => "T$word");

my $buyer = ShopTest::Buyer->new(stack => $shop);
my $cart  = $buyer->headers;
$t->patch_ok("$api/cart" => $cart => json =>
      {country => 'DE', region => $word})->status_is(200);
$t->post_ok("$api/cart/add" => $cart => json => $_)->status_is(200)
  for {variant_id => $red}, {product_id => $plain->{id}};
$t->post_ok("$api/cart/coupons" => $cart => json => {code => "T$word"})
  ->status_is(200);

sub in_german ($name) {
    subtest $name => sub {
        $t->json_is('/items/0/name' => "Leuchte $word")
          ->json_is('/items/0/options'    => {Farbe => 'Rot'})
          ->json_is('/items/1/name'       => "Plain $word")
          ->json_is('/discounts/0/name'   => 'Zehn weniger')
          ->json_is('/tax/lines/0/name'   => "MwSt. $word")
          ->json_is('/items/0/unit_price/amount' => 5000)
          ->json_is('/total/amount'       => 5100 - 500 + 300);
    };
    return;
}

subtest 'the cart' => sub {
    $t->get_ok("$api/cart" => $cart)->status_is(200)
      ->header_is('Content-Language' => 'en')
      ->header_like(Vary => qr/Accept-Language/)
      ->json_is('/items/0/name'    => "Lamp $word")
      ->json_is('/items/0/options' => {Color => 'Red'})
      ->json_is('/discounts/0/name' => 'Ten off')
      ->json_is('/tax/lines/0/name' => "VAT $word");
    $t->get_ok("$api/cart?locale=de" => $cart)->status_is(200)
      ->header_is('Content-Language' => 'de')->trips_is('sql=1 redis=1');
    in_german('by ?locale=');
    $t->get_ok("$api/cart" => {%$cart, 'Accept-Language' => 'de-AT, en;q=0.1'})
      ->status_is(200);
    in_german('by Accept-Language');
    $t->get_ok("$api/cart?locale=xx" => $cart)
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/parameter' => 'locale');
    $t->patch_ok("$api/cart/items/$red?locale=de" => $cart => json =>
          {quantity => 1})->status_is(200);
    in_german('after a change');
};

subtest 'ways to ship' => sub {
    $t->get_ok("$api/cart/shipping-options" => $cart)->status_is(200)
      ->json_is('/items/0/name'        => 'By post')
      ->json_is('/items/0/description' => 'In a box');
    $t->get_ok("$api/cart/shipping-options?locale=de" => $cart)
      ->status_is(200)->json_is('/items/0/name' => 'Per Post')
      ->json_is('/items/0/description' => 'Im Karton');
};

subtest 'an order keeps the language of its buyer' => sub {
    my $order = $t->post_ok("$api/orders?locale=de" => $cart => json =>
          $buyer->order_json(shipping_address => address(region => $word),
            shipping_method => "m-$word"))->status_is(201)->value;
    in_german('as it is placed');
    $t->get_ok("$api/orders/$order->{id}" => $cart)->status_is(200);
    in_german('and read');
};

subtest 'bad translations' => sub {
    for my $case (
        [xx => {name => 'X'}, '/xx'],
        [de => {title => 'X'}, '/de/title'],
        [de => {name => ''}, '/de/name'],
        [de => {name => 1},  '/de/name'],
        [de => 'X',          '/de']
      )
    {
        my ($locale, $words, $at) = @$case;
        my %bad = (translations => {$locale => $words});
        for my $path ("shipping/methods/$method->{id}",
            "promotions/$offer->{id}")
        {
            $t->patch_ok("$api/$path" => $admin => json => {%bad})
              ->problem_is(422 => 'invalid_input')
              ->json_is('/errors/0/pointer' => "/translations$at");
        }
        $t->patch_ok("$api/tax-zones/$zone->{id}" => $admin => json =>
              {rates => [{%{$zone->{rates}[0]}, %bad}]})
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => "/rates/0/translations$at");
    }
    $t->patch_ok("$api/shipping/methods/$method->{id}" => $admin => json =>
          {translations => {de => undef}})->status_is(200)
      ->json_is('/translations' => {});
    $t->patch_ok("$api/promotions/$offer->{id}" => $admin => json =>
          {translations => {de => undef}})->status_is(200)
      ->json_is('/translations' => {});
};

done_testing;
