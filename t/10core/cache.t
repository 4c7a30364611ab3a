use ShopTest;
use Mojo::Base -signatures;

# Rendered answers in shared memory: when they count, and when not
# (DATAPATH 17 to 19).

use Mojo::Promise;
use ShopTest::Probe;

my $shop = shop;
my $role = 'cache_' . (unique_id() =~ s/\W/_/gr);
$shop->db->do("create role $role login in role shop_gateway");

my $nginx = $shop->nginx(
    workers => 2,
    main    => ShopTest::Probe::load(),
    http    => 'shop_cache test 4m;
        shop_postgres_timeout 10s;'
      . "shop_postgres '\@postgres\@ user=$role application_name=$role';",
    server => 'location /api/v1/ { shop_identity; shop_catalog; shop_store; }
      location = /die { shop_probe_die cache; }'
);
my $t = $nginx->t;

# X-Cache of a new connection, so that any worker may answer
sub cached ($path = '/api/v1/products/9') {
    my $ua = Mojo::UserAgent->new;
    my $tx = $ua->get($nginx->url . $path);
    return $tx->res->headers->header('X-Cache') // $tx->res->code;
}

sub warm ($path = '/api/v1/products/9') {
    return wait_for(sub { cached($path) eq 'HIT' }, 5, 'a hit');
}

sub announce ($what) {
    $shop->db->do('select pg_notify(?, ?)', undef, 'shop_node', $what);
    return;
}

sub terminate {
    return $shop->sql('select count(pg_terminate_backend(pid, 5000))
        from pg_stat_activity where application_name = ?', $role);
}

wait_for(sub { $t->call(GET => '/api/v1/products/9')->code == 200 });

subtest 'hit and miss' => sub {
    ok warm(), 'once read it is kept';
    is cached(), 'HIT', 'for all workers' for 1 .. 8;
    my ($one, $two) =
      map { $t->call(GET => '/api/v1/products/9')->body } 1, 2;
    is $one, $two, 'the same answer';
};

subtest 'a change made elsewhere' => sub {
    my $name = 'Lamp ' . unique_id();
    my $old  = $shop->sql('select name from catalog.product where id = 9');
    warm();
    $shop->t->patch_ok('/api/v1/products/9' => $shop->admin => json =>
          {name => $name})->status_is(200);
    ok wait_for(
        sub {
            $t->call(GET => '/api/v1/products/9')->json('/name') eq $name;
        },
        5
      ),
      'is shown soon';
    ok warm(), 'and kept again';

    my $back = $t->patch_ok('/api/v1/products/9' => $shop->admin => json =>
          {name => $old})->status_is(200);
    is $t->call(GET => '/api/v1/products/9')->json('/name'), $old,
      'one made here at once';
};

subtest 'tags' => sub {
    warm('/api/v1/products/9');
    warm('/api/v1/products/10');
    announce('drop product:9');
    ok wait_for(sub { cached('/api/v1/products/9') eq 'MISS' }, 5),
      'the one that changed';
    is cached('/api/v1/products/10'), 'HIT', 'not the other';
};

subtest 'a change while it is read' => sub {
    warm();

    # the read waits for the lock; what it saw is old before it is answered
    my $other = $shop->db->clone;
    $other->begin_work;
    $other->do('lock table catalog.rendered in access exclusive mode');
    my ($x, $ua) = ('', Mojo::UserAgent->new);
    my $reading =
      $ua->get_p($nginx->url . '/api/v1/products/9?currency=USD')
      ->then(sub ($tx) { $x = $tx->res->headers->header('X-Cache') });
    Mojo::IOLoop->recurring(0.01 => sub { });
    wait_for(
        sub {
            Mojo::IOLoop->one_tick;
            $shop->sql(q{select count(*) from pg_stat_activity
                where application_name = ? and wait_event_type = 'Lock'},
                $role);
        },
        5,
        'the read to wait'
    );
    warm('/api/v1/store');
    announce('drop product:9 store:1');
    wait_for(sub { cached('/api/v1/store') ne 'HIT' }, 5, 'it to be heard');
    $other->rollback;
    $other->disconnect;
    $reading->wait;
    is $x, 'MISS', 'it was read';
    is cached('/api/v1/products/9?currency=USD'), 'MISS', 'but not kept';
    is cached('/api/v1/products/9?currency=USD'), 'HIT', 'the next one is';
};

subtest 'the listener loses its connection' => sub {
    warm();
    terminate();
    ok wait_for(sub { cached() eq 'MISS' }, 3), 'the zone is dropped';
    ok warm(), 'and filled again';
};

subtest 'the database is out of reach' => sub {
    warm();
    $shop->db->do("alter role $role nologin");
    terminate();
    ok wait_for(sub { cached() eq 'STALE' }, 5), 'what was known is served';
    my $res = $t->call(GET => '/api/v1/products/9');
    is $res->code, 200, 'as a good answer';
    is $t->call(GET => '/api/v1/products/11')->code, 503,
      'what was not is refused';
    $shop->db->do("alter role $role login");
    ok warm(), 'until it is back';
};

subtest 'a worker dies in the zone' => sub {
    push @{$nginx->log->expected}, qr/exited on signal 9|was locked by/;
    warm();
    Mojo::UserAgent->new->get($nginx->url . '/die');
    ok wait_for(sub { cached() =~ /HIT|MISS/ }), 'it is served';
    ok wait_for(sub {
        cached();
        $nginx->log->grep(qr/cache: a worker died in the zone/);
    }),
      'from a zone made anew';
    ok warm(), 'that keeps again';
};

subtest 'more than it can hold' => sub {
    for my $path (map {"/api/v1/products?limit=48&min_price=$_"} 1 .. 250) {
        $t->call(GET => $path);
    }
    is cached('/api/v1/products?limit=48&min_price=250'), 'HIT',
      'the last is kept';
    ok warm(), 'and there is room for others';
};

$nginx->stop;
$shop->db->do("drop role $role");

done_testing;
