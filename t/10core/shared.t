use ShopTest;

# Equal misses wait for one statement; those who go away leave the others
# theirs.

use IO::Socket::INET;

my $nginx = shop->nginx(
    workers => 1,
    http    => 'shop_cache test 1m;',
    server  => 'location /api/v1/ { shop_catalog; } location / { shop_ops; }'
);
my $t = $nginx->t;
wait_for(sub { $t->call(GET => '/ready')->code == 200 }, 10, 'the first load');

sub metric {
    my $name = quotemeta shift;
    my ($value) = $t->call(GET => '/metrics')->body =~ /^$name (\d+)$/m;
    return $value;
}

# the tables are held, so that the statement waits
my $db = shop->db;
my $id = shop->sql(
    q{select min(id) from catalog.product
      where status = 'published' and store_id = 1});

sub hold { $db->begin_work; $db->do('lock table catalog.rendered'); return }

my $path = "/api/v1/products/$id";

sub ask {
    my $socket = IO::Socket::INET->new('127.0.0.1:' . $nginx->port)
      or die "connect: $!";
    $socket->syswrite("GET $_[0] HTTP/1.1\r\nHost: localhost\r\n"
          . "Connection: close\r\n\r\n");
    return $socket;
}

sub answer {
    my $socket = shift;
    my $text   = '';
    1 while $socket->sysread($text, 65536, length $text);
    return $text;
}

hold();
my @gone = map { ask($path) } 1 .. 3;
wait_for(sub { metric('shop_pg_running{class="read"}') == 1 },
    10, 'the statement to be sent');
my @asked = map { ask($path) } 1 .. 10;
wait_for(sub { metric('shop_cache_lookups_total{result="joined"}') == 12 },
    10, 'the others to wait');
is metric('shop_pg_running{class="read"}'), 1, 'there is one statement';

# the one who came first, and asked, goes away
close $_ for @gone;
wait_for(
    sub { $t->call(GET => '/metrics')->body =~ /,status="499"\} 3$/m },
    10, 'three to be gone');
$db->commit;

my @answers = map { answer($_) } @asked;
is_deeply [map { /^HTTP\/1\.1 (\d+)/ } @answers], [(200) x 10],
  'all have their answer';
my %bodies = map { s/.*?\r\n\r\n//sr => 1 } @answers;
is keys %bodies, 1, 'and it is the same';

$t->get_ok($path)->status_is(200)->header_is('X-Cache' => 'HIT')
  ->trips_is('sql=0 redis=0');
$t->get_ok("$path?")->status_is(200);

# all of them go away: the statement still fills the cache
my $other = shop->sql(q{select max(id) from catalog.product
    where status = 'published' and store_id = 1 and id <> ?}, $id);
hold();
my $socket = ask("/api/v1/products/$other");
wait_for(sub { metric('shop_pg_running{class="read"}') == 1 },
    10, 'the statement to be sent');
close $socket;
$db->commit;
wait_for(sub { metric('shop_pg_running{class="read"}') == 0 },
    10, 'the statement to end');
$t->get_ok("/api/v1/products/$other")->status_is(200)
  ->header_is('X-Cache' => 'HIT');

# nobody's query is everybody's: another query, another answer
$t->get_ok("/api/v1/products?limit=1")->header_is('X-Cache' => 'MISS');
$t->get_ok("/api/v1/products?limit=2")->header_is('X-Cache' => 'MISS');
$t->get_ok("/api/v1/products?limit=1")->header_is('X-Cache' => 'HIT');
$t->get_ok("/api/v1/products/no-such-product")->status_is(404)
  ->header_is('X-Cache' => 'MISS');
$t->get_ok("/api/v1/products/no-such-product")->status_is(404)
  ->header_is('X-Cache' => 'MISS', 'what is not there is not kept');

done_testing;
