#!/usr/bin/perl

# The token endpoint: how a client proves who it is, refresh tokens, a
# client's own credentials, and the errors of RFC 6749.

use Mojo::Base -signatures;

use Digest::SHA ();
use Mojo::File  ();
use Mojo::JSON qw(decode_json);
use Mojo::Util qw(b64_decode b64_encode url_escape);

use ShopTest;
use ShopTest::Oauth;

my $shop    = shop;
my $t       = $shop->t;
my $account = $shop->register;
my $app     = ShopTest::Oauth->register(stack => $shop);
my $browser = $app->browser($account);
$t->ua->cookie_jar->ignore(sub {1});

sub error_is ($res, $status, $error, $what = $error) {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    is $res->code, $status, "$what: status";
    is $res->json('/error'), $error, "$what: error";
    is $res->headers->cache_control, 'no-store', "$what: not kept";
    if ($status == 401) {
        like $res->headers->www_authenticate, qr{^Basic realm=},
          "$what: WWW-Authenticate";
    }
    return;
}

sub basic ($id, $secret) {
    return {Authorization => 'Basic '
          . b64_encode(url_escape($id) . ':' . url_escape($secret), '')};
}

sub claims ($token) {
    my (undef, $payload) = split /\./, $token;
    return decode_json(b64_decode($payload =~ tr{-_}{+/}r));
}

my $service = ShopTest::Oauth->register(stack => $shop,
    grant_types => ['client_credentials'], redirect_uris => [],
    scopes => [qw(catalog:write inventory:read orders:read)]);

sub credentials (%with) {
    return $service->token(grant_type => 'client_credentials', %with);
}

subtest 'who the client is' => sub {
    my %form = (grant_type => 'client_credentials', scope => 'catalog:write');
    my ($id, $secret) = ($service->id, $service->secret);
    my $ask = sub ($headers, %with) {
        return $t->call(POST => '/oauth/token' => $headers => form =>
              {%form, %with});
    };
    is credentials(scope => 'catalog:write')->code, 200, 'by the form';
    is $ask->(basic($id, $secret))->code, 200, 'by Basic';
    is $ask->(basic($id, $secret), client_id => $id)->code, 200,
      'by Basic, named in the form too';
    is $ask->({Authorization => 'Basic ' . b64_encode(
        join(':', map { s/([\-_])/sprintf '%%%02X', ord $1/ger } $id, $secret),
        '')})->code, 200, 'with everything encoded';

    for my $case (
        ['no secret',         {}, client_id => $id],
        ['a wrong secret',    {}, client_id => $id, client_secret => 'x' x 43],
        ['what is no secret', {}, client_id => $id, client_secret => 'x'],
        ['an empty secret',   {}, client_id => $id, client_secret => ''],
        ['nobody',            {}],
        ['an unknown client', {},
            client_id => '00000000-0000-4000-8000-000000000000',
            client_secret => $secret],
        ['no id',             {}, client_id => 'x', client_secret => $secret],
        ['another\'s secret', {}, client_id => $app->id,
            client_secret => $secret],
        ['wrong in Basic',    basic($id, 'y' x 43)],
        ['no colon',          {Authorization => 'Basic ' . b64_encode($id, '')}],
        ['no base64',         {Authorization => 'Basic !!!'}],
        ['bytes',             {Authorization => 'Basic ' . b64_encode(
            "$id:\xff", '')}],
        ['Bearer',            $shop->admin],
      )
    {
        my ($what, $headers, @form) = @$case;
        error_is($ask->($headers, @form), 401, 'invalid_client', $what);
    }
    error_is($ask->(basic($id, $secret), client_secret => $secret), 400,
        'invalid_request', 'two ways at once');
    error_is($ask->(basic($id, $secret), client_id => $app->id), 400,
        'invalid_request', 'two clients at once');

    my $public = ShopTest::Oauth->register(stack => $shop, type => 'public');
    error_is($public->token(grant_type => 'refresh_token',
        refresh_token => 'x' x 43, client_secret => $secret), 401,
        'invalid_client', 'a public client with a secret');
};

