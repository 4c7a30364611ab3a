use ShopTest;
use Mojo::Base -signatures;

# Orders in batches, answered when they are durable: DATAPATH 1 to 5, 8, 10.

use Mojo::IOLoop;
use Mojo::JSON qw(encode_json);
use Mojo::Promise;
use Mojo::URL;
use ShopTest::Postgres;
use ShopTest::Probe;

# A flush of 3 ms, and the writer of the log asleep: what is not flushed by a
# barrier is lost by a crash.
my $pg = ShopTest::Postgres->new(settings => {
    wal_writer_delay => '10s',
    commit_delay     => 3000,
    commit_siblings  => 0,
})->start;

$pg->do($_) for split /;;\s*/, <<'SQL';
create table placed (id uuid primary key, item jsonb);;
create table batch (id int generated always as identity, items int,
    failed boolean);;
create sequence tries;;
create function place(items jsonb[]) returns table (ord int, status int,
    body text, replayed boolean) language plpgsql as $$
declare item jsonb;
begin
    insert into public.batch (items) values (cardinality(items));
    foreach item in array items loop
        if item ->> 'fail' is not null and (item -> 'times' is null
            or nextval('public.tries') <= (item ->> 'times')::int)
        then
            raise exception using errcode = item ->> 'fail',
                message = 'this item fails';
        end if;
        perform pg_sleep((item ->> 'sleep')::float)
        where item ->> 'sleep' is not null;
    end loop;
    return query
    with fresh as (
        insert into public.placed
        select (i.item ->> 'id')::uuid, i.item
        from unnest(items) i (item)
        where i.item ->> 'refuse' is null
        on conflict do nothing returning id)
    select i.ord::int, case when i.item ->> 'refuse' is null then 201
        else 409 end, coalesce(i.item ->> 'refuse', i.item ->> 'id'),
        not exists (select from fresh f where f.id = (i.item ->> 'id')::uuid)
    from unnest(items) with ordinality i (item, ord);
end $$;;
create function find(id uuid) returns table (status int, body text)
    language sql stable as $$
    select 201, 'found ' || p.id from public.placed p where p.id = $1
$$
SQL

sub probe ($mode, %with) {
    my $more = $with{http} // '';
    my $name = $with{name} // $mode;
    return shop->nginx(
        bare    => 1,
        workers => $with{workers} // 1,
        main    => ShopTest::Probe::load(),
        http    => sprintf('shop_postgres "%s"; shop_order_commit %s; %s',
            $pg->conninfo("application_name=$name"), $mode, $more),
        server => 'location = /order { shop_probe_order
            "select * from public.place($1::jsonb[])"
            "select * from public.find($1::uuid)"; }
          location = /read { shop_probe read "select 1"; }'
    );
}

# so that one_tick() never waits for long
Mojo::IOLoop->recurring(0.01 => sub { });

my $serial = 0;
sub uuid { return sprintf '00000000-0000-4000-8000-%012x', ++$serial }

# a promise of {id, body} or {id, code}
sub order ($nginx, %item) {
    my $ua = Mojo::UserAgent->new->inactivity_timeout(20);
    my $id = $item{id} //= uuid();
    my $url =
      Mojo::URL->new($nginx->url . '/order')
      ->query(a => encode_json(\%item), b => $id) =~ s/\+/%20/gr;
    return $ua->get_p($url)->then(sub ($tx) {
        my $keep = $ua;
        return {id => $id, code => $tx->res->code, body => $tx->res->body};
    })->catch(sub ($error) { return {id => $id, code => 0, body => $error} });
}

sub answers (@orders) {
    my @answers;
    Mojo::Promise->all(@orders)
      ->then(sub (@all) { @answers = map { $_->[0] } @all })->wait;
    return @answers;
}

sub one ($nginx, %item) { return (answers(order($nginx, %item)))[0] }

sub batches { return $pg->value('select count(*) from batch') }

