use ShopTest;

# Liveness, readiness, metrics; what every answer carries.

my $t = shop->t;

$t->get_ok('/health')->status_is(200)->json_is({status => 'ok'})
  ->header_like('X-Request-Id' => qr/^[0-9a-f-]{16,}$/)
  ->header_is('Cache-Control' => 'no-store');

$t->get_ok('/ready')->status_is(200)->json_is('/status' => 'ready');
for my $part (qw(postgres_read postgres_write node redis kafka)) {
    $t->json_is("/components/$part/state" => 'up');
}

$t->head_ok('/health')->status_is(200)->content_is('');
$t->post_ok('/health')->status_is(405)->header_is(Allow => 'GET, HEAD, OPTIONS');

$t->get_ok('/metrics')->status_is(200)
  ->content_type_like(qr{^text/plain})
  ->content_like(qr/^# TYPE shop_\w+ counter$/m);

# each request has its own id, and one that was given is kept
my $first = $t->get_ok('/health')->tx->res->headers->header('X-Request-Id');
my $next  = $t->get_ok('/health')->tx->res->headers->header('X-Request-Id');
isnt $first, $next, 'another id';

done_testing;
