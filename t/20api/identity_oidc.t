#!/usr/bin/perl

# Sign-in with an outside OpenID provider: every rule of OpenID Connect Core
# 3.1.3.7 and of the way there, against an issuer that lies as it is told.
# t/30flow/openid.t walks through a real provider.

use Mojo::Base -signatures;

use Digest::SHA qw(hmac_sha256 sha256);
use Mojo::JSON  qw(decode_json encode_json false true);
use Mojo::Util  qw(b64_decode b64_encode);

use ShopTest;
use ShopTest::File qw(write_file);
use ShopTest::Issuer;
use ShopTest::Relying;

my $shop   = shop;
my $issuer = ShopTest::Issuer->new->add_key('k1', 'RS256');
my $secret = $issuer->dir->child('secret');
write_file($secret, "a secret: with/strange=chars&\n");
chmod 0600, $secret;
$issuer->start;

my $url   = $issuer->url;
my $nginx = relying($shop, <<"CONF");
shop_oidc test issuer=$url client_id=shop-client secret=$secret
          "title=Test & Co" alg=RS256,ES256,EdDSA;
shop_oidc second issuer=$url client_id=other alg=RS256;
shop_oidc elsewhere issuer=$url client_id=x store=no-such-store;
shop_oidc machines issuer=$url trust=bearer audience=x;
CONF
my $log = $nginx->log;

# claims of a good id_token; undef takes one away
sub claims ($query, %with) {
    my %claims = (
        iss   => $url,
        aud   => 'shop-client',
        sub   => unique_id(),
        exp   => time + 60,
        iat   => time,
        nonce => $query->{nonce},
        email => unique_email(),
        email_verified => true,
        name  => 'Ada Lovelace',
        %with
    );
    delete @claims{grep { !defined $claims{$_} } keys %claims};
    return \%claims;
}

sub browser { return $nginx->t }

# a whole sign-in; the claims that the issuer gave
sub sign_in ($t, $query_of = {}, %with) {
    my ($query) = begin($t, 'test', %$query_of);
    my $claims = claims($query, %with);
    $issuer->set(id_token => $issuer->sign($claims));
    come_back($t, 'test', $query);
    return $claims;
}

sub location_is ($t, $path, $what = $path) {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return $t->header_is(Location => $path, $what);
}

sub cookies ($t) {
    return grep {m/^(?:access|refresh)=[^;]/}
      @{$t->tx->res->headers->every_header('Set-Cookie')};
}

subtest 'which there are' => sub {
    browser->get_ok('/api/v1/auth/oidc')->status_is(200)
      ->json_is('/items' => [
        {id => 'test', name => 'Test & Co'},
        {id => 'second', name => 'second'}
      ])->trips_is('sql=0 redis=0');
    for my $name (qw(none elsewhere machines)) {
        browser->get_ok("/api/v1/auth/oidc/$name")
          ->problem_is(404, 'not_found');
        browser->get_ok("/api/v1/auth/oidc/$name/callback?state=x&code=y")
          ->problem_is(404, 'not_found');
    }
    $shop->t->get_ok('/api/v1/auth/oidc')->status_is(200)
      ->json_is('/items' => []);
};

subtest 'the way there' => sub {
    my $t = browser;
    my ($query, $to) = begin($t, 'test', next => '/account?tab=1');
    is $to->to_string =~ s/[?].*//r, "$url/authorize", 'the address';
    is $query->{response_type}, 'code',                 'code';
    is $query->{client_id},     'shop-client',          'client';
    is $query->{scope},         'openid email profile', 'scope';
    is $query->{redirect_uri},
      $nginx->url =~ s/^http:/@{[$shop->url =~ m{^https:} ? 'https:' : 'http:']}/r
      . '/api/v1/auth/oidc/test/callback', 'redirect_uri';
    is $query->{code_challenge_method}, 'S256', 'PKCE';
    like $query->{$_}, qr/^[\w-]{43}$/, $_
      for qw(state nonce code_challenge);
    my ($cookie)
      = grep {/^oidc-/} @{$t->tx->res->headers->every_header('Set-Cookie')};
    like $cookie, qr/; HttpOnly/,     'no script reads it';
    like $cookie, qr/; SameSite=Lax/, 'Lax';
    like $cookie, qr/; Max-Age=600/,  '10 minutes';
    like $cookie, qr{; Path=/api/v1/auth/oidc/test;}, 'where it is used';

    my ($other) = begin($t, 'test');
    isnt $other->{$_}, $query->{$_}, "another $_"
      for qw(state nonce code_challenge);
};

