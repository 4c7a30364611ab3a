#!/usr/bin/perl

# A client library that knows nothing of this shop (openid-client) against the
# running server: discovery, code with PKCE, id_token by our JWKS, userinfo,
# refresh, introspection, revocation, a client's own credentials.

use Mojo::Base -signatures;

use IPC::Open2 qw(open2);
use Mojo::JSON qw(decode_json encode_json true);

use ShopTest;
use ShopTest::Oauth;

my $shop    = shop;
my $account = $shop->register;
my $root    = ShopTest::root();

my $web = ShopTest::Oauth->register(stack => $shop,
    scopes => [qw(openid profile email orders:read)]);
my $native = ShopTest::Oauth->register(stack => $shop, type => 'public',
    redirect_uris => ['http://127.0.0.1/cb'],
    scopes        => [qw(openid profile email orders:read)]);
my $service = ShopTest::Oauth->register(stack => $shop,
    grant_types => ['client_credentials'], redirect_uris => [],
    scopes => ['inventory:read']);

my $pid = open2(my $out, my $in, 'bash', '-c', <<'SHELL', 'oauth', $root);
set -e
root=$1
. "$root/scripts/lib/node.sh"
node_22
cd "$root/html"
exec timeout 120 node --no-warnings --experimental-strip-types \
    tools/oauth-client.ts
SHELL
$in->autoflush(1);

sub app ($one, $redirect) {
    return {id => $one->id, secret => $one->secret, redirect => $redirect};
}

say {$in} encode_json({
    issuer   => $shop->url,
    resource => $shop->url . '/api/v1/orders',
    apps     => [app($web, $web->redirect),
        app($native, 'http://127.0.0.1:49152/cb')],
    service => app($service, ''),
});

my $browser = $web->browser($account);

# what the program tells, once the browser has been where it was sent
sub told () {
    while (defined(my $line = <$out>)) {
        my $what = decode_json($line);
        my $open = $what->{open} or return $what;
        my $res  = $browser->call(GET => $open);
        my $to   = $res->headers->location // '';
        if ($to =~ m{^/consent\?request=(.+)$}) {
            $to = $browser->call(
                POST => "/api/v1/oauth/requests/$1" =>
                  {'Sec-Fetch-Site' => 'same-origin'} => json =>
                  {approve => true})->json('/redirect_to');
        }
        say {$in} $to;
    }
    return {};
}

for my $case (['a web app, by Basic' => $web], ['a web app, by form' => $web],
    ['a native app' => $native])
{
    my ($name, $app) = @$case;
    subtest $name => sub {
        my $got = told();
        is $got->{claims}{sub}, $account->{user}{id}, 'id_token: sub';
        is $got->{claims}{aud}, $app->id, 'id_token: aud';
        is $got->{user}{email}, $account->{email}, 'userinfo';
        is $got->{scope}, 'email openid orders:read profile', 'scope';
        is $got->{resource}, 200, 'the access token is good';
        ok $got->{rotated}, 'the refresh token is rotated';
        if ($app->secret) {
            ok $got->{before}{active}, 'introspection: active';
            ok !$got->{after}{active}, 'and not, once it is revoked';
        }
        is $got->{late}, 401, 'a revoked token is refused';
    };
}
for my $name ('a program, by Basic', 'a program, by form') {
    subtest $name => sub {
        my $got = told();
        is $got->{scope}, 'inventory:read', 'scope';
        ok $got->{expires} > 3500, 'an hour';
        is $got->{wide}, 'invalid_scope', 'no more than it may';
    };
}

waitpid $pid, 0;
is $? >> 8, 0, 'the program ended well';

done_testing;
