#!/usr/bin/perl

# Collections by hand and by rule.

use Mojo::Base -signatures;

use ShopTest;

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
$t->ua->cookie_jar->ignore(sub {1});

sub product (%with) {
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'Thing ' . unique_id, price => 1000, %with})
      ->status_is(201);
    return $t->value;
}

sub collection (%with) {
    $t->post_ok('/api/v1/collections' => $admin => json =>
          {name => 'Choice ' . unique_id, %with})->status_is(201);
    return $t->value;
}

# ids of a collection's products, in its order
sub members ($id, $query = '') {
    return [map { $_->{id} } @{
        $t->get_ok("/api/v1/collections/$id/products$query")->status_is(200)
          ->value('/items')
    }];
}

subtest 'by hand' => sub {
    my @ids = map { product()->{id} } 1 .. 4;
    my $c   = collection(products => [@ids[2, 0]], position => 500);
    $t->header_is(Location => "/api/v1/collections/$c->{id}")
      ->header_is(ETag => '"1"');
    is $c->{kind}, 'manual';
    is $c->{product_count}, 2;
    is_deeply members($c->{id}), [@ids[2, 0]], 'in the given order';
    for my $ref ($c->{id}, $c->{slug}) {
        $t->get_ok("/api/v1/collections/$ref")->status_is(200)
          ->json_is('' => $c);
    }
    my $path = "/api/v1/collections/$c->{id}";
    $t->post_ok("$path/products" => $admin => json =>
          {products => [$ids[1], $ids[3], $ids[1]], position => 2})
      ->status_is(200)->json_is('/product_count' => 4);
    is_deeply members($c->{id}), [@ids[2, 1, 3, 0]], 'put in between';
    is_deeply members($c->{id}, '?limit=3'), [@ids[2, 1, 3]], 'a page';
    my $cursor = $t->value('/next_cursor');
    is_deeply members($c->{id}, "?limit=3&cursor=$cursor"), [$ids[0]],
      'and the next';

    $t->get_ok("/api/v1/products?collection=$c->{slug}")->status_is(200);
    is_deeply [sort map { $_->{id} } @{$t->value('/items')}], [sort @ids],
      'a filter of lists';
    $t->get_ok('/api/v1/products?collection=no-such')->status_is(200)
      ->json_is('/items' => []);

    $t->delete_ok("$path/products/$ids[2]" => $admin)->status_is(204);
    $t->delete_ok("$path/products/$ids[2]" => $admin)
      ->problem_is(404 => 'not_found');
    is_deeply members($c->{id}), [@ids[1, 3, 0]], 'taken out';
    $t->patch_ok($path => $admin => json => {products => [$ids[0]],
            sort => 'price'})->status_is(200)->json_is('/product_count' => 1);
    is_deeply members($c->{id}), [$ids[0]], 'replaced';
    $t->delete_ok("/api/v1/products/$ids[0]" => $admin)->status_is(204);
    is_deeply members($c->{id}), [], 'a product that is gone';
};

subtest 'by rule' => sub {
    my $tag = 'tag-' . lc unique_id;
    my @p   = (
        product(tags => [$tag], price => 500, attributes => {Color => 'Red'}),
        product(tags => [$tag], price => 1500, category => 'hats',
            compare_at_price => 2000),
        product(price => 700, attributes => {Color => ['Red', 'Blue']}),
    );
    my $c = collection(rule => {conditions => [
        {field => 'tags', op => 'is', value => $tag},
        {field => 'price', op => 'at_least', value => 600}
    ]});
    is $c->{kind}, 'rule';
    is $c->{product_count}, 1, 'those that are there already';
    is_deeply members($c->{id}), [$p[1]{id}];

    $t->patch_ok("/api/v1/products/$p[0]{id}" => $admin => json =>
          {price => 600})->status_is(200);
    is_deeply members($c->{id}), [@{[map { $_->{id} } @p]}[1, 0]],
      'a change puts a product in';
    $t->patch_ok("/api/v1/products/$p[1]{id}" => $admin => json =>
          {tags => []})->status_is(200);
    is_deeply members($c->{id}), [$p[0]{id}], 'and out';

    $t->patch_ok("/api/v1/collections/$c->{id}" => $admin => json => {
        sort => 'price',
        rule => {match => 'any', conditions => [
            {field => 'tags', op => 'is', value => $tag},
            {field => 'name', op => 'is', value => $p[2]{name}}
        ]}
    })->status_is(200)->json_is('/product_count' => 2);
    is_deeply members($c->{id}), [$p[0]{id}, $p[2]{id}], 'another rule';

    my $own = sub (@conditions) {
        my $found = collection(rule => {conditions => [
            {field => 'name', op => 'starts_with', value => 'Thing '},
            @conditions]});
        my %in = map { $_ => 1 } @{members($found->{id}, '?limit=100')};
        $t->delete_ok("/api/v1/collections/$found->{id}" => $admin)
          ->status_is(204);
        return join '', map { $in{$_->{id}} ? 1 : 0 } @p;
    };
    is $own->({field => 'attribute', name => 'Color', op => 'is',
        value => 'Red'}), '101', 'attribute';
    is $own->({field => 'attribute', name => 'Color', op => 'is_not',
        value => 'Blue'}), '110', 'attribute is not';
    is $own->({field => 'category', op => 'is', value => 'fashion'}), '010',
      'a category and what is below it';
    is $own->({field => 'on_sale', op => 'is', value => Mojo::JSON->true}),
      '010', 'on sale';
    is $own->({field => 'price', op => 'less', value => 700}), '100', 'less';
    is $own->({field => 'name', op => 'contains',
        value => uc substr $p[2]{name}, -12}), '001', 'contains';
    is $own->({field => 'name', op => 'contains', value => '.*'}), '000',
      'no pattern';
    is $own->({field => 'published', op => 'greater',
        value => '2020-01-01T00:00:00Z'}), '111', 'since';
    is $own->({field => 'name', op => 'is', value => '") || (1 == 1'}), '000',
      'a value is a value';
    is $own->({field => 'sku', op => 'starts_with',
        value => $p[1]{variants}[0]{sku}}), '010', 'sku';
};

