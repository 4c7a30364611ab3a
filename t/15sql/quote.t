#!/usr/bin/perl

# cart.quote(): the arithmetic, of a set of carts.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Brand;

my $brand = ShopTest::Brand->new(db => shop->db)->open;
my $book  = $brand->sell(price => 1190, prices => {USD => 1000});
my $food  = $brand->sell(price => 107, tax_class => 'reduced', stock => 3);
my $heavy = $brand->sell(price => 100, grams => 20000);
my $song  = $brand->sell(price => 99, ships => 0);

sub money ($amount, $currency = 'EUR') {
    return {amount => $amount, currency => $currency};
}

subtest 'tax in the price' => sub {
    my $q = $brand->quote(lines => [[$book, 1], [$food, 2]]);
    is $q->{problem}, undef, 'may be ordered';
    my $b = $q->{body};
    is_deeply $b->{subtotal}, money(1404), 'subtotal';
    is_deeply $b->{shipping}, money(490),  'the cheapest way';
    # 190 of the book, 78 (490 * 19 / 119 = 78.2) of shipping; 14 of food
    is_deeply $b->{tax}, {
        total    => money(282),
        included => Mojo::JSON->true,
        lines    => [
            {name => 'VAT', rate => 19, amount => money(268)},
            {name => 'VAT', rate => 7,  amount => money(14)}
        ]
      },
      'tax';
    is_deeply $b->{total}, money(1894), 'total';
    is $q->{total}, 1894, 'and as a number';
};

subtest 'tax on top, two of them' => sub {
    my $q = $brand->quote(currency => 'USD', country => 'US', region => 'CA',
        lines => [[$book, 3]]);
    is $q->{body}{subtotal}{amount}, 3000, 'the price in dollars';
    # 7.25 % of 3000 and of 500: 217.5 and 36.25, each half up
    is_deeply $q->{body}{tax}, {
        total    => money(342, 'USD'),
        included => Mojo::JSON->false,
        lines    => [
            {name => 'State',  rate => 7.25, amount => money(254, 'USD')},
            {name => 'County', rate => 2.5,  amount => money(88,  'USD')}
        ]
      },
      'half up a line';
    is $q->{total}, 3000 + 500 + 342, 'total';
};

subtest 'the zone' => sub {
    my %us = (currency => 'USD', country => 'US', lines => [[$book, 1]]);
    is $brand->quote(%us)->{body}{tax}{total}{amount}, 0, 'elsewhere none';
    is $brand->quote(%us, postal_code => '90210')->{body}{tax}{total}{amount},
      73 + 36 + 25 + 13, 'by postal code';
    is_deeply $brand->quote(%us)->{body}{tax}{lines}, [], 'no lines';
};

subtest 'terms follow what they are made of' => sub {
    my $db  = $brand->db;
    my $tax = sub (%with) {
        return $brand->quote(lines => [[$book, 1]], %with)
          ->{body}{tax}{total}{amount};
    };
    my $zone = $db->selectrow_array('select id from store.tax_zone where'
          . " store_id = ? and name = 'DE'", undef, $brand->id);
    $db->do('savepoint terms');
    $db->do('update store.tax_rate set rate = 50 where zone_id = ?'
          . " and tax_class = 'standard'", undef, $zone);
    is $tax->(), 397 + 163, 'a rate';
    $db->do('insert into store.tax_area (store_id, country, region, zone_id)'
          . " select store_id, 'DE', 'BY', id from store.tax_zone"
          . " where store_id = ? and name = 'US'", undef, $brand->id);
    is $tax->(region => 'BY'), 86 + 36 + 30 + 12, 'an area';
    is $tax->(region => 'BE'), 397 + 163, 'of its own region only';
    $db->do('insert into store.tax_area (store_id, country, postal_prefix,'
          . " zone_id) select store_id, 'DE', '10', id from store.tax_zone"
          . " where store_id = ? and name = 'US'", undef, $brand->id);
    is $tax->(postal_code => '10115'), 86 + 36 + 30 + 12, 'a postal code';
    is $tax->(postal_code => '20095'), 397 + 163, 'and another';
    $db->do('delete from shipping.rate where zone_id in (select id from'
          . ' shipping.zone where store_id = ?)', undef, $brand->id);
    is $brand->quote(lines => [[$book, 1]])->{problem}, 'unserved',
      'ways to ship';
    $db->do("update store.store set countries = '{US}' where id = ?", undef,
        $brand->id);
    my $far = $brand->quote(lines => [[$book, 1]]);
    is $far->{problem}, 'country', 'countries';
    is_deeply $far->{body}{subtotal}, money(1190), 'shown all the same';
    $db->do('rollback to terms');
    is $tax->(), 190 + 78, 'and back';
};

subtest 'half up exactly' => sub {
    my $half_up = sub { shop->db->selectrow_array(
            'select cart.half_up(?, ?, ?)', undef, @_) };
    is $half_up->(10,  5,    100), 1, '0.5 is 1';
    is $half_up->(30,  5,    100), 2, '1.5 is 2';
    is $half_up->(9,   5,    100), 0, '0.45 is 0';
    is $half_up->(190, 7.25, 100), 14, '13.775 is 14';
    is $half_up->(1190, 19, 119), 190, 'from a gross price';
    is $half_up->(9999999999999999, 33.3333, 133.3333), 2499998124999531,
      'and of very much money';
};

subtest 'ways to ship' => sub {
    is $brand->quote(lines => [[$book, 9]])->{method}, 'slow', 'free from 100';
    is $brand->quote(lines => [[$book, 9]])->{body}{shipping}{amount}, 0,
      'nothing to pay';
    my $chosen = $brand->quote(lines => [[$book, 1]],
        shipping_method => 'fast');
    is $chosen->{body}{shipping}{amount}, 990, 'the chosen one';
    is $brand->quote(lines => [[$heavy, 1]])->{method}, 'fast', 'too heavy';
    is $brand->quote(lines => [[$book, 1]], shipping_method => 'pigeon')
      ->{problem}, 'shipping_method', 'an unknown one';
    my $song_only = $brand->quote(lines => [[$song, 1]]);
    is $song_only->{method}, undef, 'nothing to ship';
    is $song_only->{problem}, undef, 'is no problem';
    is $brand->quote(currency => 'JPY', lines => [[$book, 1]])->{problem},
      'unavailable', 'no price in this currency';
};

subtest 'what can\'t be ordered' => sub {
    is $brand->quote(lines => [])->{problem}, 'empty', 'empty';
    is $brand->quote(lines => [[999999999, 1]])->{problem}, 'unavailable',
      'unknown';
    is $brand->quote(currency => 'GBP', lines => [[$book, 1]])->{problem},
      'currency', 'currency';
    is $brand->quote(country => 'FR', lines => [[$book, 1]])->{problem},
      'country', 'country';
    is $brand->quote(coupons => ['X'], lines => [[$book, 1]])->{problem},
      'coupon', 'coupon';
    my $item = $brand->quote(lines => [[$food, 7]])->{body}{items}[0];
    is_deeply [@$item{qw(quantity available)}], [7, 3], 'too much is told';
};

subtest 'a set of carts' => sub {
    my @carts = map { $brand->cart(lines => [[$book, $_]]) } 1 .. 5;
    my $set   = $brand->quotes(@carts);
    is_deeply [map { $_->{id} } @$set], [1 .. 5], 'a row a cart';
    is_deeply $set->[$_]{body}, $brand->quotes($carts[$_])->[0]{body},
      "cart $_ as alone"
      for 0 .. 4;
};

$brand->close;

done_testing;
