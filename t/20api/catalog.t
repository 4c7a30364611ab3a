#!/usr/bin/perl

# Products: adding, reading, changing, removing; who may; conditional requests.

use Mojo::Base -signatures;

use ShopTest;

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
my $nobody = $shop->customer;
$t->ua->cookie_jar->ignore(sub {1});

sub add (%with) {
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'Thing ' . unique_id, price => 1999, %with})
      ->status_is(201);
    return $t->value;
}

subtest 'the least that a product needs' => sub {
    my $name = 'Blue Lamp ' . unique_id;
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => $name, price => 1999})->status_is(201)
      ->trips_is('sql=1 redis=0')->json_is('/name' => $name)
      ->json_is('/price' => {amount => 1999, currency => 'EUR'})
      ->json_is('/status' => 'published')->json_is('/description' => '')
      ->json_is('/category' => undef)->json_is('/in_stock' => Mojo::JSON->false)
      ->json_is('/compare_at_price' => undef)
      ->json_is('/rating' => {average => undef, count => 0,
          histogram => {map { $_ => 0 } 1 .. 5}})
      ->json_is('/variants/0/available' => 0)->json_has('/variants/0/sku');
    my $product = $t->value;
    $t->header_is(Location => "/api/v1/products/$product->{id}");
    like $t->tx->res->headers->etag, qr/^"1\.[0-9a-f]+"$/, 'version and stock';
    like $product->{id}, qr/^\d+$/;
    ok !ref $product->{id} && $t->tx->res->body =~ /"id" ?: ?"\d+"/,
      'ids are strings';
    is $product->{variants}[0]{id}, $product->{id}, 'first variant, same id';

    for my $ref ($product->{id}, $product->{slug}) {
        $t->get_ok("/api/v1/products/$ref")->status_is(200)
          ->json_is('' => $product);
    }
    for my $key (qw(id slug name description status category price
        compare_at_price tax_class images options attributes variants rating
        in_stock seller_id seo metadata created_at updated_at))
    {
        ok exists $product->{$key}, "has $key";
    }
};

subtest 'everything that a product may have' => sub {
    my $id = unique_id;
    $t->post_ok('/api/v1/products' => $admin => json => {
        name             => 'Shirt 100%',
        slug             => "shirt-$id",
        description      => "Plain.\n\nAnd \"quoted\" 50% \x{1F455}",
        category         => 'clothes',
        price            => {amount => 2990, currency => 'EUR'},
        compare_at_price => 3990,
        prices => [{amount => 3190, currency => 'USD'}],
        tax_class  => 'reduced',
        attributes => {Material => 'Cotton', Washable => Mojo::JSON->true},
        images => [{url => '/media/emoji/t-shirt.webp', alt => 'A shirt'}],
        seo      => {title => 'Shirt'},
        metadata => {supplier => 17},
        tags     => ['new'],
        options  => [{name => 'Size', values => ['S', 'M']}],
        variants => [
            {options => {Size => 'S'}, sku => "S-$id", stock => 3},
            {options => {Size => 'M'}, price => 3190, stock => 25}
        ]
    })->status_is(201)->json_is('/slug' => "shirt-$id")
      ->json_is('/name' => 'Shirt 100%')
      ->json_is('/description' => "Plain.\n\nAnd \"quoted\" 50% \x{1F455}")
      ->json_is('/category/slug' => 'clothes')
      ->json_is('/category/path/0/slug' => 'fashion')
      ->json_is('/price' => {amount => 2990, currency => 'EUR'})
      ->json_is('/compare_at_price/amount' => 3990)
      ->json_is('/tax_class' => 'reduced')
      ->json_is('/attributes/Material' => 'Cotton')
      ->json_is('/images/0/alt' => 'A shirt')
      ->json_is('/options' => [{name => 'Size', values => ['S', 'M']}])
      ->json_is('/variants/0/sku' => "S-$id")
      ->json_is('/variants/0/options' => {Size => 'S'})
      ->json_is('/variants/0/available' => 3)
      ->json_is('/variants/1/price/amount' => 3190)
      ->json_is('/variants/1/available' => 10, 'capped')
      ->json_is('/in_stock' => Mojo::JSON->true)
      ->json_is('/metadata/supplier' => 17);
    $t->get_ok("/api/v1/products/shirt-$id?currency=USD")->status_is(200)
      ->json_is('/price' => {amount => 3190, currency => 'USD'});
    $t->get_ok("/api/v1/products/shirt-$id?currency=JPY")
      ->problem_is(404 => 'not_found');
};

