#!/usr/bin/perl

# Addresses that were left, and products that other stores show.

use Mojo::Base -signatures;

use ShopTest;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my %other = (Host => 'brand2.localhost');
$t->ua->cookie_jar->ignore(sub {1});

sub made ($kind, %with) {
    $t->post_ok("/api/v1/$kind" => $admin => json =>
          {name => 'Here ' . unique_id, %with})->status_is(201);
    return $t->value;
}

subtest 'a product' => sub {
    my $p   = made(products => price => 100);
    my $new = "$p->{slug}-new";
    $t->patch_ok("/api/v1/products/$p->{id}" => $admin => json =>
          {slug => $new})->status_is(200)->json_is('/slug' => $new);
    $t->get_ok("/api/v1/products/$p->{slug}")->status_is(200)
      ->json_is('/id' => $p->{id}, 'the same product')
      ->json_is('/slug' => $new, 'with the address it has');
    $t->get_ok("/products/$p->{slug}")->status_is(301)
      ->header_like(Location => qr{/products/\Q$new\E$});
    $t->get_ok("/products/$new")->status_is(200);

    $t->patch_ok("/api/v1/products/$p->{id}" => $admin => json =>
          {slug => "$new-again"})->status_is(200);
    for my $slug ($p->{slug}, $new) {
        $t->get_ok("/products/$slug")->status_is(301)
          ->header_like(Location => qr{/products/\Q$new-again\E$});
    }
    my $q = made(products => price => 100, slug => $p->{slug});
    $t->get_ok("/api/v1/products/$p->{slug}")
      ->json_is('/id' => $q->{id}, 'who takes it has it');
    $t->patch_ok("/api/v1/products/$p->{id}" => $admin => json =>
          {slug => $new})->status_is(200)
      ->json_is('/slug' => $new, 'back again');
    $t->get_ok("/products/$new")->status_is(200);
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'x', price => 1, slug => 'search'})
      ->problem_is(422 => 'invalid_input');
    is made(products => name => 'Bulk', price => 1)->{slug} =~ s/\d+//r,
      'bulk-', 'a word with a meaning of its own';
};

subtest 'a category' => sub {
    my $c   = made(categories => ());
    my $new = "$c->{slug}-new";
    $t->patch_ok("/api/v1/categories/$c->{slug}" => $admin => json =>
          {slug => $new, seo => {title => 'T', description => 'D'},
           metadata => {a => 1}, image => '/media/emoji/sofa.webp'})
      ->status_is(200)->json_is('/seo/title' => 'T')
      ->json_is('/metadata/a' => 1);
    $t->get_ok("/api/v1/categories/$c->{slug}")->status_is(200)
      ->json_is('/slug' => $new);
    $t->get_ok("/categories/$c->{slug}")->status_is(301)
      ->header_like(Location => qr{/categories/\Q$new\E$});
    $t->get_ok("/categories/$new")->status_is(200)
      ->text_like(title => qr/^T\b/);
    made(products => price => 1, category => $c->{slug});
    $t->get_ok("/api/v1/products?category=$c->{slug}")
      ->json_has('/items/0');
    $t->patch_ok("/api/v1/categories/$c->{id}" => $admin => json =>
          {seo => {colour => 'x'}})->problem_is(422 => 'invalid_input');
};

subtest 'a collection' => sub {
    my $c = made(collections => ());
    $t->patch_ok("/api/v1/collections/$c->{id}" => $admin => json =>
          {slug => "$c->{slug}-new"})->status_is(200);
    $t->get_ok("/api/v1/collections/$c->{slug}")->status_is(200)
      ->json_is('/slug' => "$c->{slug}-new");
};

subtest 'in another store' => sub {
    my $p = made(products => price => 100, category => 'hats', stock => 3,
        prices => [{amount => 120, currency => 'USD'}]);
    my $path = "/api/v1/products/$p->{id}";
    $t->get_ok($path => \%other)->problem_is(404 => 'not_found');
    $t->patch_ok($path => $admin => json => {stores =>
          [{store => 'northlight', category => 'music'}]})->status_is(200);
    for my $at ($path, "/api/v1/products/$p->{slug}") {
        $t->get_ok($at => \%other)->status_is(200)
          ->json_is('/price' => {amount => 120, currency => 'USD'})
          ->json_is('/category/slug' => 'music', 'in a category there')
          ->json_is('/in_stock' => Mojo::JSON->true);
    }
    $t->get_ok($path)->json_is('/category/slug' => 'hats')
      ->json_is('/price/currency' => 'EUR');
    my $list = '/api/v1/products?category=music&limit=100';
    my $seen = sub {
        return grep { $_->{id} eq $p->{id} }
          @{$t->get_ok($list => \%other)->value('/items')};
    };
    ok $seen->(), 'in its lists';
    $t->post_ok('/api/v1/cart/add' => \%other => json =>
          {product_id => $p->{id}})->status_is(200)
      ->json_is('/items/0/unit_price/currency' => 'USD')
      ->json_is('/total/currency' => 'USD');

    $t->patch_ok($path => $admin => json => {name => 'Everywhere',
            prices => [{amount => 130, currency => 'USD'}]})->status_is(200);
    $t->get_ok($path => \%other)->json_is('/name' => 'Everywhere')
      ->json_is('/price/amount' => 130);
    is(($seen->())[0]{name}, 'Everywhere', 'a change is seen there, too');
    $t->patch_ok($path => {%$admin, %other} => json => {name => 'x'})
      ->problem_is(404 => 'not_found');

    for my $bad ([{store => 'none'}, 'store'], [{store => 'main'}, 'store'],
        [{store => 'northlight', category => 'hats'}, 'category'])
    {
        $t->patch_ok($path => $admin => json => {stores => [$bad->[0]]})
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => "/stores/0/$bad->[1]");
    }
    $t->post_ok('/api/v1/products' => $shop->seller => json =>
          {name => 'x', price => 1, stores => [{store => 'northlight'}]})
      ->problem_is(403 => 'forbidden');
    $t->patch_ok($path => $admin => json => {stores => []})->status_is(200);
    $t->get_ok($path => \%other)->problem_is(404 => 'not_found');
    ok !$seen->(), 'taken out again';
};

done_testing;
