package ShopTest::Reference;
use Mojo::Base -base, -signatures;

# What a cart costs, computed from the documents (docs/pricing.md) and from
# nothing of SQL: integers of Perl, one plain step after the other.
#
#   is_deeply $reference->quote($cart), {total => ..., ...};

use List::Util qw(any first max min sum0);

has 'market';

my %TAX = (
    DE      => {standard => [190000], reduced => [70000], included => 1},
    JP      => {standard => [100000], reduced => [80000], included => 1},
    'US-CA' => {standard => [72500, 25000]},
);
my %SHIP = (
    EUR => [[slow => 0, 10000], [slow => 490, 0], [fast => 990, 0]],
    USD => [[slow => 500, 0],   [fast => 1500, 0]],
    JPY => [[slow => 0, 20000], [slow => 550, 0]],
    KWD => [[slow => 1250, 0],  [fast => 3333, 0]],
);

# a / b, rounded half up, without fractions
sub half_up ($above, $below) {
    use integer;
    return (2 * $above + $below) / (2 * $below);
}

sub quote ($self, $cart) {
    my $in    = $cart->{currency};
    my @lines = map { $self->line($cart, @$_) } @{$cart->{lines}};
    my @offers =
      $self->chosen($cart, \@lines, grep { $self->holds($cart, \@lines, $_) }
          $self->candidates($cart));
    my (@discounts, $free);
    for my $offer (sort { phase($a) <=> phase($b) || before($a, $b) } @offers) {
        if ($offer->{kind} eq 'free_shipping') { $free //= $offer; next }
        push @discounts, $self->take($offer, $in, \@lines);
    }
    my $subtotal = sum0 map { $_->{total} } @lines;
    my ($method, $shipping) = ship($cart, $subtotal,
        any { $_->{thing}{ships} } @lines);
    my $freed = 0;
    if ($free && $shipping && (!$free->{methods}
            || any { $_ eq $method } @{$free->{methods}}))
    {
        $freed = $shipping;
        push @discounts, [$free->{id}, $freed];
    }
    my ($tax, $included) = taxes($cart, \@lines, $method, $shipping - $freed);
    my $off   = sum0 map { $_->[1] } @discounts;
    my $total = $subtotal - $off + $shipping + ($included ? 0 : $tax);
    my @paid  = $self->gifts($cart, $total);
    return {
        subtotal  => $subtotal,
        discounts => \@discounts,
        method    => $method,
        shipping  => $shipping,
        tax       => $tax,
        total     => $total,
        gifts     => \@paid,
        due       => $total - sum0(@paid),
    };
}

# what each gift card pays: all it has, until nothing is due
sub gifts ($self, $cart, $due) {
    my @paid;
    for my $hash (@{$cart->{gifts} // []}) {
        push @paid, min $self->market->purses->{$hash}{balance}, $due;
        $due -= $paid[-1];
    }
    return @paid;
}

sub line ($self, $cart, $id, $quantity) {
    my $thing = $self->market->thing->{$id};
    my $price = $self->listed($cart, $id, $quantity)
      // $thing->{prices}{$cart->{currency}};
    my $total = $price * $quantity;
    return {thing => $thing, id => $id, price => $price, n => $quantity,
        total => $total, left => $total};
}

sub listed ($self, $cart, $id, $quantity) {
    for my $list (sort { $b->{priority} <=> $a->{priority}
              || $a->{id} <=> $b->{id} } @{$self->market->lists})
    {
        next if $list->{groups} && !$cart->{user};
        my $tiers = $list->{prices}{$id}{$cart->{currency}} // {};
        my $from  = max grep { $_ <= $quantity } keys %$tiers;
        return $tiers->{$from} if defined $from;
    }
    return;
}

sub candidates ($self, $cart) {
    my %codes = map { $_ => 1 } @{$cart->{coupons} // []};
    return grep { $_->{automatic} || $codes{$_->{code}} }
      @{$self->market->offers};
}

sub about ($offer, $line, $prefix = '') {
    my $thing = $line->{thing};
    return 0 if !$prefix
      && any { my $not = $_; any { $_ == $not } @{$thing->{path}} }
      @{$offer->{except_categories} // []};
    my @wanted = map { "$prefix$_" } qw(products variants categories);
    return 1 unless any { @{$offer->{$_} // []} } @wanted;
    return 1
      if any { $_ == $thing->{id} } map { @{$offer->{$_} // []} } @wanted[0, 1];
    return (any { my $in = $_; any { $_ == $in } @{$thing->{path}} }
      @{$offer->{$wanted[2]} // []}) ? 1 : 0;
}

sub of_currency ($amounts, $currency) {
    my $found = first { $_->{currency} eq $currency } @{$amounts // []};
    return $found && $found->{amount};
}

sub holds ($self, $cart, $lines, $offer) {
    my $in    = $cart->{currency};
    my @about = grep { about($offer, $_) } @$lines;
    return 0 unless @about;
    return 0 if $offer->{amounts} && !of_currency($offer->{amounts}, $in);
    if (@{$offer->{min_totals} // []}) {
        my $least = of_currency($offer->{min_totals}, $in) // return 0;
        return 0 if sum0(map { $_->{total} } @about) < $least;
    }
    return 0 if $offer->{countries}
      && !any { $_ eq $cart->{country} } @{$offer->{countries}};
    return 0
      if sum0(map { $_->{n} } @about) < ($offer->{min_quantity} // 0);
    return 0 if $offer->{groups} && !$cart->{user};
    return 0 if $offer->{kind} eq 'free_shipping'
      && !any { $_->{thing}{ships} } @$lines;
    return 0 if $offer->{kind} eq 'buy_x_get_y'
      && !grep { $_->[1] } bundle($offer, $lines);
    return 1;
}

# by priority, then the older
sub before ($one, $other) {
    return $other->{priority} <=> $one->{priority}
      || $one->{id} <=> $other->{id};
}

sub chosen ($self, $cart, $lines, @offers) {
    my ($first) = sort { before($a, $b) } @offers;
    return () unless $first;
    return ($first) if $first->{exclusive};
    return grep { !$_->{exclusive} } @offers;
}

sub phase ($offer) {
    return 3 if $offer->{kind} eq 'free_shipping';
    return 1 if $offer->{kind} eq 'gift';
    return 0 if $offer->{kind} eq 'buy_x_get_y';
    return $offer->{applies_to} eq 'lines' ? 0 : 2;
}

# pairs of a line and what it loses, before looking at what is left of it
sub bundle ($offer, $lines) {
    my @bought = grep { about($offer, $_) } @$lines;
    my $own    = !any { @{$offer->{"get_$_"} // []} }
      qw(products variants categories);
    my %bought = map { $_->{id} => 1 } @bought;
    my @got    = $own ? @bought
      : grep { !$bought{$_->{id}} && about($offer, $_, 'get_') } @$lines;
    my $each   = $offer->{buy_quantity} + ($own ? $offer->{get_quantity} : 0);
    my $times  = int(sum0(map { $_->{n} } @bought) / $each);
    $times = min $times, $offer->{max_times} if $offer->{max_times};
    my $pieces = $times * $offer->{get_quantity};
    my @pairs;
    my %place = map { $lines->[$_]{id} => $_ } 0 .. $#$lines;
    for my $line (sort { $a->{price} <=> $b->{price}
              || $place{$a->{id}} <=> $place{$b->{id}} } @got)
    {
        my $now = min $pieces, $line->{n};
        $pieces -= $now;
        push @pairs, [$line,
            half_up($line->{price} * $now * $offer->{basis_points}, 10000)];
    }
    return @pairs;
}

# takes a promotion off the lines: its id and amount, or nothing
sub take ($self, $offer, $in, $lines) {
    my $amount = 0;
    if ($offer->{kind} eq 'gift') {
        my $thing = $self->market->thing->{$offer->{gift_variant_id}};
        $amount = $thing->{prices}{$in} * $offer->{get_quantity};
        push @$lines, {thing => $thing, id => "gift-$thing->{id}",
            total => $amount, left => 0, gift => 1};
        return [$offer->{id}, $amount];
    }
    my @about = grep { !$_->{gift} && about($offer, $_) } @$lines;
    my $bp    = $offer->{basis_points};
    my $fixed = of_currency($offer->{amounts}, $in);
    my @pairs;
    if ($offer->{kind} eq 'buy_x_get_y') {
        @pairs = bundle($offer, [grep { !$_->{gift} } @$lines]);
    }
    elsif ($offer->{applies_to} eq 'lines') {
        @pairs = map { [$_, $bp ? half_up($_->{left} * $bp, 10000)
                  : $fixed * $_->{n}] } @about;
    }
    else {
        my $left = sum0 map { $_->{left} } @about;
        @pairs = spread($bp ? half_up($left * $bp, 10000) : min($fixed, $left),
            $left, @about);
    }
    for (@pairs) {
        my $piece = min $_->[1], $_->[0]{left};
        $_->[0]{left} -= $piece;
        $amount += $piece;
    }
    return $amount ? [$offer->{id}, $amount] : ();
}

# shares by what is left, what remains to the largest rests
sub spread ($amount, $whole, @lines) {
    return () unless $whole;
    my $rest = $amount;
    my @pairs;
    for my $line (@lines) {
        use integer;
        my $share = $amount * $line->{left} / $whole;
        $rest -= $share;
        push @pairs, [$line, $share, $amount * $line->{left} % $whole];
    }
    for my $n (sort { $pairs[$b][2] <=> $pairs[$a][2] || $a <=> $b }
        0 .. $#pairs)
    {
        last unless $rest--;
        $pairs[$n][1]++;
    }
    return @pairs;
}

sub ship ($cart, $subtotal, $ships) {
    return (undef, 0) unless $ships;
    my $wanted = $cart->{shipping_method};
    my $way    = first {
        $subtotal >= $_->[2] && (!defined $wanted || $_->[0] eq $wanted)
    } @{$SHIP{$cart->{currency}}};
    return $way ? @$way[0, 1] : (undef, 0);
}

sub taxes ($cart, $lines, $method, $shipping) {
    my $where = $TAX{join '-', grep {defined} @$cart{qw(country region)}} // {};
    my $tax   = 0;
    my @taxed = map { [$_->{left}, $_->{thing}{class}] } @$lines;
    push @taxed, [$shipping, 'standard'] if defined $method;
    for (@taxed) {
        my ($amount, $class) = @$_;
        my $rates = $where->{$class} // [];
        my $base  = 1000000 + ($where->{included} ? sum0(@$rates) : 0);
        $tax += half_up($amount * $_, $base) for @$rates;
    }
    return ($tax, $where->{included});
}

1;
