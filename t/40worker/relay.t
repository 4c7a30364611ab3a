#!/usr/bin/perl

# From the outbox to Kafka: at least once whatever dies, in order for each
# key, by one relay at a time; duplicates end at the consumers' inbox.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::UserAgent;

use ShopTest -private => {};
use ShopTest::Buyer qw(new_product stock_of);
use ShopTest::File qw(write_file);
use ShopTest::Stream;

my $shop    = shop;
my %chosen  = $shop->chosen;
my $product = new_product($shop, stock => 1000);

sub order (%with) {
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($product, 1);
    my $placed = $buyer->place(%with);
    is $placed->{status}, 201, 'ordered';
    return ($buyer, $placed->{json});
}

sub told ($topic, $key, $type, $times = 1) {
    return wait_for(sub {
        my @told = grep { $_->{type} eq $type } $shop->events($topic, $key);
        return @told >= $times ? \@told : undef;
    }, 40, "$type to be told") || [];
}

sub mails ($to, $subject) {
    return grep { $_->{subject} =~ $subject } $shop->mails($to);
}

# the parts of a worker as its health endpoint tells them
sub parts ($port) {
    my $res =
      Mojo::UserAgent->new->get("http://127.0.0.1:$port/health")->result;
    return {map { $_ => $res->json("/parts/$_/state") }
          ('relay', 'payment.events')};
}

sub metrics ($port) {
    return Mojo::UserAgent->new->get("http://127.0.0.1:$port/metrics")
      ->result->body;
}

sub relay_is ($port, $state) {
    return wait_for(sub { parts($port)->{relay} eq $state }, 20,
        "the relay to be $state");
}

# Rows are published but cannot be deleted: they wait for a lock of the test.
sub hold ($shop) {
    $shop->db->do($_) for split /;;\n/, <<'SQL';
create or replace function public.hold() returns trigger language plpgsql
    security definer as
    $$ begin perform pg_advisory_xact_lock(42); return old; end $$;;
create or replace trigger hold before delete on ops.outbox
    for each row execute function public.hold();;
select pg_advisory_lock(42)
SQL
    return;
}

sub release ($shop) {
    $shop->db->do('select pg_advisory_unlock(42)');
    $shop->db->do('drop trigger hold on ops.outbox');
    return;
}

