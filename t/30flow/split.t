use ShopTest -private => {SHOP_LAYOUT => 'split', SHOP_WORKERS => 1};

use Mojo::File qw(path);

# One domain a nginx behind a gateway: the same flow, and what the gateway
# itself answers.

my $t = shop->t;

$t->get_ok('/api/v1/nothing')->problem_is(404, 'not_found')
  ->header_like('Content-Security-Policy' => qr/default-src 'none'/);
is scalar @{$t->tx->res->headers->every_header('X-Request-Id')}, 1,
  'one request id';

$t->get_ok('/')->status_is(200)->content_type_like(qr{^text/html});

# a domain that is away takes nothing else with it
shop->expect(qr/nginx-cart|cart\.sock/);
shop->service_stop('nginx-cart');
$t->get_ok('/api/v1/cart')->problem_is(503, 'unavailable')
  ->header_is('Retry-After' => 1);
$t->get_ok('/api/v1/products?limit=1')->status_is(200);
shop->service_start('nginx-cart');
ok wait_for(sub { $t->call(GET => '/api/v1/cart')->code == 200 }),
  'the cart is there again';

is shop->sql('select count(*) from inventory.verify()'), 0,
  'the stock of the demo shop adds up';

my $flow = path(__FILE__)->to_abs->sibling('shopper.t');
my $done = do "$flow";
die $@ || "$flow: $!" unless defined $done;
