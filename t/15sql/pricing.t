#!/usr/bin/perl

# Promotions, coupons, price lists, gift cards: what SQL says of them, cart by
# cart; and orders that use them up.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::JSON qw(encode_json decode_json);
use ShopTest;
use ShopTest::Brand;

my $brand = ShopTest::Brand->new(db => shop->db)->open;
my $db    = $brand->db;
my $book  = $brand->sell(price => 1000, stock => 100);
my $pen   = $brand->sell(price => 300,  stock => 100);
my $gift  = $brand->sell(price => 500,  stock => 2);

sub promotion (%with) {
    my ($body) = $db->selectrow_array(
        'select body from pricing.promotion_add(?, null, ?, null, null)',
        undef, $brand->id, encode_json {name => 'Offer', %with});
    return decode_json $body;
}

sub coupon ($promotion, %with) {
    my ($body) = $db->selectrow_array(
        'select body from pricing.coupon_add(?, ?, null, ?, null, null)',
        undef, $brand->id, $promotion->{id}, encode_json \%with);
    return decode_json($body)->{items}[0]{code};
}

sub card ($amount, %with) {
    my ($body) = $db->selectrow_array(
        'select body from pricing.gift_add(?, null, ?, null, null)',
        undef, $brand->id, encode_json {amount => $amount, %with});
    my $card = decode_json $body;
    $card->{hash} = $db->selectrow_array(
        "select encode(pricing.gift_hash(?), 'hex')", undef, $card->{code});
    return $card;
}

sub balance ($card) {
    return $db->selectrow_array('select balance from pricing.gift_card'
          . ' where id = ?', undef, $card->{id});
}

# what comes off, by promotion
sub off (%cart) {
    my $q = $brand->quote(%cart);
    return [map { $_->{amount}{amount} } @{$q->{body}{discounts}}];
}

sub in_vain ($name, $code) {
    $db->do('savepoint vain');
    subtest $name => $code;
    $db->do('rollback to vain');
    return;
}

in_vain 'a percentage' => sub {
    my $sale = promotion(kind => 'percentage', basis_points => 1050,
        name => 'Ten and a half');
    my $code = coupon($sale, code => 'ten');
    is $code, 'TEN', 'codes are capitals';
    my $q = $brand->quote(lines => [[$book, 1], [$pen, 3]],
        coupons => ['TEN']);
    # 10.5 % of 1900 is 199.5; 200 * 1000 / 1900 = 105.26, 200 * 900 / 1900
    # = 94.74: the larger rest gets the cent
    is_deeply $q->{body}{discounts}, [{
            promotion_id => $sale->{id},
            code         => 'TEN',
            name         => 'Ten and a half',
            kind         => 'percentage',
            amount       => {amount => 200, currency => 'EUR'},
            lines        => [
                {item_id => "$book",
                    amount => {amount => 105, currency => 'EUR'}},
                {item_id => "$pen",
                    amount => {amount => 95, currency => 'EUR'}}
            ]
        }],
      'explained line by line';
    # 895 and 805 hold 19 %: 142.9 and 128.5; shipping 78.2
    is $q->{body}{tax}{total}{amount}, 143 + 129 + 78, 'tax of what is left';
    is $q->{total}, 1900 - 200 + 490, 'total';
    is_deeply $q->{body}{coupons},
      [{code => 'TEN', applied => Mojo::JSON->true, reason => undef}],
      'coupons';
};

in_vain 'conditions' => sub {
    my %cart = (lines => [[$book, 2]], coupons => ['XX']);
    my $why = sub (%with) {
        $db->do('savepoint why');
        coupon(promotion(kind => 'percentage', basis_points => 1000, %with),
            code => 'XX');
        my $q = $brand->quote(%cart);
        $db->do('rollback to why');
        return $q->{problem} // $q->{body}{coupons}[0]{reason};
    };
    is $why->(), undef, 'none';
    is $why->(products => ["$pen"]), 'items', 'another product';
    is $why->(variants => ["$book"]), undef, 'this variant';
    is $why->(except_products => ["$book"]), 'items', 'an exception';
    is $why->(min_totals => [{amount => 2001, currency => 'EUR'}]),
      'min_total', 'too little';
    is $why->(min_totals => [{amount => 2000, currency => 'EUR'}]), undef,
      'just enough';
    is $why->(min_totals => [{amount => 1, currency => 'USD'}]), 'currency',
      'said for another currency';
    is $why->(min_quantity => 3), 'min_quantity', 'too few';
    is $why->(currencies => ['USD']), 'currency', 'currency';
    is $why->(countries => ['US']), 'country', 'country';
    is $why->(first_order => \1), 'sign_in', 'first order of whom?';
    is $why->(starts_at => '2099-01-01T00:00:00Z'), 'coupon_early', 'too early';
    is $why->(ends_at => '2020-01-01T00:00:00Z'), 'coupon_expired', 'too late';
    is $why->(active => \0), 'coupon_expired', 'switched off';
    is $brand->quote(%cart)->{problem}, 'coupon', 'unknown';
};

