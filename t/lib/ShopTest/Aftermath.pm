package ShopTest::Aftermath;
use Mojo::Base -base, -signatures;

# What must hold after a storm, whatever was killed meanwhile:
#
#   ShopTest::Aftermath->new(stack => $shop, product => $id, stock => 5000)
#     ->check($storm->stop);
#
# Every accepted order is there once, is paid after its payment and was told
# to Kafka; no stock is wrong.

use Test::More;

use ShopTest        ();
use ShopTest::Buyer qw(stock_of);

has [qw(stack product stock)];
has t => sub ($self) { $self->stack->t };

sub check ($self, @accepted) {
    my %ids = map { $_->{id} => 1 } @accepted;
    is keys %ids, @accepted, 'each was accepted once';

    my @missing = grep { $self->show($_)->code != 200 } @accepted;
    is_deeply \@missing, [], 'every accepted order is there';
    my @refused = grep { !$self->pay($_) } @accepted;
    is_deeply \@refused, [], 'every payment is taken';
    ok $self->paid(keys %ids), 'every order is paid';
    ok $self->told(keys %ids), 'every event reached kafka';

    # an answer that was lost leaves an order that waits for its payment
    my $lost = $self->unpaid;
    my $sold = @accepted;
    my $left = $self->stock - $sold;
    is_deeply stock_of($self->stack, $self->product), {
        on_hand   => $left,
        reserved  => $lost,
        available => $left - $lost
      }, "stock is right ($sold paid, $lost whose answer was lost)";
    is $self->wrong, 0, 'what is reserved has its reservation';
    return;
}

sub show ($self, $order) {
    return $self->t->call(GET => "/api/v1/orders/$order->{id}" =>
          {'X-Cart-Id' => $order->{cart}});
}

# again for those that were paid at once: that changes nothing
sub pay ($self, $order) {
    return ShopTest::wait_for(sub {
        $self->t->call(
            POST => "/api/v1/payments/$order->{payment}/sandbox" =>
              {'X-Cart-Id' => $order->{cart}} => json =>
              {outcome => 'success'})->code == 200;
    }, 30, 'the payment');
}

sub paid ($self, @ids) {
    return ShopTest::wait_for(sub {
        @ids == $self->stack->sql(
            'select count(*) from "order".orders where id = any (?::uuid[])'
              . " and status = 'paid'", \@ids);
    }, 60, 'the orders to be paid');
}

# those of the product that wait for a payment
sub unpaid ($self) {
    return $self->stack->sql(
        'select count(*) from "order".orders o join "order".line l
             on l.order_id = o.id
         where l.variant_id = ? and o.status = \'pending_payment\'',
        $self->product);
}

# in the order they happened; a second time is allowed
sub told ($self, @ids) {
    my %orders;
    return ShopTest::wait_for(sub {
        %orders = ();
        for my $event ($self->stack->events('shop.orders')) {
            my $known = $orders{$event->{subject}} //= {};
            next if $known->{$event->{type}};
            $known->{$event->{type}} = keys(%$known) + 1;
        }
        !grep {
            my $at = $orders{$_} // {};
            ($at->{'order.paid'} // 0) <= ($at->{'order.created'} // 99)
        } @ids;
    }, 60, 'the events of all orders');
}

# rows of stock that differ from their open reservations
sub wrong ($self) {
    return $self->stack->sql(
        'select count(*) from inventory.stock k
         where k.reserved <> (select coalesce(sum(r.quantity), 0)
             from inventory.reservation r
             where r.variant_id = k.variant_id
                 and r.warehouse_id = k.warehouse_id)');
}

1;
