#!/usr/bin/perl

# Random carts: an independent reference computes the same to the last cent,
# and every sum agrees with its parts (a million of them: t/90scale/quote.t).

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Market;
use ShopTest::Reference;

my $carts = $ENV{SHOP_QUOTES} // 10_000;
my %seen;

# what a quote says, as the reference says it
sub said ($row) {
    my $body = $row->{body};
    return {
        subtotal  => $body->{subtotal}{amount},
        discounts => [map { [$_->{promotion_id}, $_->{amount}{amount}] }
              @{$body->{discounts}}],
        method   => $body->{shipping_method},
        shipping => $body->{shipping}{amount},
        tax      => $body->{tax}{total}{amount},
        total    => $body->{total}{amount},
        gifts    => [map { $_->{amount}{amount} } @{$body->{gift_cards}}],
        due      => $body->{due}{amount},
    };
}

# members of an array of amounts, by name
sub sum (@amounts) {
    my $sum = 0;
    $sum += $_->{amount}{amount} for @amounts;
    return $sum;
}

sub broken ($row) {
    my $b     = $row->{body};
    my $lines = 0;
    $lines += $_->{line_total}{amount} for @{$b->{items}};
    my %off;
    for my $discount (@{$b->{discounts}}) {
        $off{$_->{item_id}} += $_->{amount}{amount} for @{$discount->{lines}};
        return 'a discount and its lines'
          unless $discount->{kind} eq 'free_shipping'
          || $discount->{amount}{amount} == sum(@{$discount->{lines}});
        return 'a discount of nothing' if $discount->{amount}{amount} <= 0;
    }
    for my $item (@{$b->{items}}) {
        return 'unit price and line'
          if $item->{unit_price}{amount} * $item->{quantity}
          != $item->{line_total}{amount};
        return 'more off a line than it costs'
          if ($off{$item->{item_id}} // 0) > $item->{line_total}{amount};
    }
    my $tax = sum(@{$b->{tax}{lines}});
    return 'subtotal' if $lines != $b->{subtotal}{amount};
    return 'tax'      if $tax != $b->{tax}{total}{amount};
    return 'total'
      if $b->{total}{amount} != $lines - sum(@{$b->{discounts}})
      + $b->{shipping}{amount} + ($b->{tax}{included} ? 0 : $tax);
    return 'due' if $b->{due}{amount}
      != $b->{total}{amount} - sum(@{$b->{gift_cards}});
    return 'below zero'
      if $b->{total}{amount} < 0 || $b->{due}{amount} < 0 || $tax < 0;
    return;
}

for my $seed (1 .. 10) {
    my $market = ShopTest::Market->new(db => shop->db, seed => $seed)->open;
    my $reference = ShopTest::Reference->new(market => $market);
    my ($wrong, @parts);
    for (1 .. $carts / 10 / 50) {
        my @carts = map { $market->random_cart } 1 .. 50;
        my $rows  = $market->quotes(@carts);
        for my $n (0 .. $#carts) {
            my $part = broken($rows->[$n]);
            push @parts, $part if defined $part;
            $seen{$_->{kind}}++ for @{$rows->[$n]{body}{discounts}};
            $seen{gift_card}++ if $carts[$n]{gifts};
            my $want = $reference->quote($carts[$n]);
            next if $wrong || _same($want, said($rows->[$n]));
            $wrong = $carts[$n];
            is_deeply said($rows->[$n]), $want, "seed $seed: the first wrong"
              or diag explain [$carts[$n], $rows->[$n]{body}{discounts},
                $rows->[$n]{body}{coupons}];
        }
    }
    ok !$wrong, "seed $seed: as the reference says";
    is_deeply \@parts, [], "seed $seed: sums agree with their parts";
    $market->close;
}

sub _same ($one, $other) {
    return Mojo::JSON::encode_json($one) eq Mojo::JSON::encode_json($other);
}

ok $seen{$_}, "$_: $seen{$_} times"
  for qw(percentage fixed buy_x_get_y gift free_shipping gift_card);

done_testing;
