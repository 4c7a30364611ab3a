#!/usr/bin/perl

# API keys: publishable ones choose the store, secret ones act for who made
# them, within their permissions.

use Mojo::Base -signatures;

use Digest::SHA qw(sha256);
use Mojo::JSON  qw(false true);
use Mojo::Util  qw(url_escape);

use ShopTest;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

sub add_key ($headers = $admin, %with) {
    $t->post_ok('/api/v1/api-keys' => $headers => json =>
          {name => 'Test', kind => 'secret', permissions => ['catalog:write'],
            %with})->status_is(201);
    my $made = $t->value;
    $made->{headers} = {Authorization => "Bearer $made->{key}"};
    return $made;
}

sub publishable () {
    return add_key($admin, kind => 'publishable', permissions => []);
}

# an account with permissions by a role of its own
sub staff (@permissions) {
    my $user = $shop->register;
    my $role = 'k-' . substr unique_id() =~ tr/-//dr, -20;
    $t->post_ok('/api/v1/roles' => $admin => json =>
          {name => $role, permissions => \@permissions})->status_is(201);
    $t->patch_ok("/api/v1/users/$user->{user}{id}" => $admin => json =>
          {roles => [$role]})->status_is(200);
    wait_for(sub {
        $t->call(GET => '/api/v1/api-keys' => $user->{headers})->code == 200;
    }, 5, 'the role');
    return {%$user, role => $role};
}

sub creates ($headers) {
    return $t->call(POST => '/api/v1/products' => $headers => json => {})
      ->code;
}