subtest 'a new account' => sub {
    my $t      = browser;
    my $claims = sign_in($t, {next => '/account?tab=1'});
    location_is($t, '/account?tab=1');
    is cookies($t), 2, 'access and refresh';
    $t->get_ok('/api/v1/users/me')->status_is(200)
      ->json_is('/email' => $claims->{email})
      ->json_is('/name'  => 'Ada Lovelace')
      ->json_is('/email_verified' => true)->json_is('/roles' => ['customer']);
    my $id = $t->value('/id');

    my ($asked) = ($issuer->asked('token'))[-1];
    is $asked->{method}, 'POST', 'the code is posted';
    is $asked->{authorization},
      'Basic ' . b64_encode('shop-client:'
          . 'a%20secret%3A%20with%2Fstrange%3Dchars%26', ''), 'Basic';
    is $asked->{form}{grant_type}, 'authorization_code', 'grant_type';
    is $asked->{form}{code},       'the-code',           'code';
    ok !exists $asked->{headers}{Cookie}, 'no cookie of the client';

    wait_for(sub { $shop->events('shop.users', $id) }, 20, 'user.registered');
    my ($event) = $shop->events('shop.users', $id);
    is $event->{type}, 'user.registered', 'user.registered';
    is $shop->sql(q{select after ->> 'provider' from ops.audit
        where subject = ? and action = 'session.opened'}, "user:$id"),
      'test', 'audit';

    $t = browser;
    sign_in($t, {}, sub => $claims->{sub}, email => unique_email(),
        name => 'Other');
    location_is($t, '/');
    $t->get_ok('/api/v1/users/me')->json_is('/id' => $id)
      ->json_is('/email' => $claims->{email});
};

subtest 'PKCE' => sub {
    my $t = browser;
    my ($query) = begin($t, 'test');
    $issuer->set(id_token => $issuer->sign(claims($query)));
    come_back($t, 'test', $query);
    my ($asked) = ($issuer->asked('token'))[-1];
    is b64_encode(sha256($asked->{form}{code_verifier}), '')
      =~ tr{+/=}{-_}dr, $query->{code_challenge}, 'the verifier';
    like $asked->{form}{code_verifier}, qr/^[A-Za-z0-9._~-]{43,128}$/,
      'of the right characters';
    is $asked->{form}{redirect_uri}, $query->{redirect_uri}, 'the same';
    is $asked->{headers}{'Content-Type'}, 'application/x-www-form-urlencoded',
      'a form';
};

subtest 'state' => sub {
    my $t = browser;
    my ($query) = begin($t, 'test', next => '/cart');
    $issuer->set(id_token => $issuer->sign(claims($query)));
    my $before = () = $issuer->asked('token');

    my $expired = '/sign-in?error=sign_in_expired';
    come_back(browser, 'test', $query);
    my $foreign = browser;
    begin($foreign, 'test');
    location_is(come_back($foreign, 'test', $query), $expired,
        'another browser');
    location_is(come_back($t, 'test', {state => 'x' x 43}), $expired,
        'an invented one');
    location_is(come_back($t, 'second', $query), $expired,
        'another provider');
    $t->get_ok('/api/v1/auth/oidc/test/callback?code=x')->status_is(303);
    location_is($t, $expired, 'none');
    $t->get_ok("/api/v1/auth/oidc/test/callback?code=x&state=%ff%fe")
      ->status_is(303);
    location_is($t, $expired, 'bytes');
    is scalar(() = $issuer->asked('token')), $before, 'nothing was asked';

    my ($name, $value) = $t->tx->req->headers->cookie =~ /(oidc-[^=]+)=([^;]+)/;
    ok $name, 'the cookie' or return;
    for my $wrong ($value =~ s/^(.)/$1 eq '_' ? 'a' : '_'/er,
        $value =~ s/\.(\d+)/'.' . ($1 + 9)/er, "$value.x", 'x', '.', '..',
        '...', 'x' x 4000)
    {
        my $u = browser;
        $u->ua->cookie_jar->ignore(sub {1});
        come_back($u, 'test', $query, headers => {Cookie => "$name=$wrong"});
        location_is($u, $expired, 'a changed cookie');
    }

    location_is(come_back($t, 'test', $query), '/cart', 'the right one');
    my $replay = browser;
    $replay->ua->cookie_jar->ignore(sub {1});
    come_back($replay, 'test', $query, headers => {Cookie => "$name=$value"});
    location_is($replay, "$expired&next=%2Fcart", 'once only');

    ($query) = begin($t, 'test');
    come_back($t, 'test', $query, code => undef, error => 'access_denied');
    location_is($t, '/sign-in?error=access_denied', 'no');
    come_back($t, 'test', $query);
    location_is($t, $expired, 'used by a refusal, too');
};

