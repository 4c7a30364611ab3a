#!/usr/bin/perl

# kill -9 of each component while orders are placed: every accepted order is
# there once, is paid after its payment, is told to Kafka, and no stock is
# wrong.  With both ways of acknowledging orders.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product stock_of);
use ShopTest::Storm;

my $stock = 5000;

sub lookup ($shop, $order) {
    return $shop->t->call(GET => "/api/v1/orders/$order->{id}" =>
          {'X-Cart-Id' => $order->{cart}});
}

# paid sooner or later, whatever is being started again
sub pay ($shop, $order) {
    return wait_for(sub {
        $shop->t->call(
            POST => "/api/v1/payments/$order->{payment}/sandbox" =>
              {'X-Cart-Id' => $order->{cart}} => json =>
              {outcome => 'success'})->code == 200;
    }, 30, 'the payment');
}

sub told ($shop, @orders) {
    my %want = map { $_->{id} => 1 } @orders;
    return wait_for(sub {
        my %seen;
        $seen{$_->{type}}{$_->{subject}}++ for $shop->events('shop.orders');
        !grep { !$seen{'order.created'}{$_} || !$seen{'order.paid'}{$_} }
          keys %want;
    }, 60, 'the events of all orders');
}

sub check ($shop, $name, $hit) {
    my $product = new_product($shop, stock => $stock);
    my $storm   = ShopTest::Storm->new(stack => $shop, product => $product)
      ->start;
    ok $storm->wait(10), 'orders are placed';
    $hit->();
    my $before = $storm->accepted;
    ok $storm->wait($before + 10), 'orders are placed again';
    my @accepted = $storm->stop;
    ok $shop->wait_ready, 'ready';

    my %ids = map { $_->{id} => 1 } @accepted;
    is keys %ids, @accepted, 'each was accepted once';
    my @missing = grep { lookup($shop, $_)->code != 200 } @accepted;
    is_deeply \@missing, [], 'every accepted order is there';

    my @unpaid = grep { !pay($shop, $_) } @accepted;
    is_deeply \@unpaid, [], 'every payment is taken';
    @unpaid = grep {
        my $order = $_;
        !wait_for(sub { lookup($shop, $order)->json('/status') eq 'paid' },
            30, 'paid');
    } @accepted;
    is_deeply \@unpaid, [], 'every order is paid';
    ok told($shop, @accepted), 'every event reached kafka';

    # an answer that was lost leaves an order that waits for its payment
    my $lost = $shop->sql(
        'select count(*) from "order".orders o join "order".line l
             on l.order_id = o.id
         where l.variant_id = ? and o.status = \'pending_payment\'', $product);
    my $paid = @accepted;
    is_deeply stock_of($shop, $product), {
        on_hand   => $stock - $paid,
        reserved  => $lost,
        available => $stock - $paid - $lost
      }, "stock is right ($paid paid, $lost whose answer was lost)";
    return;
}

for my $mode (qw(grouped single)) {
    my $shop = ShopTest::private_shop(SHOP_ORDER_COMMIT => $mode,
        SHOP_RATE_LIMITS => 'off');
    $shop->expect(qr/exited on signal 9|server closed|connection|timed out|
        terminat|starting up|shutting down|recovery|killed/xi);

    for my $name (qw(worker kafka redis postgres)) {
        subtest "$mode: $name" => sub {
            check($shop, $name, sub {
                my $old = $shop->pid($name);
                $shop->kill($name);
                ok $shop->wait_back($name, $old, 30), 'started again';
            });
        };
    }

    subtest "$mode: nginx worker" => sub {
        check($shop, 'nginx', sub { $shop->kill_nginx_worker });
    };
}

done_testing;
