#!/usr/bin/perl

# Roles made at run time, and accounts as administrators change them.

use Mojo::Base -signatures;

use ShopTest;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

sub role_name { return 'r-' . substr unique_id() =~ tr/-//dr, -20 }

# somebody who holds these permissions by a role of their own
sub staff (@permissions) {
    my $user = $shop->register;
    my $role = role_name();
    $t->post_ok('/api/v1/roles' => $admin => json =>
          {name => $role, permissions => \@permissions})->status_is(201);
    $t->patch_ok("/api/v1/users/$user->{user}{id}" => $admin => json =>
          {roles => ['customer', $role]})->status_is(200);
    $user->{role} = $role;
    return $user;
}

sub can_create ($headers) {
    return $t->call(POST => '/api/v1/products' => $headers => json => {})
      ->code == 422;
}

subtest 'permissions' => sub {
    $t->get_ok('/api/v1/permissions')->problem_is(401 => 'unauthenticated');
    $t->get_ok('/api/v1/permissions' => $admin)->status_is(200);
    my %one = map { $_->{name} => $_ } @{$t->value('/items')};
    ok $one{'catalog:write'}{held}, 'an administrator holds them';
    is $one{'keys:write'}{reach}, 'person', 'how far it reaches';
    is_deeply [grep { !length $_->{description} } values %one], [],
      'each with a sentence';

    $t->get_ok('/api/v1/permissions' => $shop->seller)->status_is(200);
    %one = map { $_->{name} => $_ } @{$t->value('/items')};
    ok $one{'catalog:write'}{held}, 'a seller holds this';
    ok !$one{'roles:write'}{held}, 'but not that';
};

subtest 'a role made at run time' => sub {
    my $user = $shop->register;
    my $role = role_name();
    my $json = {name => $role, description => 'Sells.',
        permissions => ['catalog:write', 'inventory:read', 'catalog:write']};

    $t->post_ok('/api/v1/roles' => $user->{headers} => json => $json)
      ->problem_is(403 => 'forbidden');
    $t->post_ok('/api/v1/roles' => $admin => json => $json)->status_is(201)
      ->header_is(Location => "/api/v1/roles/$role")
      ->json_is('/permissions' => ['catalog:write', 'inventory:read'])
      ->json_is('/members' => 0)->json_is('/built_in' => Mojo::JSON->false)
      ->json_is('/mfa_required' => Mojo::JSON->false);
    $t->post_ok('/api/v1/roles' => $admin => json => $json)
      ->problem_is(409 => 'role_taken');

    ok !can_create($user->{headers}), 'may not';
    $t->patch_ok("/api/v1/users/$user->{user}{id}" => $admin => json =>
          {roles => ['customer', $role]})->status_is(200)
      ->json_is('/roles' => ['customer', $role]);
    ok wait_for(sub { can_create($user->{headers}) }, 5),
      'may soon, by the token from before';
    $t->get_ok("/api/v1/roles/$role" => $admin)->status_is(200)
      ->json_is('/members' => 1);
    my $etag = $t->tx->res->headers->etag;

    $t->delete_ok("/api/v1/roles/$role" => $admin)
      ->problem_is(409 => 'role_in_use');
    $t->patch_ok("/api/v1/roles/$role" => {%$admin, 'If-Match' => '"99"'} =>
          json => {permissions => []})
      ->problem_is(412 => 'precondition_failed');
    $t->patch_ok("/api/v1/roles/$role" => {%$admin, 'If-Match' => $etag} =>
          json => {permissions => []})->status_is(200)
      ->json_is('/permissions' => [])->json_is('/description' => 'Sells.');
    isnt $t->tx->res->headers->etag, $etag, 'another version';
    ok wait_for(sub { !can_create($user->{headers}) }, 5),
      'may no more soon';

    $t->patch_ok("/api/v1/users/$user->{user}{id}" => $admin => json =>
          {roles => ['customer']})->status_is(200);
    $t->delete_ok("/api/v1/roles/$role" => $admin)->status_is(204);
    $t->get_ok("/api/v1/roles/$role" => $admin)->problem_is(404 => 'not_found');
    $t->delete_ok("/api/v1/roles/$role" => $admin)
      ->problem_is(404 => 'not_found');

    is_deeply $shop->db->selectcol_arrayref(
        'select action from ops.audit where subject = ? and actor is not null
         and address is not null and request_id is not null order by id',
        undef, "role:$role"),
      [qw(role.added role.changed role.removed)], 'all of it is in the audit';
};

subtest 'every node hears of it' => sub {
    my $other = $shop->nginx(workers => 2,
        server => 'location /api/v1/ { shop_identity; shop_catalog; }');
    my $user = staff();
    my $away = sub {
        return $other->t->call(POST => '/api/v1/products' =>
              $user->{headers} => json => {})->code;
    };
    ok wait_for(sub { $away->() == 403 }, 10), 'may not there';
    $t->patch_ok("/api/v1/roles/$user->{role}" => $admin => json =>
          {permissions => ['catalog:write']})->status_is(200);
    ok wait_for(sub { $away->() == 422 }, 5), 'may soon';
    $t->patch_ok("/api/v1/users/$user->{user}{id}" => $admin => json =>
          {roles => []})->status_is(200);
    ok wait_for(sub { $away->() == 403 }, 5), 'the role was taken away';
    $t->patch_ok("/api/v1/users/$user->{user}{id}" => $admin => json =>
          {blocked => Mojo::JSON->true})->status_is(200);
    ok wait_for(sub { $away->() == 401 }, 5), 'blocked there too';
};

subtest 'bad roles' => sub {
    for my $case (
        [{name => 'Bad Name', permissions => []}, '/name'],
        [{name => role_name(), permissions => ['no:such']}, '/permissions'],
        [{name => role_name(), permissions => ['*']}, '/permissions'])
    {
        $t->post_ok('/api/v1/roles' => $admin => json => $case->[0])
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $case->[1]);
    }
    $t->post_ok('/api/v1/roles' => $admin => json =>
          {name => 'x', permissions => 'all', more => 1})
      ->problem_is(422 => 'invalid_input');
    $t->delete_ok("/api/v1/roles/$_" => $admin)->problem_is(409 => 'conflict')
      for qw(admin seller customer);
    $t->patch_ok('/api/v1/roles/admin' => $admin => json =>
          {permissions => []})->problem_is(403 => 'forbidden');
    $t->patch_ok('/api/v1/roles/none' => $admin => json => {})
      ->problem_is(404 => 'not_found');

    $t->get_ok('/api/v1/roles?limit=2' => $admin)->status_is(200);
    my @names = map { $_->{name} } @{$t->value('/items')};
    is @names, 2, 'a page';
    $t->get_ok('/api/v1/roles?limit=100&cursor=' . $t->value('/next_cursor') =>
          $admin)->status_is(200);
    ok !(grep { $_->{name} eq $names[0] } @{$t->value('/items')}),
      'the next one';
    $t->get_ok('/api/v1/roles?cursor=%25' => $admin)
      ->problem_is(422 => 'invalid_input');
};