subtest 'where to go on' => sub {
    for my $next ('https://evil.example/', '//evil.example', '/\\evil.example',
        'evil', '/a b', "/\x{e4}", 'javascript:alert(1)', '/a%0d%0ab')
    {
        my $t = browser;
        sign_in($t, {next => $next});
        like $t->tx->res->headers->location, qr{^/(?:a%0d%0ab)?$}, $next;
    }
};

subtest 'answers of the provider' => sub {
    my $fails = sub ($code, $what, %query) {
        my $t = browser;
        my ($query) = begin($t, 'test', next => '/cart');
        $issuer->set(id_token => $issuer->sign(claims($query)));
        come_back($t, 'test', $query, %query);
        location_is($t, "/sign-in?error=$code&next=%2Fcart", $what);
        is cookies($t), 0, 'no session';
        return;
    };
    $fails->('access_denied', 'denied', error => 'access_denied');
    $fails->('provider_refused', 'another error', error => 'server_error');
    $fails->('provider_mismatch', 'iss of another', iss => 'https://x.test');
    $fails->('provider_refused', 'no code', code => undef);

    my $t = browser;
    my ($query) = begin($t, 'test');
    $issuer->set(id_token => $issuer->sign(claims($query)));
    location_is(come_back($t, 'test', $query, iss => $url), '/', 'its own iss');

    $issuer->set(token => {error => 'invalid_grant'},
        'how-token' => {status => 400});
    $fails->('provider_refused', 'invalid_grant');
    $issuer->set('how-token' => {}, token => '<html>');
    $fails->('provider_unavailable', 'no JSON');
    $issuer->set(token => '{"id_token":"x","id_token":"y"}');
    $fails->('provider_unavailable', 'duplicate members');
    $issuer->set(token => 'x' x 200_000);
    $fails->('provider_unavailable', 'a large one');
    $issuer->set(token => {token_type => 'Bearer'});
    $fails->('provider_unavailable', 'no id_token');
    $issuer->set(token => undef);
};