subtest 'options may be told by the variants alone' => sub {
    my $product = add(variants => [
        map { {options => {Color => $_}, stock => 1} } qw(Red Blue)
    ]);
    is_deeply $product->{options},
      [{name => 'Color', values => ['Red', 'Blue']}];
};

subtest 'options without variants: the one there is has the first values' => sub {
    my $product = add(options => [{name => 'Size', values => ['S', 'M']},
        {name => 'Color', values => ['Red']}]);
    is_deeply $product->{variants}[0]{options}, {Size => 'S', Color => 'Red'};
    is scalar @{$product->{variants}}, 1, 'no other';
};

subtest 'bad input' => sub {
    for my $bad (
        [{},                                ['/name', '/price']],
        [{name => '', price => -1},         ['/name', '/price']],
        [{name => "\x{2003} ", price => 1, sku => ' '}, ['/name', '/sku']],
        [{name => 'x', price => 'cheap'},   ['/price']],
        [{name => 'x', price => 1.5},       ['/price']],
        [{name => 'x', price => 1, category => 'no-such'}, ['/category']],
        [{name => 'x', price => 1, currency => 'JPY'},     ['/currency']],
        [{name => 'x', price => {amount => 1, currency => 'JPY'}}, ['/price']],
        [{name => 'x', price => 1, tax_class => 'none'},   ['/tax_class']],
        [{name => 'x', price => 1, slug => 'Not a slug'},  ['/slug']],
        [{name => 'x', price => 1, slug => '12345'},       ['/slug']],
        [{slug => 'No slug'},               ['/name', '/price', '/slug']],
        [{name => 'x', price => 1, status => 'sold'},      ['/status']],
        [{name => 'x', price => 1, colour => 'red'},       ['/colour']],
        [{name => 'x', price => 1, stock => -1},           ['/stock']],
        [{name => 'x', price => 1, options => [{name => 'Size',
            values => ['S']}], variants => [{stock => 1}]},
            ['/variants/0/options']],
        [{name => 'x', price => 1, variants => [
            {options => {A => 'b'}}, {options => {A => 'b'}}]},
            ['/variants/1/options']],
        [{name => 'x', price => 1, prices => [
            {amount => 1, currency => 'JPY'}]}, ['/prices/0/currency']],
      )
    {
        $t->post_ok('/api/v1/products' => $admin => json => $bad->[0])
          ->problem_is(422 => 'invalid_input');
        is_deeply [sort map { $_->{pointer} } @{$t->value('/errors')}],
          $bad->[1], join ' ', @{$bad->[1]};
    }
};

subtest 'what is taken' => sub {
    my $one = add(sku => 'SKU-' . unique_id);
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'x', price => 1, slug => $one->{slug}})
      ->problem_is(409 => 'slug_taken');
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'x', price => 1, sku => $one->{variants}[0]{sku}})
      ->problem_is(409 => 'sku_taken');
    my $two = add(name => $one->{name});
    isnt $two->{slug}, $one->{slug}, 'a slug made of the name gives way';
};