in_vain 'who stands beside whom' => sub {
    promotion(kind => 'percentage', basis_points => 1000, automatic => \1,
        applies_to => 'lines');
    promotion(kind => 'fixed', automatic => \1,
        amounts => [{amount => 100, currency => 'EUR'}]);
    my %cart = (lines => [[$book, 1]]);
    is_deeply off(%cart), [100, 100], 'two together: lines first';
    coupon(promotion(kind => 'percentage', basis_points => 5000,
            exclusive => \1, priority => 1), code => 'HALF');
    is_deeply off(%cart, coupons => ['HALF']), [500], 'alone';
    coupon(promotion(kind => 'fixed', priority => 2,
            amounts => [{amount => 5000, currency => 'EUR'}]), code => 'ALL');
    my $q = $brand->quote(%cart, coupons => ['HALF', 'ALL']);
    is_deeply [map { $_->{reason} } @{$q->{body}{coupons}}],
      ['exclusive', undef], 'the one of higher priority decides';
    is $q->{total}, 490, 'never below zero';
};

in_vain 'buy two get one' => sub {
    my %with = (kind => 'buy_x_get_y', automatic => \1, buy_quantity => 2,
        get_quantity => 1);
    $db->do('savepoint one');
    promotion(%with);
    is_deeply off(lines => [[$book, 2]]), [], 'not yet';
    is_deeply off(lines => [[$book, 2], [$pen, 1]]), [300], 'the cheapest';
    is_deeply off(lines => [[$book, 1], [$pen, 5]]), [600], 'twice';
    $db->do('rollback to one');
    promotion(%with, max_times => 1, basis_points => 5000);
    is_deeply off(lines => [[$pen, 6]]), [150], 'once, by half';
    $db->do('rollback to one');
    promotion(%with, buy_quantity => 1, products => ["$book"],
        get_products => ["$pen"]);
    is_deeply off(lines => [[$book, 1], [$pen, 5]]), [300], 'of another';
    is_deeply off(lines => [[$pen, 5]]), [], 'what is bought is missing';
};

in_vain 'a gift' => sub {
    promotion(kind => 'gift', automatic => \1, gift_variant_id => "$gift",
        min_totals => [{amount => 1000, currency => 'EUR'}]);
    my $q = $brand->quote(lines => [[$book, 1]]);
    my $item = $q->{body}{items}[1];
    is_deeply [@$item{qw(item_id gift quantity)}],
      ['gift-1', Mojo::JSON->true, 1], 'is a line';
    is $q->{total}, 1490, 'for nothing';
    is $q->{body}{subtotal}{amount}, 1500, 'it has its price';
    is_deeply [map { $_->{status} }
          @{$brand->place(map { {lines => [[$book, 1]]} } 1 .. 3)}],
      [201, 201, 409], 'in one batch the third comes too late';
    is_deeply $brand->stocked($gift), [2, 2], 'gifts are reserved';
    is scalar @{$brand->quote(lines => [[$book, 1]])->{body}{items}}, 1,
      'when none is left there is none';
    is $brand->place({lines => [[$book, 1]]})->[0]{status}, 201,
      'and it is ordered without';
};

in_vain 'free shipping' => sub {
    coupon(promotion(kind => 'free_shipping', methods => ['slow']),
        code => 'SHIP');
    my %cart = (lines => [[$book, 1]], coupons => ['SHIP']);
    is_deeply off(%cart), [490], 'what it would have cost';
    is $brand->quote(%cart)->{total}, 1000, 'total';
    is $brand->quote(%cart)->{body}{tax}{total}{amount}, 160,
      'no tax on it';
    my $coupon = sub (@also) {
        return $brand->quote(%cart, @also)->{body}{coupons}[0];
    };
    is_deeply $coupon->(), {code => 'SHIP', applied => Mojo::JSON->true,
        reason => undef}, 'it counts';
    is_deeply off(%cart, shipping_method => 'fast'), [], 'not the fast way';
    is_deeply $coupon->(shipping_method => 'fast'), {code => 'SHIP',
        applied => Mojo::JSON->false, reason => 'shipping_method'},
      'and that is said';
    is_deeply $coupon->(lines => [[$book, 20]]), {code => 'SHIP',
        applied => Mojo::JSON->false, reason => 'nothing'},
      'nor where shipping costs nothing';
};