sub until_active ($application, $pattern) {
    return wait_for(
        sub {
            Mojo::IOLoop->one_tick for 1 .. 3;
            $pg->value(
                q{select count(*) from pg_stat_activity where state = 'active'
                  and application_name = ? and query like ?},
                $application, "%$pattern%"
            );
        },
        10,
        "$pattern at work"
    );
}

my $grouped = probe('grouped');
my $single  = probe('single');

for my $nginx ($grouped, $single) {
    my $name = $nginx == $grouped ? 'grouped' : 'single';

    subtest "$name: batches" => sub {
        my $id    = uuid();
        my $first = one($nginx, id => $id, note => q{"quoted\\" and {more}});
        is $first->{body}, "rc=0 - $id", 'one order';
        is $pg->value(q{select item ->> 'note' from placed where id = ?}, $id),
          q{"quoted\\" and {more}}, 'no character is special';

        my $before = batches();
        my $long   = order($nginx, sleep => 3);
        until_active($name, 'place');
        my @all = answers($long, map { order($nginx) } 1 .. 50);
        is_deeply [grep { $_->{body} ne "rc=0 - $_->{id}" } @all], [],
          'each has its own answer';
        cmp_ok batches() - $before, '<=', 12,
          'what arrives meanwhile goes together';
    };

    subtest "$name: the same order twice" => sub {
        my $id  = uuid();
        my @two = map { one($nginx, id => $id) } 1, 2;
        is $_->{body}, "rc=0 - $id", 'the same answer' for @two;
    };

    subtest "$name: refusals are data" => sub {
        my @all = answers(order($nginx, refuse => 'none left'),
            map { order($nginx) } 1 .. 5);
        is $all[0]{body}, 'rc=0 - none left', 'refused';
        is grep({ $_->{body} =~ /^rc=0/ } @all), 6, 'the others are placed';
    };

    subtest "$name: an error is found by halving" => sub {
        my $long = order($nginx, sleep => 0.2);
        until_active($name, 'place');
        my @all = answers((map { order($nginx) } 1 .. 20),
            order($nginx, fail => 'ZZ422'), $long);
        my @failed = grep { $_->{body} !~ /^rc=0/ } @all;
        is @failed, 1, 'one fails';
        is $failed[0]{body}, 'rc=1 ZZ422 ', 'with its own error';
    };

    subtest "$name: chance is repeated, a lock timeout is not" => sub {
        for my $state (qw(40001 40P01)) {
            $pg->do('alter sequence tries restart');
            my $got = one($nginx, fail => $state, times => 2);
            is $got->{body}, "rc=0 - $got->{id}", "$state is repeated";
        }
        is one($nginx, fail => '40001')->{body}, 'rc=1 40001 ', 'not for ever';
        is one($nginx, fail => '55P03')->{body}, 'rc=1 55P03 ',
          'a lock timeout';
        is one($nginx, fail => '57014')->{body}, 'rc=1 57014 ',
          'a statement timeout';
    };

    subtest "$name: a lost connection while placing" => sub {
        my $order = order($nginx, sleep => 10);
        until_active($name, 'place');
        $pg->terminate($name);
        is((answers($order))[0]{body}, 'rc=3 - ', 'absent: unknown, 503');
        ok wait_for(sub { one($nginx)->{body} =~ /^rc=0/ }), 'the next';
    };
}

