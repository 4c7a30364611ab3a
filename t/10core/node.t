use ShopTest;
use Mojo::Base -signatures;

# What every worker of a node knows: stores, roles, revocations, by one
# elected listener (DATAPATH 17, 20).
# Runs alone: it measures how soon they know.

use IO::Socket::INET;
use Mojo::File  qw(path);
use ShopTest::Probe;
use Time::HiRes qw(time);

my $shop = shop;
my $role = 'node_' . (unique_id() =~ s/\W/_/gr);
$shop->db->do("create role $role login in role shop_gateway");

# a node beside the stack's own, whose access to the database can be taken away
my $nginx = $shop->nginx(
    workers => 3,
    main    => ShopTest::Probe::load(),
    http    => "shop_postgres '\@postgres\@ user=$role application_name=$role';"
      . 'shop_postgres_timeout 3s;',
    server => 'location /api/v1/ { shop_identity; shop_store; shop_catalog; }
      location = /die { shop_probe_die zone; }'
);
my $t = $nginx->t;
$t->ua->cookie_jar->ignore(sub {1});

sub store ($host) {
    return $t->call(GET => '/api/v1/store' => {Host => $host})->json('/id')
      // '';
}

sub me ($account) {
    return $t->call(GET => '/api/v1/users/me' => $account->{headers})->code
      // 0;    # its worker was killed
}

sub listeners {
    return $shop->sql(q{select count(*) from pg_stat_activity
        where application_name = ? and (query in ('select 1', 'listen shop_node')
        or query ~ 'node_state|revocations')}, $role);
}

sub workers {
    my $master = $nginx->pid;
    return split ' ', path("/proc/$master/task/$master/children")->slurp;
}

# the worker that listens, by its log
sub listener {
    my ($pid) = map {/\] (\d+)#/}
      reverse $nginx->log->grep(qr/node: this worker listens/);
    return $pid;
}

# a deadline of what one of the workers is told: of the code's true answer
sub within ($seconds, $change, $known, $what) {
    return in_time($seconds, sub {
        my @with  = $change->();
        my $began = time;
        wait_for(sub { $known->(@with) }, 10, $what) or return;
        return time - $began;
    }, $what);
}

ok wait_for(sub { store('any.test') eq '1' }), 'ready';

subtest 'one listener' => sub {
    ok wait_for(sub { listeners() == 1 }), 'of three workers';
    my $old = listener();
    $nginx->reload;
    ok wait_for(sub { listener() != $old }), 'another one after a reload';
    ok wait_for(sub { listeners() == 1 }), 'and still one';
};

subtest 'a store is known by its hosts' => sub {
    my $host = unique_id() . '.test';
    is store($host), '1', 'unknown: the default store';
    $shop->db->do('insert into store.host (host, store_id) select ?, id
        from store.store where not is_default limit 1', undef, $host);
    my $id = $shop->sql('select store_id from store.host where host = ?',
        $host);
    ok wait_for(sub { store($host) eq $id }), 'known';
    is store(uc $host), $id, 'in any case';
    $shop->db->do('delete from store.host where host = ?', undef, $host);
    ok wait_for(sub { store($host) eq '1' }), 'and forgotten';
};

subtest 'a revocation made elsewhere' => sub {
    within(1, sub {
        my $account = $shop->register;
        is me($account), 200, 'the session stands here';
        $shop->t->post_ok('/api/v1/auth/logout' => $account->{headers})
          ->status_is(204);
        return $account;
    }, sub ($account) { me($account) == 401 },
        'it is refused here within a second');
};

subtest 'the listener is killed' => sub {
    push @{$nginx->log->expected}, qr/exited on signal 9/;
    within(1.5, sub {
        my $account = $shop->register;
        is me($account), 200, 'before';
        my $old = listener();
        kill 'KILL', $old;
        $shop->t->post_ok('/api/v1/auth/logout' => $account->{headers})
          ->status_is(204);
        return ($account, $old);
    }, sub ($account, $old) { me($account) == 401 },
        'what it did not hear counts all the same');
    ok wait_for(sub { listeners() == 1 }), 'another one listens';
};

subtest 'the listener is stopped' => sub {
    my $account = $shop->register;
    is me($account), 200, 'before';
    my $old = listener();
    kill 'STOP', $old;
    ok wait_for(sub { listener() != $old }, 10), 'another one takes over';
    kill 'CONT', $old;
    ok wait_for(sub { listeners() == 1 }, 10), 'and the first gives up';
};

subtest 'a worker dies with the mutex' => sub {
    push @{$nginx->log->expected}, qr/was locked by/;
    $t->ua->get($nginx->url . '/die');
    ok wait_for(sub { store('any.test') eq '1' }), 'the others go on';
    my $account = $shop->register;
    is me($account), 200, 'and know who is signed in';
    ok wait_for(sub { listeners() == 1 }), 'one listens';
};

subtest 'no feed and no primary' => sub {
    my $account = $shop->register;
    is me($account), 200, 'before';
    my $signed_in = '/api/v1/auth/validate-token';
    $shop->db->do("alter role $role nologin");
    $shop->sql('select count(pg_terminate_backend(pid, 5000))
        from pg_stat_activity where application_name = ?', $role);
    ok wait_for(
        sub {
            my $res = $t->call(GET => $signed_in => $account->{headers});
            $res->code == 503;
        },
        5
      ),
      'nobody is believed';
    $shop->db->do("alter role $role login");
    ok wait_for(sub { me($account) == 200 }), 'until both are there again';
};

subtest 'before the first load' => sub {
    my $held = $shop->db->clone;
    $held->begin_work;
    $held->do('lock table store.store in access exclusive mode');
    my $new = $shop->nginx(
        bare => 1,
        http => "shop_postgres '\@postgres\@ user=$role application_name=$role';"
          . 'shop_postgres_timeout 30s; shop_zone shop 4m;',
        server => 'location /api/v1/ { shop_store; }'
    );
    my $ask = sub {
        my $socket = IO::Socket::INET->new('127.0.0.1:' . $new->port)
          or die "connect: $!";
        $socket->syswrite("GET /api/v1/store HTTP/1.1\r\nHost: x.test\r\n"
              . "Connection: close\r\n\r\n");
        return $socket;
    };
    my $answer = sub ($socket) {
        my $text = '';
        1 while $socket->sysread($text, 65536, length $text);
        return $text;
    };
    my $refused = $answer->($ask->());
    like $refused, qr{^HTTP/1\.1 503 .*^Retry-After: \d+}ms,
      'refused after a while';
    my $gone = $ask->();
    my @asked = map { $ask->() } 1 .. 3;
    close $gone;
    $held->rollback;
    like $answer->($_), qr{^HTTP/1\.1 200 }, 'answered when it is loaded'
      for @asked;
    $new->stop;
};

$nginx->stop;
$shop->db->do("drop role $role");

done_testing;