subtest 'killed between publishing and deleting' => sub {
    my $email = unique_email();
    my ($buyer, $order) = order(email => $email);
    told('shop.orders', $order->{id}, 'order.created');
    ok wait_for(sub { !$shop->sql('select count(*) from ops.outbox') }, 15,
        'an empty outbox'), 'all is told';
    ok wait_for(sub { $shop->sql('select count(*) from payment.attempt
        where payment_id = ?', $order->{payment}{id}) }, 15, 'the attempt'),
      'its payment is asked for';

    hold($shop);
    is $buyer->pay($order)->code, 200, 'paid';
    my ($first) = @{told('shop.orders', $order->{id}, 'order.paid')};
    is $shop->sql("select count(*) from ops.outbox
        where type = 'order.paid' and key = ?", $order->{id}), 1,
      'published, not deleted';

    my $old = $shop->pid('worker');
    $shop->kill('worker');
    $shop->db->do("select pg_terminate_backend(l.pid) from pg_locks l
        where l.locktype = 'advisory' and not l.granted and l.objid = 42");
    release($shop);
    ok $shop->wait_back('worker', $old, 30), 'started again';

    my @told = @{told('shop.orders', $order->{id}, 'order.paid', 2)};
    is @told, 2, 'published again';
    is $told[1]{id}, $first->{id}, '... under the same id';
    is_deeply $told[1], $first, '... the same event';

    # what comes behind it tells when the second was handled
    is $buyer->t->call(POST => "/api/v1/orders/$order->{id}/cancel" =>
          $shop->admin => json => {})->code, 200, 'cancelled';
    ok wait_for(sub { mails($email, qr/is cancelled/) }, 40, 'the mail'),
      'the next event is handled';
    # mails are sent side by side, each as soon as it can be
    ok wait_for(sub { !$shop->sql("select count(*) from notification.delivery
        where recipient = ? and state in ('due', 'running')", $email) }, 40,
        'all mails'), 'so are all before it';
    is mails($email, qr/is confirmed/), 1, 'the duplicate was dropped';
    told('shop.payments', $order->{payment}{id}, 'payment.refunded');
    is $shop->sql('select count(*) from payment.attempt where payment_id = ?',
        $order->{payment}{id}), 2, 'one call each: create, refund';
};

subtest 'Kafka away' => sub {
    $shop->service_stop('kafka');
    my ($buyer, $order) = order();
    my $stream = ShopTest::Stream->new(
        url     => $shop->url,
        path    => "/api/v1/orders/$order->{id}/events",
        headers => $buyer->headers
    )->open;
    ok $stream->wait('order.created'), 'watching';
    is $buyer->pay($order)->code, 200, 'paid';
    ok $stream->wait('order.paid', 3), 'those who watch are told at once';
    $stream->close;
    is $buyer->show($order)->{status}, 'paid', 'orders need no Kafka';
    is $shop->sql('select count(*) from ops.outbox where key = ?',
        $order->{id}), 2, 'the outbox keeps what is to be told';
    ok relay_is($chosen{port_worker}, 'down'), 'health tells';

    $shop->service_start('kafka');
    is @{told('shop.orders', $order->{id}, 'order.paid')}, 1, 'told later';
    ok wait_for(sub { !$shop->sql('select count(*) from ops.outbox') }, 30,
        'an empty outbox'), 'nothing is left';
    ok relay_is($chosen{port_worker}, 'up'), 'up';
};

subtest 'fenced by another producer' => sub {
    my %env = $shop->env;
    open my $fh, '|-', 'kcat', '-P', '-q', '-b', $env{KAFKA_BROKERS},
      '-t', 'shop.clicks', '-X', 'transactional.id=shop-relay'
      or die "kcat: $!";
    print {$fh} "{}\n";
    ok close($fh), 'another one has its id';

    my ($buyer, $order) = order();
    is @{told('shop.orders', $order->{id}, 'order.created')}, 1, 'told';
    like metrics($chosen{port_worker}), qr/^shop_worker_elected_total [2-9]/m,
      'by a relay that was elected again';
    ok wait_for(sub { !$shop->sql('select count(*) from ops.outbox') }, 15,
        'an empty outbox'), 'nothing is left';
};

# Another worker beside the first: its process, and where it tells of its health.
sub second () {
    my $port = ShopTest::Stack::free_port();
    my $lib  = $shop->state->child('lib');
    my $conf = $shop->tmp->child('second.conf');
    write_file($conf,
        $lib->child('worker.conf')->slurp =~
          s/^SHOP_WORKER_HEALTH=.*$/SHOP_WORKER_HEALTH=127.0.0.1:$port/mr);

    my $pid = fork // die "fork: $!";
    if (!$pid) {
        open STDERR, '>', $shop->tmp->child('second.log');
        exec $lib->child('shop-worker'), '-c', $conf or exit 127;
    }
    return ($pid, $port);
}

sub ends_in_peace ($pid) {
    kill 'TERM', $pid;
    waitpid $pid, 0;
    is $?, 0, 'the second stops in peace'
      or diag $shop->tmp->child('second.log')->slurp;
    return;
}

subtest 'a worker that has only just joined' => sub {
    for (1 .. 3) {
        my ($pid, $port) = second();
        ok wait_for(sub { parts($port)->{'payment.events'} eq 'up' }, 20,
            'a consumer'), 'a consumer has subscribed';
        ends_in_peace($pid);
    }
};

subtest 'one relay at a time' => sub {
    my ($pid, $port) = second();
    ok relay_is($port, 'standby'), 'the second stands by';
    is parts($chosen{port_worker})->{relay}, 'up', '... the first is active';

    $shop->service_stop('worker');
    ok relay_is($port, 'up'), 'the second takes over';
    my ($buyer, $order) = order();
    is @{told('shop.orders', $order->{id}, 'order.created')}, 1,
      'told by the second, once';

    $shop->service_start('worker');
    ok relay_is($chosen{port_worker}, 'standby'), 'the first stands by';
    ends_in_peace($pid);
    ok relay_is($chosen{port_worker}, 'up'), 'the first takes over';
    is $buyer->pay($order)->code, 200, 'paid';
    is @{told('shop.orders', $order->{id}, 'order.paid')}, 1, 'told once';
};

subtest 'in order for each key' => sub {
    my @orders = map { [order()] } 1 .. 6;
    for my $outcome (qw(decline success)) {
        is $_->[0]->pay($_->[1], $outcome)->code, 200, $outcome for @orders;
    }
    told('shop.orders', $_->[1]{id}, 'order.paid') for @orders;

    for my $topic (qw(shop.orders shop.payments)) {
        my (%seen, %last, @wrong);
        for my $event ($shop->events($topic)) {
            next if $seen{$event->{id}}++;
            push @wrong, $event
              if $event->{sequence} <= ($last{$event->{subject}} // 0);
            $last{$event->{subject}} = $event->{sequence};
        }
        is_deeply \@wrong, [], "$topic: sequences grow";
    }
};

subtest 'a reservation ends' => sub {
    my $email  = unique_email();
    my $before = stock_of($shop, $product);
    my ($buyer, $order) = order(email => $email);
    is stock_of($shop, $product)->{reserved}, $before->{reserved} + 1,
      'reserved';
    $shop->db->do('update "order".orders
        set reserved_until = now() - interval \'1 s\' where id = ?', undef,
        $order->{id});
    ok wait_for(sub { $buyer->show($order)->{status} eq 'cancelled' }, 10,
        'the order to be cancelled'), 'cancelled';
    is_deeply stock_of($shop, $product), $before, 'its stock is free';
    my ($event) = @{told('shop.orders', $order->{id}, 'order.cancelled')};
    is $event->{data}{reason}, 'expired', 'told why';
    ok wait_for(sub { mails($email, qr/is cancelled/) }, 40, 'the mail'),
      'the shopper is told';
    ok wait_for(sub {
        $buyer->show($order)->{payment}{status} eq 'cancelled';
    }, 40, 'the payment to be cancelled'), 'the provider takes nothing';
};

done_testing;
