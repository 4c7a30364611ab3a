#!/usr/bin/perl

# The gateway checks permissions before a handler runs; whose a thing is, SQL.

use Mojo::Base -signatures;

use ShopTest;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

sub staff (@permissions) {
    my $user = $shop->register;
    my $role = 'o-' . substr unique_id() =~ tr/-//dr, -20;
    $t->post_ok('/api/v1/roles' => $admin => json =>
          {name => $role, permissions => \@permissions})->status_is(201);
    $t->patch_ok("/api/v1/users/$user->{user}{id}" => $admin => json =>
          {roles => [$role]})->status_is(200);
    return {%$user, role => $role};
}

sub product ($headers) {
    $t->post_ok('/api/v1/products' => $headers => json =>
          {name => 'Own ' . unique_id(), price => 1500, stock => 5})
      ->status_is(201);
    return $t->value;
}

subtest 'nobody gets to the database without the permission' => sub {
    my $customer = $shop->customer;
    for my $case ([POST => 'products'], [PATCH => 'products/1'],
        [DELETE => 'products/1'], [POST => 'categories'],
        [POST   => 'inventory/update'], [GET   => 'inventory/1/movements'],
        [PATCH  => 'store'], [GET    => 'roles'], [POST => 'roles'],
        [PATCH  => 'roles/seller'], [DELETE => 'roles/seller'],
        [GET    => 'users'],
        [GET    => 'users/00000000-0000-4000-8000-000000000000'],
        [PATCH  => 'users/00000000-0000-4000-8000-000000000000'],
        [GET    => 'users/invitations'], [POST => 'users/invitations'],
        [GET    => 'audit'], [GET => 'api-keys'], [POST => 'api-keys'])
    {
        my ($method, $path) = @$case;
        my $url = "/api/v1/$path";
        my $res = $t->call($method => $url => json => {});
        is $res->code, 401, "$method $path: nobody";
        is $res->headers->header('X-Shop-Trips'), 'sql=0 redis=0', 'no trip';
        $res = $t->call($method => $url => $customer => json => {});
        is $res->code, 403, "$method $path: a customer";
        is $res->json('/code'), 'forbidden', 'is told so';
        is $res->headers->header('X-Shop-Trips'), 'sql=0 redis=0', 'no trip';
    }
};

subtest 'a seller and its own' => sub {
    my $seller = $shop->register;
    $t->patch_ok("/api/v1/users/$seller->{user}{id}" => $admin => json =>
          {roles => ['customer', 'seller']})->status_is(200);
    my $me = $seller->{headers};
    wait_for(sub {
        $t->call(POST => '/api/v1/products' => $me => json => {})->code == 422;
    }, 5, 'the role');

    my $mine  = product($me);
    my $other = product($shop->seller);
    $t->patch_ok("/api/v1/products/$mine->{id}" => $me => json =>
          {price => 1400})->status_is(200);
    $t->patch_ok("/api/v1/products/$other->{id}" => $me => json =>
          {price => 1})->problem_is(403 => 'forbidden');
    $t->delete_ok("/api/v1/products/$other->{id}" => $me)
      ->problem_is(403 => 'forbidden');
    $t->get_ok("/api/v1/inventory/$mine->{id}/movements" => $me)
      ->status_is(200);
    $t->get_ok("/api/v1/inventory/$other->{id}/movements" => $me);
    ok $t->tx->res->code >= 403, 'the ledger of another';
    $t->post_ok('/api/v1/inventory/update' => $me => json =>
          {product_id => $other->{id}, delta => 1, reason => 'x'});
    ok $t->tx->res->code == 403 || $t->tx->res->code == 404, 'nor change it';
    $t->patch_ok("/api/v1/products/$other->{id}" => $admin => json =>
          {price => 1300})->status_is(200);
};

subtest 'a customer and its own' => sub {
    my ($one, $two) = map { $shop->register } 1 .. 2;
    $t->post_ok('/api/v1/users/me/addresses' => $one->{headers} => json =>
          {name => 'N', line1 => 'L', city => 'C', postal_code => '1',
            country => 'DE'})->status_is(201);
    my $id = $t->value('/id');
    $t->patch_ok("/api/v1/users/me/addresses/$id" => $two->{headers} => json =>
          {city => 'D'})->problem_is(404 => 'not_found');
    $t->delete_ok("/api/v1/users/me/addresses/$id" => $two->{headers})
      ->problem_is(404 => 'not_found');
    $t->get_ok("/api/v1/orders/user/$one->{user}{id}" => $two->{headers});
    ok $t->tx->res->code >= 403, 'the orders of another';
    $t->get_ok('/api/v1/orders?all=true' => $two->{headers})->status_is(200)
      ->json_is('/items' => [], 'only its own');
};

subtest 'staff by a role made at run time' => sub {
    my $clerk = staff('orders:read');
    my $me    = $clerk->{headers};
    my $user  = $shop->register;
    my $url   = "/api/v1/orders/user/$user->{user}{id}";
    ok wait_for(sub { $t->call(GET => $url => $me)->code == 200 }, 5),
      'sees orders of others soon';
    is $t->call(POST => '/api/v1/products' => $me => json => {})->code, 403,
      'and makes no products';
    $t->patch_ok("/api/v1/roles/$clerk->{role}" => $admin => json =>
          {permissions => ['inventory:read']})->status_is(200);
    ok wait_for(sub { $t->call(GET => $url => $me)->code >= 403 }, 5),
      'until the role says otherwise';
};

done_testing;
