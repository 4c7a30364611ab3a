#!/usr/bin/perl

# Cookies over TLS, and the key set at its root address.

use Mojo::Base -signatures;

use Mojo::File qw(tempdir);

use ShopTest;

my $shop = shop;
my $user = $shop->register;
my $dir  = tempdir;
my $port = ShopTest::Stack::free_port();
chmod 0755, $dir;
system("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
      . " -subj /CN=localhost -days 2 -keyout $dir/key.pem -out $dir/cert.pem"
      . " 2>/dev/null") == 0
  or die 'openssl req';

$shop->nginx(
    server => "listen 127.0.0.1:$port ssl http2;
        ssl_certificate $dir/cert.pem; ssl_certificate_key $dir/key.pem;
        location /api/v1/ { shop_identity; }
        location = /.well-known/jwks.json { shop_identity; }"
);

my $url = "https://127.0.0.1:$port";
my $t   = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});
wait_for(sub { $t->call(GET => "$url/api/v1/users/me")->code == 401 });

$t->post_ok("$url/api/v1/auth/login" => json =>
      {email => $user->{email}, password => $user->{password}})
  ->status_is(200);
my @cookies = @{$t->tx->res->cookies};
is @cookies, 2, 'two cookies';
ok $_->secure, $_->name . ' is Secure' for @cookies;
my ($access) = map { $_->value } grep { $_->name eq 'access' } @cookies;

my %patch = (Cookie => "access=$access");
$t->patch_ok("$url/api/v1/users/me" => {%patch, Origin => $url} => json =>
      {name => 'Safe'})->status_is(200);
$t->patch_ok("$url/api/v1/users/me" =>
      {%patch, Origin => $url =~ s/https/http/r} => json => {name => 'Plain'})
  ->problem_is(403 => 'forbidden');

$t->get_ok("$url/.well-known/jwks.json")->status_is(200)
  ->json_is('/keys/0/kty' => 'EC')->json_is('/keys/0/alg' => 'ES256');

# the same by HTTP/2, where the Host is an authority
my $code = `curl -sk --http2 -o /dev/null -w '%{http_code} %{http_version}' \\
    -X PATCH -H 'Origin: $url' -H 'Content-Type: application/json' \\
    -H 'Cookie: access=$access' -d '{"name":"Two"}' $url/api/v1/users/me`;
is $code, '200 2', 'HTTP/2';

done_testing;
