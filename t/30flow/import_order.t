#!/usr/bin/perl

# Whoever writes many products, and whoever sells one of them meanwhile, lock in
# one order: no deadlock, in the moments in which there was one.

use Mojo::Base -signatures;

use lib 't/lib';

use DBD::Pg    qw(:async);
use Mojo::File qw(path);
use Mojo::IOLoop;
use Mojo::JSON qw(encode_json);

use ShopTest;
use ShopTest::Buyer;
use ShopTest::Import;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $ua    = $t->ua;
my $base  = $shop->url . '/api/v1';
my $files = ShopTest::Import->new(t => $t, admin => $admin);
$ua->cookie_jar->ignore(sub {1});

my $log    = path($shop->state)->child('log', 'postgres.log');
my $before = () = $log->slurp =~ /deadlock detected/g;

# a session that is in somebody's way until it ends
my $bar = $shop->db->clone;
my $pid = $bar->selectrow_array('select pg_backend_pid()');

sub block ($lock, @bind) {
    $bar->begin_work;
    return is $bar->selectrow_array($lock, undef, @bind), 1, 'in the way';
}

# how many wait for it, by themselves or for others who do
sub waiting ($n) {
    my $tick = Mojo::IOLoop->recurring(0.05 => sub { });
    my $all  = ok wait_for(sub {
        Mojo::IOLoop->one_tick;
        return $shop->sql(<<'SQL', $pid) >= $n;
with recursive b (pid) as (
    select ?::int
    union
    select a.pid from pg_stat_activity a
    join b on b.pid = any (pg_blocking_pids(a.pid))
    where a.wait_event_type = 'Lock'
)
select count(*) - 1 from b
SQL
    }, 60, "$n to wait"), "$n wait";
    Mojo::IOLoop->remove($tick);
    return $all;
}

sub send_file ($csv) {
    $files->upload($csv)->status_is(202);
    return $t->value('/id');
}

sub no_deadlock {
    my $now = () = $log->slurp =~ /deadlock detected/g;
    return is $now, $before, 'no deadlock';
}

subtest 'a file adds a variant while the last piece of another is sold' => sub {
    my $id = lc unique_id;
    $files->take("slug,sku,name,price,option.Size,stock\n"
          . "o1-$id,O1-$id,One,100,S,1\n");
    my $product = $files->product("o1-$id")->{id};
    my $buyer   = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($product);

    # after the stock was written, before the product is in the lists
    block('select 1 from catalog.rendered where product_id = ?
        and fallback for update', $product);
    my $import = send_file("slug,sku,price,option.Size,stock\n"
          . "o1-$id,O2-$id,100,M,4\n");
    waiting(1);
    my $sold = $ua->post_p("$base/orders" => $buyer->headers => json =>
          $buyer->order_json);
    waiting(2);
    $bar->rollback;

    $sold->then(sub ($tx) { is $tx->res->code, 201, 'sold' })
      ->catch(sub ($error) { fail $error })->wait;
    is $files->ended($import)->{rows}{updated}, 1, 'imported';
    no_deadlock();
    is_deeply [map { $_->{available} }
          @{$files->product("o1-$id")->{variants}}], [0, 4];
};

subtest 'a file and a bulk request that name products in another order' => sub {
    my $id = lc unique_id;
    $files->take("slug,name,price\nlow-$id,Low,100\nhigh-$id,High,100\n");
    my ($low, $high) = map { $files->product("$_-$id")->{id} } qw(low high);
    cmp_ok $low, '<', $high;

    block(q{select 1 from catalog.price where variant_id = ?
        and currency = 'EUR' for update}, $high);
    # as the gateway calls it, whose other requests would wait behind it
    my $other = $shop->db->clone;
    my $bulk  = $other->prepare('select (b).status
        from catalog.product_bulk(1, ?, true, ?) as b',
        {pg_async => PG_ASYNC});
    $bulk->execute($shop->sql(q{select id from identity.account
            where email = 'admin@demo.test'}), encode_json({items => [
        {id => "$high", price => 200}, {id => "low-$id", price => 200}]}));
    waiting(1);
    my $import = send_file(
        "slug,price\nlow-$id,300\nhigh-$id,300\n");
    waiting(2);
    $bar->rollback;

    $bulk->pg_result;
    is $bulk->fetchrow_array, 200, 'changed by the one';
    $bulk->finish;
    $other->disconnect;
    is $files->ended($import)->{rows}{updated}, 2, 'and by the other';
    no_deadlock();
    is $files->product("low-$id")->{price}{amount}, 300, 'the last one counts';
};

subtest 'two bulk requests for the same new slugs in another order' => sub {
    my $id = lc unique_id;
    block('select 1 from (select pg_advisory_xact_lock(
        hashtextextended(?, 1))) as x', "slug-c-$id");
    my $actor = $shop->sql(q{select id from identity.account
        where email = 'admin@demo.test'});
    my @bulks;
    for my $order ([qw(a c b)], [qw(b c a)]) {
        my $other = $shop->db->clone;
        my $bulk  = $other->prepare(q{select (b).body::jsonb ->> 'taken',
            (b).body::jsonb #>> '{results,0,slug}'
            from catalog.product_bulk(1, ?, true, ?) as b},
            {pg_async => PG_ASYNC});
        $bulk->execute($actor, encode_json({items => [
            map { {slug => "slug-$_-$id", name => $_, price => 100} }
              @$order]}));
        push @bulks, [$other, $bulk];
        waiting(scalar @bulks);
    }
    $bar->rollback;

    my @answers;
    for (@bulks) {
        my ($other, $bulk) = @$_;
        $bulk->pg_result;
        push @answers, [$bulk->fetchrow_array];
        $bulk->finish;
        $other->disconnect;
    }
    is_deeply $answers[0], [3, "slug-a-$id"], 'all made by the one';
    is $answers[1][0], 0, 'none by the other';
    no_deadlock();
};

$bar->disconnect;

done_testing;
