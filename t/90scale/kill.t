#!/usr/bin/perl

# Components are killed at random for minutes while orders are placed and paid
# (SHOP_STORM_SECONDS, both ways of acknowledging orders together).

use Mojo::Base -signatures;

use lib 't/lib';

use List::Util  qw(shuffle);
use Time::HiRes qw(time);

use ShopTest -private => {SHOP_ORDER_COMMIT => 'grouped'};
use ShopTest::Aftermath;
use ShopTest::Buyer qw(new_product);
use ShopTest::Storm;

my $seconds = $ENV{SHOP_STORM_SECONDS} // 300;
my $stock   = 1_000_000;
my $shop    = shop;
$shop->expect(qr/exited on signal 9|server closed|connection|timed out|
    terminat|starting up|shutting down|recovery|killed/xi);

# Two at a time now and then; the next when both are there again.
sub strike (@names) {
    my %old = map { $_ => $shop->pid($_) } @names;
    for my $name (@names) {
        $name eq 'nginx' ? $shop->kill_nginx_worker : $shop->kill($name);
    }
    for my $name (grep { $_ ne 'nginx' } @names) {
        $shop->wait_back($name, $old{$name}, 90) or return;
    }
    return 1;
}

sub storm ($end) {
    my $product = new_product($shop, stock => $stock);
    my $storm   = ShopTest::Storm->new(stack => $shop, product => $product)
      ->start;
    my ($strikes, $failed) = (0, 0);
    my @names = qw(worker kafka redis postgres nginx);
    while (time < $end && !$failed) {
        my $seen = $storm->accepted;
        $failed++ unless $storm->wait($seen + 1 + int rand 30);
        my @hit = shuffle @names;
        my $all = rand() < 0.3 ? 2 : 1;
        $failed++ unless strike(@hit[0 .. $all - 1]);
        $strikes++;
    }
    is $failed, 0, "$strikes strikes";
    ok $storm->wait($storm->accepted + 5), 'orders are placed again';
    my @accepted = $storm->stop;
    ok $shop->wait_ready(60), 'ready';
    ShopTest::Aftermath->new(stack => $shop, product => $product,
        stock => $stock)->check(@accepted);
    return;
}

srand;
for my $mode (qw(grouped single)) {
    subtest $mode => sub {
        ok $shop->order_commit($mode), 'acknowledged';
        storm(time + $seconds / 2);
    };
}

done_testing;
