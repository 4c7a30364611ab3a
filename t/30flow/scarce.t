#!/usr/bin/perl

# 64 shoppers at once: a coupon for ten, a code for each, one gift card.
# Never over, never lost, no deadlock in the log.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::Promise;
use ShopTest;
use ShopTest::Buyer qw(new_product stock_of);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $api   = '/api/v1';
my $ua    = $shop->t->ua;
my $base  = $shop->url;
$ua->max_connections(100);
$ua->cookie_jar->ignore(sub {1});

# the same of all, at once
sub all_of ($buyers, $code) {
    my @answers;
    Mojo::Promise->all(map { $code->($_) } @$buyers)
      ->then(sub (@tx) { @answers = map { $_->[0]->res } @tx })
      ->catch(sub ($error) { diag $error })->wait;
    return @answers;
}

sub filled ($product, $list, @codes) {
    my @buyers = map { ShopTest::Buyer->new(stack => $shop) } 1 .. 64;
    all_of(\@buyers, sub ($b) {
        $ua->post_p("$base$api/cart/add" => $b->headers => json =>
              {product_id => $product});
    });
    my $n = 0;
    my @set = all_of(\@buyers, sub ($b) {
        $ua->post_p("$base$api/cart/$list" => $b->headers => json =>
              {code => $codes[$n++ % @codes]});
    });
    is scalar(grep { $_->code == 200 } @set), 64, 'each has the code';
    return \@buyers;
}

sub ordered ($buyers) {
    my %count;
    my @answers = all_of($buyers, sub ($b) {
        $ua->post_p("$base$api/orders" => $b->headers => json =>
              $b->order_json);
    });
    $count{$_->code . ' ' . ($_->json('/code') // '')}++ for @answers;
    return (\%count, grep { $_->code == 201 } @answers);
}

sub promotion ($product, %with) {
    $t->post_ok("$api/promotions" => $admin => json => {name => 'Scarce',
            kind => 'percentage', basis_points => 1000,
            products => ["$product"], %with})->status_is(201);
    return $t->value('/id');
}

sub coupons ($promotion, %with) {
    $t->post_ok("$api/promotions/$promotion/coupons" => $admin => json =>
          \%with)->status_is(201);
    return map { $_->{code} } @{$t->value('/items')};
}

sub deadlocks { $shop->sql('select sum(deadlocks) from pg_stat_database') }

my $before = deadlocks();

subtest 'a coupon for ten' => sub {
    my $book  = new_product($shop, stock => 100);
    my $offer = promotion($book, max_uses => 10);
    my ($code) =
      coupons($offer, code => 'S' . uc(ShopTest::unique_id() =~ s/\W//gr));
    my ($count, @placed) = ordered(filled($book, coupons => $code));
    is_deeply $count, {'201 ' => 10, '409 coupon_used_up' => 54},
      'ten orders';
    is scalar(grep { $_->json('/discounts/0/amount/amount') == 100 } @placed),
      10, 'each cheaper';
    is stock_of($shop, $book)->{reserved}, 10, 'refused ones took no stock';
    $t->get_ok("$api/promotions/$offer" => $admin)->json_is('/uses' => 10);
};

subtest 'a coupon and stock that is scarcer' => sub {
    my $book  = new_product($shop, stock => 7);
    my $offer = promotion($book, max_uses => 20);
    my ($code) =
      coupons($offer, code => 'T' . uc(ShopTest::unique_id() =~ s/\W//gr));
    my ($count) = ordered(filled($book, coupons => $code));
    is_deeply $count, {'201 ' => 7, '409 insufficient_stock' => 57},
      'seven orders';
    $t->get_ok("$api/promotions/$offer" => $admin)
      ->json_is('/uses' => 7, 'no use is lost');
    is $shop->sql('select uses from pricing.promotion_use'
          . ' where promotion_id = ?', $offer), 7, 'so says the counter';
};

subtest 'a code for each, shared by two' => sub {
    my $book  = new_product($shop, stock => 100);
    my @codes = coupons(promotion($book), count => 32);
    my ($count) = ordered(filled($book, coupons => @codes));
    is_deeply $count, {'201 ' => 32, '409 coupon_used_up' => 32},
      'each code once';
};

subtest 'one gift card' => sub {
    my $book = new_product($shop, stock => 100, price => 10_000);
    $t->post_ok("$api/gift-cards" => $admin => json => {amount => 55_000})
      ->status_is(201);
    my ($id, $code) = map { $t->value($_) } '/id', '/code';
    my ($count, @placed) = ordered(filled($book, 'gift-cards' => $code));
    is_deeply $count, {'201 ' => 6, '409 gift_card_used_up' => 58},
      'while it lasts';
    my ($paid, $given) = (0, 0);
    for my $order (map { $_->json } @placed) {
        $given += $order->{total}{amount} - $order->{due}{amount};
        $paid++ if $order->{status} eq 'paid';
    }
    is $given, 55_000, 'all of it, and no more';
    is $paid,  5,      'what it pays wholly is paid';
    $t->get_ok("$api/gift-cards/$id" => $admin)
      ->json_is('/balance/amount' => 0);
    my %by = map { $_->json('/id') => 1 } @placed;
    $shop->sql('select count(c.status) from unnest(?::uuid[]) as o cross join'
          . ' lateral "order".cancel(1, o, null, null, true, null) as c',
        [keys %by]);
    $t->get_ok("$api/gift-cards/$id" => $admin)
      ->json_is('/balance/amount' => 55_000, 'cancelled: given back');
    is $shop->sql('select count(*) from pricing.gift_verify()'), 0,
      'the ledger sums up';
};

is deadlocks(), $before, 'no deadlock';

done_testing;
