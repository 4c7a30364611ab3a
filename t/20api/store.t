#!/usr/bin/perl

# The brand of a host.

use Mojo::Base -signatures;

use ShopTest -private;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my %other = (Host => 'brand2.localhost');
$t->ua->cookie_jar->ignore(sub {1});

subtest 'by host' => sub {
    $t->get_ok('/api/v1/store')->status_is(200)
      ->json_is('/name' => 'Harbour & Hill')->json_is('/id' => '1')
      ->json_is('/currencies' => ['EUR', 'USD'])
      ->json_has('/theme/colors/accent')->json_has('/theme/fonts')
      ->json_has('/theme/radius')->json_has('/logo')
      ->json_is('/locales/0' => 'en')->json_has('/countries/0');
    $t->get_ok('/api/v1/store' => \%other)->json_is('/name' => 'Northlight');
    $t->get_ok('/api/v1/store' => {Host => 'unknown.test'})
      ->json_is('/id' => '1', 'an unknown host gets the default store');
};

subtest 'changing it' => sub {
    my $etag = $t->get_ok('/api/v1/store')->tx->res->headers->etag;
    $t->patch_ok('/api/v1/store' => {%$admin, 'If-Match' => $etag} => json =>
          {name => 'New Harbour', display_limit => 5})->status_is(200)
      ->json_is('/name' => 'New Harbour')->json_is('/display_limit' => 5);
    $t->get_ok('/api/v1/store')->json_is('/name' => 'New Harbour');
    $t->patch_ok('/api/v1/store' => {%$admin, 'If-Match' => $etag} => json =>
          {name => 'x'})->problem_is(412 => 'precondition_failed');

    my $id = $shop->sql('select variant_id from inventory.stock
        where store_id = 1 and on_hand > 20 order by 1 limit 1');
    $t->get_ok("/api/v1/inventory/$id")->json_is('/available' => 5);

    $t->patch_ok('/api/v1/store' => $admin => json =>
          {currencies => ['EUR', 'USD', 'GBP']})->status_is(200);
    $t->get_ok('/api/v1/products/5?currency=GBP')->status_is(200)
      ->json_is('/price/currency' => 'EUR', 'no price in it yet');
    is $shop->sql("select count(*) from ops.audit
        where action = 'store.change'"), 2, 'in the audit';
};

subtest 'refusals' => sub {
    for my $bad (
        [{currencies => ['XXX']},             '/currencies'],
        [{currencies => []},                  '/currencies'],
        [{currencies => ['USD']},             '/currencies'],
        [{currency => 'JPY'},                 '/currency'],
        [{countries => ['Germany']},          '/countries/0'],
        [{locales => ['en', 'not a tag']},    '/locales/1'],
        [{theme => {css => 'x'}},             '/theme/css'],
        [{logo => 'javascript:alert(1)'},     '/logo'],
        [{display_limit => 0},                '/display_limit'],
        [{hosts => ['a.test']},               '/hosts']
      )
    {
        $t->patch_ok('/api/v1/store' => $admin => json => $bad->[0])
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->patch_ok('/api/v1/store' => $shop->seller => json => {name => 'x'})
      ->problem_is(403 => 'forbidden');
    $t->patch_ok('/api/v1/store' => json => {name => 'x'})
      ->problem_is(401 => 'unauthenticated');
};

done_testing;
