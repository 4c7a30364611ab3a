#!/usr/bin/perl

# Ways to ship: by subtotal, weight and number of pieces; pick-up points.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Brand;
use Mojo::JSON qw(decode_json encode_json);

my $db    = shop->db;
my $brand = ShopTest::Brand->new(db => $db)->open;
my $id    = $brand->id;
my $thing = $brand->sell(price => 100, grams => 100);
my $song  = $brand->sell(price => 100, grams => 100, ships => 0);

$db->do('delete from shipping.method where store_id = ?', undef, $id);

sub method ($code, $kind, @rates) {
    my $method = $db->selectrow_array('insert into shipping.method (store_id,'
          . " code, name, kind, tax_class) values (?, ?, ?, ?, 'standard')"
          . ' returning id', undef, $id, $code, ucfirst $code, $kind);
    for my $rate (@rates) {
        my %rate = (currency => 'EUR', %$rate);
        my @keys = sort keys %rate;
        $db->do('insert into shipping.rate (method_id, zone_id, '
              . join(', ', @keys) . ') select ?, z.id, '
              . join(', ', map {"'$rate{$_}'"} @keys)
              . ' from shipping.zone z where z.store_id = ?', undef, $method,
            $id);
    }
    return $method;
}

sub shipping (@lines) {
    my $quote = $brand->quote(lines => \@lines);
    return join ' ', $quote->{method} // '-',
      $quote->{body}{shipping}{amount}, $quote->{problem} // ();
}

sub options ($cart) {
    my $body = $db->selectrow_array('select body from shipping.options(?)',
        undef, encode_json $brand->cart(%$cart));
    return decode_json($body)->{items};
}

subtest 'by subtotal' => sub {
    $db->do('savepoint a');
    method(post => delivery => {amount => 490, max_subtotal => 1000},
        {amount => 0, min_subtotal => 1000});
    is shipping([$thing, 9]),  'post 490', 'below';
    is shipping([$thing, 10]), 'post 0',   'free from there';
    $db->do('rollback to a');
};

subtest 'by weight' => sub {
    $db->do('savepoint a');
    method(post => delivery => {amount => 300, max_grams => 500},
        {amount => 700, min_grams => 501, max_grams => 1000});
    is shipping([$thing, 5]),  'post 300',     'light';
    is shipping([$thing, 6]),  'post 700',     'heavier';
    is shipping([$thing, 11]), '- 0 unserved', 'too heavy';
    is shipping([$thing, 5], [$song, 9]), 'post 300', 'songs weigh nothing';
    $db->do('rollback to a');
};

subtest 'by number of pieces' => sub {
    $db->do('savepoint a');
    method(post => delivery => {amount => 200, max_items => 2},
        {amount => 500, min_items => 3, max_items => 5});
    is shipping([$thing, 2]), 'post 200',     'two';
    is shipping([$thing, 3]), 'post 500',     'three';
    is shipping([$thing, 6]), '- 0 unserved', 'six';
    is shipping([$thing, 2], [$song, 9]), 'post 200', 'songs are no pieces';
    $db->do('rollback to a');
};

subtest 'to be fetched' => sub {
    $db->do('savepoint a');
    method(post => delivery => {amount => 490});
    my $method = method(shop => pickup => {amount => 0});
    is_deeply [map { $_->{code} } @{options({lines => [[$thing, 1]]})}],
      ['post'], 'no point, no offer';
    $db->do('insert into shipping.pickup_point (method_id, store_id, code,'
          . ' name, address, position, active) values'
          . " (\$1, \$2, 'one', 'One', '{\"city\": \"Berlin\"}', 1, true),"
          . " (\$1, \$2, 'two', 'Two', '{}', 2, false)", undef, $method, $id);
    my $offered = options({lines => [[$thing, 1]]});
    is_deeply [map { $_->{code} } @$offered], ['shop', 'post'],
      'the cheapest first';
    is_deeply $offered->[0]{pickup_points}, [{code => 'one', name => 'One',
            address => {city => 'Berlin'}, hours => ''}], 'where';
    is shipping([$thing, 1]), 'post 490', 'never by itself';
    my $chosen = sub (%with) {
        my $q = $brand->quote(lines => [[$thing, 1]],
            shipping_method => 'shop', %with);
        return join ' ', $q->{method} // '-', $q->{problem} // ();
    };
    is $chosen->(), 'shop pickup_point', 'it has to be said where';
    is $chosen->(pickup_point => 'one'), 'shop',              'there';
    is $chosen->(pickup_point => 'two'), 'shop pickup_point', 'not there';
    is $chosen->(pickup_point => 'no'),  'shop pickup_point', 'nor there';
    $db->do('rollback to a');
};

subtest 'options say what the quote does' => sub {
    $db->do('savepoint a');
    method(post => delivery => {amount => 490, max_subtotal => 1000},
        {amount => 0, min_subtotal => 1000}, {amount => 600, currency => 'USD'});
    method(fast => delivery => {amount => 990});
    is_deeply [map { [$_->{code}, $_->{amount}{amount}] }
          @{options({lines => [[$thing, 3]]})}],
      [['post', 490], ['fast', 990]], 'both';
    is_deeply [map { [$_->{code}, $_->{amount}{amount}] }
          @{options({lines => [[$thing, 10]]})}],
      [['post', 0], ['fast', 990]], 'free';
    is_deeply options({lines => [[$song, 1]]}), [], 'nothing to ship';
    is_deeply options({lines => []}), [], 'nothing at all';
    is_deeply options({lines => [[$thing, 1]], country => 'FR'}), [],
      'not served';
    $db->do('rollback to a');
};

$brand->close;

done_testing;
