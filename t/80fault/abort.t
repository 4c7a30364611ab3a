#!/usr/bin/perl

# Clients that go away at random: no alert, no worker exit, nothing left open,
# memory back where it was, and all connections usable afterwards.
# SHOP_ABORT_SECONDS; t/90scale/abort.t does it for a minute.

use Mojo::Base -signatures;

use lib 't/lib';

use List::Util qw(sum0);
use Mojo::File qw(path);

use ShopTest;
use ShopTest::Quitters;

my $seconds = $ENV{SHOP_ABORT_SECONDS} // 12;
my $slack   = 8 * 1024;                          # kB a worker
my $t       = shop->t;
my $clients = ShopTest::Quitters->new(stack => shop)->prepare;

sub metric ($pattern) {
    my $text = $t->call(GET => '/metrics')->body;
    return sum0 $text =~ /^shop_$pattern (\d+)$/mg;
}

# clients' sockets and all else that is open, of all workers
sub opened (@pids) {
    return sum0 map { scalar @{path("/proc/$_/fd")->list({hidden => 1})} }
      @pids;
}

sub memory ($pid) {
    my ($kb) = path("/proc/$pid/status")->slurp =~ /^RssAnon:\s+(\d+)/m;
    return $kb;
}

# all that has begun is at its end
sub rest {
    return wait_for(sub {
        metric(qr/pg_(?:running|queued)\{.*?\}/) == 0
          && metric(qr/order_(?:waiting|held)/) == 0;
    }, 60, 'statements to end');
}

# passwords wait in a line: a new one comes after those
sub sign_in {
    my $user = $clients->user;
    return wait_for(sub {
        $t->call(POST => '/api/v1/auth/login' => json =>
              {email => $user->{email}, password => $user->{password}})->code
          == 200;
    }, 60, 'the line of sign-ins');
}

my @workers = shop->children('nginx');
my $files   = opened(@workers);

# memory of caches and buffers is there after a first round
$clients->run($seconds / 3);
ok rest() && sign_in(), 'a first round';
my %memory = map { $_ => memory($_) } @workers;

$clients->run($seconds);
cmp_ok $clients->count, '>', 100, $clients->count . ' requests';

is_deeply [grep { !kill 0, $_ } @workers], [], 'no worker has exited';
ok rest(),    'no statement is left';
ok sign_in(), 'signing in works';
ok wait_for(sub { opened(@workers) <= $files + 4 }, 60,
    'connections of clients to close'), 'no connection is left'
  or diag opened(@workers) . " open files, $files before";
for my $pid (shop->sanitized ? () : @workers) {
    my $grown = memory($pid) - $memory{$pid};
    cmp_ok $grown, '<', $slack, "memory of a worker: $grown kB more";
}

# what the database sees
ok wait_for(sub {
    !shop->sql("select count(*) from pg_stat_activity
        where usename = 'shop_gateway' and state <> 'idle'
          and now() - state_change > interval '2 s'");
}), 'no session hangs in the database';
is metric('workers'), @workers, 'each worker tells';
is metric(qr/pg_connections\{class="(?:read|write)"\}/), 3 * @workers,
  'connections are those of the configuration';

for (1 .. 30) {
    my $fresh   = shop->t;
    my $product = $clients->product;
    my $good    = $fresh->call(GET => "/api/v1/products/$product")->code == 200
      && $fresh->call(POST => '/api/v1/cart/add' => json =>
          {product_id => $clients->products->[0]})->code == 200
      && $fresh->call(GET => '/api/v1/users/me' => $clients->user->{headers})
      ->code == 200;
    ok $good, 'connections are usable' or last;
}

done_testing;
