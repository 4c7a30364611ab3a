#!/usr/bin/perl

# Reload and upgrade of the binary under load: no request is lost whose first
# byte was read, streams end politely and resume without a gap, old workers
# leave, and the supervisor follows the new master.
# Runs alone: the load is all that the machine can take.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product);
use ShopTest::Load;
use ShopTest::Stream;

my $shop    = shop;
my $product = new_product($shop, stock => 1_000_000);

sub under_load ($do) {
    my $load = ShopTest::Load->new(stack => $shop, product => $product)
      ->start;
    ok $load->wait(200), 'requests';
    $do->($load);
    ok $load->wait(200), 'requests go on';
    my $seen = $load->stop;
    is_deeply $seen->{lost}, [], "none of $seen->{count} requests is lost";
    my $good = qr/^(?:200|201|409)$/;

    # where Redis stood still for longer than its deadline, carts are a 503
    $good = qr/^(?:200|201|409|503)$/
      if $shop->log->grep(qr/redis: .* no answer within the deadline/);
    my @odd = grep { !/$good/ } keys %{$seen->{statuses}};
    is_deeply \@odd, [], 'each got its answer'
      or diag explain $seen->{statuses};
    is_deeply [read_of(@{$seen->{dropped}})], [],
      @{$seen->{dropped}} . ' came too late for their connection';
    return;
}

# Those that a worker has read: the access log knows them.
sub read_of (@ids) {
    my %id = map { $_ => 1 } @ids or return;
    my $t  = $shop->t;
    my $last = unique_id();
    my $log;
    $t->call(GET => '/api/v1/store' => {'X-Request-Id' => $last});
    wait_for(sub {
        $log = $shop->state->child(qw(log access.log))->slurp;
        $log =~ /"$last"/;
    }, 10, 'the access log');
    return grep { $id{$_} } $log =~ /"request_id":"([^"]+)"/g;
}

sub stream ($buyer, $order, $after = undef) {
    return ShopTest::Stream->new(
        url     => $shop->url,
        path    => "/api/v1/orders/$order->{id}/events",
        headers => {%{$buyer->headers},
            defined $after ? ('Last-Event-ID' => $after) : ()}
    )->open;
}

sub ids ($stream) {
    return map { $_->{id} } grep { defined $_->{id} } @{$stream->events};
}

# A shopper who watches an order: before and after workers change.
sub watch {
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($product);
    my $order = $buyer->place->{json};
    my $s     = stream($buyer, $order);
    $s->wait('order.created') or return;
    return {buyer => $buyer, order => $order, stream => $s};
}

sub resume ($watcher, $when) {
    my $s = $watcher->{stream};
    ok $s->ended(40), "$when: the stream ends";
    my ($retry) = grep {defined} map { $_->{retry} } @{$s->events};
    ok $retry, "$when: it says when to come back";
    my @seen  = ids($s);
    my $again = stream($watcher->{buyer}, $watcher->{order}, $seen[-1]);
    $watcher->{buyer}->pay($watcher->{order}) if $when eq 'paid afterwards';
    my $paid  = (grep { $_->{event} && $_->{event} eq 'order.paid' }
          @{$s->events}) || $again->wait('order.paid');
    ok $paid, "$when: paid";
    my @ids = (@seen, ids($again));
    is_deeply \@ids, [1 .. @ids], "$when: no gap, nothing twice";
    return;
}

sub left (@old) {
    ok $shop->wait_workers_left(70, @old), 'the old workers leave';
    ok wait_for(sub { $shop->children('nginx') == @old }),
      'as many are there as before';
    return;
}

subtest 'reload' => sub {
    my @old     = $shop->children('nginx');
    my @watched = (watch(), watch());
    my $socket  = $shop->t;
    my ($buyer, $order) = @{$watched[0]}{qw(buyer order)};
    $socket->websocket_ok("/api/v1/orders/$order->{id}/live" =>
          $buyer->headers)->message_ok;
    under_load(sub ($load) {
        $shop->reload;
        # while the old workers still have their streams
        $watched[0]{buyer}->pay($watched[0]{order});
        ok $load->wait(300), 'requests meanwhile';
        $shop->reload;
        ok $load->wait(300), 'and while a reload is under way';
    });
    resume($watched[0], 'paid meanwhile');
    resume($watched[1], 'paid afterwards');
    $socket->message_ok->json_message_is('/event' => 'order.paid')
      ->finished_ok(1001);
    left(@old);
};

sub new_master ($old) {
    kill 'USR2', $old;
    ok wait_for(sub { $shop->pid('nginx') !~ /^(?:-|$old)$/ }, 10,
        'the new master'), 'a new master';
    return $shop->pid('nginx');
}

# the process that the supervisor watches
sub follower {
    my $service = $shop->state->child(qw(service nginx));
    my ($pid)   = qx(sv status $service) =~ /\(pid (\d+)\)/;
    return $pid;
}

subtest 'upgrade' => sub {
    my $follower = follower();
    my $old      = $shop->pid('nginx');
    my @old      = $shop->children('nginx');
    my $watcher  = watch();
    my $new;
    under_load(sub ($load) {
        $new = new_master($old);
        ok $load->wait(300), 'requests to both';
        kill 'WINCH', $old;
        ok $load->wait(300), 'requests to the new one';
        kill 'QUIT', $old;
    });
    resume($watcher, 'paid afterwards');
    ok wait_for(sub { !kill 0, $old }, 70), 'the old master is gone';
    left(@old);
    is $shop->pid('nginx'), $new,      'the new one stays';
    is follower(),          $follower, 'the supervisor follows it';
};

subtest 'an upgrade taken back' => sub {
    my $follower = follower();
    my $old      = $shop->pid('nginx');
    my @old      = $shop->children('nginx');
    under_load(sub ($load) {
        my $new = new_master($old);
        kill 'WINCH', $old;
        ok $load->wait(300), 'requests to the new one';
        kill 'HUP',  $old;
        kill 'QUIT', $new;
        ok wait_for(sub { !kill 0, $new }, 70), 'the new master is gone';
    });
    ok wait_for(sub { $shop->pid('nginx') eq $old }), 'the old one is back';
    is follower(), $follower, 'the supervisor has followed';
    left(@old);
};

ok $shop->wait_ready, 'ready';

done_testing;