subtest 'hidden' => sub {
    my $p = product();
    my $c = collection(products => [$p->{id}], published => Mojo::JSON->false);
    my $path = "/api/v1/collections/$c->{id}";
    $t->get_ok($path)->problem_is(404 => 'not_found');
    $t->get_ok("$path/products")->problem_is(404 => 'not_found');
    $t->get_ok($path => $admin)->status_is(200);
    $t->get_ok("/api/v1/products?collection=$c->{id}")
      ->json_is('/items' => []);
    $t->patch_ok($path => {%$admin, 'If-Match' => '"1"'} => json =>
          {published => Mojo::JSON->true})->status_is(200);
    $t->get_ok($path)->status_is(200);
    $t->get_ok("/api/v1/products?collection=$c->{id}")
      ->json_is('/items/0/id' => $p->{id});
    $t->patch_ok($path => {%$admin, 'If-Match' => '"1"'} => json =>
          {name => 'x'})->problem_is(412 => 'precondition_failed');
};

subtest 'the list' => sub {
    collection(position => 900 + $_) for 1 .. 2;
    $t->get_ok('/api/v1/collections?limit=1')->status_is(200)
      ->json_hasnt('/items/1');
    my $cursor = $t->value('/next_cursor');
    my $first  = $t->value('/items/0/id');
    $t->get_ok("/api/v1/collections?limit=1&cursor=$cursor")->status_is(200);
    isnt $t->value('/items/0/id'), $first;
    $t->get_ok('/api/v1/collections?cursor=x')
      ->problem_is(422 => 'invalid_input');
};

subtest 'refusals' => sub {
    my $c    = collection();
    my %rule = (field => 'tags', op => 'is', value => 'x');
    my $is   = sub (%with) {
        return {name => 'x', rule => {conditions => [{%rule, %with}]}};
    };
    for my $bad (
        [{}, '/name'],
        [{name => 'x', rule => {conditions => []}}, '/rule/conditions'],
        [$is->(field => 'colour'), '/rule/conditions/0/field'],
        [$is->(op => 'like'),      '/rule/conditions/0/op'],
        [$is->(op => 'less'),      '/rule/conditions/0/op'],
        [$is->(value => 7),        '/rule/conditions/0/value'],
        [$is->(value => {}),       '/rule/conditions/0/value'],
        [$is->(name => 'x'),       '/rule/conditions/0/name'],
        [$is->(field => 'attribute'), '/rule/conditions/0/name'],
        [$is->(field => 'category', value => 'no-such'),
            '/rule/conditions/0/value'],
        [$is->(field => 'published', op => 'less', value => 'today'),
            '/rule/conditions/0/value'],
        [{%{$is->()}, sort => 'manual'},      '/sort'],
        [{%{$is->()}, products => []},        '/products'],
        [{name => 'x', products => ['none']}, '/products/0'],
        [{name => 'x', slug => 'A b'},        '/slug'],
        [{name => 'x', image => 'x.png'},     '/image'],
        [{name => 'x', seo => {colour => 'red'}}, '/seo/colour'],
      )
    {
        $t->post_ok('/api/v1/collections' => $admin => json => $bad->[0])
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->post_ok('/api/v1/collections' => $admin => json =>
          {name => 'x', slug => $c->{slug}})
      ->problem_is(409 => 'slug_taken');
    my $ruled = collection(rule => {conditions => [\%rule]});
    $t->post_ok("/api/v1/collections/$ruled->{id}/products" => $admin =>
          json => {products => ['1']})->problem_is(409 => 'conflict');
    $t->patch_ok("/api/v1/collections/$c->{id}" => $admin => json =>
          {rule => {conditions => [\%rule]}})
      ->problem_is(422 => 'invalid_input');
    my $path = "/api/v1/collections/$c->{id}";
    for my $who ([undef, 401 => 'unauthenticated'],
        [$seller, 403 => 'forbidden'])
    {
        my @headers = $who->[0] ? $who->[0] : ();
        $t->post_ok('/api/v1/collections' => @headers => json =>
              {name => 'x'})->problem_is(@$who[1, 2]);
        $t->patch_ok($path => @headers => json => {name => 'x'})
          ->problem_is(@$who[1, 2]);
        $t->delete_ok($path => @headers)->problem_is(@$who[1, 2]);
        $t->post_ok("$path/products" => @headers => json =>
              {products => ['1']})->problem_is(@$who[1, 2]);
    }
    $t->delete_ok($path => $admin)->status_is(204);
    $t->get_ok($path)->problem_is(404 => 'not_found');
};

done_testing;
