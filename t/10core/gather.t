use ShopTest;

# Misses of one turn that differ in the product only are one statement; each
# has its own answer, and its own error.

use IO::Socket::INET;
use Mojo::File qw(path);

use ShopTest::Buyer qw(new_product);

my $shop  = shop;
my $nginx = $shop->nginx(
    workers => 1,
    http    => 'shop_cache test 1m;',
    server  => 'location /api/v1/ { shop_catalog; } location / { shop_ops; }'
);
my $t = $nginx->t;
wait_for(sub { $t->call(GET => '/ready')->code == 200 }, 10, 'the first load');

my ($worker) = split ' ', `pgrep -P @{[$nginx->pid]}`;
my @ids = map {@$_} @{$shop->db->selectall_arrayref(
    q{select id from catalog.product
      where status = 'published' and store_id = 1 order by id limit 45})};
my $slug = $shop->sql('select slug from catalog.product where id = ?', $ids[2]);

sub statements {
    my ($n) = $t->call(GET => '/metrics')->body
      =~ /^shop_pg_statements_total\{class="read"\} (\d+)$/m;
    return $n;
}

# asks for all while the worker stands still, so that one turn brings them
sub at_once {
    my @paths   = @_;
    my @sockets = map {
        IO::Socket::INET->new('127.0.0.1:' . $nginx->port) or die "connect: $!"
    } @paths;
    $t->call(GET => '/health') for @paths;    # they are accepted
    kill 'STOP', $worker;
    wait_for(sub { path("/proc/$worker/stat")->slurp =~ /\) T / });
    for my $i (0 .. $#paths) {
        $sockets[$i]->syswrite("GET /api/v1/products/$paths[$i] HTTP/1.1\r\n"
              . "Host: localhost\r\nConnection: close\r\n\r\n");
    }
    kill 'CONT', $worker;
    return map {
        my $text = '';
        1 while $_->sysread($text, 65536, length $text);
        $text
    } @sockets;
}

sub status { return ($_[0] =~ /^HTTP\/1\.1 (\d+)/)[0] }
sub id     { return ($_[0] =~ /\r\n\r\n.*?"id" ?: ?"(\d+)"/s)[0] }

my $before  = statements();
my @answers = at_once(@ids[0 .. 9], 999_999_999, 'no-such-slug', 'null', $slug);
is_deeply [map { status($_) } @answers],
  [(200) x 10, 404, 404, 404, 200], 'found, and not';
is_deeply [map { id($_) } @answers[0 .. 9, 13]], [@ids[0 .. 9], $ids[2]],
  'each has its own';
is statements() - $before, 1, 'by one statement';

$before  = statements();
@answers = at_once(@ids[0 .. 9]);
is statements() - $before, 0, 'and is kept';
like $answers[3], qr/^X-Cache: HIT/m, 'by its own address';

# what differs in another parameter is another statement
$before  = statements();
@answers = at_once(map { ("$_?currency=EUR", "$_?currency=USD") } @ids[10 .. 14]);
is_deeply [map { status($_) } @answers], [(200) x 10], 'in two currencies';
is statements() - $before, 2, 'are two statements';

# at most so many together
$before  = statements();
@answers = at_once(@ids[10 .. 44]);
is_deeply [map { id($_) } @answers], [@ids[10 .. 44]], 'all of them';
is statements() - $before, 2, 'are two statements';

# one that fails takes no other with it
$shop->expect(qr/sql error 22023/);
my @own = map { new_product($shop) } 1 .. 5;
is_deeply [map { status($_) } at_once(@own)], [(200) x 5], 'new ones';
$shop->sql(q{update catalog.rendered set body = body || ' %z'
    where product_id = ? returning 1}, $own[1]);
$shop->db->do('select pg_notify(?, ?)', undef, 'shop_node',
    join ' ', 'drop', map {"product:$_"} @own);
my @wanted = (200, 404, 200, 200, 200);    # as for what is no id at all
ok wait_for(sub {
    my $sent = statements();
    my @got  = map { status($_) } at_once(@own);
    return "@got" eq "@wanted" && statements() - $sent >= 6;
}, 10), 'together, then each by itself';

done_testing;
