#!/usr/bin/perl

# 64 clients on one SKU: orders, cancels, payments, corrections, transfers,
# counts.  Never sold twice, never lost, no deadlock, and the ledger adds up.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::Promise;
use ShopTest;
use ShopTest::Buyer qw(new_product stock_of);

my $shop  = shop;
my $admin = $shop->admin;
my $base  = $shop->url . '/api/v1';
my $ua    = $shop->t->ua;
$ua->max_connections(64);
$ua->cookie_jar->ignore(sub {1});

my $deadlocks = sub {
    return $shop->sql('select sum(deadlocks) from pg_stat_database');
};
my $before = $deadlocks->();

my $code = 'o-' . lc unique_id;
my $t    = $shop->t;
$t->post_ok('/api/v1/warehouses' => $admin => json =>
      {code => $code, name => 'Second', position => 60_000})->status_is(201);

# one request of each of 64 clients at a time; their answers
sub all_at_once ($code) {
    my @answers;
    Mojo::Promise->all(map { $code->($_) } 0 .. 63)
      ->then(sub (@tx) { @answers = map { $_->[0]->res } @tx })
      ->catch(sub ($error) { diag $error })->wait;
    return @answers;
}

sub adds_up ($id) {
    return is $shop->sql('select count(*) from inventory.verify()
                          where variant_id = ?', $id), 0,
      'the ledger adds up';
}

subtest 'orders alone: 64 for 40, of them 10 still to come' => sub {
    my $id = new_product($shop, stock => 30);
    $t->post_ok('/api/v1/inventory/update' => $admin => json =>
          {product_id => $id, backorder_limit => 10})->status_is(200);
    my @buyers = map { ShopTest::Buyer->new(stack => $shop) } 0 .. 63;
    my @carts = all_at_once(sub ($n) {
        $ua->post_p("$base/cart/add" => $buyers[$n]->headers => json =>
              {product_id => $id});
    });
    is scalar(grep { $_->code == 200 } @carts), 64, 'in every cart';
    my @placed = all_at_once(sub ($n) {
        $ua->post_p("$base/orders" => $buyers[$n]->headers => json =>
              $buyers[$n]->order_json);
    });
    my %count;
    $count{$_->code}++ for @placed;
    is_deeply \%count, {201 => 40, 409 => 24}, '40 orders';
    $t->get_ok("/api/v1/inventory/$id" => $admin)
      ->json_is('/on_hand' => 30)->json_is('/reserved' => 30)
      ->json_is('/backordered' => 10);

    # half of them give back, while stock comes and goes
    my @open = grep { $placed[$_]->code == 201 } 0 .. 63;
    my @answers = all_at_once(sub ($n) {
        my $mine = $open[$n];
        return $ua->post_p("$base/inventory/update" => $admin => json =>
              {product_id => $id, delta => $n % 2 ? 1 : -1})
          if !defined $mine;
        my $order = $placed[$mine]->json;
        return $ua->post_p("$base/orders/$order->{id}/cancel" =>
              $buyers[$mine]->headers => json => {}) if $n % 2;
        return $ua->post_p(
            "$base/payments/$order->{payment}{id}/sandbox" =>
              $buyers[$mine]->headers => json => {outcome => 'success'});
    });
    is scalar(grep { $_->code >= 500 } @answers), 0, 'no failure';
    $t->get_ok("/api/v1/inventory/$id" => $admin)
      ->json_is('/backordered' => 0);
    adds_up($id);
};

subtest 'everything at once' => sub {
    my $id = new_product($shop, stock => 500);
    my (@transfers, @counts);
    for (0 .. 7) {
        push @transfers, $t->post_ok('/api/v1/transfers' => $admin => json =>
              {from => 'main', to => $code,
                lines => [{product_id => $id, quantity => 3}]})
          ->status_is(201)->value('/id');
        push @counts, $t->post_ok('/api/v1/counts' => $admin => json =>
              {warehouse => 'main'})->value('/id');
    }
    my @buyers = map { ShopTest::Buyer->new(stack => $shop) } 0 .. 63;
    my %codes;
    for my $round (0 .. 2) {
        all_at_once(sub ($n) {
            $ua->post_p("$base/cart/add" => $buyers[$n]->headers => json =>
                  {product_id => $id});
        });
        my @answers = all_at_once(sub ($n) {
            my $m = $n >> 3;
            return $ua->post_p("$base/orders" => $buyers[$n]->headers =>
                  json => $buyers[$n]->order_json) if $n % 8 < 3;
            return $ua->post_p("$base/inventory/update" => $admin => json =>
                  {product_id => $id, delta => 2}) if $n % 8 == 3;
            return $ua->post_p("$base/inventory/bulk" => $admin => json =>
                  {items => [{product_id => $id, delta => -1},
                        {product_id => $id, warehouse => $code, delta => 1}]})
              if $n % 8 == 4;
            return $ua->post_p("$base/transfers/$transfers[$m]/"
                  . qw(send receive cancel)[$round] => $admin => json => {})
              if $n % 8 == 5;
            return $ua->post_p("$base/counts/$counts[$m]/"
                  . ($round == 1 ? 'apply' : 'lines') => $admin => json =>
                  $round == 1 ? {} : {lines => [
                    {product_id => $id, counted => 400}]}) if $n % 8 == 6;
            return $ua->get_p("$base/inventory/$id" => $admin);
        });
        $codes{$_->code}++ for @answers;
    }
    is scalar(grep { $_ >= 500 } keys %codes), 0, 'no failure'
      or diag explain \%codes;
    adds_up($id);
    my $stock = stock_of($shop, $id);
    is $stock->{available}, $stock->{on_hand} - $stock->{reserved},
      'available';
};

is $deadlocks->(), $before, 'no deadlock';

done_testing;
