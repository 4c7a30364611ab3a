package ShopTest::Buyer;
use Mojo::Base -base, -signatures;

# A guest with a cart, as tests of carts and orders need many:
#
#   my $buyer = ShopTest::Buyer->new(stack => shop);
#   $buyer->add($product, 2);
#   my $order = $buyer->place->{json};

use Exporter 'import';

our @EXPORT_OK = qw(new_product address stock_of);

has 'stack';
has t    => sub ($self) { $self->stack->t };
has cart => sub ($self) {
    $self->t->ua->cookie_jar->ignore(sub {1});
    my $res = $self->t->call(GET => '/api/v1/cart');
    $res->headers->header('X-Cart-Id') // die 'no cart: ' . $res->body;
};
has headers => sub ($self) { {'X-Cart-Id' => $self->cart} };

sub add ($self, $product, $quantity = 1) {
    my $res = $self->t->call(POST => '/api/v1/cart/add' => $self->headers =>
          json => {product_id => $product, quantity => $quantity});
    my $code = $res->code // 'no answer';
    die "cart/add: $code " . $res->body unless $code eq '200';
    return $res->json;
}

sub order_json ($self, %more) {
    return {
        shipping_address => address(),
        email            => 'guest@example.test',
        payment          => {provider => 'sandbox'},
        %more
    };
}

sub place ($self, %more) {
    my $res = $self->t->call(POST => '/api/v1/orders' => $self->headers =>
          json => $self->order_json(%more));
    return {status => $res->code, json => $res->json, res => $res};
}

sub pay ($self, $order, $outcome = 'success') {
    return $self->t->call(
        POST => "/api/v1/payments/$order->{payment}{id}/sandbox" =>
          $self->headers => json => {outcome => $outcome});
}

sub show ($self, $order) {
    return $self->t->call(GET => "/api/v1/orders/$order->{id}" =>
          $self->headers)->json;
}

sub address (%more) {
    return {
        name        => 'Ada Example',
        line1       => 'Teststr. 1',
        city        => 'Berlin',
        postal_code => '10115',
        country     => 'DE',
        %more
    };
}

# a product of the test's own: its id
sub new_product ($stack, %with) {
    my $res = $stack->t->call(POST => '/api/v1/products' => $stack->admin =>
          json => {name => 'Test thing ' . ShopTest::unique_id(),
            price => 1000, stock => 10, %with});
    die 'products: ' . $res->code . ' ' . $res->body unless $res->code == 201;
    return $res->json('/id');
}

sub stock_of ($stack, $product) {
    my $json = $stack->t->call(
        GET => "/api/v1/inventory/$product" => $stack->admin)->json;
    return {map { $_ => $json->{$_} } qw(on_hand reserved available)};
}

1;
