#!/usr/bin/perl

# Memory of the workers with 1,000 and with 10,000 open connections, idle ones
# and streams, and afterwards.

use Mojo::Base -signatures;

use lib 't/lib';

use List::Util qw(max sum0);
use Mojo::File qw(path);

use ShopTest;
use ShopTest::Buyer qw(new_product);
use ShopTest::Crowd;

my $most    = 64 * 1024;       # kB of a worker with 10,000 connections
my $shop    = shop;
my $product = new_product($shop, stock => 1000);
my $buyer   = ShopTest::Buyer->new(stack => $shop);
$buyer->add($product);
my $order = $buyer->place->{json};

# workers that have seen nothing yet
my @old = $shop->children('nginx');
$shop->reload;
ok $shop->wait_workers_left(70, @old), 'fresh workers';
my @pids = $shop->children('nginx');

sub memory {
    return map {
        path("/proc/$_/status")->slurp =~ /^RssAnon:\s+(\d+)/m
    } @pids;
}

sub get ($path, $extra = '') {
    return sub ($n) {
        "GET /api/v1$path HTTP/1.1\r\nHost: localhost\r\n$extra\r\n"
    };
}

sub opened {
    return sum0 map { scalar @{path("/proc/$_/fd")->list({hidden => 1})} }
      @pids;
}

# so many connections that have asked and wait
sub idle ($size) {
    my $before = sum0 memory();
    my $files  = opened();
    my $crowd  = ShopTest::Crowd->new(
        stack  => $shop,
        size   => $size,
        rounds => [get("/products/$product"), get('/products?limit=20')]
    )->open;
    is_deeply $crowd->ask, {'200 ' => $size}, "$size connections";
    is_deeply $crowd->ask, {'200 ' => $size}, '... that are kept';
    my @now = memory();
    note sprintf '%d idle: %.1f kB each, a worker at most %d kB', $size,
      (sum0(@now) - $before) / $size, max @now;
    cmp_ok max(@now), '<', $most, 'memory of a worker' unless $shop->sanitized;
    $crowd->close;
    ok wait_for(sub { opened() <= $files + 4 }, 30, 'connections to close'),
      'all are closed';
    return;
}

idle(1000);
my $base = max memory();
idle(10_000);
my $first = max memory();
idle(10_000);
my $second = max memory();
note "afterwards: $base kB, $first kB, $second kB";
cmp_ok $second, '<', $first + 4096, 'another 10,000 need no more'
  unless $shop->sanitized;

# streams of one order
subtest 'streams' => sub {
    my $size   = 1000;
    my $before = sum0 memory();
    my $files  = opened();
    my $crowd  = ShopTest::Crowd->new(
        stack   => $shop,
        size    => $size,
        streams => 1,
        rounds  => [get("/orders/$order->{id}/events",
            'X-Cart-Id: ' . $buyer->cart . "\r\n")]
    )->open;
    is_deeply $crowd->ask, {'200 ' => $size}, "$size streams";
    note sprintf '%d streams: %.1f kB each', $size,
      (sum0(memory()) - $before) / $size;
    $crowd->close;
    ok wait_for(sub { opened() <= $files + 4 }, 30, 'streams to close'),
      'all are closed';
};

done_testing;
