#!/usr/bin/perl

# The authorization code with PKCE: what an app is told, when the person is
# asked, and every way in which a code is no good.

use Mojo::Base -signatures;

use Digest::SHA qw(sha256);
use Mojo::JSON  qw(decode_json);
use Mojo::URL;
use Mojo::Util  qw(b64_decode);

use ShopTest;
use ShopTest::Oauth;

my $shop    = shop;
my $account = $shop->register;
my $app     = ShopTest::Oauth->register(stack => $shop);
my $browser = $app->browser($account);
my $issuer  = $shop->url;

sub claims ($token) {
    my (undef, $payload) = split /\./, $token;
    return decode_json(b64_decode($payload =~ tr{-_}{+/}r));
}

sub error_is ($res, $status, $error, $what = $error) {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    is $res->code, $status, "$what: status";
    is $res->json('/error'), $error, "$what: error";
    like $res->headers->content_type, qr{^application/json}, "$what: JSON";
    is $res->headers->cache_control, 'no-store', "$what: not kept";
    return;
}

# the error that the client is sent, for a question with a mistake
sub sent_back ($error, %with) {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my ($form) = $app->question(%with);
    my $res = $app->authorize($browser, $form);
    is $res->code, 303, "$error: back to the client";
    my $to = Mojo::URL->new($res->headers->location // '');
    is $to->clone->query(''), $app->redirect, "$error: at its address";
    my $params = $to->query->to_hash;
    is $params->{error}, $error, "$error: error";
    is $params->{state}, $form->{state}, "$error: state";
    is $params->{iss}, $issuer, "$error: iss";
    ok !exists $params->{code}, "$error: no code";
    return;
}

subtest 'from the question to tokens' => sub {
    my ($form, $verifier) = $app->question(nonce => 'n-1', state => 'a b&c=ü');

    my $stranger = $shop->t;
    my $res      = $app->authorize($stranger, $form);
    is $res->code, 303, 'nobody is signed in';
    my $next = Mojo::URL->new($res->headers->location);
    is $next->path, '/sign-in', 'so sign-in comes first';
    like $next->query->param('next'), qr{^/oauth/authorize\?[\w\-./=&%]+$},
      'with the way back, in plain characters';
    is_deeply(Mojo::URL->new($next->query->param('next'))->query->to_hash,
        $form, 'and the question as it was');

    $res = $app->authorize($browser, $form);
    my ($id) = $res->headers->location =~ m{^/consent\?request=(.*)$};
    ok $id, 'the person is asked';
    is $res->headers->cache_control, 'no-store', 'not kept';

    $browser->get_ok("/api/v1/oauth/requests/$id")->status_is(200)
      ->json_is('/client/name'   => 'Test app')
      ->json_is('/redirect_host' => 'app.example')
      ->json_is('/scopes/0/name' => 'openid')
      ->json_like('/scopes/1/description' => qr/orders/);
    $app->t->get_ok(
        "/api/v1/oauth/requests/$id" => $shop->customer)
      ->problem_is(404 => 'not_found');

    my $url = "/api/v1/oauth/requests/$id";
    my %yes = (json => {approve => Mojo::JSON->true});
    $browser->post_ok($url, %yes)->problem_is(403 => 'forbidden');
    $browser->post_ok($url => {'Sec-Fetch-Site' => 'cross-site'}, %yes)
      ->problem_is(403 => 'forbidden');
    $app->t->post_ok($url => $account->{headers}, %yes)
      ->problem_is(403 => 'forbidden');
    my $other = $app->browser($account);
    $other->post_ok($url => {'Sec-Fetch-Site' => 'same-origin'}, %yes)
      ->problem_is(404 => 'not_found');

    $browser->post_ok($url => {'Sec-Fetch-Site' => 'same-origin'}, %yes)
      ->status_is(200)->trips_is('sql=1 redis=0');
    my $to     = Mojo::URL->new($browser->value('/redirect_to'));
    my $params = $to->query->to_hash;
    is $to->query(''), $app->redirect, 'back at the registered address';
    is $params->{state}, 'a b&c=ü', 'the state as it was';
    is $params->{iss}, $issuer, 'from whom';
    $browser->post_ok($url => {'Sec-Fetch-Site' => 'same-origin'}, %yes)
      ->problem_is(404 => 'not_found');

    $res = $app->exchange($params->{code}, $verifier);
    is $res->code, 200, 'tokens';
    is $res->headers->cache_control, 'no-store', 'not kept';
    is $res->json('/token_type'), 'Bearer', 'their type';
    is $res->json('/expires_in'), 3600, 'an hour';
    is $res->json('/scope'), 'openid orders:read', 'what was granted';

    my $claims = claims($res->json('/access_token'));
    is $claims->{sub}, $account->{user}{id}, 'sub';
    is $claims->{client_id}, $app->id, 'client_id';
    is $claims->{aud}, $issuer, 'aud';
    is $claims->{iss}, $issuer, 'iss';
    is $claims->{scope}, 'openid orders:read', 'scope';
    like $claims->{jti}, qr/^[\w-]{22}$/, 'jti';
    is $claims->{exp} - $claims->{iat}, 3600, 'for an hour';

    my $id_token = claims($res->json('/id_token'));
    my %is = (iss => $issuer, sub => $account->{user}{id}, aud => $app->id,
        nonce => 'n-1');
    is $id_token->{$_}, $is{$_}, "id_token: $_" for sort keys %is;
    is $id_token->{at_hash}, ShopTest::Oauth::encode(
        substr sha256($res->json('/access_token')), 0, 16),
      'id_token: at_hash';
    ok abs($id_token->{auth_time} - time) < 120, 'id_token: auth_time';

    $app->t->get_ok('/oauth/userinfo' => $app->bearer($res->json))
      ->status_is(200)->json_is({sub => $account->{user}{id}});
    $app->t->get_ok('/api/v1/orders' => $app->bearer($res->json))
      ->status_is(200);
    $app->t->get_ok('/api/v1/auth/validate-token' =>
          {Authorization => 'Bearer ' . $res->json('/id_token')})
      ->problem_is(401 => 'unauthenticated');
};

subtest 'what it asks for, in the language of the person' => sub {
    my ($form) = $app->question(prompt => 'consent');
    my $res = $app->authorize($browser, $form);
    my ($id) = $res->headers->location =~ m{request=(.*)$};
    my $says = sub ($headers, $query, $language, $text) {
        local $Test::Builder::Level = $Test::Builder::Level + 1;
        $browser->get_ok("/api/v1/oauth/requests/$id$query" => $headers)
          ->status_is(200)->header_is('Content-Language' => $language)
          ->json_is('/scopes/1/language'    => $language)
          ->json_is('/scopes/1/description' => $text);
    };
    $says->({}, '', 'en', 'See your orders');
    $says->({'Accept-Language' => 'de-AT, en;q=0.5'}, '', 'de',
        'Ihre Bestellungen sehen');
    $says->({'Accept-Language' => 'fr'}, '', 'en', 'See your orders');
    $says->({}, '?locale=de', 'de', 'Ihre Bestellungen sehen');
    $browser->get_ok("/api/v1/oauth/requests/$id?locale=fr")
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/parameter' => 'locale');
    $browser->get_ok('/api/v1/users/me/grants?locale=de')->status_is(200)
      ->json_is('/items/0/scopes/1/description' => 'Ihre Bestellungen sehen');
    is_deeply $shop->db->selectcol_arrayref(q{select name from identity.scope
        where translations ->> 'de' is null}), [], 'no scope without it';
};

subtest 'no' => sub {
    my ($form) = $app->question(prompt => 'consent');
    my $res = $app->authorize($browser, $form);
    my ($id) = $res->headers->location =~ m{request=(.*)$};
    $browser->post_ok("/api/v1/oauth/requests/$id" =>
          {'Sec-Fetch-Site' => 'same-origin'} => json =>
          {approve => Mojo::JSON->false})->status_is(200);
    my $params = $app->query($browser->value('/redirect_to'));
    is $params->{error}, 'access_denied', 'the client is told';
    is $params->{state}, $form->{state}, 'with its state';
    ok !$params->{code}, 'and has no code';
};

subtest 'consent is remembered' => sub {
    my ($form) = $app->question;
    like $app->authorize($browser, $form)->headers->location,
      qr{^\Q@{[$app->redirect]}\E\?code=}, 'the same again: nobody is asked';
    ($form) = $app->question(scope => 'openid');
    like $app->authorize($browser, $form)->headers->location, qr{\?code=},
      'nor for less';

    my $more = ShopTest::Oauth->register(stack => $shop,
        scopes => ['openid', 'email', 'cart']);
    $more->scope('openid');
    $more->code($browser);
    ($form) = $more->question(scope => 'openid cart');
    like $more->authorize($browser, $form)->headers->location,
      qr{^/consent}, 'for more the person is asked';
    ($form) = $more->question(scope => 'openid', prompt => 'consent');
    like $more->authorize($browser, $form)->headers->location,
      qr{^/consent}, 'and when the app wants that';

    my $native = ShopTest::Oauth->register(stack => $shop, type => 'public',
        redirect_uris => ['http://127.0.0.1/cb']);
    $native->code($browser);
    ($form) = $native->question;
    like $native->authorize($browser, $form)->headers->location,
      qr{^/consent}, 'a program of the machine asks each time';
};

subtest 'prompt and max_age' => sub {
    my ($form) = $app->question(prompt => 'none');
    like $app->authorize($browser, $form)->headers->location, qr{\?code=},
      'silent, remembered';
    like $app->authorize($shop->t, $form)->headers->location,
      qr{error=login_required}, 'silent, nobody signed in';
    my $new = ShopTest::Oauth->register(stack => $shop);
    ($form) = $new->question(prompt => 'none');
    like $new->authorize($browser, $form)->headers->location,
      qr{error=consent_required}, 'silent, not asked yet';

    $shop->db->do("update identity.session set created_at = created_at
        - interval '5 minutes' where user_id = ?", undef,
        $account->{user}{id});
    ($form) = $app->question(max_age => 600);
    like $app->authorize($browser, $form)->headers->location, qr{\?code=},
      'recent enough';
    ($form) = $app->question;
    like $app->authorize($browser, $form)->headers->location, qr{\?code=},
      'any time';
    for my $with ([max_age => 60], [prompt => 'login']) {
        ($form) = $app->question(@$with);
        like $app->authorize($browser, $form)->headers->location,
          qr{^/sign-in}, "not: @$with";
    }
    ($form) = $app->question(max_age => 60, prompt => 'none');
    like $app->authorize($browser, $form)->headers->location,
      qr{error=login_required}, 'silent, not recent enough';
};

subtest 'whom nobody is sent back to' => sub {
    my $html = {Accept => 'text/html,application/xhtml+xml'};
    for my $case (
        [client_id    => 'nobody'],
        [client_id    => '00000000-0000-4000-8000-000000000000'],
        [client_id    => undef],
        [redirect_uri => undef],
        [redirect_uri => 'https://app.example/back/'],
        [redirect_uri => 'https://app.example/BACK'],
        [redirect_uri => 'https://app.example/back?x=1'],
        [redirect_uri => 'https://app.example:444/back'],
        [redirect_uri => 'https://app.example.evil.example/back'],
        [redirect_uri => 'https://app.example@evil.example/back'],
        [redirect_uri => 'http://app.example/back'],
        [redirect_uri => '//app.example/back'],
      )
    {
        my ($form) = $app->question(@$case);
        my $what = join '=', map { $_ // '(none)' } @$case;
        my $res  = $app->authorize($browser, $form);
        is $res->code, 400, "$what: refused";
        is $res->headers->location, undef, "$what: goes nowhere";
        like $res->headers->content_type, qr{^application/problem\+json},
          "$what: a problem";
        $res = $browser->call(GET => Mojo::URL->new('/oauth/authorize')
              ->query($form)->to_string => $html);
        is $res->code, 400, "$what: refused in a browser";
        like $res->headers->content_type, qr{^text/html}, "$what: a page";
    }
    my ($form) = $app->question;
    my $url = Mojo::URL->new('/oauth/authorize')->query($form)->to_string;
    for my $more ('&client_id=' . $app->id, '&redirect_uri=https://x.example/',
        '&state=%ff', '&x=%00', '&x=%2', join '', map {"&p$_=1"} 1 .. 64)
    {
        my $res = $browser->call(GET => "$url$more");
        is $res->code, 400, substr $more, 0, 20;
        is $res->headers->location, undef, 'goes nowhere';
    }
};

subtest 'what the client is told' => sub {
    sent_back(invalid_request => code_challenge => undef);
    sent_back(invalid_request => code_challenge_method => undef);
    sent_back(invalid_request => code_challenge_method => 'plain');
    sent_back(invalid_request => code_challenge => 'short');
    sent_back(invalid_request => code_challenge => ('x' x 42) . '+');
    sent_back(invalid_request => response_type => undef);
    sent_back(invalid_request => response_mode => 'fragment');
    sent_back(invalid_request => max_age => 'soon');
    sent_back(invalid_request => prompt => 'none login');
    sent_back(unsupported_response_type => response_type => $_)
      for 'token', 'id_token', 'code token';
    sent_back(invalid_scope => scope => undef);
    sent_back(invalid_scope => scope => 'openid orders:write');
    sent_back(invalid_scope => scope => 'openid everything');
    sent_back(invalid_scope => scope => "openid\torders:read");
    sent_back(request_not_supported => request => 'a.b.c');
    sent_back(request_uri_not_supported => request_uri => 'https://x.example');

    my ($form) = $app->question;
    my $url = Mojo::URL->new('/oauth/authorize')->query($form)->to_string;
    my $back = $app->query(
        $browser->call(GET => "$url&scope=openid")->headers->location);
    is $back->{error}, 'invalid_request', 'a parameter twice';
    like $browser->call(GET => "$url&unknown=1&state2=x")->headers->location,
      qr{\?code=}, 'what is not known is ignored';
};

subtest 'a code is good once' => sub {
    my ($code, $verifier) = $app->code($browser);
    my $good = $app->exchange($code, $verifier);
    is $good->code, 200, 'once';
    is $app->status($good->json), 200, 'its token is good';
    error_is($app->exchange($code, $verifier), 400, 'invalid_grant',
        'a second use');
    ok wait_for(sub { $app->status($good->json) == 401 }, 5),
      'and what the first gave is gone';
    error_is($app->refresh($good->json('/refresh_token')), 400,
        'invalid_grant', 'the refresh token too');
};

subtest 'a code is for one client, address and verifier' => sub {
    my $other = ShopTest::Oauth->register(stack => $shop);
    my ($code, $verifier) = $app->code($browser);

    error_is($other->exchange($code, $verifier), 400, 'invalid_grant',
        'another client');
    error_is($app->exchange($code, ShopTest::Oauth::random()), 400,
        'invalid_grant', 'another verifier');
    error_is($app->exchange($code, undef), 400, 'invalid_grant',
        'no verifier');
    error_is($app->exchange($code, 'short'), 400, 'invalid_request',
        'a verifier that is none');
    error_is($app->exchange($code, ShopTest::Oauth::challenge($verifier)),
        400, 'invalid_grant', 'the challenge as verifier');
    error_is($app->exchange($code, $verifier,
        redirect_uri => 'https://app.example/other'), 400, 'invalid_grant',
        'another address');
    error_is($app->exchange($code, $verifier, redirect_uri => undef), 400,
        'invalid_request', 'no address');
    error_is($app->exchange('x' x 43, $verifier), 400, 'invalid_grant',
        'no such code');
    error_is($app->exchange('nonsense', $verifier), 400, 'invalid_grant',
        'what is no code');
    is $app->exchange($code, $verifier)->code, 200,
      'and none of that used it up';

    ($code, $verifier) = $app->code($browser);
    $shop->db->do("update identity.client_code
        set expires_at = now() - interval '1 second' where used_at is null");
    error_is($app->exchange($code, $verifier), 400, 'invalid_grant',
        'too old');
    unlike $shop->sql("select string_agg(c::text, ' ')
        from identity.client_code c"), qr/\Q$code\E/, 'only hashes are kept';
};

subtest 'loopback has any port' => sub {
    my $native = ShopTest::Oauth->register(stack => $shop, type => 'public',
        redirect_uris => ['http://127.0.0.1/cb?a=1', 'http://[::1]:1/cb',
            'com.example.app:/back']);
    is $native->secret, undef, 'a public client has no secret';
    for my $uri ('http://127.0.0.1:51234/cb?a=1', 'http://127.0.0.1/cb?a=1',
        'http://[::1]:8/cb', 'com.example.app:/back')
    {
        my ($code, $verifier) = $native->code($browser, redirect_uri => $uri);
        is $native->exchange($code, $verifier, redirect_uri => $uri)->code,
          200, $uri;
    }
    for my $uri ('http://127.0.0.1:51234/other', 'http://localhost:1/cb?a=1',
        'https://127.0.0.1:1/cb?a=1', 'http://127.0.0.1:x/cb?a=1',
        'http://127.0.0.1:1@evil.example/cb?a=1', 'com.example.app:/back2')
    {
        my ($form) = $native->question(redirect_uri => $uri);
        is $native->authorize($browser, $form)->code, 400, "not $uri";
    }
};

done_testing;
