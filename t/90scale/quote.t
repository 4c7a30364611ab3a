#!/usr/bin/perl

# A million random carts: every sum agrees with its parts, and nothing is
# below zero.  SHOP_QUOTES asks for fewer, SHOP_QUOTERS for more processes.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::JSON qw(encode_json);
use ShopTest;
use ShopTest::Market;

my $carts = $ENV{SHOP_QUOTES} // 1_000_000;
my $set   = 500;                              # carts of a statement
my $each  = $carts < 10_000 ? $carts : 10_000;    # carts of a store
my $all   = $ENV{SHOP_QUOTERS} // 2;          # processes

# what a quote says is added up by SQL that knows nothing of cart.quote()
my $broken = <<'SQL';
with quote as (
    select q.total, q.due, q.body, q.body::jsonb as b
    -- the planner would ask a stable function how long its array is
    from (select cart.quote(?::jsonb[], false) as carts offset 0) as s
    cross join lateral unnest(s.carts) as q
), sums as (
    select q.*,
        (b #>> '{subtotal,amount}')::numeric as subtotal,
        (b #>> '{shipping,amount}')::numeric as shipping,
        (b #>> '{tax,total,amount}')::numeric as tax,
        (b #>> '{total,amount}')::numeric as said,
        (b #>> '{due,amount}')::numeric as left_over,
        (b #>> '{tax,included}')::boolean as included,
        (select coalesce(sum((g #>> '{amount,amount}')::numeric), 0)
         from jsonb_array_elements(b -> 'gift_cards') as g) as gifts,
        (select coalesce(sum((i #>> '{line_total,amount}')::numeric), 0)
         from jsonb_array_elements(b -> 'items') as i) as lines,
        (select coalesce(sum((t #>> '{amount,amount}')::numeric), 0)
         from jsonb_array_elements(b #> '{tax,lines}') as t) as taxes,
        (select coalesce(sum((d #>> '{amount,amount}')::numeric), 0)
         from jsonb_array_elements(b -> 'discounts') as d) as discounts
    from quote as q
)
select count(*), count(*) filter (where discounts > 0),
    count(*) filter (where gifts > 0),
    count(*) filter (where lines <> subtotal or taxes <> tax or said <> total
        or total <> subtotal - discounts + shipping
            + case when included then 0 else tax end
        or due <> total - gifts or left_over <> due or due < 0 or total < 0
        or tax < 0
        -- each amount is an object or an integer, never a float
        or body ~ '"amount":(?! ?-?[0-9]+[,}]| ?[{])'
        or body ~ '"amount": ?-'
        or exists (
            select from jsonb_array_elements(b -> 'gift_cards') as g
            where (g #>> '{amount,amount}')::numeric
                > (g #>> '{balance,amount}')::numeric)
        or exists (
            select from jsonb_array_elements(b -> 'items') as i
            where (i #>> '{unit_price,amount}')::numeric
                    * (i ->> 'quantity')::numeric
                <> (i #>> '{line_total,amount}')::numeric
            or (i #>> '{line_total,amount}')::numeric < (
                select coalesce(sum((l #>> '{amount,amount}')::numeric), 0)
                from jsonb_array_elements(b -> 'discounts') as d
                cross join jsonb_array_elements(d -> 'lines') as l
                where l ->> 'item_id' = i ->> 'item_id'))
        or exists (
            select from jsonb_array_elements(b -> 'discounts') as d
            where (d #>> '{amount,amount}')::numeric <= 0
            or d ->> 'kind' <> 'free_shipping'
                and (d #>> '{amount,amount}')::numeric <> (
                    select sum((l #>> '{amount,amount}')::numeric)
                    from jsonb_array_elements(d -> 'lines') as l)))
from sums
SQL

# (quotes, with discounts, with gift cards, broken ones) of a process
sub work ($first) {
    my @sums = (0, 0, 0, 0);
    for (my $n = $first; $n * $each < $carts; $n += $all) {
        my $market = ShopTest::Market->new(db => shop->db, seed => 1000 + $n,
            kinds => 4, always => $n % 3 ? 0 : 1)->open;
        for (1 .. $each / $set) {
            my @row = $market->db->selectrow_array($broken, undef,
                [map { encode_json $market->random_cart } 1 .. $set]);
            $sums[$_] += $row[$_] for 0 .. 3;
        }
        $market->close;
        print {*STDERR} "# $sums[0] carts of process $first,",
          " $sums[3] of them wrong\n";
    }
    return @sums;
}

my (@sums, @from);
for my $n (0 .. $all - 1) {
    pipe my $from, my $to or die "pipe: $!";
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        delete(shop->{db})->{InactiveDestroy} = 1 if shop->{db};
        my @mine = eval { work($n) } or warn $@;
        print {$to} "@mine\n";
        close $to;
        require POSIX;
        POSIX::_exit(0);
    }
    close $to;
    push @from, [$from, $pid];
}
for (@from) {
    my ($from, $pid) = @$_;
    my @part = split ' ', readline($from) // '';
    waitpid $pid, 0;
    $sums[$_] += $part[$_] // 0 for 0 .. 3;
}

ok $sums[0] >= $carts, "$sums[0] carts";
ok $sums[1] > $sums[0] / 5, "$sums[1] of them with discounts";
ok $sums[2] > $sums[0] / 20, "$sums[2] with gift cards";
is $sums[3], 0, 'every sum agrees with its parts, and is an integer';

done_testing;
