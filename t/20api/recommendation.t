#!/usr/bin/perl

# Recommendations: bought together by what was paid, similar by category,
# attributes and price.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product);
use ShopTest::Customer;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

sub path ($product) { return "/api/v1/products/$product/recommendations" }

sub ids ($what) { return [map { $_->{id} } @{$t->value("/$what")}] }

subtest 'bought together' => sub {
    my ($lamp, $bulb, $shade, $rare) =
      map { new_product($shop) } 1 .. 4;
    my $ada = ShopTest::Customer->new(stack => $shop);
    $t->get_ok(path($lamp))->status_is(200)->trips_is('sql=1 redis=0')
      ->json_is('/bought_together' => []);
    $ada->buy($lamp, $bulb);
    $ada->buy($lamp, $bulb, $shade);
    $ada->buy($lamp);
    $ada->order($lamp, $rare);
    ok wait_for(sub {
        return $shop->sql('select count(*) from recommendation.pair
            where product_id = ? and other_id = ? and orders = 2', $lamp,
            $bulb);
    }, 30, 'the orders to be counted'), 'counted';
    $t->get_ok(path($lamp) . '?limit=2&currency=EUR')->status_is(200);
    is_deeply ids('bought_together'), [$bulb, $shade],
      'the more often the better; not what was not paid';
    $t->json_is('/bought_together/0/price' =>
          {amount => 1000, currency => 'EUR'})
      ->json_has('/bought_together/0/rating/count')
      ->json_is('/bought_together/0/in_stock' => Mojo::JSON->true);
    $t->get_ok(path($shade));
    is_deeply [sort @{ids('bought_together')}], [sort $lamp, $bulb],
      'both ways';

    $t->patch_ok("/api/v1/products/$bulb" => $admin => json =>
          {status => 'draft'})->status_is(200);
    $t->get_ok(path($lamp) . '?limit=2');
    is_deeply ids('bought_together'), [$shade], 'only what is for sale';
};

subtest 'similar' => sub {
    my $slug = 'tents-' . unique_id =~ s/-.*//r;
    $t->post_ok('/api/v1/categories' => $admin => json =>
          {name => 'Tents', slug => $slug})->status_is(201);
    my $make = sub (%with) {
        return new_product($shop, category => $slug, %with);
    };
    my $tent = $make->(attributes => {People => 2, Season => 'summer'});
    my $far  = $make->(attributes => {People => 9}, price => 9000);
    my $gone = $make->(attributes => {People => 2, Season => 'summer'},
        stock => 0);
    my $near = $make->(attributes => {People => 2, Season => 'summer'});
    my $half = $make->(attributes => {People => 2});
    $t->get_ok(path($tent))->status_is(200);
    is_deeply ids('similar'), [$near, $half, $gone, $far], 'the nearest first';
    $t->get_ok(path($tent) . '?limit=1');
    is_deeply ids('similar'), [$near], 'as many as are asked for';
    $t->patch_ok("/api/v1/products/$near" => $admin => json =>
          {price => 1100})->status_is(200);
    $t->get_ok(path($tent) . '?limit=1')
      ->json_is('/similar/0/price/amount' => 1100, 'fresh');
    $t->delete_ok("/api/v1/products/$near" => $admin)->status_is(204);
    $t->get_ok(path($tent) . '?limit=1');
    is_deeply ids('similar'), [$half], 'not what is gone';
};

subtest 'in another language' => sub {
    my $slug = 'pots-' . unique_id =~ s/-.*//r;
    $t->post_ok('/api/v1/categories' => $admin => json =>
          {name => 'Pots', slug => $slug})->status_is(201);
    my ($pot, $can) = map { new_product($shop, category => $slug,
            translations => {de => {name => $_}}) } qw(Topf Kanne);
    $t->get_ok(path($pot) . '?locale=de')->status_is(200)
      ->json_is('/similar/0/id' => $can)
      ->json_is('/similar/0/name' => 'Kanne');
    $t->get_ok(path($pot))->json_like('/similar/0/name' => qr/^Test thing/);
};

subtest 'in the demo shop' => sub {
    # not what other tests have made: drafts, or shown in another store, too
    my $ids = $shop->db->selectcol_arrayref("select id from catalog.product p
        where store_id = 1 and created_at < '2026-01-01' and not exists (
            select from catalog.product_store s where s.product_id = p.id)
        order by hashtext(id::text) limit 20");
    for my $id (@$ids) {
        $t->get_ok(path($id))->status_is(200);
        ok !grep({ $_ eq $id } @{ids('similar')}), 'not itself';
    }
    $t->get_ok(path($ids->[0]) => {Host => 'northlight.localhost'})
      ->problem_is(404 => 'not_found');
};

subtest 'bad input' => sub {
    my $product = new_product($shop);
    $t->get_ok(path('none'))->problem_is(404 => 'not_found');
    $t->get_ok(path('999999999999'))->problem_is(404 => 'not_found');
    for my $query ('limit=0', 'limit=25', 'limit=x', 'currency=JPY',
        'currency=e', 'kind=x')
    {
        $t->get_ok(path($product) . "?$query")
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/parameter' => $query =~ s/=.*//r);
    }
};

done_testing;
