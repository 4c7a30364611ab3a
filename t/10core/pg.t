use ShopTest;
use Mojo::Base -signatures;

# Reads and writes on PostgreSQL, and what errors do to their neighbours.

use Mojo::Promise;
use ShopTest::Postgres;
use ShopTest::Probe;

my $pg = ShopTest::Postgres->new->start;

$pg->do($_) for split /;;\s*/, <<'SQL';
create table item (id int primary key, body text);;
insert into item select n, 'body of ' || n from generate_series(1, 100) n;;
create table written (id int primary key, body text);;
create table never (id int);;
create function never() returns trigger language plpgsql as $$
begin raise exception using errcode = 'ST409', message = 'at commit'; end $$;;
create constraint trigger never after insert on never
    deferrable initially deferred for each row execute function never();;
create function boom(state text) returns text language plpgsql as $$
begin raise exception using errcode = state, message = 'boom'; end $$;;
create sequence tries;;
create function flaky(times int, state text) returns text language plpgsql
as $$ begin
    if nextval('tries') <= times then
        raise exception using errcode = state, message = 'flaky';
    end if;
    return 'done';
end $$;;
create view changing as select 1 as body
SQL

my $nginx = shop->nginx(
    bare => 1,
    main => ShopTest::Probe::load(),
    http => 'shop_postgres "' . $pg->conninfo . '"; shop_postgres_timeout 3s;
        shop_postgres_connections read=1 write=2 slow=1;
        shop_postgres_queue 20;',
    server => <<'EOT');
location = /read { shop_probe read
    "select body from public.item where id = $1::int"; }
location = /sleep { shop_probe read "select pg_sleep($1::float)::text"; }
location = /boom { shop_probe read "select public.boom($1::text)"; }
location = /nowhere { shop_probe read "select body from public.later"; }
location = /changing { shop_probe read "select * from public.changing"; }
location = /big { shop_probe read "select repeat('x', $1::int)"; }
location = /try-to-write { shop_probe read
    "insert into public.item values ($1::int) returning body"; }
