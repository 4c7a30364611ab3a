#!/usr/bin/perl

# What a token of limited scope opens, and what never: the account itself.

use Mojo::Base -signatures;

use Mojo::JSON qw(decode_json encode_json);

use ShopTest;
use ShopTest::Document;
use ShopTest::Oauth;

my $shop = shop;
my $t    = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});

my $account = $shop->register;
my @all     = qw(openid profile email addresses cart orders:read orders:write);
my $app     = ShopTest::Oauth->register(stack => $shop, scopes => \@all);

sub may ($scope) {
    return $app->bearer($app->tokens($account, scope => $scope));
}

my $openid = may('openid');
my $whole  = may("@all");

subtest 'scopes open rows' => sub {
    for my $case (
        ['/api/v1/users/me'           => 'profile'],
        ['/api/v1/users/me/addresses' => 'addresses'],
        ['/api/v1/orders'             => 'orders:read'],
      )
    {
        my ($path, $scope) = @$case;
        $t->get_ok($path => may($scope))->status_is(200);
        $t->get_ok($path => $whole)->status_is(200);
        $t->get_ok($path => $openid)->problem_is(403 => 'insufficient_scope')
          ->header_is('WWW-Authenticate' => 'Bearer realm="shop", '
              . qq{error="insufficient_scope", scope="$scope"});
    }
    $t->get_ok('/oauth/userinfo' => may('openid profile email'))
      ->json_is('/name' => 'Test Person')
      ->json_is('/email' => $account->{email})
      ->json_is('/email_verified' => Mojo::JSON->false);
    $t->get_ok('/oauth/userinfo' => may('profile'))
      ->problem_is(403 => 'insufficient_scope');
    $t->get_ok('/oauth/userinfo')->problem_is(401 => 'unauthenticated')
      ->header_unlike('WWW-Authenticate' => qr/error/);
};

subtest 'no scope opens the account' => sub {
    my $document = ShopTest::Document->new;
    my %open = map { $_ => 1 } 'GET /api/v1/users/me',
      'GET /api/v1/users/me/addresses', 'GET /api/v1/auth/validate-token',
      'GET /api/v1/orders', 'GET /api/v1/orders/user/{user}';
    my @closed;
    for my $operation ($document->operations) {
        next unless $operation->{signed_in};
        next unless $operation->{path} =~
          m{^/api/v1/(?:users|auth|oauth|api-keys|roles|permissions|audit)};
        next if $operation->{path} eq '/api/v1/auth/refresh';
        my $name = $operation->{name};
        next if $open{$name};
        my $path = $operation->{path} =~ s/\{\w+\}/$account->{user}{id}/gr;
        my $res  = $t->call($operation->{method} => $path => $whole => json =>
              {});
        push @closed, $name;
        is $res->code, 403, $name or diag $res->body;
    }
    cmp_ok scalar @closed, '>', 20, 'rows of the account were tried';
};

subtest 'a stranger where anyone may' => sub {
    my $product = $t->call(GET => '/api/v1/products?limit=1&in_stock=true')
      ->json('/items/0');
    my $variant = $t->call(GET => "/api/v1/products/$product->{id}")
      ->json('/variants/0/id');
    my %add = (json => {variant_id => $variant});
    $t->post_ok('/api/v1/cart/add' => $account->{headers} => %add)
      ->status_is(200);
    my $own = $t->value('/id');

    $t->get_ok('/api/v1/cart' => may('cart'))->json_is('/id' => $own);
    $t->get_ok('/api/v1/cart' => $openid)->status_is(200)
      ->json_is('/items' => []);
    isnt $t->value('/id'), $own, 'no cart of the account';
    $t->get_ok('/api/v1/products?limit=1' => $openid)->status_is(200);
};

subtest 'permissions' => sub {
    my $seller = {email => 'seller@demo.test', password => 'demo-password-1'};
    my $sells  = ShopTest::Oauth->register(stack => $shop,
        scopes => [qw(openid catalog:write store:write inventory:read)]);
    my $tokens = $sells->tokens($seller);
    is $tokens->{scope}, 'catalog:write inventory:read openid',
      'a seller gives what he has';
    my $bearer = $sells->bearer($tokens);
    $t->post_ok('/api/v1/products' => $bearer => json =>
          {name => 'By an app', price => 100})->status_is(201);
    $t->patch_ok('/api/v1/store' => $bearer => json => {name => 'x'})
      ->problem_is(403 => 'insufficient_scope');
    $t->post_ok('/api/v1/inventory/update' => $bearer => json =>
          {sku => 'x', delta => 1, reason => 'x'})
      ->problem_is(403 => 'insufficient_scope')
      ->header_like('WWW-Authenticate' => qr/scope="inventory:write"/);

    my $res = $sells->authorize($sells->browser($account),
        ($sells->question(scope => 'catalog:write'))[0]);
    like $res->headers->location, qr/error=access_denied/,
      'a customer has nothing of that to give';
};

subtest 'tokens of one store' => sub {
    my $bound = ShopTest::Oauth->register(stack => $shop,
        this_store => Mojo::JSON->true);
    my $tokens = $bound->tokens($account);
    is $bound->status($tokens), 200, 'in it';
    my $host = $shop->sql("select host from store.host h join store.store s
        on s.id = h.store_id where not s.is_default limit 1");
    my %at = (Host => $host);
    is $t->call(GET => '/api/v1/auth/validate-token' =>
          {%{$bound->bearer($tokens)}, %at})->code, 401, 'not in another';
    is $bound->refresh($tokens->{refresh_token}, headers => {%at})->code, 401,
      'where there is no such client';
    is $bound->refresh($tokens->{refresh_token})->code, 200,
      'and nothing was used up';
};

subtest 'tokens in other places' => sub {
    my $tokens = $app->tokens($account);
    is $t->call(GET => '/api/v1/auth/validate-token' =>
          {Cookie => "access=$tokens->{access_token}"})->code, 401,
      'an app\'s token is no cookie';
    is $t->call(GET => "/api/v1/auth/validate-token?access_token="
          . $tokens->{access_token})->code, 401, 'and in no address';
    is $app->post('/oauth/token', grant_type => 'refresh_token',
        refresh_token => $account->{refresh})->code, 400,
      'the browser\'s refresh token is no app\'s';
    is $t->call(POST => '/api/v1/auth/refresh' => json =>
          {refresh_token => $tokens->{refresh_token}})->code, 401,
      'nor the other way round';
};

done_testing;
