package ShopTest::Market;
use Mojo::Base 'ShopTest::Brand', -signatures;

# A store with money of 0, 2 and 3 decimals, prices with and without tax,
# price lists, a group, and promotions of every kind; and random carts of it.
#
#   my $market = ShopTest::Market->new(db => shop->db, seed => 7)->open;
#   my $cart   = $market->random_cart;

use Mojo::JSON qw(encode_json);

has seed    => 1;
has kinds   => 8;                           # promotions of each kind
has always  => 2;                           # of them automatic
has rank    => sub ($self) { $self->seed };
has things  => sub { [] };                  # what is sold, by place
has thing   => sub { {} };                  # the same by id
has offers  => sub { [] };                  # promotions, as they were added
has lists   => sub { [] };
has codes   => sub { [] };
has members => sub { [] };                  # accounts of the group
has purses  => sub { {} };                  # gift cards by the hash of their
                                            # code: currency, balance
has 'group';

my %PRICES = (EUR => 1, USD => 1, JPY => 1, KWD => 10);

# numbers that are the same wherever the test runs
sub random ($self, $below) {
    my $n = ($self->rank * 1103515245 + 12345) % 2147483648;
    $self->rank($n);
    return int($n / 65536) % $below;
}

sub pick ($self, @of) { return $of[$self->random(scalar @of)] }

sub chance ($self, $percent) { return $self->random(100) < $percent }

sub open ($self) {
    $self->SUPER::open;
    my ($db, $id) = ($self->db, $self->id);
    $db->do($_) for split /;\n/, <<"SQL";
update store.store set currencies = '{EUR,USD,JPY,KWD}',
    countries = '{DE,US,JP,KW}' where id = $id;
insert into store.tax_zone (store_id, name, tax_included)
    values ($id, 'JP', true), ($id, 'KW', false);
insert into store.tax_area (store_id, country, zone_id)
    select $id, z.name, z.id from store.tax_zone z
    where z.store_id = $id and z.name in ('JP', 'KW');
insert into store.tax_rate (zone_id, store_id, tax_class, position, name, rate)
    select z.id, $id, r.class, 0, 'JCT', r.rate from store.tax_zone z
    cross join (values ('standard', 10), ('reduced', 8)) as r (class, rate)
    where z.store_id = $id and z.name = 'JP';
insert into shipping.rate (method_id, zone_id, currency, amount, min_subtotal)
    select m.id, z.id, r.currency, r.amount, r.min
    from shipping.zone z, shipping.method m join (values
        ('slow', 'JPY', 550, 0), ('slow', 'JPY', 0, 20000),
        ('slow', 'KWD', 1250, 0), ('fast', 'KWD', 3333, 0),
        ('fast', 'USD', 1500, 0)) as r (code, currency, amount, min)
        on r.code = m.code
    where m.store_id = $id and z.store_id = $id
SQL
    $self->fill->list_prices->promote->issue;
    return $self;
}

sub fill ($self) {
    my ($db, $id) = ($self->db, $self->id);
    my @categories;
    for my $n (0 .. 5) {
        push @categories, $db->selectrow_array(
            'insert into catalog.category (store_id, parent_id, slug, name,'
              . ' path) values (?, ?, ?, ?, ?) returning id', undef, $id,
            $n > 2 ? $categories[$n - 3] : undef, "shelf-x$n", "Shelf $n", []);
    }
    for my $n (0 .. 29) {
        my $cents = 1 + $self->random($n % 3 ? 3000 : 60000);
        my %with  = (
            price     => $cents,
            tax_class => $self->pick(qw(standard standard reduced)),
            ships     => $self->chance(85) ? 1 : 0,
            stock     => 1_000_000,
            prices    => {map { $_ => 1 + $self->random($cents * $PRICES{$_}) }
                  qw(USD JPY KWD)}
        );
        my $item  = $self->sell(%with);
        my $place = $self->random(scalar @categories);
        $db->do('update catalog.product set category_id = ?,'
              . ' version = version + 1 where id = ?', undef,
            $categories[$place], $item);
        my $thing = {
            id     => $item,
            class  => $with{tax_class},
            ships  => $with{ships},
            prices => {EUR => $cents, %{$with{prices}}},
            path   => [$place > 2 ? $categories[$place - 3] : (),
                $categories[$place]]
        };
        push @{$self->things}, $thing;
        $self->thing->{$item} = $thing;
    }
    $self->{categories} = \@categories;
    return $self;
}