in_vain 'price lists' => sub {
    my ($list) = $db->selectrow_array('select body from pricing.list_add('
          . '?, null, ?, null, null)', undef, $brand->id,
        encode_json {name => 'Bulk'});
    $list = decode_json($list)->{id};
    my $put = sub (@prices) {
        $db->do('select pricing.put_list_prices(?, ?, null, null, ?, null,'
              . ' null)', undef, $brand->id, $list, encode_json \@prices);
    };
    $put->({sku => "SKU-$book", min_quantity => 5, price => 900},
        {variant_id => "$book", min_quantity => 10,
            price => {amount => 800, currency => 'EUR'}});
    my $price = sub ($n, %cart) {
        return $brand->quote(lines => [[$book, $n]], %cart)
          ->{body}{items}[0]{unit_price}{amount};
    };
    is_deeply [map { $price->($_) } 4, 5, 9, 10, 50],
      [1000, 900, 900, 800, 800], 'tiers';
    $put->({variant_id => "$book", min_quantity => 10, price => undef});
    is $price->(10), 900, 'a tier less';
    $db->do('update pricing.price_list set starts_at = ? where id = ?',
        undef, '2099-01-01', $list);
    is $price->(10), 1000, 'not yet';
};

in_vain 'limits' => sub {
    my $few = promotion(kind => 'percentage', basis_points => 1000,
        max_uses => 2);
    coupon($few, code => 'FEW');
    my %cart = (lines => [[$book, 1]], coupons => ['FEW']);
    my $rows = $brand->place(map { {%cart} } 1 .. 4);
    is_deeply [map { $_->{status} } @$rows], [201, 201, 409, 409],
      'in one batch';
    is $rows->[2]{body}{code}, 'coupon_used_up', 'why';
    is $brand->quote(%cart)->{problem}, 'coupon_used_up', 'the cart knows';
    my $order = $rows->[0]{body}{id};
    $db->do('select "order".cancel(?, ?, null, null, true, null)', undef,
        $brand->id, $order);
    is $brand->quote(%cart)->{problem}, undef, 'a cancelled order gives back';
    $db->do('select pricing.give_back(?)', undef, [$order]);
    is $db->selectrow_array('select uses from pricing.promotion_use where'
          . ' promotion_id = ?', undef, $few->{id}), 1, 'once';
    is_deeply [map { $_->{status} } @{$brand->place({%cart}, {%cart})}],
      [201, 409], 'one is left';
};

in_vain 'rounds and keys' => sub {
    coupon(promotion(kind => 'percentage', basis_points => 1000,
            max_uses => 2), code => 'TWO');
    my %cart = (lines => [[$book, 1]], coupons => ['TWO']);
    my %key = (key => 'r', actor => 'cart:r', endpoint => 'POST /orders',
        fingerprint => 'a');
    my $twice = '00000000-0000-4000-8000-00000000000c';
    my $rows = $brand->place({%cart, %key}, {%cart, %key},
        {%cart, cart_id => $twice}, {%cart, cart_id => $twice}, {%cart},
        {lines => [[$pen, 1]]}, {%cart, %key, fingerprint => 'b'});
    is_deeply [map { $_->{status} } @$rows],
      [201, 201, 201, 201, 409, 201, 422], 'each once';
    is $rows->[1]{body}{id}, $rows->[0]{body}{id}, 'the same key';
    is $rows->[3]{body}{id}, $rows->[2]{body}{id}, 'the same cart';
    is $brand->place({%cart, %key})->[0]{body}{id}, $rows->[0]{body}{id},
      'and later';
};

in_vain 'a customer\'s limit' => sub {
    my $once = promotion(kind => 'percentage', basis_points => 1000,
        max_uses_per_customer => 1);
    coupon($once, code => 'ONCE');
    my %cart = (lines => [[$book, 1]], coupons => ['ONCE']);
    my $rows = $brand->place({%cart}, {%cart, email => 'Guest@example.test'},
        {%cart, email => 'other@example.test'});
    is_deeply [map { $_->{status} } @$rows], [201, 409, 201], 'by address';
    is $rows->[1]{body}{code}, 'coupon_used', 'why';
};

in_vain 'a code each' => sub {
    my $sale = promotion(kind => 'percentage', basis_points => 1000);
    my ($body) = $db->selectrow_array('select body from pricing.coupon_add('
          . '?, ?, null, ?, null, null)', undef, $brand->id, $sale->{id},
        encode_json {count => 3, prefix => 'vip-'});
    my @codes = map { $_->{code} } @{decode_json($body)->{items}};
    like $_, qr/^VIP-[0-9A-Z]{12}$/, 'random' for @codes;
    is_deeply [map { $_->{status} } @{$brand->place(
                {lines => [[$book, 1]], coupons => [$codes[0]]},
                {lines => [[$book, 1]], coupons => [$codes[1]]},
                {lines => [[$book, 1]], coupons => [$codes[0]]})}],
      [201, 201, 409], 'each once';
};

