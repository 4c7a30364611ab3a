use ShopTest;

# Locations, routers, and the errors of nginx itself.

like shop->nginx_refusal(server => 'location ~ ^/api/ { shop_ops; }'),
  qr/"shop_ops" directive needs a location given by a prefix/, 'a pattern';
like shop->nginx_refusal(server => 'location /x/ { shop_ops; shop_ops; }'),
  qr/"shop_ops" directive is duplicate/, 'twice';
like shop->nginx_refusal(
    server => 'location /x/ { stub_status; shop_ops; }'),
  qr/conflicts with another directive that answers/, 'two that answer';
like shop->nginx_refusal(server => 'shop_ops;'),
  qr/"shop_ops" directive is not allowed here/, 'outside of a location';
like shop->nginx_refusal(http => 'shop_debug_trips maybe;'),
  qr/it must be "on" or "off"/, 'neither on nor off';
like shop->nginx_refusal(http => 'shop_problems 1;'),
  qr/it must be "on" or "off"/, 'neither on nor off';

my $nginx = shop->nginx(server => <<'EOT');
    error_page 418 /none;
    location /shop/v2/ { shop_catalog; client_max_body_size 1k; }
    location /both/    { shop_catalog; shop_store; }
    location /         { shop_ops; }
    location = /alive  { return 200 "yes"; }
    location /closed/  { shop_catalog; deny all; }
    location /plain/   { deny all; }
    location /proxied/ {
        shop_problems on;
        proxy_pass http://127.0.0.1:1/;
    }
    location /html/    { shop_catalog; shop_problems off; deny all; }
EOT
my $t = $nginx->t;
wait_for(sub { $t->call(GET => '/ready')->code == 200 }, 10, 'the first load');

# a table is relative to its location, whatever that is called
$t->get_ok('/shop/v2/products?limit=1')->status_is(200);
$t->get_ok('/both/products?limit=1')->status_is(200);
$t->get_ok('/both/store')->status_is(200);
$t->get_ok('/shop/v2/store')->problem_is(404, 'not_found');
$t->get_ok('/products')->problem_is(404, 'not_found');
$t->get_ok('/shop/v2/health')->problem_is(404, 'not_found');
$t->get_ok('/health')->status_is(200);
$t->get_ok('/alive')->status_is(200)->content_is('yes')
  ->header_like('X-Request-Id' => qr/./);

# a store's location in an answer has the prefix that it was asked by
$t->post_ok('/both/products' => shop->seller => json =>
      {name => 'Prefix ' . unique_id(), price => 1})
  ->status_is(201)->header_like(Location => qr{^/both/products/[\w-]+$});

# nginx's own errors
$t->post_ok('/shop/v2/products' => 'x' x 5000)->problem_is(413, 'too_large')
  ->json_is('/title' => 'Content Too Large');
$t->get_ok('/closed/products')->problem_is(403, 'forbidden')
  ->json_like('/request_id' => qr/./);
$t->head_ok('/closed/products')->status_is(403)->content_is('')
  ->header_is('Content-Type' => 'application/problem+json');
$t->get_ok('/plain/')->status_is(403)->content_type_like(qr{^text/html});
$t->get_ok('/html/')->status_is(403)->content_type_like(qr{^text/html});
$t->get_ok('/proxied/')->problem_is(502, 'bad_gateway');

# the text that Prometheus reads
$t->get_ok('/metrics')->status_is(200)
  ->header_is('Content-Type' => 'text/plain; version=0.0.4; charset=utf-8');

my (%type, %seen, $bad, $name);
for my $line (split /\n/, $t->tx->res->body) {
    if ($line =~ /^# HELP (\w+) \S/) { $name = $1; $bad++ if $type{$name} }
    elsif ($line =~ /^# TYPE (\w+) (counter|gauge|histogram)$/) {
        $type{$1} = $2;
    }
    elsif ($line =~ /^((shop_\w+?)(_bucket|_sum|_count)?(\{.*\})?) [0-9.]+$/) {
        $bad++ if $2 ne $name && "$2$3" ne $name || $seen{$1}++;
    }
    else { $bad++; diag $line }
}
ok !$bad, 'well-formed, each sample once, families together';
like $t->tx->res->body,
  qr/^shop_http_requests_total\{route="GET \/both\/store",status="200"\} 1$/m,
  'a route is counted';
is_deeply [map { $_ // 0 } @type{qw(shop_http_requests_total
          shop_http_request_duration_seconds shop_pg_connections)}],
  [qw(counter histogram gauge)], 'types';

done_testing;