# two lists for everybody, one for members; prices by quantity
sub list_prices ($self) {
    my ($db, $id) = ($self->db, $self->id);
    $self->group($db->selectrow_array(
        'insert into pricing.customer_group (store_id, code, name)'
          . " values (?, 'trade', 'Trade') returning id", undef, $id));
    my $user = $db->selectrow_array(
        'insert into identity.account (store_id, email, name)'
          . " values (?, ?, 'Trader') returning id", undef, $id,
        'staple-' . ShopTest::unique_id() . '@example.test');
    $db->do('insert into pricing.member (user_id, group_id) values (?, ?)',
        undef, $user, $self->group);
    push @{$self->members}, $user;
    for my $n (0 .. 2) {
        my %list = (name => "List $n", priority => 10 * $self->random(3));
        $list{groups} = [$self->group] if $n == 2;
        my ($body) = $db->selectrow_array(
            'select body from pricing.list_add(?, null, ?, null, null)',
            undef, $id, encode_json \%list);
        my %prices;
        my $list_id = Mojo::JSON::decode_json($body)->{id};
        for my $thing (@{$self->things}) {
            next unless $self->chance(20);
            my $currency = $self->pick(sort keys %PRICES);
            for my $from (1, 5, 20) {
                next unless $self->chance(60);
                my $amount = int($thing->{prices}{$currency}
                      * (100 - $from - 5 * $n) / 100);
                $prices{$thing->{id}}{$currency}{$from} = $amount;
                $db->do('insert into pricing.list_price (list_id, variant_id,'
                      . ' currency, min_quantity, amount) values'
                      . ' (?, ?, ?, ?, ?)', undef, $list_id, $thing->{id},
                    $currency, $from, $amount);
            }
        }
        push @{$self->lists},
          {%list, id => $list_id, prices => \%prices};
    }
    return $self;
}

sub target ($self, $prefix = '') {
    my $kind = $self->random(4);
    return () if $kind == 0;
    return ("${prefix}categories" => ["$self->{categories}[$self->random(6)]"])
      if $kind == 1;
    return ("${prefix}products" =>
          [map {"$_->{id}"} grep { $self->chance(30) } @{$self->things}],
        "${prefix}variants" => ["$self->{things}[$self->random(30)]{id}"]);
}

sub amounts ($self, $most) {
    return [
        map { {
                currency => $_,
                amount   => 1 + $self->random($most * $PRICES{$_})
            } } grep { $self->chance(80) || $_ eq 'EUR' } sort keys %PRICES
    ];
}

# what a promotion of a kind needs
sub kind ($self, $kind) {
    return (basis_points => 1 + $self->random(10000), $self->target,
        applies_to => $self->pick(qw(order lines)))
      if $kind eq 'percentage';
    return (amounts => $self->amounts(2000), $self->target,
        applies_to => $self->pick(qw(order lines)))
      if $kind eq 'fixed';
    return (
        buy_quantity => 1 + $self->random(3),
        get_quantity => 1 + $self->random(2),
        basis_points => $self->pick(10000, 5000, 3333),
        $self->target, $self->chance(40) ? $self->target('get_') : (),
        $self->chance(30) ? (max_times => 1 + $self->random(3)) : ()
    ) if $kind eq 'buy_x_get_y';
    return (gift_variant_id => "$self->{things}[$self->random(30)]{id}",
        get_quantity => 1 + $self->random(2))
      if $kind eq 'gift';
    return $self->chance(50) ? (methods => ['slow']) : ();
}

