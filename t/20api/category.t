#!/usr/bin/perl

# The tree of categories.

use Mojo::Base -signatures;

use ShopTest;
use ShopTest::Buyer qw(new_product);

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
    for my $bad ('x.png', '//elsewhere.test/x.png', 'javascript:x', '/a b') {
        $t->post_ok('/api/v1/categories' => $admin => json =>
              {name => 'x', image => $bad})
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => '/image');
    }
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

subtest 'one of very many products is emptied in steps' => sub {
    my $top   = add();
    my $above = add(parent_id => $top->{id});
    my $of    = add(parent_id => $above->{id});
    # more than go up at once come before this one
    $shop->sql(q{insert into catalog.product (store_id, slug, name, status,
        category_id, tax_class)
        select 1, 'many-' || $1::bigint || '-' || n, 'Many', 'draft', $1::bigint,
            'standard'
        from generate_series(1, 1000) as n returning 1}, $of->{id});
    my $product = new_product($shop, category => $of->{id});
    my $path    = "/api/v1/products/$product";
    my $steps   = $shop->db->clone;    # none is taken while this holds it
    $steps->do('select pg_advisory_lock(1936224112, 505)');

    $t->delete_ok("/api/v1/categories/$of->{id}" => $admin)->status_is(204);
    is $shop->sql('select category_id from catalog.product where id = ?',
        $product), $of->{id}, 'not all went up';
    for my $ref ($of->{id}, $of->{slug}) {
        $t->get_ok("/api/v1/categories/$ref")->problem_is(404 => 'not_found');
        $t->get_ok("/api/v1/products?category=$ref")
          ->json_is('/items' => []);
        $t->patch_ok($path => $admin => json => {category => $ref})
          ->problem_is(422 => 'invalid_input');
    }
    $t->delete_ok("/api/v1/categories/$of->{id}" => $admin)
      ->problem_is(404 => 'not_found');
    $t->patch_ok("/api/v1/categories/$of->{id}" => $admin => json =>
          {name => 'x'})->problem_is(404 => 'not_found');
    $t->post_ok('/api/v1/categories' => $admin => json =>
          {name => 'x', parent_id => $of->{id}})
      ->problem_is(422 => 'invalid_input');
    $t->get_ok("/api/v1/categories/$above->{id}")
      ->json_is('/children' => []);
    $t->get_ok("/api/v1/products?category=$above->{id}")
      ->json_is('/items/0/id' => $product, 'below the one above')
      ->json_is('/facets/categories' => []);
    is add(slug => $of->{slug})->{slug}, $of->{slug}, 'its slug is free';
    $t->patch_ok($path => $admin => json => {name => 'Changed'})
      ->status_is(200);

    $t->delete_ok("/api/v1/categories/$above->{id}" => $admin)
      ->status_is(204, 'nothing is below this one');
    $t->get_ok("/api/v1/categories/$above->{id}")
      ->problem_is(404 => 'not_found');
    $steps->disconnect;
    ok wait_for(sub { $t->call(GET => $path)->json('/category/id')
          eq $top->{id} }, 30), 'the worker goes on';
    my $gone = "{$above->{id},$of->{id}}";
    ok wait_for(sub { !$shop->sql('select count(*) from catalog.category
        where id = any (?)', $gone) }, 30), 'to the end';
    is $shop->sql("select count(*) from $_ where category_id = any (?)",
        $gone), 0, "nothing is left in $_"
      for qw(search.facet search.facet_count catalog.rendering);
    $t->get_ok("/api/v1/products?category=$top->{id}")
      ->json_is('/items/0/id' => $product);
    is $shop->sql(q{select count(*) from catalog.product where slug like ?
        and category_id = ?}, "many-$of->{id}-%", $top->{id}), 1000;
};

done_testing;
