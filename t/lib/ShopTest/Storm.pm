package ShopTest::Storm;
use Mojo::Base -base, -signatures;

# Shoppers who order without a pause, in processes of their own, while a test
# does something to the shop:
#
#   my $storm = ShopTest::Storm->new(stack => $shop, product => $id)->start;
#   $storm->wait(20);           # so many accepted orders
#   ...
#   $storm->calm;               # a few a second are enough now
#   my @accepted = $storm->stop;   # {id, cart, payment} of each 201
#
# A shopper whose answer was lost asks again with the same cart, as a browser
# would; what was refused is forgotten.  Half of the orders are paid at once,
# if the shop can take it; the others are left to the test.

use Mojo::File qw(tempfile);
use Mojo::JSON qw(decode_json encode_json);
use Time::HiRes qw(sleep time);

use ShopTest::Buyer;

has [qw(stack product)];
has shoppers => 4;
has file     => sub { tempfile };
has pids     => sub { [] };

sub start ($self) {
    $self->file;
    for (1 .. $self->shoppers) {
        my $pid = fork // die "fork: $!";
        if (!$pid) {
            srand;
            eval { $self->_shop; 1 } or warn $@;
            require POSIX;
            POSIX::_exit(0);
        }
        push @{$self->pids}, $pid;
    }
    return $self;
}

sub _shop ($self) {
    my ($going, $pause) = (1, 0);
    local $SIG{TERM} = sub { $going = 0 };
    local $SIG{USR1} = sub { $pause = 0.5 };
    local $SIG{USR2} = sub { $pause = 0 };
    while ($going) {
        my $buyer = ShopTest::Buyer->new(stack => $self->stack);
        $buyer->t->ua->connect_timeout(2)->request_timeout(15);
        eval { $buyer->add($self->product, 1); 1 } or do { sleep 0.05; next };
        my $order = $self->_order($buyer) or next;
        eval { $buyer->pay($order) } if rand() < 0.5;
        sleep $pause if $pause;
    }
    return;
}

sub _order ($self, $buyer) {
    my $end = time + 20;
    while (time < $end) {
        my $res = eval { $buyer->place } or do { sleep 0.05; next };
        my $status = $res->{status} // 0;
        if ($status == 201) {
            my $order = $res->{json};
            $self->_note({id => $order->{id}, cart => $buyer->cart,
                payment => $order->{payment}{id}});
            return $order;
        }
        return if $status == 409;    # emptied: the answer was lost
        sleep 0.05;
    }
    return;
}

sub _note ($self, $order) {
    open my $out, '>>', $self->file or die "$!";
    syswrite $out, encode_json($order) . "\n";
    return close $out;
}

# from now on a few orders a second; or as fast as they can again
sub calm ($self) { return kill 'USR1', @{$self->pids} }

sub hurry ($self) { return kill 'USR2', @{$self->pids} }

sub accepted ($self) {
    return map { decode_json($_) } split /\n/, $self->file->slurp;
}

# until so many orders were accepted altogether
sub wait ($self, $n, $seconds = 60) {
    return ShopTest::wait_for(sub { $self->accepted >= $n }, $seconds,
        "$n accepted orders");
}

sub stop ($self) {
    kill 'TERM', @{$self->pids};
    waitpid $_, 0 for @{$self->pids};
    $self->pids([]);
    return $self->accepted;
}

sub DESTROY ($self) {
    kill 'KILL', @{$self->pids} if @{$self->pids};
    return;
}

1;