subtest 'who may' => sub {
    my $json = {name => 'x', price => 1};
    $t->post_ok('/api/v1/products' => json => $json)
      ->problem_is(401 => 'unauthenticated');
    $t->post_ok('/api/v1/products' => $nobody => json => $json)
      ->problem_is(403 => 'forbidden');

    $t->post_ok('/api/v1/products' => $seller => json => $json)
      ->status_is(201)->json_like('/seller_id' => qr/^[0-9a-f-]{36}$/);
    my $own    = $t->value('/id');
    my $others = add()->{id};
    $t->patch_ok("/api/v1/products/$own" => $seller => json => {price => 2})
      ->status_is(200)->json_is('/price/amount' => 2);
    $t->patch_ok("/api/v1/products/$others" => $seller => json =>
          {price => 2})->problem_is(403 => 'forbidden');
    $t->delete_ok("/api/v1/products/$others" => $seller)
      ->problem_is(403 => 'forbidden');
    $t->patch_ok("/api/v1/products/$own" => $admin => json => {price => 3})
      ->status_is(200);
};

subtest 'drafts are for their owner' => sub {
    $t->post_ok('/api/v1/products' => $seller => json =>
          {name => 'Draft ' . unique_id, price => 1, status => 'draft'})
      ->status_is(201);
    my $path = '/api/v1/products/' . $t->value('/id');
    $t->get_ok($path)->problem_is(404 => 'not_found');
    $t->get_ok($path => $nobody)->problem_is(404 => 'not_found');
    $t->get_ok($path => $seller)->status_is(200);
    $t->get_ok($path => $admin)->status_is(200);
    $t->patch_ok($path => $seller => json => {status => 'published'})
      ->status_is(200);
    $t->get_ok($path)->status_is(200);
};

