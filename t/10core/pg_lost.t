use ShopTest;
use Mojo::Base -signatures;

# Connections that end, clients that leave, reloads: nothing hangs, nothing is
# done twice, and all is usable after.

use IO::Socket::INET;
use Mojo::IOLoop;
use Mojo::Promise;
use ShopTest::Postgres;
use ShopTest::Probe;
use Time::HiRes qw(time);

my $pg = ShopTest::Postgres->new->start;
$pg->do('create table written (body text)');
$pg->do('create function write_slowly(body text, seconds float) returns text
    language plpgsql as $$
    begin
        insert into public.written values (body);
        perform pg_sleep(seconds);
        return body;
    end $$');

my $locations = <<'EOT';
location = /read { shop_probe read "select 'a row'"; }
location = /sleep { shop_probe read "select 'slept' from
    pg_sleep($1::float)"; }
location = /write { shop_probe write
    "select public.write_slowly($1::text, $2::float)"; }
EOT

sub probe ($conninfo, %with) {
    return shop->nginx(
        bare   => 1,
        main   => ShopTest::Probe::load(),
        http   => "shop_postgres \"$conninfo\"; shop_postgres_timeout 5s;"
          . ($with{http} // ''),
        server => $locations,
        %with{grep { $_ eq 'workers' } keys %with}
    );
}

my $nginx = probe($pg->conninfo('application_name=probe'));
my $t     = $nginx->t;

sub get ($path) { return $t->call(GET => $path)->body }

sub later ($path) {
    my $ua = Mojo::UserAgent->new->inactivity_timeout(20);
    return $ua->get_p($nginx->url . $path)
      ->then(sub ($tx) { my $keep = $ua; return $tx->res->body });
}

sub result ($promise) {
    my $value;
    $promise->then(sub ($v) { $value = $v })->wait;
    return $value;
}

# so that one_tick() never waits for long
Mojo::IOLoop->recurring(0.01 => sub { });

# turns of the loop until something is at work in the database
sub until_active ($pattern) {
    return wait_for(
        sub {
            Mojo::IOLoop->one_tick for 1 .. 3;
            $pg->value(
                q{select count(*) from pg_stat_activity where state = 'active'
                  and application_name = 'probe' and query like ?},
                "%$pattern%"
            );
        },
        10,
        "$pattern at work"
    );
}

subtest 'a read whose backend is killed is repeated' => sub {
    is get('/read'), "rc=0 - a row", 'before';
    my $read = later('/sleep?a=0.5');
    until_active('pg_sleep');
    $pg->terminate('probe');
    is result($read), 'rc=0 - slept', 'the caller does not notice';
};

subtest 'a write whose backend is killed is not' => sub {
    wait_for(sub { get('/read') eq 'rc=0 - a row' });
    my $write = later('/write?a=lost&b=5');
    until_active('write_slowly');
    $pg->terminate('probe');
    is result($write), 'rc=3 - ', 'its outcome is unknown';
    wait_for(sub { get('/write?a=kept&b=0') eq 'rc=0 - kept' });
    is $pg->value(q{select count(*) from written where body = 'lost'}), 0,
      'it was not tried again';
    is $pg->value(q{select count(*) from written where body = 'kept'}), 1,
      'the next one is written, once';
};

subtest 'an idle connection that was closed is not written to' => sub {
    for my $n (1 .. 10) {
        $pg->terminate('probe');
        is get("/write?a=idle$n&b=0"), "rc=0 - idle$n", "write $n";
    }
    is $pg->value(q{select count(*) from written where body like 'idle%'}),
      10, 'each once';
};

subtest 'the server is down, then up' => sub {
    $pg->stop('immediate');
    wait_for(sub { $t->call(GET => '/read')->code == 503 }, 5, '503');
    in_time(1, sub {
        my $began = time;
        is $t->call(GET => "/write?a=down&b=0")->code, 503, 'refused'
          for 1 .. 20;
        return time - $began;
    }, 'at once');
    $pg->start;
    ok wait_for(sub { get('/read') eq 'rc=0 - a row' }, 5), 'reads again';
    ok wait_for(sub { get('/write?a=up&b=0') eq 'rc=0 - up' }, 5),
      'writes again';
};

subtest 'clients that leave' => sub {
    for my $n (1 .. 60) {
        my $path   = $n % 2 ? "/sleep?a=0.05" : "/write?a=gone&b=0.02";
        my $socket = IO::Socket::INET->new('127.0.0.1:' . $nginx->port) or die;
        print {$socket} "GET $path HTTP/1.1\r\nHost: x\r\n\r\n";
        $socket->flush;
        wait_for(sub { $pg->value(q{select true}) }) if $n % 5 == 0;
        close $socket;
    }
    is get('/read'), 'rc=0 - a row', 'a read is answered';
    is get('/write?a=stays&b=0'), 'rc=0 - stays', 'a write is answered';
    ok wait_for(
        sub {
            $pg->value(q{select count(*) = 0 from pg_stat_activity where
              application_name = 'probe' and state <> 'idle'});
        }
      ),
      'nothing is left at work';
    ok wait_for(sub {
        $pg->value(q{select count(*) from pg_stat_activity
            where application_name = 'probe'}) <= 4;
    }), 'one read, two writes, one listener, not one more';
};

subtest 'a reload while statements run' => sub {
    my @running = map { later("/sleep?a=0.$_") } 3 .. 6;
    my $write   = later('/write?a=reload&b=0.4');
    until_active('write_slowly');
    $nginx->reload;
    is result($_), 'rc=0 - slept', 'a read ends well' for @running;
    is result($write), 'rc=0 - reload', 'a write too';
    is get('/read'), 'rc=0 - a row', 'the new worker';
    ok wait_for(
        sub {
            $pg->value(q{select count(*) from pg_stat_activity
              where application_name = 'probe'}) <= 4;
        }
      ),
      'the old one has closed its connections';
};

subtest 'several hosts' => sub {
    my ($dead, $held) = ShopTest::Stack::closed_port();
    my $two  = probe(sprintf 'host=127.0.0.1,127.0.0.1 port=%d,%d user=shop'
          . ' dbname=postgres', $dead, $pg->port);
    ok wait_for(sub { $two->t->call(GET => '/read')->body =~ /a row/ }),
      'the one that lives';

    # a standby is no primary: 127.0.0.1 first, read only
    my $standby = ShopTest::Postgres->new(
        settings => {default_transaction_read_only => 'on'})->start;
    my $both = probe(
        sprintf 'host=127.0.0.1,127.0.0.1 port=%d,%d user=shop'
          . ' dbname=postgres', $standby->port, $pg->port);
    is wait_for(
        sub {
            my $body = $both->t->call(GET => '/write?a=primary&b=0')->body;
            $body =~ /^rc=0/ && $body;
        }
      ),
      'rc=0 - primary', 'writes find the one that can write';
};

subtest 'a replica' => sub {
    my $replica = ShopTest::Postgres->new->start;
    $replica->do('create table other (body text)');
    my $with = probe($pg->conninfo,
        http => sprintf('shop_postgres_replica "%s";',
            $replica->conninfo('application_name=replica')));
    ok wait_for(sub { $with->t->call(GET => '/read')->body =~ /a row/ });
    ok $replica->value(q{select count(*) from pg_stat_activity
        where application_name = 'replica' and query like '%a row%'}),
      'reads go there';
    $replica->stop('immediate');
    ok wait_for(sub { $with->t->call(GET => '/read')->body =~ /a row/ }),
      'and to the primary without it';
};

subtest 'a name' => sub {
    my $dns = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Proto => 'udp')
      or die;
    my $asked = 0;
    my $pid   = fork // die;
    if (!$pid) {
        while ($dns->recv(my $packet, 512)) {
            my ($id)     = unpack 'n', $packet;
            my $question = substr $packet, 12;
            my $type     = unpack 'n', substr $question, -4, 2;
            my $answer   = $type == 1
              ? "\xc0\x0c" . pack('nnNnC4', 1, 1, 60, 4, 127, 0, 0, 1) : '';
            $dns->send(pack('n6', $id, 0x8180, 1, $answer ? 1 : 0, 0, 0)
                  . $question . $answer);
        }
        exit 0;
    }
    my $named = probe(
        sprintf('host=db.shop.test port=%d user=shop dbname=postgres',
            $pg->port),
        http => 'resolver 127.0.0.1:' . $dns->sockport . ' ipv6=off;');
    ok wait_for(sub { $named->t->call(GET => '/read')->body =~ /a row/ }),
      'is resolved by nginx';
    kill 'TERM', $pid;
    waitpid $pid, 0;

    like shop->nginx_refusal(bare => 1,
        http => 'shop_postgres "host=db.invalid";'),
      qr/host not found in host "db\.invalid" and no resolver is set/,
      'without a resolver it must be known when the configuration is read';
};

done_testing;
