use ShopTest;

# Limits of an address: requests in shared memory, sign-ins in Redis, open
# when Redis is down.

use Mojo::Base -signatures;

my $shop = shop;
my $t;

sub limited ($http) {
    my $nginx = $shop->nginx(
        http   => "shop_limits on; $http",
        server => 'location /api/v1/ { shop_catalog; shop_identity; }'
          . ' location / { shop_ops; }'
    );
    $t = $nginx->t;
    return wait_for(sub { $t->call(GET => '/ready')->code == 200 }, 10,
        'the first load');
}

$shop->redis->del('limit:{sign-in:7f000001}', 'limit:{requests:7f000001}');

subtest 'requests' => sub {
    limited('shop_limit_requests 10r/s burst=30;');
    my $res = $t->call(GET => '/api/v1/categories');
    is $res->code, 200, 'passes';
    is $res->headers->header('RateLimit-Policy'), '"requests";q=30;w=3',
      'policy';
    like $res->headers->header('RateLimit'), qr/^"requests";r=\d+;t=\d+$/,
      'what is left';
    my $refused;
    for (1 .. 1000) {
        my $r = $t->call(GET => '/api/v1/categories');
        next if $r->code != 429;
        $refused = $r;
        last;
    }
    ok $refused, 'too many';
    is $refused->json('/code'), 'rate_limited', 'code';
    is $refused->headers->content_type, 'application/problem+json', 'problem';
    like $refused->headers->header('Retry-After'), qr/^[1-9]\d*$/, 'when';
    ok wait_for(sub { $t->call(GET => '/api/v1/categories')->code == 200 }, 5),
      'and again later';
    is $t->call(GET => '/health')->code, 200, 'health has no limit';
};

sub sign_in {
    return $t->call(POST => '/api/v1/auth/login' => json =>
          {email => 'nobody@example.test', password => 'not-the-password'});
}

subtest 'sign-ins' => sub {
    limited('shop_limit_signins 3r/m burst=3;');
    is sign_in()->code, 401, "attempt $_" for 1 .. 3;
    my $res = sign_in();
    is $res->code, 429, 'the fourth waits';
    cmp_ok $res->headers->header('Retry-After'), '<=', 20, 'for its turn';
    is $res->headers->header('RateLimit'), '"sign-in";r=0;t='
      . $res->headers->header('Retry-After'), 'told in RateLimit';
    is $t->call(GET => '/api/v1/categories')->code, 200,
      'reading goes on';
};

subtest 'without redis' => sub {
    limited('shop_redis 127.0.0.1:1; shop_limit_signins 1r/m burst=1;');
    is sign_in()->code, 401, "attempt $_ passes" for 1 .. 3;
};

like $shop->nginx_refusal(http => 'shop_limit_requests 10;'),
  qr/wants a rate such as 100r\/s or 20r\/m/, 'a rate without its time';
like $shop->nginx_refusal(http => 'shop_limit_requests 10r/s burst=0;'),
  qr/rate and burst must be from 1 to 1000000/, 'no burst';
like $shop->nginx_refusal(http => 'shop_limit_zone 1k;'),
  qr/shop_limit_zone must be at least \d+ bytes/, 'a small zone';
like $shop->nginx_refusal(http => 'shop_limits sometimes;'),
  qr/it must be "on" or "off"/, 'neither on nor off';

done_testing;