in_vain 'gift cards' => sub {
    my $card = card(2000);
    like $card->{code}, qr/^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/, 'a code';
    my %cart = (lines => [[$book, 1]], gifts => [$card->{hash}]);
    my $q = $brand->quote(%cart);
    is $q->{total}, 1490, 'is no discount';
    is $q->{body}{due}{amount}, 0, 'pays all';
    is_deeply $q->{body}{gift_cards}, [{
            id      => $card->{hash},
            hint    => $card->{hint},
            balance => {amount => 2000, currency => 'EUR'},
            amount  => {amount => 1490, currency => 'EUR'}
        }],
      'told';
    my $rows = $brand->place(map { {%cart} } 1 .. 3);
    is_deeply [map { $_->{status} } @$rows], [201, 201, 409], 'while it lasts';
    is $rows->[0]{body}{status}, 'paid', 'nothing due: paid at once';
    is $rows->[0]{body}{payment}{status}, 'success', 'so says the payment';
    is $rows->[1]{body}{due}{amount}, 980, 'the second one by part';
    my ($mail) = $db->selectrow_array('select notification.snapshot(?)',
        undef, $rows->[1]{body}{id});
    $mail = Mojo::JSON::from_json $mail;
    is $mail->{quote}{gift_cards}[0]{amount}{amount}, 510,
      'its mail is told so';
    is_deeply [@$mail{qw(total due)}], [1490, 980], 'and what is to pay';
    is $rows->[1]{body}{status}, 'pending_payment', 'the rest is due';
    is $rows->[2]{body}{code}, 'gift_card_used_up', 'the third one';
    is balance($card), 0, 'empty';
    for my $n (0, 1) {
        $db->do('select "order".cancel(?, ?, null, null, true, null)', undef,
            $brand->id, $rows->[$n]{body}{id});
    }
    is balance($card), 2000, 'cancelled orders give back';
    is_deeply $db->selectcol_arrayref('select gift_card_id from'
          . ' pricing.gift_verify()'), [], 'ledgers sum up';
    is $brand->place({%cart, expected_due => 1})->[0]{body}{code},
      'price_changed', 'another due than expected';
};

in_vain 'paid too late' => sub {
    my $card = card(400);
    coupon(promotion(kind => 'percentage', basis_points => 1000,
            max_uses => 1), code => 'LAST');
    my %cart = (lines => [[$book, 1]], coupons => ['LAST'],
        gifts => [$card->{hash}]);
    my $order = $brand->place({%cart})->[0]{body};
    $db->do('update "order".orders set reserved_until = now() where id = ?',
        undef, $order->{id});
    $db->do('select "order".expire()');
    is balance($card), 400, 'expired: given back';
    my $pay = sub ($order) {
        $db->do('select payment.apply_fact(?, ?, ?, ?, null, ?)', undef,
            'sandbox', "late:$order->{id}", $order->{payment}{id}, 'success',
            '{}');
        return $db->selectrow_array('select status from "order".orders'
              . ' where id = ?', undef, $order->{id});
    };
    $db->do('savepoint late');
    is $pay->($order), 'paid', 'used again';
    is balance($card), 0, 'the card too';
    $db->do('rollback to late');
    is $brand->place({%cart, cart_id => '00000000-0000-4000-8000-00000000000b'
    })->[0]{status}, 201, 'another one used them';
    is $pay->($order), 'cancelled', 'then the money goes back';
};

in_vain 'the lowest price of 30 days' => sub {
    my $at = sub ($days, $amount) {
        $db->do('insert into pricing.history (variant_id, currency, at,'
              . ' amount) values (?, ?, now() - ? * interval \'1 day\', ?)',
            undef, $book, 'EUR', $days, $amount);
    };
    $db->do('delete from pricing.history where variant_id = ?', undef, $book);
    my $lowest = sub { $db->selectrow_array('select pricing.lowest(?, ?)',
            undef, $book, 'EUR') };
    $at->(80, 700);
    is $lowest->(), undef, 'nothing came before';
    $at->(60, 900);
    $at->(20, 950);
    is $lowest->(), 900, 'the price that was when the 30 days began';
    $at->(10, 880);
    $at->(0, 800);
    is $lowest->(), 880, 'one of the 30 days before the present price';
    $db->do('update catalog.price set amount = 790, compare_at = 1000 where'
          . " variant_id = ? and currency = 'EUR'", undef, $book);
    is $lowest->(), 880, 'two changes at once are one';
    is_deeply [$db->selectrow_array("select (v ->> 'lowest_price')::jsonb"
              . " ->> 'amount', v #>> '{compare_at_price,amount}' from"
              . " json_array_elements(('[' || replace((select x.body from"
              . " catalog.variants_json(array[?::bigint]) as x"
              . " where x.currency = 'EUR'), '%2\$s', '0')"
              . " || ']')::json) as v", undef, $book)], [880, 1000],
      'told beside a struck price';
};

$brand->close;

done_testing;