subtest 'made, shown once, kept as a hash' => sub {
    my $key = add_key($admin, name => 'Importer',
        permissions => ['catalog:write', 'catalog:manage', 'catalog:write']);
    like $key->{key}, qr/^nsk_[\w-]{43}$/, 'a secret key';
    is $key->{hint}, substr($key->{key}, 0, 8), 'how it begins';
    is_deeply $key->{permissions}, [qw(catalog:manage catalog:write)],
      'its permissions';
    is $key->{store_id}, '1', 'of this store';
    is $t->tx->res->headers->cache_control, 'no-store', 'kept nowhere';

    $t->get_ok("/api/v1/api-keys/$key->{id}" => $admin)->status_is(200)
      ->json_is('/name' => 'Importer')->json_is('/key' => undef)
      ->json_is('/last_used_at' => undef);
    is $t->tx->res->headers->etag, undef, 'no version';
    $t->get_ok('/api/v1/api-keys' => $admin)->status_is(200)
      ->json_is('/items/0/id' => $key->{id});
    is $shop->sql('select hash from identity.api_key where id = ?', $key->{id}),
      sha256($key->{key}), 'SHA-256';
    is $shop->sql('select count(*) from identity.api_key k
        where k::text like ?', "%$key->{key}%"), 0, 'and nothing else';

    my $public = publishable();
    like $public->{key}, qr/^npk_[\w-]{43}$/, 'a publishable key';
    $t->get_ok("/api/v1/api-keys/$public->{id}" => $admin)->status_is(200)
      ->json_is('/key' => $public->{key}, 'is shown again');
};

subtest 'what a secret key may' => sub {
    my $key = add_key;
    is creates($key->{headers}), 422, 'what it names';
    $t->post_ok('/api/v1/products' => $key->{headers} => json => {})
      ->trips_is('sql=0 redis=0');
    $t->post_ok('/api/v1/inventory/update' => $key->{headers} => json => {})
      ->status_is(403);
    $t->get_ok("/api/v1/$_" => $key->{headers})->status_is(403)
      for qw(users/me users/me/addresses orders api-keys users permissions);
    $t->get_ok('/api/v1/cart' => $key->{headers})->status_is(200)
      ->json_is('/items' => []);

    my $reader = add_key($admin, permissions => ['orders:read']);
    $t->get_ok('/api/v1/orders?all=true&limit=1' => $reader->{headers})
      ->status_is(200);
    is creates($reader->{headers}), 403, 'and no more';
};

subtest 'no trip for a key that is known' => sub {
    my $other = $shop->nginx(workers => 1, http => 'shop_debug_trips on;',
        server => 'location /api/v1/ { shop_catalog; }');
    my $key   = add_key;
    my $c     = $other->t;
    my @trips = map {
        wait_for(sub {
            my $res = $c->call(POST => '/api/v1/products' =>
                  $key->{headers} => json => {});
            $res->code == 422 && $res->headers->header('X-Shop-Trips')
              eq 'sql=0 redis=0';
        });
    } 1 .. 3;
    is_deeply \@trips, [(1) x 3], 'answered from memory';
};

subtest 'bad keys' => sub {
    my $key = add_key;
    for my $bad ('nsk_', 'nsk_' . 'x' x 43, "$key->{key}x",
        'nsk_' . '.' x 43, $key->{key} =~ s/^nsk/npk/r)
    {
        my $headers = {Authorization => "Bearer $bad"};
        $t->get_ok('/api/v1/users/me' => $headers)
          ->problem_is(401 => 'unauthenticated')
          ->header_like('WWW-Authenticate' => qr/error="invalid_token"/);
    }
    for my $bad ('x', 'npk_' . 'x' x 43, $key->{key}) {
        $t->get_ok('/api/v1/store' => {'X-Publishable-Key' => $bad})
          ->problem_is(401 => 'unauthenticated');
    }
};

subtest 'revoked soon, everywhere' => sub {
    my $other = $shop->nginx(workers => 2,
        server => 'location /api/v1/ { shop_catalog; }');
    my $key  = add_key;
    my $away = sub {
        return $other->t->call(POST => '/api/v1/products' =>
              $key->{headers} => json => {})->code;
    };
    wait_for(sub { $away->() == 422 }, 10);
    is $away->(), 422, 'it counts' for 1 .. 4;
    $t->delete_ok("/api/v1/api-keys/$key->{id}" => $admin)->status_is(204);
    ok wait_for(sub { $away->() == 401 && $away->() == 401 }, 5),
      'no more on another node';
    is creates($key->{headers}), 401, 'nor here';
    $t->get_ok("/api/v1/api-keys/$key->{id}" => $admin)
      ->problem_is(404 => 'not_found');
    $t->delete_ok("/api/v1/api-keys/$key->{id}" => $admin)
      ->problem_is(404 => 'not_found');
    is $shop->sql("select count(*) from ops.audit where subject = ?
        and action = 'key.refused'", "key:$key->{id}"), 1,
      'its use is told once a minute';
};

subtest 'it ends' => sub {
    my $key = add_key($admin,
        expires_at => $shop->sql("select api.time(now() + '5 s')"));
    is creates($key->{headers}), 422, 'before its time';
    ok wait_for(sub { creates($key->{headers}) == 401 }, 15), 'and after';
};

subtest 'it may what its maker may' => sub {
    my $maker = staff('keys:write', 'catalog:write');
    my $key   = add_key($maker->{headers});
    is creates($key->{headers}), 422, 'as long as he holds it';

    $t->patch_ok("/api/v1/roles/$maker->{role}" => $admin => json =>
          {permissions => ['keys:write']})->status_is(200);
    ok wait_for(sub { creates($key->{headers}) == 403 }, 5), 'not after';
    $t->patch_ok("/api/v1/roles/$maker->{role}" => $admin => json =>
          {permissions => ['keys:write', 'catalog:write']})->status_is(200);
    ok wait_for(sub { creates($key->{headers}) == 422 }, 5), 'but again';

    my $id = $maker->{user}{id};
    $t->patch_ok("/api/v1/users/$id" => $admin => json => {roles => []})
      ->status_is(200);
    ok wait_for(sub { creates($key->{headers}) == 403 }, 5),
      'not without the role';
    $t->patch_ok("/api/v1/users/$id" => $admin => json =>
          {roles => [$maker->{role}]})->status_is(200);
    ok wait_for(sub { creates($key->{headers}) == 422 }, 5), 'with it';
    $t->patch_ok("/api/v1/users/$id" => $admin => json => {blocked => true})
      ->status_is(200);
    ok wait_for(sub { creates($key->{headers}) == 401 }, 5),
      'blocked with its maker';
};

subtest 'it acts for its maker' => sub {
    my $maker = staff('keys:write');
    $t->patch_ok("/api/v1/users/$maker->{user}{id}" => $admin => json =>
          {roles => ['seller', $maker->{role}]})->status_is(200);
    my $key;
    wait_for(sub {
        my $res = $t->call(POST => '/api/v1/api-keys' => $maker->{headers} =>
              json => {name => 'Shop', kind => 'secret',
                permissions => ['catalog:write']});
        $key = $res->json('/key');
    }, 5, 'the role');
    my $headers = {Authorization => "Bearer $key"};
    my $add     = sub ($who) {
        $t->post_ok('/api/v1/products' => $who => json =>
              {name => 'Keyed ' . unique_id(), price => 700})
          ->status_is(201);
        return $t->value('/id');
    };
    my $own = $add->($headers);
    $t->get_ok("/api/v1/products/$own")->status_is(200)
      ->json_is('/seller_id' => $maker->{user}{id}, 'a product of its own');
    $t->patch_ok("/api/v1/products/$own" => $headers => json =>
          {price => 800})->status_is(200);
    my $other = $add->($shop->seller);
    $t->patch_ok("/api/v1/products/$other" => $headers => json =>
          {price => 1})->problem_is(403 => 'forbidden');
};

subtest 'who may make which' => sub {
    my $maker = staff('keys:write', 'catalog:write', 'users:read');
    my $me    = $maker->{headers};
    my $try   = sub (%with) {
        return $t->post_ok('/api/v1/api-keys' => $me => json =>
              {name => 'X', kind => 'secret', %with});
    };
    $t->post_ok('/api/v1/api-keys' => $shop->customer => json =>
          {name => 'X', kind => 'publishable'})->problem_is(403 => 'forbidden');
    $t->get_ok('/api/v1/api-keys')->problem_is(401 => 'unauthenticated');

    $try->(permissions => ['orders:read'])->problem_is(403 => 'forbidden');
    for my $case (
        [{}, '/permissions'],
        [{permissions => []}, '/permissions'],
        [{permissions => ['no:such']}, '/permissions'],
        [{permissions => ['*']}, '/permissions'],
        [{permissions => ['keys:write'], reach => 'installation'},
            '/permissions'],
        [{permissions => ['users:read']}, '/permissions'],
        [{permissions => ['catalog:write'], expires_at => '2001-01-01T00:00:00Z'},
            '/expires_at'],
        [{kind => 'publishable', permissions => ['catalog:write']},
            '/permissions'],
        [{kind => 'publishable', reach => 'installation'}, '/reach'],
        [{kind => 'other'}, '/kind'],
        [{name => ''}, '/name'])
    {
        $try->(%{$case->[0]})->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $case->[1]);
    }
    $try->(permissions => ['users:read'], reach => 'installation')
      ->status_is(201)->json_is('/store_id' => undef);
    my $whole = {Authorization => 'Bearer ' . $t->value('/key')};
    $t->get_ok('/api/v1/users?limit=1' => $whole)->status_is(200);
    $t->post_ok('/api/v1/api-keys' => $whole => json =>
          {name => 'X', kind => 'publishable'})->status_is(403);

    my $theirs = add_key;
    $t->get_ok("/api/v1/api-keys/$theirs->{id}" => $me)
      ->problem_is(404 => 'not_found');
    $t->delete_ok("/api/v1/api-keys/$theirs->{id}" => $me)
      ->problem_is(404 => 'not_found');
    $t->get_ok('/api/v1/api-keys?limit=1' => $me)->status_is(200)
      ->json_is('/items/0/created_by' => $maker->{user}{id})
      ->json_is('/next_cursor' => undef, 'only its own');
};

subtest 'the store that a key chooses' => sub {
    my $public = publishable();
    my $secret = add_key;
    $t->get_ok('/api/v1/store')->status_is(200)->json_is('/id' => '1');
    my $host = $shop->sql('select h.host from store.host h
        join store.store s on s.id = h.store_id
        where not s.is_default order by h.host limit 1');
    my $id = $shop->sql('select store_id::text from store.host
        where host = ?', $host);

    $t->get_ok('/api/v1/store' => {Host => $host})->status_is(200)
      ->json_is('/id' => $id);
    $t->get_ok('/api/v1/store' =>
          {Host => $host, 'X-Publishable-Key' => $public->{key}})
      ->status_is(200)->json_is('/id' => '1', 'not that of the host')
      ->header_like(Vary => qr/X-Publishable-Key/);
    $t->get_ok('/api/v1/store' => {Host => $host, %{$secret->{headers}}})
      ->status_is(200)->json_is('/id' => '1', 'a secret key\'s own');

    $t->post_ok('/api/v1/api-keys' => {%$admin, Host => $host} => json =>
          {name => 'There', kind => 'publishable'})->status_is(201)
      ->json_is('/store_id' => $id);
    my $there = $t->value('/key');
    $t->get_ok('/api/v1/store' => {'X-Publishable-Key' => $there})
      ->status_is(200)->json_is('/id' => $id);
    $t->get_ok('/api/v1/store' =>
          {'X-Publishable-Key' => $there, %{$secret->{headers}}})
      ->problem_is(401 => 'unauthenticated');

    my $origin = 'https://' . unique_id() . '.test';
    $shop->db->do('insert into store.origin (store_id, origin) values (?, ?)',
        undef, $id, $origin);
    my $ask = sub (%more) {
        $t->call(OPTIONS => '/api/v1/store' => {Origin => $origin,
                'Access-Control-Request-Method' => 'GET', %more})
          ->headers->access_control_allow_origin // '';
    };
    ok wait_for(sub {
        $ask->('Access-Control-Request-Headers' => 'x-publishable-key')
          eq $origin;
    }, 5), 'a preflight for a key is that of any store';
    is $ask->(), '', 'and else that of the host';
    $t->get_ok('/api/v1/store' =>
          {Origin => $origin, 'X-Publishable-Key' => $there})
      ->header_is('Access-Control-Allow-Origin' => $origin);
    $t->get_ok('/api/v1/store' => {Origin => $origin})
      ->header_is('Access-Control-Allow-Origin' => undef);
    $shop->db->do('delete from store.origin where origin = ?', undef, $origin);
};

subtest 'its use is written down' => sub {
    my $key  = add_key;
    my $used = sub {
        return $shop->sql("select count(*) from ops.audit
            where subject = ? and action = 'key.used'
            and actor is not null and address = '127.0.0.1'
            and request_id is not null", "key:$key->{id}");
    };
    creates($key->{headers}) for 1 .. 5;
    ok wait_for(sub { $used->() }, 5), 'its first use, in the audit';
    $t->get_ok("/api/v1/api-keys/$key->{id}" => $admin)
      ->json_like('/last_used_at' => qr/^\d{4}-/)
      ->json_is('/last_address' => '127.0.0.1');
    my $first = $t->value('/last_used_at');
    creates($key->{headers}) for 1 .. 5;
    is $used->(), 1, 'once for an address';
    is $shop->sql('select api.time(last_used_at) from identity.api_key
        where id = ?', $key->{id}), $first, 'at most once a minute';

    $shop->db->do("update identity.api_key
        set last_used_at = now() - interval '2 minutes' where id = ?", undef,
        $key->{id});
    $shop->db->do("select identity.api_key_used(?, 1, '192.0.2.1', 'r')",
        undef, $key->{id});
    is $shop->sql("select count(*) from ops.audit where subject = ?
        and action = 'key.used'", "key:$key->{id}"), 2, 'a new address';
    is $shop->sql('select host(last_address) from identity.api_key
        where id = ?', $key->{id}), '192.0.2.1', 'the last one';
    is_deeply $shop->db->selectcol_arrayref(
        "select action from ops.audit where subject = ? order by id", undef,
        "key:$key->{id}"), [qw(key.added key.used key.used)], 'all of it';
};

subtest 'a publishable key tells of no shopper' => sub {
    my $public = publishable();
    $t->get_ok('/api/v1/store' => {'X-Publishable-Key' => $public->{key}})
      ->status_is(200);
    my $rows;
    ok wait_for(sub {
        $rows = $shop->db->selectall_arrayref("select actor, address
            from ops.audit where subject = ? and action = 'key.used'", undef,
            "key:$public->{id}");
        return @$rows;
    }, 5), 'its first use';
    is_deeply $rows, [[undef, undef]], 'by nobody from nowhere';
    $t->get_ok("/api/v1/api-keys/$public->{id}" => $admin)
      ->json_like('/last_used_at' => qr/^\d{4}-/)
      ->json_is('/last_address' => undef);
};

subtest 'a limit of its own' => sub {
    my $other = $shop->nginx(
        http   => 'shop_limits on; shop_limit_keys 1r/m burst=3;',
        server => 'location /api/v1/ { shop_catalog; }');
    my $c   = $other->t;
    my $key = add_key;
    my $two = add_key;
    wait_for(sub { $c->call(GET => '/api/v1/products/0')->code == 404 }, 10);
    my @codes;
    for (1 .. 4) {
        $c->post_ok('/api/v1/products' => $key->{headers} => json => {});
        push @codes, $c->tx->res->code;
    }
    is_deeply \@codes, [422, 422, 422, 429], 'three, then no more';
    $c->problem_is(429 => 'rate_limited')
      ->header_like('Retry-After' => qr/^[1-9]\d*$/);
    my $policy = join ', ', @{$c->tx->res->headers->every_header(
            'RateLimit-Policy')};
    my $left = join ', ', @{$c->tx->res->headers->every_header('RateLimit')};
    like $policy, qr/"key";q=3;w=180/, 'its policy';
    like $left,   qr/"key";r=0;t=\d+/, 'and what is left of it';
    $c->post_ok('/api/v1/products' => $two->{headers} => json => {})
      ->status_is(422);
};

done_testing;
