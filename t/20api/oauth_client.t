#!/usr/bin/perl

# Clients as staff manages them, grants as accounts see them, and what
# programs find out: metadata, revocation, introspection.

use Mojo::Base -signatures;

use ShopTest;
use ShopTest::Oauth;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $url   = '/api/v1/oauth-clients';
$t->ua->cookie_jar->ignore(sub {1});

my $account = $shop->register;
my %client  = (
    name          => 'An app',
    type          => 'confidential',
    grant_types   => [qw(authorization_code refresh_token)],
    redirect_uris => ['https://app.example/back'],
    scopes        => [qw(openid orders:read)],
);

sub add ($with, $headers = $admin) {
    my %document = (%client, %$with);
    delete $document{$_} for grep { !defined $document{$_} } keys %document;
    return $t->post_ok($url => $headers => json => \%document);
}

subtest 'register, change, remove' => sub {
    add({})->status_is(201)->json_is('/name' => 'An app')
      ->json_is('/scopes'   => [qw(openid orders:read)])
      ->json_is('/store_id' => undef)
      ->json_like('/client_secret' => qr/^[\w-]{43}$/)
      ->header_is('Cache-Control' => 'no-store')->trips_is('sql=1 redis=0');
    my ($id, $secret) = map { $t->value("/$_") } qw(id client_secret);
    $t->header_like(Location => qr{\Q$url/$id\E$});
    my $row = $shop->sql('select c::text from identity.client c
        where id = ?', $id);
    unlike $row, qr/\Q$secret\E/, 'only its hash is kept';

    $t->get_ok("$url/$id" => $admin)->status_is(200)
      ->json_hasnt('/client_secret')->json_is('/disabled' => Mojo::JSON->false);
    my $etag = $t->tx->res->headers->etag;
    $t->get_ok("$url/$id" => {%$admin, 'If-None-Match' => $etag})
      ->status_is(304);
    $t->get_ok("$url?limit=100" => $admin)->status_is(200)
      ->json_has('/items/0/id');

    $t->patch_ok("$url/$id" => {%$admin, 'If-Match' => '"0"'} => json =>
          {name => 'x'})->problem_is(412 => 'precondition_failed');
    $t->patch_ok("$url/$id" => $admin => json => {name => 'New'})
      ->status_is(200)->json_is('/name' => 'New');

    $t->post_ok("$url/$id/secret" => $admin)->status_is(200)
      ->json_like('/client_secret' => qr/^[\w-]{43}$/);
    my $app = ShopTest::Oauth->new(stack => $shop, id => $id,
        secret => $secret);
    is $app->refresh('x' x 43)->json('/error'), 'invalid_client',
      'the old secret counts no more';
    $app->secret($t->value('/client_secret'));
    is $app->refresh('x' x 43)->json('/error'), 'invalid_grant',
      'the new one does';

    $t->delete_ok("$url/$id" => $admin)->status_is(204);
    $t->get_ok("$url/$id" => $admin)->problem_is(404 => 'not_found');
    $t->delete_ok("$url/$id" => $admin)->problem_is(404 => 'not_found');
    is $app->refresh('x' x 43)->json('/error'), 'invalid_client', 'gone';

    my $actions = $shop->db->selectcol_arrayref('select action from ops.audit
        where subject = ? order by id', undef, "client:$id");
    is_deeply $actions, [qw(client.added client.changed client.secret
        client.refused client.removed client.refused)], 'all of it is written down';
};

subtest 'what is no client' => sub {
    for my $case (
        [{name => ''}, '/name'], [{name => undef}, '/name'],
        [{type => 'secret'},          '/type'],
        [{grant_types => []},         '/grant_types'],
        [{grant_types => ['password']}, '/grant_types/0'],
        [{scopes => ['everything']},  '/scopes'],
        [{scopes => ['users:write']}, '/scopes'],
        [{redirect_uris => []},       '/redirect_uris'],
        [{grant_types => ['client_credentials']}, '/redirect_uris'],
        [{type => 'public', grant_types =>
            [qw(authorization_code client_credentials)]}, '/grant_types'],
        (map { [{redirect_uris => [$_]}, '/redirect_uris'] }
            'http://app.example/back', 'https://app.example',
            'https://app.example/back#x', 'https://*.example/back',
            'https://app.example/ back', "https://app.example/b\x{fc}",
            'https://user@app.example/back', 'javascript:alert(1)',
            'data:text/html,x', '/back', 'app:/back',
            'com.example.app:/back', 'http://127.0.0.1.evil.example/'),
      )
    {
        add($case->[0])->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $case->[1]);
    }
    add({type => 'public', redirect_uris => ['com.example.app:/back']})
      ->status_is(201)->json_hasnt('/client_secret');
    $t->post_ok("$url/" . $t->value('/id') . '/secret' => $admin)
      ->problem_is(409 => 'conflict');
    add({redirect_uris => ['http://localhost/cb', 'http://[::1]/cb']})
      ->status_is(201);
};

subtest 'who may' => sub {
    add({}, {})->problem_is(401 => 'unauthenticated');
    add({}, $account->{headers})->problem_is(403 => 'forbidden');
    $t->get_ok($url => $shop->seller)->problem_is(403 => 'forbidden');

    my $role = 'clients-' . substr unique_id() =~ tr/-//dr, -12;
    my $clerk = $shop->register;
    $shop->db->do('insert into identity.role (name, permissions)
        values (?, ?)', undef, $role, ['clients:write', 'catalog:write']);
    $shop->db->do('insert into identity.account_role (user_id, role)
        values (?, ?)', undef, $clerk->{user}{id}, $role);
    my $login = $t->call(POST => '/api/v1/auth/login' => json =>
          {map { $_ => $clerk->{$_} } qw(email password)})->json;
    my $headers = {Authorization => "Bearer $login->{access_token}"};
    wait_for(sub { $t->call(GET => $url => $headers)->code == 200 });

    add({scopes => [qw(openid catalog:write)]}, $headers)->status_is(201);
    my $id = $t->value('/id');
    add({scopes => ['orders:read']}, $headers)->status_is(201);
    add({scopes => ['store:write']}, $headers)->problem_is(403 => 'forbidden');
    add({scopes => ['orders:read'], redirect_uris => undef,
        grant_types => ['client_credentials']}, $headers)
      ->problem_is(403 => 'forbidden');
    $t->patch_ok("$url/$id" => $headers => json =>
          {scopes => [qw(openid store:write)]})->problem_is(403 => 'forbidden');

    add({scopes => ['store:write']})->status_is(201);
    $id = $t->value('/id');
    $t->post_ok("$url/$id/secret" => $headers)
      ->problem_is(403 => 'forbidden');
    $t->patch_ok("$url/$id" => $headers => json =>
          {redirect_uris => ['https://evil.example/']})
      ->problem_is(403 => 'forbidden');
    $t->patch_ok("$url/$id" => $headers => json => {disabled => \1})
      ->status_is(200);
};

subtest 'taking away ends tokens' => sub {
    my $app = ShopTest::Oauth->register(stack => $shop,
        scopes => [qw(openid orders:read profile)]);
    my $change = sub ($with) {
        $t->patch_ok("$url/" . $app->id => $admin => json => $with)
          ->status_is(200);
    };
    my $tokens = $app->tokens($account);
    $change->({name => 'Another name'});
    is $app->status($tokens), 200, 'a name takes nothing away';
    $change->({scopes => [qw(openid orders:read)]});
    ok wait_for(sub { $app->status($tokens) == 401 }, 5), 'a scope does';
    is $app->refresh($tokens->{refresh_token})->json('/error'),
      'invalid_grant', 'for good';

    $tokens = $app->tokens($account, scope => 'openid');
    my ($code, $verifier) =
      $app->code($app->browser($account), scope => 'openid');
    $change->({disabled => \1});
    ok wait_for(sub { $app->status($tokens) == 401 }, 5),
      'and who disables it';
    is $app->exchange($code, $verifier)->json('/error'), 'invalid_client',
      'it is not known';
    is $app->authorize($app->browser($account), ($app->question)[0])->code,
      400, 'anywhere';
    $change->({disabled => \0});
    is $app->exchange($code, $verifier)->json('/error'), 'invalid_grant',
      'a code does not survive that';

    $tokens = $app->tokens($account, scope => 'openid');
    $t->delete_ok("$url/" . $app->id => $admin)->status_is(204);
    ok wait_for(sub { $app->status($tokens) == 401 }, 5), 'nor a token';
};

subtest 'grants of an account' => sub {
    my $person = $shop->register;
    my $app    = ShopTest::Oauth->register(stack => $shop, name => 'Books');
    my @tokens = map { $app->tokens($person) } 1 .. 2;
    $t->get_ok('/api/v1/users/me/grants' => $person->{headers})
      ->status_is(200)->json_is('/items/0/client/name' => 'Books')
      ->json_is('/items/0/scopes/0/name' => 'openid')->json_hasnt('/items/1');
    my $grant = '/api/v1/users/me/grants/' . $t->value('/items/0/id');
    $t->delete_ok($grant => $account->{headers})
      ->problem_is(404 => 'not_found');
    $t->delete_ok($grant => $app->bearer($tokens[0]))
      ->problem_is(403 => 'insufficient_scope');
    $t->delete_ok($grant => $person->{headers})->status_is(204);
    for my $tokens (@tokens) {
        ok wait_for(sub { $app->status($tokens) == 401 }, 5), 'ended';
        is $app->refresh($tokens->{refresh_token})->json('/error'),
          'invalid_grant', 'for good';
    }
    $t->get_ok('/api/v1/users/me/grants' => $person->{headers})
      ->json_is('/items' => []);
    like $app->authorize($app->browser($person), ($app->question)[0])
      ->headers->location, qr{^/consent}, 'the app has to ask again';
    is_deeply $shop->db->selectcol_arrayref("select action from ops.audit
        where actor = ? and action like 'grant.%' order by id", undef,
        $person->{user}{id}), ['grant.given', 'grant.ended'],
      'it is written down';
};

subtest 'revocation' => sub {
    my $app   = ShopTest::Oauth->register(stack => $shop);
    my $other = ShopTest::Oauth->register(stack => $shop);
    my $kept  = $app->tokens($account);
    for my $kind (qw(refresh_token access_token)) {
        my $tokens = $app->tokens($account);
        my $res = $other->post('/oauth/revoke', token => $tokens->{$kind});
        is $res->json('/error'), 'invalid_grant', "$kind: not another's";
        is $app->status($tokens), 200, "$kind: counts still";
        $res = $app->post('/oauth/revoke', token => $tokens->{$kind},
            token_type_hint => 'nonsense');
        is $res->code, 200, "$kind: revoked";
        is $app->status($tokens), 401, "$kind: at once on this node";
        is $app->refresh($tokens->{refresh_token})->json('/error'),
          'invalid_grant', "$kind: with what came of the same code";
        is $app->post('/oauth/revoke', token => $tokens->{$kind})->code, 200,
          "$kind: again";
    }
    is $app->status($kept), 200, 'the other sign-in of the account stands';
    is $app->post('/oauth/revoke', token => $_)->code, 200,
      'what is no token is revoked' for 'x', 'x' x 43, 'a.b.c';
    is $app->post('/oauth/revoke', token => $account->{access})->code, 200,
      'nor the shop\'s own';
    is $t->call(GET => '/api/v1/users/me' => $account->{headers})->code, 200,
      'which stays';
    is $app->post('/oauth/revoke')->json('/error'), 'invalid_request', 'none';
    is $app->post('/oauth/revoke', token => 'x', client_secret => 'x')->code,
      401, 'a wrong secret';

    my $service = ShopTest::Oauth->register(stack => $shop,
        grant_types => ['client_credentials'], redirect_uris => [],
        scopes => ['inventory:read']);
    my @own = map { $service->token(grant_type => 'client_credentials')->json }
      1 .. 2;
    is $service->post('/oauth/revoke', token => $own[0]{access_token})->code,
      200, 'a client\'s own';
    is $service->status($own[0]), 401, 'ended';
    is $service->status($own[1]), 200, 'it alone';
};

subtest 'introspection' => sub {
    my $app   = ShopTest::Oauth->register(stack => $shop);
    my $other = ShopTest::Oauth->register(stack => $shop);
    my $server = ShopTest::Oauth->register(stack => $shop,
        grant_types => ['client_credentials'], redirect_uris => [],
        scopes => ['tokens:read']);
    my $tokens = $app->tokens($account);
    my $ask = sub ($who, $token, %with) {
        my $res = $who->post('/oauth/introspect', token => $token, %with);
        is $res->code, 200, 'an answer';
        is $res->headers->cache_control, 'no-store', 'not kept';
        return $res->json;
    };
    my $no = {active => Mojo::JSON->false};

    my $is = $ask->($app, $tokens->{access_token});
    ok $is->{active}, 'it counts';
    is $is->{sub}, $account->{user}{id}, 'sub';
    is $is->{client_id}, $app->id, 'client_id';
    is $is->{scope}, 'openid orders:read', 'scope';
    is $is->{iss}, $shop->url, 'iss';
    cmp_ok $is->{exp}, '>', time, 'exp';
    ok $ask->($server, $tokens->{access_token})->{active},
      'told to one who accepts tokens';
    ok $ask->($server, $account->{access})->{active}, 'of the shop too';
    is_deeply $ask->($other, $tokens->{access_token}), $no,
      'not to another client';

    $is = $ask->($app, $tokens->{refresh_token});
    ok $is->{active}, 'a refresh token';
    is $is->{token_type}, 'refresh_token', 'its type';
    is_deeply $ask->($_, $tokens->{refresh_token}), $no,
      'which is its client\'s' for $other, $server;
    is_deeply $ask->($app, $_), $no, 'what is no token'
      for 'x', 'x' x 43, 'a.b.c';

    $app->refresh($tokens->{refresh_token});
    is_deeply $ask->($app, $tokens->{refresh_token}), $no, 'exchanged';
    $app->post('/oauth/revoke', token => $tokens->{access_token});
    is_deeply $ask->($_, $tokens->{access_token}), $no, 'revoked'
      for $app, $server;

    my $public = ShopTest::Oauth->register(stack => $shop, type => 'public');
    is $public->post('/oauth/introspect', token => 'x')->code, 401,
      'not without a secret';
};

subtest 'metadata' => sub {
    my $base = $shop->url;
    for my $name (qw(openid-configuration oauth-authorization-server)) {
        $t->get_ok("/.well-known/$name")->status_is(200)
          ->json_is('/issuer' => $base)
          ->json_is('/token_endpoint' => "$base/oauth/token")
          ->json_is('/code_challenge_methods_supported' => ['S256'])
          ->json_is('/response_types_supported'         => ['code'])
          ->json_is('/authorization_response_iss_parameter_supported' =>
              Mojo::JSON->true)
          ->header_is('Access-Control-Allow-Origin' => '*');
    }
    my $metadata = $t->value;
    is_deeply [sort @{$metadata->{scopes_supported}}],
      [sort @{$shop->db->selectcol_arrayref(
              'select name from identity.scope')}], 'the scopes that there are';
    for my $endpoint (grep {/_endpoint$|^jwks_uri$/} sort keys %$metadata) {
        my $path = $metadata->{$endpoint} =~ s/^\Q$base\E//r;
        isnt $t->call(GET => $path)->code, 404, "$endpoint is there";
    }
    my $nginx = $shop->nginx(http => 'shop_token_issuer shop;',
        server => 'location /oauth/ { shop_identity; }
            location /.well-known/ { shop_identity; }');
    my $n = $nginx->t;
    ok wait_for(sub { $n->call(POST => '/oauth/token')->code == 404 }),
      'without an address there is no OAuth';
    is $n->call(GET => '/.well-known/openid-configuration')->code, 404,
      'nor metadata';
};

done_testing;