subtest 'grouped: placed, then the connection is lost before the barrier' =>
  sub {
    # a standby that does not exist holds the barrier, and only that
    $pg->do(q{alter system set synchronous_standby_names = 'nobody'});
    $pg->do('select pg_reload_conf()');
    wait_for(sub {
        $pg->value('show synchronous_standby_names') eq 'nobody' });

    my $order = order($grouped);
    until_active('grouped', 'emit_message');
    ok wait_for(sub {
        $pg->value('select count(*) from pg_stat_activity where
            application_name = ? and wait_event = ?', 'grouped', 'SyncRep') }),
      'the barrier waits';

    $pg->value(q{select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'grouped' and query like '%place(%'});
    wait_for(sub {
        Mojo::IOLoop->one_tick for 1 .. 3;
        $grouped->log->grep(qr/order connection closed/) });
    $pg->do(q{alter system reset synchronous_standby_names});
    $pg->do('select pg_reload_conf()');
    my ($answer) = answers($order);
    is $answer->{body}, "rc=0 - found $answer->{id}",
      'it is looked up by its id';
  };

subtest 'a cancelled barrier is not a barrier' => sub {
    $pg->do(q{alter system set synchronous_standby_names = 'nobody'});
    $pg->do('select pg_reload_conf()');
    wait_for(sub {
        $pg->value('show synchronous_standby_names') eq 'nobody' });
    my $order = order($grouped);
    wait_for(sub {
        Mojo::IOLoop->one_tick for 1 .. 3;
        $pg->value('select count(*) from pg_stat_activity where
            application_name = ? and wait_event = ?', 'grouped', 'SyncRep') });
    $pg->value(q{select pg_cancel_backend(pid) from pg_stat_activity
        where application_name = 'grouped' and wait_event = 'SyncRep'});
    ok wait_for(sub {
        Mojo::IOLoop->one_tick for 1 .. 3;
        $grouped->log->grep(qr/barrier connection closed: a barrier failed/)
    }), 'its warning closes it';
    $pg->do(q{alter system reset synchronous_standby_names});
    $pg->do('select pg_reload_conf()');
    my ($answer) = answers($order);
    is $answer->{body}, "rc=0 - found $answer->{id}", 'and the order is found';
};

subtest 'kill -9 of PostgreSQL: what was answered is there' => sub {
    for my $nginx ($grouped, $single) {
        wait_for(sub { one($nginx)->{body} =~ /^rc=0/ });
        my (@placed, @unknown);
        my $going = 1;
        my $loop;
        $loop = sub {
            return Mojo::Promise->resolve unless $going;
            return order($nginx)->then(sub ($got) {
                push @{$got->{body} =~ /^rc=0/ ? \@placed : \@unknown}, $got;
                return $loop->();
            });
        };
        my @buyers = map { $loop->() } 1 .. 16;
        wait_for(sub { Mojo::IOLoop->one_tick; @placed > 200 });
        $pg->kill;
        wait_for(sub { Mojo::IOLoop->one_tick; @unknown > 16 });
        $pg->start;
        my $before = @placed;
        wait_for(sub { Mojo::IOLoop->one_tick; @placed > $before + 50 });
        $going = 0;
        Mojo::Promise->all(@buyers)->wait;

        my $there = {map { $_->[0] => 1 }
              @{$pg->db->selectall_arrayref('select id from placed')}};
        is_deeply [grep { !$there->{$_->{id}} } @placed], [],
          @placed . ' answered, all of them there';
    }
};

subtest 'a slot is free when its worker is dead' => sub {
    my $two = probe('single', name => 'two', workers => 2,
        http => 'shop_postgres_timeout 20s;');
    push @{$two->log->expected}, qr/exited on signal 9/;

    my $order = order($two, sleep => 15);
    until_active('two', 'place');
    my $master = $two->pid;
    kill 'KILL', split ' ',
      Mojo::File->new("/proc/$master/task/$master/children")->slurp;
    is((answers($order))[0]{code} // 0, 0, 'its client is cut off');

    # the lease alone would hold it for 40 s
    ok wait_for(sub { one($two)->{body} =~ /^rc=0/ }, 10), 'others go on';
};

subtest 'auto measures the flush' => sub {
    my $auto = probe('auto', name => 'auto');
    is one($auto)->{body} =~ /^rc=0/, 1, 'an order';
    my ($said) = $auto->log->grep(qr/a flush takes/);
    like $said, qr/a flush takes \d{4,} us, orders commit grouped/,
      'slow: grouped';
};

done_testing;
