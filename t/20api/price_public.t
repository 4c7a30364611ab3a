#!/usr/bin/perl

# A price list that is for everybody is what products and lists show, from its
# beginning to its end.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::Date;
use ShopTest;
use ShopTest::Buyer qw(new_product);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $api   = '/api/v1';
my $word  = 'sale' . substr unique_id() =~ tr/-//dr, -12;
$t->ua->cookie_jar->ignore(sub {1});

sub money ($amount) { return {amount => $amount, currency => 'EUR'} }

sub in_seconds ($n) { return Mojo::Date->new(time + $n)->to_datetime }

sub new_list (%with) {
    $t->post_ok("$api/price-lists" => $admin => json =>
          {name => "List $word", %with})->status_is(201);
    return "$api/price-lists/" . $t->value('/id');
}

sub set_price ($list, $product, $price, %more) {
    $t->patch_ok("$list/prices" => $admin => json => {prices =>
              [{variant_id => $product, price => $price, %more}]})
      ->status_is(200);
    return;
}

# what a stranger is shown of a product, everywhere
sub shows ($product, $price, $struck, $name) {
    subtest $name => sub {
        # a list's change is heard of as every node hears of it
        wait_for(sub {
            my $res = $t->call(GET => "$api/products/$product");
            return $res->json('/price/amount') == $price;
        }, 10, "$name: the price to be shown");
        $t->get_ok("$api/products/$product")->status_is(200)
          ->json_is('/price'            => money($price))
          ->json_is('/compare_at_price' => $struck && money($struck))
          ->json_is('/variants/0/price' => money($price));
        my $card = sub {
            $t->get_ok("$api/products?q=$word&limit=100")->status_is(200);
            my ($found) = grep { $_->{id} eq $product }
              @{$t->value('/items')};
            return $found;
        };
        is_deeply [@{$card->()}{qw(price compare_at_price)}],
          [money($price), $struck && money($struck)], 'in lists';
        my $buyer = ShopTest::Buyer->new(stack => $shop);
        is $buyer->add($product)->{items}[0]{unit_price}{amount}, $price,
          'and in the cart';
        $t->get_ok("$api/products/$product/prices")
          ->json_is('/items/0/price'        => money($price))
          ->json_is('/items/0/public_price' => money($price));
    };
    return;
}

my $lamp = new_product($shop, name => "Lamp $word", price => 1000);
my $cup  = new_product($shop, name => "Cup $word", price => 500,
    compare_at_price => 800);

subtest 'a sale' => sub {
    shows($lamp, 1000, undef, 'before');
    my $list = new_list();
    my $etag = $t->get_ok("$api/products/$lamp")->tx->res->headers->etag;
    set_price($list, $lamp, 700);
    set_price($list, $cup,  450);
    shows($lamp, 700, 1000, 'cheaper');
    shows($cup,  450, 800,  'what was struck stays');
    isnt $t->get_ok("$api/products/$lamp")->tx->res->headers->etag, $etag,
      'it is another version';
    $t->get_ok("$api/products/$lamp")
      ->json_is('/variants/0/lowest_price' => money(1000));

    # filters and sorting know it
    $t->get_ok("$api/products?q=$word&max_price=600")->status_is(200);
    is_deeply [map { $_->{id} } @{$t->value('/items')}], [$cup], 'a filter';
    $t->get_ok("$api/products?q=$word&max_price=700&sort=-price")
      ->status_is(200);
    is_deeply [map { $_->{id} } @{$t->value('/items')}], [$lamp, $cup],
      'sorted';

    my $better = new_list(priority => 5);
    set_price($better, $lamp, 1100);
    shows($lamp, 1100, undef, 'the list of the highest priority counts');
    $t->delete_ok($better => $admin)->status_is(204);
    shows($lamp, 700, 1000, 'removed');
    $t->patch_ok("$api/products/$lamp" => $admin => json => {price => 900})
      ->status_is(200)->json_is('/price' => money(700));
    shows($lamp, 700, 900, 'its own price has changed');
    $t->patch_ok($list => $admin => json => {active => \0})->status_is(200);
    shows($lamp, 900, undef, 'switched off');
    $t->patch_ok($list => $admin => json => {active => \1})->status_is(200);
    shows($lamp, 700, 900, 'and on');
    set_price($list, $lamp, undef);
    shows($lamp, 900, undef, 'a price is taken away');
    $t->delete_ok($list => $admin)->status_is(204);
    shows($cup, 500, 800, 'all of it');
};

subtest 'what is for some is not for all' => sub {
    $t->post_ok("$api/customer-groups" => $admin => json =>
          {code => $word, name => 'Club'})->status_is(201);
    my $group = $t->value('/id');
    my $list  = new_list(groups => [$group]);
    set_price($list, $lamp, 600);
    shows($lamp, 900, undef, 'for a group');
    $t->patch_ok($list => $admin => json => {groups => []})->status_is(200);
    shows($lamp, 600, 900, 'for everybody');
    $t->patch_ok($list => $admin => json => {groups => [$group]})
      ->status_is(200);
    shows($lamp, 900, undef, 'for a group again');
    my $tiers = new_list();
    set_price($tiers, $lamp, 100, min_quantity => 10);
    shows($lamp, 900, undef, 'from ten pieces on');
    $t->delete_ok($_ => $admin)->status_is(204) for $list, $tiers;
};

subtest 'it begins and ends' => sub {
    my $list = new_list(starts_at => in_seconds(5),
        ends_at => in_seconds(600));
    set_price($list, $lamp, 800);
    shows($lamp, 900, undef, 'not yet');
    my $is = sub ($price) {
        return $t->call(GET => "$api/products/$lamp")
          ->json('/price/amount') == $price;
    };
    ok wait_for(sub { $is->(800) }, 15), 'begun';
    $t->patch_ok($list => $admin => json => {ends_at => in_seconds(3)})
      ->status_is(200);
    ok wait_for(sub { $is->(900) }, 15), 'ended';
    $t->delete_ok($list => $admin)->status_is(204);
};

subtest 'collections by price' => sub {
    $t->post_ok("$api/collections" => $admin => json => {
            name => "Sale $word",
            rule => {conditions => [
                    {field => 'on_sale', op => 'is', value => \1},
                    {field => 'name', op => 'contains', value => $word}]}
        })->status_is(201);
    my $id = $t->value('/id');
    # heard of as every node hears of it
    my $holds = sub ($name, @ids) {
        my $items;
        wait_for(sub {
            $items = $t->call(GET => "$api/collections/$id/products")
              ->json('/items');
            return @$items == @ids;
        }, 10, $name);
        is_deeply [sort map { $_->{id} } @$items], [sort @ids], $name;
    };
    $holds->('what has a struck price', $cup);
    my $list = new_list();
    set_price($list, $lamp, 400);
    $holds->('and what a list makes cheaper', $lamp, $cup);
    $t->delete_ok($list => $admin)->status_is(204);
    $holds->('as long as it does', $cup);
};

done_testing;