subtest 'forms' => sub {
    my $ask = sub ($body, $type = 'application/x-www-form-urlencoded') {
        return $t->call(POST => '/oauth/token' =>
              {%{basic($service->id, $service->secret)},
                'Content-Type' => $type} => $body);
    };
    is $ask->('grant_type=client_credentials&scope=catalog%3Awrite')->code,
      200, 'a form';
    is $ask->('grant_type=client_credentials',
        'application/x-www-form-urlencoded; charset=UTF-8')->code, 200,
      'with a charset';
    is $ask->('x=1&x2=%C3%BC&&grant_type=client_credentials&')->code, 200,
      'what is not known is ignored';
    for my $case (
        ['a parameter twice' => 'grant_type=a&grant_type=a'],
        ['an unknown one twice' => 'grant_type=client_credentials&x=1&x=2'],
        ['a broken escape' => 'grant_type=client_credentials&x=%2'],
        ['NUL'             => 'grant_type=client_credentials&x=%00'],
        ['not UTF-8'       => "grant_type=client_credentials&x=%FF"],
        ['too many' => join '&', 'grant_type=client_credentials',
            map {"a$_=1"} 1 .. 64],
        ['nothing'      => ''],
        ['an empty one' => 'grant_type='],
      )
    {
        error_is($ask->($case->[1]), 400, 'invalid_request', $case->[0]);
    }
    error_is($ask->('{"grant_type":"client_credentials"}',
        'application/json'), 400, 'invalid_request', 'JSON');
    error_is($ask->('grant_type=password&username=a&password=b'), 400,
        'unsupported_grant_type', 'password');
    error_is($app->token(grant_type => 'client_credentials'), 400,
        'unauthorized_client', 'a grant that the client has not');
    is $t->call(GET => '/oauth/token')->code, 405, 'GET';
};

