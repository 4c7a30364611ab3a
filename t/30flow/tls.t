#!/usr/bin/perl

# The shop by TLS, as conf/ has it: HTTP/2, what browsers are told, cookies, a
# paid order, and its live status.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::File qw(tempdir);

my $dir;

BEGIN {
    $dir = tempdir('shop-tls.XXXXXX', TMPDIR => 1);
    chmod 0755, $dir;
    system("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256"
          . " -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost"
          . " -days 2 -keyout $dir/key.pem -out $dir/cert.pem 2>/dev/null") == 0
      or die 'openssl req';
}

use ShopTest -private => {
    SHOP_TLS_CERTIFICATE => "$dir/cert.pem",
    SHOP_TLS_KEY         => "$dir/key.pem"
};
use ShopTest::Buyer qw(new_product);

my $shop = shop;
my $t    = $shop->t;
my $port = $shop->port;

sub curl (@args) {
    my $command = join ' ', map { quotemeta $_ } 'curl', '-sS', '--cacert',
      "$dir/cert.pem", @args;
    my $said = qx($command 2>&1);
    return $said;
}

like $shop->url, qr/^https:/, 'its address';

subtest 'the protocol' => sub {
    my @what = ('-o', '/dev/null', '-w', '%{http_code} %{http_version}');
    my $url  = "https://localhost:$port";
    is curl('--http2',   @what, "$url/api/v1/products"), '200 2', 'HTTP/2';
    is curl('--http1.1', @what, "$url/"), '200 1.1', 'HTTP/1.1';
    is curl('--tls-max', '1.2', @what, "$url/health"), '200 2', 'TLS 1.2';
    isnt curl('--tls-max', '1.1', @what, "$url/health"), '200 2',
      'nothing older';
    like curl(@what, "http://localhost:$port/"), qr/^400 /,
      'not by plain HTTP';
};

subtest 'headers' => sub {
    for my $path ('/', '/api/v1/store', '/api/v1/none', '/none', '/health',
        '/docs/', '/openapi.json', '/favicon.svg')
    {
        $t->get_ok($path)
          ->header_is('Strict-Transport-Security' => 'max-age=31536000')
          ->header_is('X-Content-Type-Options' => 'nosniff')
          ->header_is('X-Frame-Options'        => 'DENY')
          ->header_is('Referrer-Policy' => 'strict-origin-when-cross-origin')
          ->header_like('Content-Security-Policy' =>
              qr/default-src 'none'; script-src 'self'; style-src 'self';/)
          ->header_unlike('Content-Security-Policy' => qr/unsafe/)
          ->header_unlike(Server => qr/\d/);
        is scalar(@{$t->tx->res->headers->every_header('X-Frame-Options')}), 1,
          'each once';
    }
    my ($script) = $t->get_ok('/')->tx->res->body =~ m{"(/assets/[^"]+\.js)"};
    $t->get_ok($script)->status_is(200)
      ->header_is('Cache-Control' => 'public, max-age=31536000, immutable')
      ->header_is('Strict-Transport-Security' => 'max-age=31536000');
};

subtest 'cookies' => sub {
    my %person = (email => unique_email(), password => 'staple-of-the-tests',
        name => 'Tess');
    $t->post_ok('/api/v1/auth/register' => {'Sec-Fetch-Site' => 'same-origin'}
          => json => \%person)->status_is(201);
    my @cookies = @{$t->tx->res->cookies};
    ok @cookies, 'there are some';
    for my $cookie (@cookies) {
        ok $cookie->secure,   $cookie->name . ' is Secure';
        ok $cookie->httponly, $cookie->name . ' is not for scripts';
        is $cookie->samesite, 'Lax', $cookie->name . ' stays on the site';
    }
};

subtest 'an order, watched' => sub {
    my $product = new_product($shop, stock => 5);
    my $buyer   = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($product, 1);
    my $order = $buyer->place->{json};
    my $live  = $shop->t;
    $live->websocket_ok("/api/v1/orders/$order->{id}/live" => $buyer->headers)
      ->message_ok->json_message_is('/event' => 'order.created');
    is $buyer->pay($order)->code, 200, 'paid';
    $live->message_ok->json_message_is('/event' => 'order.paid')->finish_ok;
    is $buyer->show($order)->{status}, 'paid', 'shown';
};

done_testing;