subtest 'nobody gives what he does not hold' => sub {
    my $chief = staff('roles:write', 'users:write', 'catalog:write');
    my $other = $shop->register;
    my $me    = $chief->{headers};
    wait_for(sub {
        $t->call(POST => '/api/v1/roles' => $me => json => {})->code == 422;
    }, 5, 'the role');

    $t->post_ok('/api/v1/roles' => $me => json =>
          {name => role_name(), permissions => ['orders:read']})
      ->problem_is(403 => 'forbidden');
    like $t->value('/detail'), qr/orders:read/, 'says what is missing';
    my $mine = role_name();
    $t->post_ok('/api/v1/roles' => $me => json =>
          {name => $mine, permissions => ['catalog:write']})->status_is(201);
    $t->patch_ok("/api/v1/roles/$mine" => $me => json =>
          {permissions => ['catalog:write', 'audit:read']})
      ->problem_is(403 => 'forbidden');

    my $id = $other->{user}{id};
    $t->patch_ok("/api/v1/users/$id" => $me => json =>
          {roles => ['customer', $mine]})->status_is(200);
    $t->patch_ok("/api/v1/users/$id" => $me => json => {roles => ['admin']})
      ->problem_is(403 => 'forbidden');
    $t->patch_ok("/api/v1/users/$id" => $me => json => {roles => ['no-such']})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/roles');

    my $boss = $shop->sql(
        "select id from identity.account where email = 'admin\@demo.test'");
    $t->patch_ok("/api/v1/users/$boss" => $me => json =>
          {blocked => Mojo::JSON->true})->problem_is(403 => 'forbidden');
    $t->patch_ok("/api/v1/users/$boss" => $me => json => {name => 'Eve'})
      ->problem_is(403 => 'forbidden');

    my $clerk = staff('users:write');
    $t->patch_ok("/api/v1/users/$id" => $clerk->{headers} => json =>
          {name => 'Renamed'})->problem_is(403 => 'forbidden');
    $t->patch_ok("/api/v1/users/$id" => $admin => json =>
          {roles => ['customer']})->status_is(200);
    $t->patch_ok("/api/v1/users/$id" => $clerk->{headers} => json =>
          {name => 'Renamed'})->status_is(200)->json_is('/name' => 'Renamed');
    $t->patch_ok("/api/v1/users/$id" => $clerk->{headers} => json =>
          {roles => []})->problem_is(403 => 'forbidden');
};