subtest 'refresh tokens' => sub {
    my $first = $app->tokens($account);
    my $res   = $app->refresh($first->{refresh_token});
    is $res->code, 200, 'exchanged';
    is $res->headers->cache_control, 'no-store', 'not kept';
    is $res->json('/scope'), 'openid orders:read', 'the same scope';
    ok !$res->json('/id_token'), 'nobody signed in anew';
    isnt $res->json('/refresh_token'), $first->{refresh_token}, 'rotated';
    my $kept = $shop->sql("select string_agg(r::text, ' ')
        from identity.client_refresh r");
    unlike $kept, qr/\Q$_\E/, 'only hashes are kept'
      for map { $_->{refresh_token} } $first, $res->json;
    is $app->status($res->json), 200, 'the new token is good';

    my $less = $app->refresh($res->json('/refresh_token'),
        scope => 'openid');
    is $less->json('/scope'), 'openid', 'less for this token';
    $t->get_ok('/api/v1/orders' => $app->bearer($less->json))
      ->problem_is(403 => 'insufficient_scope');
    error_is($app->refresh($less->json('/refresh_token'),
        scope => 'openid email'), 400, 'invalid_scope', 'more than granted');
    my $all = $app->refresh($less->json('/refresh_token'));
    is $all->json('/scope'), 'openid orders:read',
      'the grant is what it was, and the refusal used nothing up';

    my $other = ShopTest::Oauth->register(stack => $shop);
    error_is($other->refresh($all->json('/refresh_token')), 400,
        'invalid_grant', 'another client');
    error_is($app->refresh($_), 400, 'invalid_grant', 'unknown')
      for 'x' x 43, 'x', $all->json('/access_token');
    error_is($app->token(grant_type => 'refresh_token'), 400,
        'invalid_request', 'none');

    error_is($app->refresh($first->{refresh_token}), 400, 'invalid_grant',
        'an old one again');
    error_is($app->refresh($all->json('/refresh_token')), 400,
        'invalid_grant', 'ends the present one');
    ok wait_for(sub { $app->status($all->json) == 401 }, 5),
      'and its access tokens';
    is $shop->sql("select count(*) from ops.audit where action =
        'grant.reused' and actor = ?", $account->{user}{id}), 1,
      'which is written down';

    my $old = $app->tokens($account);
    $shop->db->do("update identity.client_refresh
        set expires_at = now() - interval '1 second' where used_at is null");
    error_is($app->refresh($old->{refresh_token}), 400, 'invalid_grant',
        'too old');
};

subtest 'exchanged by many at once' => sub {
    my $first = $app->tokens($account);
    my ($good, @bad) = (0);
    my @tx = map {
        $app->t->ua->post_p($t->absolute('/oauth/token') => form => {
            client_id     => $app->id,
            client_secret => $app->secret,
            grant_type    => 'refresh_token',
            refresh_token => $first->{refresh_token}
        })->then(sub ($tx) {
            $tx->res->code == 200 ? $good++ : push @bad,
              $tx->res->json('/error');
        })
    } 1 .. 10;
    Mojo::Promise->all(@tx)->wait;
    is $good, 1, 'one gets tokens';
    is_deeply \@bad, [('invalid_grant') x 9], 'the others nothing';
};

subtest 'public clients rotate, without a secret' => sub {
    my $public = ShopTest::Oauth->register(stack => $shop, type => 'public',
        redirect_uris => ['https://spa.example/cb']);
    my $tokens = $public->tokens($account);
    my $res    = $public->refresh($tokens->{refresh_token});
    is $res->code, 200, 'exchanged';
    error_is($public->refresh($tokens->{refresh_token}), 400,
        'invalid_grant', 'once');

    # a script of the client's own pages may read the answer
    my ($code, $verifier) = $public->code($browser);
    $res = $public->exchange($code, $verifier,
        headers => {Origin => 'https://spa.example'});
    is $res->code, 200, 'from a script';
    is $res->headers->access_control_allow_origin, 'https://spa.example',
      'whose origin is the client\'s';
    $res = $public->refresh($res->json('/refresh_token'),
        headers => {Origin => 'https://evil.example'});
    is $res->headers->access_control_allow_origin, undef, 'no other';
};

subtest 'a client for itself' => sub {
    my $res = credentials();
    is $res->code, 200, 'a token';
    is $res->json('/scope'), 'catalog:write inventory:read orders:read',
      'for all that it may';
    ok !$res->json('/refresh_token'), 'and no refresh token';
    my $claims = claims($res->json('/access_token'));
    is $claims->{sub}, $service->id, 'sub is the client';
    is $claims->{client_id}, $service->id, 'client_id';
    is_deeply $claims->{roles}, [], 'it has no role';

    is credentials(scope => 'inventory:read')->json('/scope'),
      'inventory:read', 'or for less';
    error_is(credentials(scope => 'inventory:read store:write'), 400,
        'invalid_scope', 'more than it may');
    my $mixed = ShopTest::Oauth->register(stack => $shop,
        grant_types => [qw(authorization_code client_credentials)],
        scopes => [qw(openid profile catalog:write)]);
    is $mixed->token(grant_type => 'client_credentials')->json('/scope'),
      'catalog:write', 'what is a person\'s is not its own';
    error_is($mixed->token(grant_type => 'client_credentials',
        scope => 'profile'), 400, 'invalid_scope', 'nor for the asking');

    my $bearer = $service->bearer($res->json);
    $t->post_ok('/api/v1/products' => $bearer => json =>
          {name => 'By a program', price => 100})->status_is(201);
    $t->get_ok('/api/v1/orders?all=true' => $bearer)->status_is(200);
    $t->get_ok('/api/v1/users/me' => $bearer)
      ->problem_is(403 => 'insufficient_scope');
    $t->patch_ok('/api/v1/store' => $bearer => json => {name => 'x'})
      ->problem_is(403 => 'insufficient_scope')
      ->header_like('WWW-Authenticate' =>
          qr{error="insufficient_scope", scope="store:write"});
};

subtest 'a blocked account' => sub {
    my $person = $shop->register;
    my $tokens = $app->tokens($person);
    is $app->status($tokens), 200, 'its app works';
    $shop->db->do('update identity.account set blocked_at = now()
        where id = ?', undef, $person->{user}{id});
    ok wait_for(sub { $app->status($tokens) == 401 }, 5), 'no more';
    error_is($app->refresh($tokens->{refresh_token}), 400, 'invalid_grant',
        'nor can it renew');
};

subtest 'tokens that are not as they were made' => sub {
    my $tokens = $app->tokens($account);
    my ($header, $payload, $sig) = split /\./, $tokens->{access_token};
    my $read = sub ($part) {
        return decode_json(b64_decode($part =~ tr{-_}{+/}r));
    };
    my %head = %{$read->($header)};
    my %body = %{$read->($payload)};
    is $head{alg}, 'ES256',  'alg';
    is $head{typ}, 'at+jwt', 'typ';
    my $encode = sub ($what) {
        return ShopTest::Oauth::encode(Mojo::JSON::encode_json($what));
    };
    my $wide = $encode->({%body, scope => 'openid store:write',
        roles => ['admin']});
    my $none = $encode->({%head, alg => 'none'});
    my $hs   = $encode->({%head, alg => 'HS256'});
    my $key  = $t->call(GET => '/.well-known/jwks.json')->body;
    my $mac  = ShopTest::Oauth::encode(
        Digest::SHA::hmac_sha256("$hs.$payload", $key));
    my $id_token = $tokens->{id_token};
    for my $case (
        ['a wider scope'          => "$header.$wide.$sig"],
        ['alg none'               => "$none.$payload."],
        ['HMAC with public keys'  => "$hs.$payload.$mac"],
        ['an id_token'            => $id_token],
        ['an id_token\'s header' => (split /\./, $id_token)[0]
            . ".$payload.$sig"],
      )
    {
        my ($what, $token) = @$case;
        is $t->call(GET => '/api/v1/auth/validate-token' =>
              {Authorization => "Bearer $token"})->code, 401, $what;
        is_deeply $app->post('/oauth/introspect', token => $token)->json,
          {active => Mojo::JSON->false}, "$what: introspection";
        is $app->post('/oauth/revoke', token => $token)->code, 200,
          "$what: revocation";
    }
    is $app->status($tokens), 200, 'none of that ended the good one';
};

subtest 'keys are rotated' => sub {
    my $dir = Mojo::File::tempdir;
    chmod 0755, $dir;
    for my $name (qw(old new)) {
        my $file = $dir->child("$name.pem");
        system('openssl', 'ecparam', '-name', 'prime256v1', '-genkey',
            '-noout', '-out', $file) == 0 or die 'openssl failed';
        chmod 0644, $file;
    }
    my %server = (server => 'location /oauth/ { shop_identity; }
        location /.well-known/ { shop_identity; }
        location /api/v1/ { shop_identity; }');
    my $keys = sub (@names) {
        return join ' ', map {"shop_token_key $dir/$_.pem;"} @names;
    };
    my $nginx = $shop->nginx(http => $keys->('old'), %server);
    my $n     = $nginx->t;
    my $issue = sub {
        return wait_for(sub {
            $n->call(POST => '/oauth/token' => form => {
                client_id     => $service->id,
                client_secret => $service->secret,
                grant_type    => 'client_credentials'
            })->json('/access_token');
        });
    };
    my $kid = sub ($token) {
        return decode_json(b64_decode((split /\./, $token)[0] =~ tr{-_}{+/}r))
          ->{kid};
    };
    my $works = sub ($token) {
        return $n->call(GET => '/api/v1/auth/validate-token' =>
              {Authorization => "Bearer $token"})->code == 200;
    };
    my $old = $issue->();
    $nginx->rewrite(http => $keys->('new', 'old'), %server);
    $nginx->reload;
    my $new;
    ok wait_for(sub { $kid->($new = $issue->()) ne $kid->($old) }),
      'a new key signs';
    ok $works->($_), 'both are good' for $old, $new;
    is scalar @{$n->call(GET => '/.well-known/jwks.json')->json('/keys')}, 2,
      'both are published';
    $nginx->rewrite(http => $keys->('new'), %server);
    $nginx->reload;
    ok wait_for(sub { !$works->($old) }), 'the old one is gone';
    ok $works->($new), 'the new one stays';
};

subtest 'wrong secrets are counted' => sub {
    my $nginx = $shop->nginx(http => 'shop_limits on;
        shop_limit_signins 20r/m burst=5;',
        server => 'location /oauth/ { shop_identity; }
            location /api/v1/ { shop_identity; }');
    my $n   = $nginx->t;
    my $ask = sub ($secret) {
        return $n->call(POST => '/oauth/token' => form => {
            client_id     => $service->id,
            client_secret => $secret,
            grant_type    => 'client_credentials'
        });
    };
    wait_for(sub { $ask->($service->secret)->code == 200 });
    is $ask->($service->secret)->code, 200, "right, $_" for 1 .. 12;
    my @codes = map { $ask->('x' x 43)->code } 1 .. 8;
    is $codes[0], 401, 'wrong';
    is $codes[-1], 429, 'too often wrong';
    my $res = $ask->('x' x 43);
    ok $res->headers->header('Retry-After'), 'with Retry-After';
    is $ask->($service->secret)->code, 429, 'then nothing is looked at';
};

done_testing;
