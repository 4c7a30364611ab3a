use ShopTest -private => {SHOP_LAYOUT => 'split', SHOP_WORKERS => 1};

# Apps in the layout of one domain a nginx: their tokens count in every one, and
# once revoked in none, within a second.

use ShopTest::Oauth;
my $account = shop->register;
my $app = ShopTest::Oauth->register(stack => shop);
my $tokens = $app->tokens($account);
is $app->status($tokens, '/api/v1/orders'), 200, 'order domain';
is $app->status($tokens), 200, 'identity';
$app->t->get_ok('/.well-known/openid-configuration')->status_is(200);
$app->post('/oauth/revoke', token => $tokens->{access_token});
ok wait_for(sub { $app->status($tokens, "/api/v1/orders") == 401 }, 5),
  'revoked on another node soon';
$app->t->get_ok('/api/v1/users/me/grants' => $account->{headers})->status_is(200);
done_testing;