subtest 'accounts are found' => sub {
    my $name = 'Zq' . unique_id() =~ tr/-/_/r . ' O%Neil';
    my $user = $shop->register(name => $name);
    my $id   = $user->{user}{id};

    $t->get_ok('/api/v1/users' => $user->{headers})
      ->problem_is(403 => 'forbidden');
    for my $query ($user->{email}, substr($user->{email}, 3, 20), lc $name) {
        $t->get_ok('/api/v1/users' => $admin => form => {query => $query})
          ->status_is(200)->json_is('/items/0/id' => $id)
          ->json_is('/items/0/blocked' => Mojo::JSON->false)
          ->json_is('/items/1' => undef)->json_is('/next_cursor' => undef);
    }
    $t->get_ok('/api/v1/users?query=%25_%5C' => $admin)->status_is(200)
      ->json_is('/items' => []);
    $t->get_ok('/api/v1/users?role=admin&blocked=false&limit=1' => $admin)
      ->status_is(200);
    is_deeply [grep { $_ eq 'admin' } @{$t->value('/items/0/roles')}],
      ['admin'], 'by role';
    $t->get_ok('/api/v1/users?limit=1' => $admin)->status_is(200)
      ->json_is('/items/0/id' => $id, 'the newest first');
    $t->get_ok('/api/v1/users?limit=1&cursor=' . $t->value('/next_cursor') =>
          $admin)->status_is(200);
    isnt $t->value('/items/0/id'), $id, 'and then the others';
    $t->get_ok("/api/v1/users?cursor=$_" => $admin)
      ->problem_is(422 => 'invalid_input') for 'abc', '%21';
    $t->get_ok('/api/v1/users?blocked=perhaps&limit=0&no=1' => $admin)
      ->problem_is(422 => 'invalid_input');

    $t->get_ok("/api/v1/users/$id" => $admin)->status_is(200)
      ->json_is('/email' => $user->{email})->json_is('/sessions' => 1)
      ->json_hasnt('/password_hash');
    my $etag = $t->tx->res->headers->etag;
    $t->get_ok("/api/v1/users/$id" => {%$admin, 'If-None-Match' => $etag})
      ->status_is(304);
    $t->get_ok("/api/v1/users/$id" => $user->{headers})
      ->problem_is(403 => 'forbidden');
    $t->get_ok('/api/v1/users/00000000-0000-4000-8000-000000000000' => $admin)
      ->problem_is(404 => 'not_found');
    $t->get_ok('/api/v1/users/7' => $admin)->problem_is(404 => 'not_found');

    $t->patch_ok("/api/v1/users/$id" => {%$admin, 'If-Match' => '"7"'} =>
          json => {name => 'X'})->problem_is(412 => 'precondition_failed');
    $t->patch_ok("/api/v1/users/$id" => {%$admin, 'If-Match' => $etag} =>
          json => {phone => '+49 30 1', name => 'Zoe'})->status_is(200)
      ->json_is('/phone' => '+49 30 1')->json_is('/name' => 'Zoe');
    isnt $t->tx->res->headers->etag, $etag, 'another version';
    $t->patch_ok("/api/v1/users/$id" => $admin => json =>
          {email => 'x@example.test'})->problem_is(422 => 'invalid_input');
};