subtest 'bad id_tokens' => sub {
    my $refused = sub ($what, $make) {
        my $t = browser;
        my ($query) = begin($t, 'test');
        $issuer->set(id_token => $make->($query));
        come_back($t, 'test', $query);
        location_is($t, '/sign-in?error=provider_mismatch', $what);
        is cookies($t), 0, 'no session';
        return;
    };
    my $with = sub ($what, %claims) {
        $refused->($what => sub ($q) { $issuer->sign(claims($q, %claims)) });
        return;
    };
    my $head = sub ($what, %head) {
        $refused->($what => sub ($q) { $issuer->sign(claims($q), %head) });
        return;
    };

    $with->('iss of another',    iss => 'https://x.test');
    $with->('no iss',            iss => undef);
    $with->('no sub',            sub => undef);
    $with->('an empty sub',      sub => '');
    $with->('a sub of numbers',  sub => 1);
    $with->('a long sub',        sub => 'x' x 256);
    $with->('aud of another',    aud => 'x');
    $with->('no aud',            aud => undef);
    $with->('aud without us',    aud => ['x', 'y'], azp => 'shop-client');
    $with->('several aud, no azp', aud => ['shop-client', 'x']);
    $with->('azp of another',    azp => 'x');
    $with->('azp of another, several aud', aud => ['shop-client', 'x'],
        azp => 'x');
    $with->('aud of numbers',    aud => ['shop-client', 1]);
    $with->('expired',           exp => time - 60, iat => time - 120);
    $with->('no exp',            exp => undef);
    $with->('exp as text',       exp => '' . (time + 60));
    $with->('good for a year',   exp => time + 365 * 86400);
    $with->('no iat',            iat => undef);
    $with->('iat of tomorrow',   iat => time + 3600, exp => time + 7200);
    $with->('nbf of tomorrow',   nbf => time + 3600);
    $with->('nbf as text',       nbf => 'now');
    $with->('no nonce',          nonce => undef);
    $with->('another nonce',     nonce => 'x' x 43);

    $head->('at+jwt',          typ  => 'at+jwt');
    $head->('another typ',     typ  => 'logout+jwt');
    $head->('crit',            crit => ['exp']);
    $head->('another kid',     kid  => 'k2', key => 'k1');
    $head->('alg none',        alg  => 'none');
    $head->('alg none, bare',  alg  => 'none', sig => '');
    $head->('ES256 by RS256',  alg  => 'ES256');
    $head->('RS384',           alg  => 'RS384');
    $head->('PS256',           alg  => 'PS256');
    $head->('no alg',          alg  => undef);
    $head->('a wrong signature',    sig => ShopTest::Issuer::encode('x' x 256));
    $head->('a short signature',    sig => ShopTest::Issuer::encode('x'));

    my $public = encode_json($issuer->jwk('k1'));
    my $pem    = $issuer->keys->{k1}{key}->export_key_pem('public');
    for my $key ($public, $pem, decode_json($public)->{n}) {
        $refused->('HMAC with the public key' => sub ($q) {
            my $text = join '.', map { ShopTest::Issuer::encode($_) }
              '{"alg":"HS256","kid":"k1"}', encode_json(claims($q));
            return "$text." . ShopTest::Issuer::encode(
                hmac_sha256($text, $key));
        });
    }
    my $raw = sub ($what, $json) {
        $refused->($what => sub ($q) {
            $issuer->sign($json =~ s/NONCE/$q->{nonce}/r);
        });
    };
    my $good = encode_json({%{claims({nonce => 'NONCE'})}});
    $raw->('duplicate claims', $good =~ s/^\{/{"sub":"x",/r);
    $raw->('not UTF-8',        $good =~ s/Ada/\xff\xfe/r);
    $raw->('NUL',              $good =~ s/Ada/A\\u0000/r);
    $raw->('no object',        '["x"]');
    $raw->('no JSON',          'x');
    $raw->('deep',             '{"a":' . ('[' x 5000) . (']' x 5000) . '}');
    $refused->('oversized' => sub ($q) {
        $issuer->sign(claims($q, name => 'x' x 16000));
    });
    $refused->($_ => sub ($q) {$_}) for 'a.b.c', '...', 'x', 'a.b.c.d';

    my $t      = browser;
    my $claims = sign_in($t, {}, aud => ['shop-client', 'x'],
        azp => 'shop-client');
    location_is($t, '/', 'several audiences with azp');
    sign_in($t, {}, exp => time - 5, iat => time - 60, nbf => time + 5);
    location_is($t, '/', 'clocks may differ a little');
};

subtest 'keys change' => sub {
    my $t = browser;
    $issuer->add_key('k-ec', 'ES256')->add_key('k-ed', 'EdDSA');
    $issuer->publish(jwks => {keys => [
        {kty => 'oct', kid => 'k-oct', k => 'AAAA'},
        {%{$issuer->jwk('k-ec')}, use => 'enc', kid => 'k-enc'},
        (map { $issuer->jwk($_) } qw(k-ec k-ed)),
        {kty => 'RSA', kid => 'small', n => 'AQAB', e => 'AQAB'},
    ]});

    # keys were fetched a moment ago: one try each ten seconds
    wait_for(sub {
        my ($query) = begin($t, 'test');
        $issuer->set(id_token => $issuer->sign(claims($query), kid => 'k-ec'));
        come_back($t, 'test', $query);
        $t->tx->res->headers->location eq '/';
    }, 20, 'the new key');
    my ($query) = begin($t, 'test');
    $issuer->set(id_token => $issuer->sign(claims($query), kid => 'k-ed'));
    location_is(come_back($t, 'test', $query), '/', 'EdDSA');

    ($query) = begin($t, 'test');
    $issuer->set(id_token => $issuer->sign(claims($query), kid => 'k-enc',
        key => 'k-ec'));
    location_is(come_back($t, 'test', $query),
        '/sign-in?error=provider_mismatch', 'a key for other use');
    my $before = () = $issuer->asked('jwks');
    ($query) = begin($t, 'test');
    $issuer->set(id_token => $issuer->sign(claims($query)));
    location_is(come_back($t, 'test', $query),
        '/sign-in?error=provider_mismatch', 'the old key counts no more');
    is scalar(() = $issuer->asked('jwks')), $before,
      'no fetch so soon after the last';
    $issuer->publish;
};

$issuer->stop;
done_testing;
