#!/usr/bin/perl

# kill -9 of each component while orders are placed: every accepted order is
# there once, is paid after its payment, is told to Kafka, and no stock is
# wrong.  With both ways of acknowledging orders; t/90scale/kill.t goes on for
# minutes.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest -private => {SHOP_ORDER_COMMIT => 'grouped'};
use ShopTest::Aftermath;
use ShopTest::Buyer qw(new_product);
use ShopTest::Storm;

my $stock = 5000;
my $shop  = shop;
$shop->expect(qr/exited on signal 9|server closed|connection|timed out|
    terminat|starting up|shutting down|recovery|killed/xi);

sub check ($hit) {
    my $product = new_product($shop, stock => $stock);
    my $storm   = ShopTest::Storm->new(stack => $shop, product => $product)
      ->start;
    ok $storm->wait(10), 'orders are placed';
    $hit->($storm);
    ok $storm->wait($storm->accepted + 5), 'orders are placed again';
    my @accepted = $storm->stop;
    ok $shop->wait_ready(30), 'ready';
    ShopTest::Aftermath->new(stack => $shop, product => $product,
        stock => $stock)->check(@accepted);
    return;
}

sub kill_component ($storm, $name) {
    my $old = $shop->pid($name);
    $shop->kill($name);
    $storm->calm;
    ok $shop->wait_back($name, $old, 60), 'started again';
    $storm->hurry;
    return;
}

sub kill_nginx_worker ($storm) {
    my $all = () = $shop->children('nginx');
    my $pid = $shop->kill_nginx_worker;
    ok wait_for(sub {
        my @now = $shop->children('nginx');
        @now == $all && !grep { $_ == $pid } @now;
    }), 'started again';
    return;
}

for my $mode (qw(grouped single)) {
    ok $shop->order_commit($mode), "acknowledged: $mode" if $mode eq 'single';
    for my $name (qw(worker kafka redis postgres)) {
        subtest "$mode: $name" =>
          sub { check(sub ($storm) { kill_component($storm, $name) }) };
    }
    subtest "$mode: nginx worker" => sub { check(\&kill_nginx_worker) };
}

done_testing;