subtest 'blocking ends all of it' => sub {
    my $user = $shop->register;
    my $id   = $user->{user}{id};
    my $mine = sub { $t->call(@_, $user->{headers})->code };

    is $mine->(GET => '/api/v1/users/me'), 200, 'signed in';
    $t->patch_ok("/api/v1/users/$id" => $admin => json =>
          {blocked => Mojo::JSON->true})->status_is(200)
      ->json_is('/blocked' => Mojo::JSON->true)->json_is('/sessions' => 0);
    ok wait_for(sub { $mine->(GET => '/api/v1/users/me') == 401 }, 5),
      'the token counts no more soon';
    $t->post_ok('/api/v1/auth/refresh' => json =>
          {refresh_token => $user->{refresh}})->status_is(401);

    my @answers;
    for my $password ($user->{password}, 'wrong-password-1') {
        $t->post_ok('/api/v1/auth/login' => json =>
              {email => $user->{email}, password => $password})
          ->problem_is(401 => 'invalid_credentials');
        my %answer = %{$t->value};
        delete $answer{request_id};
        push @answers, \%answer;
    }
    is_deeply $answers[0], $answers[1], 'right and wrong answer the same';
    is $shop->sql("select count(*) from ops.audit where subject = ?
        and action = 'session.refused'", "user:$id"), 2, 'both are told';

    $t->patch_ok("/api/v1/users/$id" => $admin => json =>
          {blocked => Mojo::JSON->false})->status_is(200)
      ->json_is('/blocked' => Mojo::JSON->false);
    $t->post_ok('/api/v1/auth/login' => json =>
          {email => $user->{email}, password => $user->{password}})
      ->status_is(200);
    is_deeply $shop->db->selectcol_arrayref(
        q{select action from ops.audit where subject = ?
          and action like 'user.%blocked' and actor is not null
          and address is not null and request_id is not null order by id},
        undef, "user:$id"), ['user.blocked', 'user.unblocked'], 'in the audit';
};

subtest 'a browser keeps its session when its roles change' => sub {
    my $user   = $shop->register;
    my $client = $shop->t;
    my $same   = {'Sec-Fetch-Site' => 'same-origin'};
    $client->post_ok('/api/v1/auth/login' => json =>
          {email => $user->{email}, password => $user->{password}})
      ->status_is(200);
    my $role = role_name();
    $t->post_ok('/api/v1/roles' => $admin => json =>
          {name => $role, permissions => ['catalog:write']})->status_is(201);
    $t->patch_ok("/api/v1/users/$user->{user}{id}" => $admin => json =>
          {roles => ['customer', $role]})->status_is(200);
    ok wait_for(sub {
        $client->call(POST => '/api/v1/products' => $same => json => {})
          ->code == 422;
    }, 5), 'it may at once';
    $client->get_ok('/api/v1/users/me')->status_is(200)
      ->json_is('/roles' => ['customer', $role]);
};

done_testing;
