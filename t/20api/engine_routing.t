use ShopTest;

# Addresses, methods, origins, ids of a request.

my $t = shop->t;

my $id = $t->call(GET => '/api/v1/products?limit=1')->json('/items/0/id');

# no such address, or nothing there
$t->get_ok('/api/v1/nothing')->problem_is(404, 'not_found')
  ->header_is('Cache-Control' => 'no-store');
$t->get_ok('/api/v1/products/')->problem_is(404, 'not_found');
$t->get_ok('/api/v1')->status_isnt(200);
$t->get_ok('/products')->status_isnt(200);
$t->get_ok('/api/v1/products/%00')->status_is(400);
$t->get_ok('/api/v1/products/a%2Fb')->problem_is(404, 'not_found');
$t->get_ok("/api/v1/products/%FF")->problem_is(404, 'not_found');
$t->get_ok('/api/v1/inventory/not-a-number')->problem_is(404, 'not_found');
$t->get_ok('/api/v1/inventory/99999999999999999999')
  ->problem_is(404, 'not_found');
$t->get_ok('/api/v1/orders/not-a-uuid')->status_isnt(500)->status_isnt(422);
$t->get_ok("/api/v1/products/\%3$_")->status_is(
    $t->call(GET => "/api/v1/products/$_")->code, "\%3$_ is $_")
  for 1, 2;
$t->get_ok('/api/v1/' . join '/', 1 .. 40)->problem_is(404, 'not_found');

# methods
$t->put_ok("/api/v1/products/$id")->problem_is(405, 'method_not_allowed');
is_deeply [sort split /, /, $t->tx->res->headers->header('Allow')],
  [qw(DELETE GET HEAD OPTIONS PATCH)], 'Allow';
$t->_build_ok(BREW => "/api/v1/products/$id")
  ->problem_is(405, 'method_not_allowed');

my $plain = {'Accept-Encoding' => 'identity'};
$t->head_ok("/api/v1/products/$id" => $plain)->status_is(200)->content_is('')
  ->header_like('Content-Length' => qr/^[1-9]/)->header_like(ETag => qr/^"/);

$t->options_ok("/api/v1/products/$id")->status_is(204)->content_is('')
  ->header_like(Allow => qr/\bPATCH\b/)
  ->header_is('Access-Control-Allow-Origin' => undef);

# another origin: only one that the store names
my $partner = {Origin => 'https://partner.test'};

$t->options_ok("/api/v1/products/$id" =>
      {%$partner, 'Access-Control-Request-Method' => 'PATCH'})
  ->status_is(204)
  ->header_is('Access-Control-Allow-Origin' => 'https://partner.test')
  ->header_like('Access-Control-Allow-Methods' => qr/\bPATCH\b/)
  ->header_like('Access-Control-Allow-Headers' => qr/\bIdempotency-Key\b/)
  ->header_like('Access-Control-Max-Age'       => qr/^\d+$/);

$t->get_ok("/api/v1/products/$id" => $partner)->status_is(200)
  ->header_is('Access-Control-Allow-Origin' => 'https://partner.test')
  ->header_like('Access-Control-Expose-Headers' => qr/\bETag\b/);
$t->get_ok('/api/v1/products/none' => $partner)->status_is(404)
  ->header_is('Access-Control-Allow-Origin' => 'https://partner.test');

$t->get_ok("/api/v1/products/$id" => {Origin => 'https://evil.test'})
  ->status_is(200)->header_is('Access-Control-Allow-Origin' => undef);
like join(',', @{$t->tx->res->headers->every_header('Vary')}), qr/\bOrigin\b/,
  'an answer differs by origin';

# the id of a request: taken over if it is sane, told in a problem
my $given = 'test-' . unique_id();
$t->get_ok('/api/v1/nothing' => {'X-Request-Id' => $given})
  ->header_is('X-Request-Id' => $given)->json_is('/request_id' => $given);
$t->get_ok('/api/v1/nothing' => {'X-Request-Id' => 'a b<c>'})
  ->header_like('X-Request-Id' => qr/^[0-9a-f]{32}$/);

# the trace is continued with a span of our own
my ($trace, $span) = ('0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331');
$t->get_ok('/api/v1/store' => {traceparent => "00-$trace-$span-01"})
  ->header_like(traceparent => qr/^00-$trace-(?!$span)[0-9a-f]{16}-01$/);
$t->get_ok('/api/v1/store' => {traceparent => "00-$trace-$span"})
  ->header_is(traceparent => undef);

my $log = shop->state->child('log', 'access.log');
my ($line) = wait_for(
    sub {
        my @lines = grep {/"trace_id":"$trace"/} split /\n/, $log->slurp;
        @lines ? $lines[-1] : undef;
    }, 10, 'the access log'
);
like $line, qr{"route":"GET /api/v1/store"}, 'the log has the route';
unlike $line, qr/\?/, 'and no query';

# a line is JSON whatever was asked for
my $bytes = "/api/v1/products/%FF%C3%A9-$trace";
$t->request_ok($t->ua->build_tx(GET => $t->absolute($bytes) =>
          {Host => "\xff.test"}))->status_is(404);
$line = wait_for(
    sub { (grep {/%FF%C3%A9-$trace/} split /\n/, $log->slurp)[0] },
    10, 'the line of bytes');
is Mojo::JSON::decode_json($line)->{host}, '%FF.test', 'it is UTF-8';

# who asks is challenged
$t->get_ok('/api/v1/users/me')->problem_is(401, 'unauthenticated')
  ->header_is('WWW-Authenticate' => 'Bearer realm="shop"');
$t->get_ok('/api/v1/users/me' => {Authorization => 'Bearer nonsense'})
  ->problem_is(401, 'unauthenticated')
  ->header_like('WWW-Authenticate' => qr/error="invalid_token"/);
$t->post_ok('/api/v1/products' => shop->customer => json =>
      {name => 'Lamp', price => 1})->problem_is(403, 'forbidden');

# what nginx itself refuses is told as everything else
$t->request_ok($t->ua->build_tx(TRACE => $t->absolute('/api/v1/products')))
  ->problem_is(405, 'method_not_allowed')
  ->header_like(Allow => qr/\bPOST\b/)->json_like('/detail' => qr/\.$/);
$t->patch_ok('/openapi.json' => json => {})
  ->problem_is(405, 'method_not_allowed')->header_is(Allow => 'GET, HEAD');
$t->get_ok('/api/v1/products/%00')->problem_is(400, 'bad_request')
  ->json_like('/detail' => qr/\.$/);
for my $path (qw(/api /api/ /api/v1 /api/v2/products)) {
    $t->get_ok($path)->problem_is(404, 'not_found');
}
$t->get_ok('/docs')->status_is(301)->header_is(Location => '/docs/');

done_testing;