sub promote ($self) {
    my @kinds = qw(percentage fixed buy_x_get_y gift free_shipping);
    for my $n (0 .. @kinds * $self->kinds - 1) {
        my $kind = $kinds[$n % 5];
        my %p    = (
            name      => "Offer $n",
            kind      => $kind,
            priority  => $self->random(5),
            exclusive => $self->chance(15) ? \1 : \0,
            automatic => $n < @kinds * $self->always ? \1 : \0,
            $self->kind($kind)
        );
        $p{min_totals} = $self->amounts(20000) if $self->chance(40);
        $p{min_quantity} = 1 + $self->random(10) if $self->chance(20);
        $p{groups} = [$self->group . '']          if $self->chance(15);
        $p{countries} = ['DE', 'JP'] if $self->chance(15);
        $p{except_categories} = ["$self->{categories}[$self->random(6)]"]
          if $self->chance(15);
        my ($body) = $self->db->selectrow_array(
            'select body from pricing.promotion_add(?, null, ?, null, null)',
            undef, $self->id, encode_json \%p);
        $p{id} = Mojo::JSON::decode_json($body)->{id};
        $p{$_} = ${$p{$_}} for qw(exclusive automatic);
        push @{$self->offers}, \%p;
        next if $p{automatic};
        $p{code} = "CODE$n";
        push @{$self->codes}, $p{code};
        $self->db->do('select pricing.coupon_add(?, ?, null, ?, null, null)',
            undef, $self->id, $p{id}, encode_json {code => $p{code}});
    }
    return $self;
}

# gift cards, small and large ones of each currency
sub issue ($self) {
    for my $currency (sort keys %PRICES) {
        for my $most (100, 2000, 2000, 100_000) {
            my $amount = 1 + $self->random($most) * $PRICES{$currency};
            my ($code) = $self->db->selectrow_array(
                "select body::jsonb ->> 'code'"
                  . ' from pricing.gift_add(?, null, ?, null, null)', undef,
                $self->id, encode_json {amount =>
                      {amount => $amount, currency => $currency}});
            my ($hash) = $self->db->selectrow_array(
                "select encode(pricing.gift_hash(?), 'hex')", undef, $code);
            $self->purses->{$hash} = {currency => $currency,
                balance => $amount, place => scalar keys %{$self->purses}};
        }
    }
    return $self;
}

sub cards ($self, $currency) {
    my $purses = $self->purses;
    my @mine   = sort { $purses->{$a}{place} <=> $purses->{$b}{place} }
      grep { $purses->{$_}{currency} eq $currency } keys %$purses;
    my %picked = map { $self->pick(@mine) => 1 } 1 .. 1 + $self->random(3);
    return [grep { $picked{$_} } @mine];
}

sub random_cart ($self) {
    my %line;
    my $lines = 1 + $self->random($self->chance(5) ? 20 : 4);
    $line{$self->pick(@{$self->things})->{id}} =
      1 + $self->random($self->chance(10) ? 50 : 6)
      for 1 .. $lines;
    my %codes = map { $self->pick(@{$self->codes}) => 1 }
      1 .. $self->pick(0, 0, 1, 1, 2, 4);
    my $country = $self->pick(qw(DE DE US JP KW));
    my $currency = $self->pick(sort keys %PRICES);
    return $self->cart(
        currency => $currency,
        country  => $country,
        lines    => [map { [$_, $line{$_}] } sort keys %line],
        %codes ? (coupons => [sort keys %codes]) : (),
        $country eq 'US' && $self->chance(60) ? (region => 'CA') : (),
        $self->chance(20) ? (user => $self->members->[0]) : (),
        $self->chance(15) ? (shipping_method => 'fast') : (),
        $self->chance(15) ? (gifts => $self->cards($currency)) : ()
    );
}

1;
