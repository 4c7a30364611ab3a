#!/usr/bin/perl

# The tree of categories.

use Mojo::Base -signatures;

use ShopTest;

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
$t->ua->cookie_jar->ignore(sub {1});

sub add (%with) {
    $t->post_ok('/api/v1/categories' => $admin => json =>
          {name => 'Kind ' . unique_id, %with})->status_is(201);
    return $t->value;
}

subtest 'the tree' => sub {
    $t->get_ok('/api/v1/categories?limit=100')->status_is(200)
      ->trips_is('sql=1 redis=0')->json_is('/next_cursor' => undef);
    my ($fashion) = grep { $_->{slug} eq 'fashion' } @{$t->value('/items')};
    ok $fashion, 'a root of the demo shop';
    my ($shoes) = grep { $_->{slug} eq 'shoes' } @{$fashion->{children}};
    is $shoes->{parent_id}, $fashion->{id};
    ok $shoes->{product_count} > 0;
    ok $fashion->{product_count} > $shoes->{product_count};
    $t->get_ok('/api/v1/categories/shoes')->status_is(200)
      ->json_is('' => $shoes);

    $t->get_ok('/api/v1/categories?limit=1')->status_is(200)
      ->json_hasnt('/items/1');
    my $cursor = $t->value('/next_cursor');
    my $first  = $t->value('/items/0/id');
    $t->get_ok("/api/v1/categories?limit=1&cursor=$cursor")->status_is(200);
    isnt $t->value('/items/0/id'), $first;
};

subtest 'adding and changing' => sub {
    my $root = add(name => 'Wölfe & Bären ' . unique_id, position => 900);
    like $root->{slug}, qr/^wolfe-baren-/;
    my $leaf = add(parent_id => $root->{slug});
    is $leaf->{parent_id}, $root->{id};
    $t->header_is(Location => "/api/v1/categories/$leaf->{id}")
      ->header_is(ETag => '"1"');

    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'Inside', price => 1, category => $leaf->{id}})
      ->status_is(201);
    my $product = $t->value('/id');
    $t->get_ok("/api/v1/products?category=$root->{slug}")->status_is(200)
      ->json_is('/items/0/id' => $product)
      ->json_is('/facets/categories/0/id' => $leaf->{id});

    $t->patch_ok("/api/v1/categories/$leaf->{id}" =>
          {%$admin, 'If-Match' => '"1"'} => json => {name => 'Renamed'})
      ->status_is(200)->json_is('/name' => 'Renamed');
    $t->get_ok("/api/v1/products/$product")
      ->json_is('/category/name' => 'Renamed', 'its products follow');
    $t->patch_ok("/api/v1/categories/$leaf->{id}" =>
          {%$admin, 'If-Match' => '"1"'} => json => {name => 'x'})
      ->problem_is(412 => 'precondition_failed');

    my $other = add();
    $t->patch_ok("/api/v1/categories/$leaf->{id}" => $admin => json =>
          {parent_id => $other->{id}})->status_is(200);
    $t->get_ok("/api/v1/products?category=$root->{id}")
      ->json_is('/items' => [], 'moved with its category');
    $t->get_ok("/api/v1/products?category=$other->{id}")
      ->json_is('/items/0/id' => $product);

    $t->delete_ok("/api/v1/categories/$other->{id}" => $admin)
      ->problem_is(409 => 'category_not_empty');
    $t->delete_ok("/api/v1/categories/$leaf->{id}" => $admin)
      ->status_is(204);
    $t->get_ok("/api/v1/products/$product")
      ->json_is('/category/id' => $other->{id}, 'its products go up');
};

subtest 'refusals' => sub {
    my $root = add();
    my $leaf = add(parent_id => $root->{id});
    $t->patch_ok("/api/v1/categories/$root->{id}" => $admin => json =>
          {parent_id => $leaf->{id}})->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/parent_id');
    $t->post_ok('/api/v1/categories' => $admin => json =>
          {name => 'x', slug => $root->{slug}})
      ->problem_is(409 => 'slug_taken');
    $t->post_ok('/api/v1/categories' => $admin => json =>
          {name => 'x', parent_id => 'none'})
      ->problem_is(422 => 'invalid_input');
    $t->post_ok('/api/v1/categories' => json => {name => 'x'})
      ->problem_is(401 => 'unauthenticated');
    $t->post_ok('/api/v1/categories' => $seller => json => {name => 'x'})
      ->problem_is(403 => 'forbidden');
    $t->delete_ok('/api/v1/categories/none' => $admin)
      ->problem_is(404 => 'not_found');
};

done_testing;
