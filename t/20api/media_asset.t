#!/usr/bin/perl

# Pictures of what is no product: categories, the logo, reviews.

use Mojo::Base -signatures;

use ShopTest;
use ShopTest::Picture qw(png jpeg);

my $shop     = shop;
my $t        = $shop->t;
my $admin    = $shop->admin;
my $customer = $shop->customer;
my $path     = '/api/v1/media';
my $side     = 200;
$t->ua->cookie_jar->ignore(sub {1});

sub fresh { return png(++$side, 21, chunks => [[tEXt => unique_id]]) }

sub put ($who, $query = '', $bytes = fresh(), $type = 'image/png') {
    return $t->post_ok(
        $path . $query => {%$who, 'Content-Type' => $type} => $bytes);
}

subtest 'of the shop' => sub {
    put($admin, '?alt=Autumn&purpose=category')->status_is(201)
      ->trips_is('sql=1 redis=0')->json_is('/purpose' => 'category')
      ->json_is('/alt' => 'Autumn')->json_is('/status' => 'processing')
      ->json_is('/width' => $side)->json_is('/used_by' => undef);
    my $picture = $t->value;
    my $one     = "$path/$picture->{id}";
    $t->header_is(Location => $one);
    $t->post_ok($path => $admin => form =>
          {purpose => 'logo', file => {content => jpeg(60, 61)}})
      ->status_is(201)->json_is('/purpose' => 'logo');
    my $logo = $t->value;

    $t->get_ok($one => $admin)->status_is(200)
      ->json_is('/id' => $picture->{id});
    $t->patch_ok($one => {%$admin, 'If-Match' => '"1"'} => json =>
          {alt => 'Leaves'})->status_is(200)->json_is('/alt' => 'Leaves');
    $t->patch_ok($one => {%$admin, 'If-Match' => '"1"'} => json =>
          {alt => 'x'})->problem_is(412 => 'precondition_failed');
    $t->patch_ok($one => $admin => json => {})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/alt');
    $t->patch_ok($one => $admin => json => {alt => 1, purpose => 'logo'})
      ->problem_is(422 => 'invalid_input')->json_has('/errors/1');

    $t->post_ok('/api/v1/categories' => $admin => json =>
          {name => 'Leaves ' . unique_id, image => $picture->{url}})
      ->status_is(201)->json_is('/image' => $picture->{url});
    my $category = $t->value('/id');
    $t->delete_ok($one => $admin)->problem_is(409 => 'picture_in_use');
    $t->delete_ok("/api/v1/categories/$category" => $admin)->status_is(204);
    $t->delete_ok($one => {%$admin, 'If-Match' => '"1"'})
      ->problem_is(412 => 'precondition_failed');
    $t->delete_ok($one => $admin)->status_is(204);
    $t->get_ok($one => $admin)->problem_is(404 => 'not_found');

    $t->get_ok("$path?purpose=logo&limit=1" => $admin)->status_is(200)
      ->json_is('/items/0/id' => $logo->{id});
    put($admin, '?purpose=logo')->status_is(201);
    $t->get_ok("$path?purpose=logo&limit=1" => $admin)
      ->json_hasnt('/items/1');
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("$path?purpose=logo&limit=1&cursor=$cursor" => $admin)
      ->json_is('/items/0/id' => $logo->{id});
    $t->get_ok("$path?cursor=AAAA" => $admin)
      ->problem_is(422 => 'invalid_input');
    $t->get_ok("$path?purpose=fun" => $admin)
      ->problem_is(422 => 'invalid_input');
};

subtest 'of a review' => sub {
    put($customer, '?purpose=review')->status_is(201);
    my $mine = $t->value;
    $t->get_ok($path => $customer)->status_is(200)
      ->json_is('/items/0/id' => $mine->{id})->json_hasnt('/items/1');
    $t->get_ok("$path/$mine->{id}" => $customer)->status_is(200);
    $t->get_ok("$path/$mine->{id}" => $admin)->status_is(200);
    my $other = $shop->customer;
    $t->get_ok("$path/$mine->{id}" => $other)
      ->problem_is(404 => 'not_found');
    $t->delete_ok("$path/$mine->{id}" => $other)
      ->problem_is(404 => 'not_found');

    my ($store, $owner) = $shop->db->selectrow_array(
        'select store_id, owner from media.asset where id = ?', undef,
        $mine->{id});
    my $attach = 'select media.attach(?, ?, ?::uuid[], ?)';
    $shop->sql($attach, $store, $owner, "{$mine->{id}}", 'review:0');
    $t->get_ok("$path/$mine->{id}" => $customer)
      ->json_is('/used_by' => 'review:0');
    $t->delete_ok("$path/$mine->{id}" => $customer)
      ->problem_is(409 => 'picture_in_use');
    like $shop->sql(q{select media.attached('review:0')}), qr/$mine->{id}/;
    ok !eval { $shop->sql($attach, $store, $owner, "{$mine->{id}}",
            'review:1'); 1 }, 'only one review shows it';
    $shop->sql($attach, $store, $owner, '{}', 'review:0');
    $t->delete_ok("$path/$mine->{id}" => $customer)->status_is(204);
};

subtest 'whose, and how many' => sub {
    put({})->problem_is(401 => 'unauthenticated');
    put($customer)->problem_is(403 => 'forbidden');
    put($customer, '?purpose=logo')->problem_is(403 => 'forbidden');
    put($admin, '?purpose=fun')->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/parameter' => 'purpose');
    put($admin, '', '<svg/>', 'image/svg+xml')
      ->problem_is(415 => 'unsupported_media_type');
    $t->get_ok("$path/none" => $admin)->problem_is(404 => 'not_found');

    my $one = $shop->register;
    put($one->{headers}, '?purpose=review')->status_is(201);
    $shop->sql(q{insert into media.asset (store_id, owner, purpose, key)
        select store_id, owner, purpose, key from media.asset,
        generate_series(1, 19) where owner = ? returning 1}, $one->{user}{id});
    put($one->{headers}, '?purpose=review')
      ->problem_is(409 => 'too_many_pictures');

    $t->get_ok('/api/v1/users/me/export' => $one->{headers})
      ->json_has('/media/19/url');
    $t->delete_ok('/api/v1/users/me' => $one->{headers} => json =>
          {current_password => $one->{password}});
    is $shop->sql('select count(*) from media.asset where owner = ?',
        $one->{user}{id}), 0, 'they go with the account'
      if $t->tx->res->code == 204;
    is $t->tx->res->code, 204;
};

done_testing;