subtest 'changing' => sub {
    my $product = add(stock => 4, category => 'furniture');
    my $path    = "/api/v1/products/$product->{id}";
    $t->get_ok($path)->status_is(200);
    $t->patch_ok($path => $admin => json =>
          {name => 'New name', price => 2999, category => undef})
      ->status_is(200)->trips_is('sql=1 redis=0')
      ->json_is('/name' => 'New name')->json_is('/price/amount' => 2999)
      ->json_is('/category' => undef)
      ->json_is('/slug' => $product->{slug}, 'an address stays')
      ->header_like(ETag => qr/^"2\./);
    $t->get_ok($path)->json_is('/name' => 'New name', 'seen at once');

    $t->patch_ok($path => $admin => json => {
        sku => 'NEW-' . unique_id,
        compare_at_price => {amount => 3999, currency => 'EUR'}
    })->status_is(200)->json_like('/variants/0/sku' => qr/^NEW-/)
      ->json_is('/price/amount' => 2999)
      ->json_is('/compare_at_price/amount' => 3999);
    $t->patch_ok($path => $admin => json => {compare_at_price => undef})
      ->status_is(200)->json_is('/compare_at_price' => undef);
    $t->patch_ok($path => $admin => json => {prices =>
          [{amount => 100, currency => 'USD'}]})->status_is(200);
    $t->get_ok("$path?currency=USD")->json_is('/price/amount' => 100);
    $t->patch_ok($path => $admin => json => {variants =>
          [{id => $product->{id}, price => 500}]})->status_is(200)
      ->json_is('/price/amount' => 500);
    $t->patch_ok($path => $admin => json => {variants =>
          [{id => '1', price => 500}]})->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/variants/0/id');
    $t->patch_ok($path => $admin => json => {stock => 3})
      ->problem_is(422 => 'invalid_input');    # stock has an endpoint
    $t->patch_ok('/api/v1/products/none' => $admin => json => {price => 1})
      ->problem_is(404 => 'not_found');
};

subtest 'conditional requests' => sub {
    my $product = add(stock => 5);
    my $path    = "/api/v1/products/$product->{id}";
    my $etag    = $t->get_ok($path)->tx->res->headers->etag;
    $t->get_ok($path => {'If-None-Match' => $etag})->status_is(304);
    $t->post_ok('/api/v1/inventory/update' => $admin => json =>
          {product_id => $product->{id}, delta => -1})->status_is(200);
    $t->get_ok($path => {'If-None-Match' => $etag})->status_is(200)
      ->json_is('/variants/0/available' => 4);
    $t->patch_ok($path => {%$admin, 'If-Match' => $etag} => json =>
          {price => 5})->status_is(200, 'stock does not move the version');
    $t->patch_ok($path => {%$admin, 'If-Match' => $etag} => json =>
          {price => 6})->problem_is(412 => 'precondition_failed');
    $t->delete_ok($path => {%$admin, 'If-Match' => $etag})
      ->problem_is(412 => 'precondition_failed');
};

subtest 'removing' => sub {
    my $product = add(sku => 'GONE-' . unique_id);
    my $path    = "/api/v1/products/$product->{id}";
    $t->get_ok($path)->status_is(200);
    $t->delete_ok($path => $admin)->status_is(204)->content_is('');
    $t->get_ok($path)->problem_is(404 => 'not_found');
    $t->delete_ok($path => $admin)->problem_is(404 => 'not_found');
    $t->post_ok('/api/v1/products' => $admin => json => {
        name => 'x', price => 1, slug => $product->{slug},
        sku => $product->{variants}[0]{sku}
    })->status_is(201, 'slug and SKU are free again');
};

subtest 'a repeated request adds one product' => sub {
    my %key  = (%$admin, 'Idempotency-Key' => unique_id);
    my $json = {name => 'Once ' . unique_id, price => 1};
    $t->post_ok('/api/v1/products' => \%key => json => $json)->status_is(201);
    my $first = $t->value;
    $t->post_ok('/api/v1/products' => \%key => json => $json)->status_is(201)
      ->header_is('Idempotent-Replayed' => 'true')->json_is('' => $first);
    $t->post_ok('/api/v1/products' => \%key => json => {%$json, price => 2})
      ->problem_is(422 => 'idempotency_mismatch');
};

subtest 'many of one name at once' => sub {
    my $name = 'Crowd ' . unique_id;
    my @ua   = map { $shop->t->ua } 1 .. 6;
    my (%slugs, %codes);
    Mojo::Promise->all(map {
        $_->post_p($t->absolute('/api/v1/products') => $admin => json =>
              {name => $name, price => 1, category => 'plants'})
          ->then(sub ($tx) {
            $codes{$tx->res->code}++;
            $slugs{$tx->res->json('/slug') // ''}++;
        })
    } @ua)->wait;
    is_deeply \%codes, {201 => 6};
    is keys %slugs, 6, 'each has an address of its own';
};

subtest 'a change is an event' => sub {
    my $product = add();
    $t->patch_ok("/api/v1/products/$product->{id}" => $admin => json =>
          {price => 7})->status_is(200);
    my $events = wait_for(sub {
        my @seen = grep { $_->{type} eq 'product.changed' }
          $shop->events('shop.catalog', $product->{id});
        return @seen == 2 && \@seen;
    }, 15, 'two events');
    is $events->[1]{data}{version}, 2 if $events;
};

subtest 'reviews' => sub {
    my $id = $shop->sql(
        'select product_id from review.review group by 1 having count(*) > 2
         order by 1 limit 1');
    $t->get_ok("/api/v1/products/$id/reviews?limit=2")->status_is(200)
      ->json_has('/items/1/rating')->json_hasnt('/items/2')
      ->json_has('/rating/average');
    my $cursor = $t->value('/next_cursor');
    my $first  = $t->value('/items/0/id');
    $t->get_ok("/api/v1/products/$id/reviews?limit=2&cursor=$cursor")
      ->status_is(200)->json_has('/items/0');
    isnt $t->value('/items/0/id'), $first;
    $t->get_ok("/api/v1/products/$id")->json_like('/rating/average' => qr/^\d/);
    $t->get_ok('/api/v1/products/none/reviews')->problem_is(404 => 'not_found');
    $t->get_ok("/api/v1/products/$id/reviews?cursor=x")
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/parameter' => 'cursor');
};

subtest 'another brand has its own products' => sub {
    my %other = (Host => 'brand2.localhost');
    my $id    = $shop->sql(
        'select min(id) from catalog.product where store_id = 2');
    $t->get_ok("/api/v1/products/$id" => \%other)->status_is(200)
      ->json_is('/price/currency' => 'USD');
    $t->get_ok("/api/v1/products/$id")->problem_is(404 => 'not_found');
};

done_testing;