location = /write { shop_probe write "insert into public.written
    values ($1::int, $2::text) returning body"; }
location = /never { shop_probe write
    "insert into public.never values (1) returning 'written'"; }
location = /write-boom { shop_probe write "select public.boom($1::text)"; }
location = /write-sleep { shop_probe write "select pg_sleep($1::float)::text
    || 'slept'"; }
location = /flaky { shop_probe write
    "select public.flaky($1::int, $2::text)"; }
location = /slow { shop_probe slow
    "select pg_sleep($1::float)::text || 'slow'"; }
EOT

my $t = $nginx->t;

sub get ($path) { return $t->call(GET => $path)->body }

# many at once, over connections of their own
sub at_once (@paths) {
    my $ua = Mojo::UserAgent->new(max_connections => 0);
    my %body;
    my @all = map {
        my $path = $_;
        $ua->get_p($nginx->url . $path)
          ->then(sub ($tx) { push @{$body{$path}}, $tx->res->body })
          ->catch(sub ($error) { push @{$body{$path}}, $error });
    } @paths;
    Mojo::Promise->all(@all)->wait;
    return \%body;
}

subtest 'one at a time' => sub {
    is get('/read?a=7'), 'rc=0 - body of 7', 'a row';
    is get('/read?a=700'), 'rc=0 - ', 'no row';
    is get('/read?a=x'), 'rc=1 22P02 ', 'an error keeps its SQLSTATE';
    is get("/write?a=1&b=it's%20\$1%20%22quoted%22"),
      q{rc=0 - it's $1 "quoted"}, 'values are never part of the SQL';
    is get('/write?a=1&b=again'), 'rc=1 23505 ', 'a constraint';
    is length get('/big?a=3000000'), 3_000_000 + length 'rc=0 - ',
      'an answer larger than any buffer';
    is get('/try-to-write?a=1000'), 'rc=1 25006 ', 'a read can not write';
    is get('/slow?a=0.1'), 'rc=0 - slow', 'slow work';
};

subtest 'a write counts at its sync, not at its rows' => sub {
    is get('/never'), 'rc=1 ST409 ', 'a deferred trigger still refuses';
    is $pg->value('select count(*) from never'), 0, 'nothing was written';
};

subtest 'an error does not touch its neighbours' => sub {
    my $body = at_once(map { ("/read?a=$_", '/boom?a=ZZ404') } 1 .. 50);
    is_deeply [grep { $body->{"/read?a=$_"}[0] ne "rc=0 - body of $_" }
          1 .. 50], [], 'each read has its own answer';
    is_deeply [grep { $_ ne 'rc=1 ZZ404 ' } @{$body->{'/boom?a=ZZ404'}}], [],
      'each error too';
};

subtest 'a statement that can not be prepared' => sub {
    my $body = at_once(('/nowhere') x 10, ('/read?a=1') x 10);
    is_deeply [grep { $_ ne 'rc=1 42P01 ' } @{$body->{'/nowhere'}}], [],
      'its callers are told';
    is_deeply [grep { $_ ne 'rc=0 - body of 1' } @{$body->{'/read?a=1'}}], [],
      'nobody else is';
    $pg->do("create table later as select 'there' as body");
    is get('/nowhere'), 'rc=0 - there', 'it is prepared anew';
};

subtest 'a migration under open connections' => sub {
    is get('/changing'), 'rc=0 - 1', 'before';
    $pg->do('drop view changing');
    $pg->do(q{create view changing as select 'text'::text as body, 2 as n});
    is get('/changing'), 'rc=0 - text', 'another type of row after it';
};

subtest 'repeats by chance, at most twice' => sub {
    for my $state (qw(40001 40P01)) {
        $pg->do('alter sequence tries restart');
        is get("/flaky?a=2&b=$state"), 'rc=0 - done', "$state twice";
        $pg->do('alter sequence tries restart');
        is get("/flaky?a=3&b=$state"), "rc=1 $state ", "$state three times";
    }
    $pg->do('alter sequence tries restart');
    is get('/flaky?a=1&b=55P03'), 'rc=1 55P03 ', 'a lock timeout never';
};

subtest 'none waits for another class' => sub {
    my $slow = Mojo::UserAgent->new;
    my @done;
    my @all = (
        map({ $slow->get_p($nginx->url . $_)
              ->then(sub ($tx) { push @done, $tx->res->body }) }
            '/write-sleep?a=1.5', '/write-sleep?a=1.5', '/slow?a=1.5'),
        $slow->get_p($nginx->url . '/read?a=3')
          ->then(sub ($tx) { push @done, $tx->res->body }));
    Mojo::Promise->all(@all)->wait;
    is $done[0], 'rc=0 - body of 3', 'the read is first';
    is @done, 4, 'all are answered';
};

subtest 'a deadline, and the connection after it' => sub {
    like get('/sleep?a=30'), qr/^rc=(?:4 -|1 57014) $/, 'a read is abandoned';
    is get('/read?a=3'), 'rc=0 - body of 3', 'the next is answered';
    like get('/write-sleep?a=30'), qr/^rc=(?:4 -|1 57014) $/, 'a write too';
    is get('/write?a=99&b=after'), 'rc=0 - after', 'the next is written';
};

subtest 'a full queue refuses at once' => sub {
    my $body = at_once(('/write-sleep?a=1.5') x 40);
    my @all  = @{$body->{'/write-sleep?a=1.5'}};
    my $ok   = grep {/^rc=0/} @all;
    my $down = grep {/503/} @all;
    is $ok + $down + grep({/^rc=[124]/} @all), 40,
      'answered, refused or given up';
    cmp_ok $down, '>=', 18, 'two at work and twenty waiting, no more';
    cmp_ok $ok, '>=', 2, 'some at work';
};

subtest 'by TLS' => sub {
    my $tls  = ShopTest::Postgres->new(tls => 1)->start;
    my $over = shop->nginx(
        bare => 1,
        main => ShopTest::Probe::load(),
        http => sprintf('shop_postgres "host=127.0.0.1 port=%d user=shop'
              . ' dbname=postgres sslmode=require";', $tls->port),
        server => 'location = /big { shop_probe read
            "select repeat(\'x\', $1::int)"; }
          location = /write { shop_probe write "select 1"; }
          location = /tls { shop_probe read "select version from
            pg_stat_ssl where pid = pg_backend_pid()"; }'
    );
    ok wait_for(sub { $over->t->call(GET => '/tls')->code == 200 });
    like $over->t->call(GET => '/tls')->body, qr/^rc=0 - TLSv1/, 'it is TLS';

    # parts of a record stay in OpenSSL, for which no event comes
    for my $size (1, 8000, 16_000, 16_384, 16_500, 100_000, 3_000_000) {
        is length $over->t->call(GET => "/big?a=$size")->body,
          $size + length 'rc=0 - ', "$size bytes";
    }
    is $over->t->call(GET => '/write')->body, 'rc=0 - 1', 'a write';
};

done_testing;
