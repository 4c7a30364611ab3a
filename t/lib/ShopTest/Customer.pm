package ShopTest::Customer;
use Mojo::Base -base, -signatures;

# An account that buys and pays, as tests of what comes after an order need it:
#
#   my $ada = ShopTest::Customer->new(stack => shop);
#   my $order = $ada->buy($product, $another);
#   $t->post_ok($path => $ada->headers => json => {...});

use ShopTest::Buyer ();

has 'stack';
has with    => sub { {} };
has account => sub ($self) { $self->stack->register(%{$self->with}) };
has headers => sub ($self) { $self->account->{headers} };
has id      => sub ($self) { $self->account->{user}{id} };
has email   => sub ($self) { $self->account->{email} };
has t       => sub ($self) {
    my $t = $self->stack->t;
    $t->ua->cookie_jar->ignore(sub {1});
    return $t;
};

sub order ($self, @products) {
    my $t = $self->t;
    for my $product (@products) {
        my $res = $t->call(POST => '/api/v1/cart/add' => $self->headers =>
              json => {product_id => $product});
        die 'cart/add: ' . $res->body unless $res->code == 200;
    }
    my $res = $t->call(POST => '/api/v1/orders' => $self->headers => json => {
        shipping_address => ShopTest::Buyer::address(),
        payment          => {provider => 'sandbox'}
    });
    die 'orders: ' . $res->body unless $res->code == 201;
    return $res->json;
}

sub buy ($self, @products) {
    my $order = $self->order(@products);
    my $res   = $self->t->call(
        POST => "/api/v1/payments/$order->{payment}{id}/sandbox" =>
          $self->headers => json => {outcome => 'success'});
    die 'payment: ' . $res->body unless $res->code == 200;
    return $order;
}

1;
