#!/usr/bin/perl

# Files of products: what a row makes and changes, what is wrong with it, dry
# runs, progress, the file of errors.

use Mojo::Base -signatures;

use Mojo::Util qw(url_escape);

use ShopTest;
use ShopTest::Import;

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
my $nobody = $shop->customer;
my $files  = ShopTest::Import->new(t => $t, admin => $admin);
$t->ua->cookie_jar->ignore(sub {1});

subtest 'a row makes a product' => sub {
    my $id     = unique_id;
    my $import = $files->take(<<"X");
slug,sku,name,description,status,category,price,compare_at_price,price.USD,stock,barcode,weight_grams,requires_shipping,tags,images,attr.Material,attr.Size,seo.title,meta.supplier
lamp-$id,L-$id,"Lamp, ""blue"" ü","Two
lines",published,clothes,1999,2999,2199,7,4006381333931,1200,no,new | sale,/media/emoji/t-shirt.webp|https://x.test/b.webp,Glass,42,A lamp,17
X
    is $import->{status}, 'done';
    is $import->{kind}, 'products.import';
    is $import->{progress}, 100;
    is_deeply $import->{rows},
      {done => 1, created => 1, updated => 0, failed => 0};
    is_deeply $import->{errors}, [];

    my $p = $files->product("lamp-$id");
    is $p->{name}, 'Lamp, "blue" ü';
    is $p->{description}, "Two\nlines";
    is $p->{category}{slug}, 'clothes';
    is_deeply $p->{price}, {amount => 1999, currency => 'EUR'};
    is $p->{compare_at_price}{amount}, 2999;
    is_deeply $p->{tags}, ['new', 'sale'];
    is $p->{attributes}{Material}, 'Glass';
    is $p->{attributes}{Size}, '42';
    is $p->{seo}{title}, 'A lamp';
    is $p->{metadata}{supplier}, '17';
    is_deeply [map { $_->{url} } @{$p->{images}}],
      ['/media/emoji/t-shirt.webp', 'https://x.test/b.webp'];
    is $p->{variants}[0]{id}, $p->{id}, 'the first variant, the same id';
    is $p->{variants}[0]{sku}, "L-$id";
    is $p->{variants}[0]{barcode}, '4006381333931';
    is $p->{variants}[0]{available}, 7;
    ok $p->{in_stock};
    is $files->stock($p->{id}), 7, 'exact stock';
    $t->get_ok("/api/v1/products/lamp-$id?currency=USD")
      ->json_is('/price/amount' => 2199);
    $t->get_ok("/api/v1/inventory/$p->{id}/movements" => $admin)
      ->json_is('/items/0/on_hand_delta' => 7);
    $t->get_ok("/api/v1/products/search?query=L-$id")
      ->json_is('/items/0/id' => $p->{id}, 'found at once');
    ok wait_for(sub {
        grep { $_->{type} eq 'product.changed' }
          $shop->events('shop.catalog', $p->{id});
    }), 'told to others';
};

subtest 'by SKU or slug it changes what is there' => sub {
    my $id = unique_id;
    $files->take("sku,name,price,stock\nC-$id,Cup $id,500,3\n");
    my $p = $files->product("cup-$id");

    my $import = $files->take("sku,price,stock\nC-$id,650,9\n");
    is_deeply $import->{rows},
      {done => 1, created => 0, updated => 1, failed => 0};
    my $now = $files->product($p->{id});
    is $now->{price}{amount}, 650;
    is $now->{name}, "Cup $id", 'what no cell says stays';
    is $files->stock($p->{id}), 9;

    my $path = "/api/v1/products/$p->{id}";
    $t->get_ok($path)->json_is('/variants/0/available' => 9) for 1, 2;
    $files->take("sku,stock\nC-$id,0\n");
    ok wait_for(sub {
        !$t->call(GET => $path)->json('/in_stock');
    }, 30), 'stock alone is seen, too';
    $files->take("sku,stock\nC-$id,9\n");
    ok $now->{updated_at} gt $p->{updated_at};

    $files->take("slug,name,tags,status\ncup-$id,Mug,a|b,draft\n");
    $t->get_ok("/api/v1/products/cup-$id")->status_is(404);
    is $files->product($p->{id})->{name}, 'Mug';
    $files->take("slug,tags,status\ncup-$id,-,published\n");
    $now = $files->product("cup-$id");
    is_deeply $now->{tags}, [], '"-" takes away';
    is $now->{status}, 'published';

    $files->take("slug,sku\ncup-$id,D-$id\n");
    is $files->product("cup-$id")->{variants}[0]{sku}, "D-$id", 'a new SKU';
    $files->take("slug,sku\nmug-$id,D-$id\n");
    is $files->product("mug-$id")->{id}, $p->{id}, 'a new slug, by its SKU';
};

subtest 'a row a variant' => sub {
    my $id     = unique_id;
    my $import = $files->take(<<"X");
slug,sku,name,price,option.Size,option.Color,stock
shirt-$id,S1-$id,Shirt $id,2000,S,Red,1
shirt-$id,S2-$id,,2500,M,Red,2
shirt-$id,S3-$id,,,L,Blue,0
X
    is_deeply $import->{rows},
      {done => 3, created => 3, updated => 0, failed => 0};
    my $p = $files->product("shirt-$id");
    is_deeply $p->{options}, [{name => 'Size', values => ['S', 'M', 'L']},
        {name => 'Color', values => ['Red', 'Blue']}];
    is_deeply [map { $_->{price}{amount} } @{$p->{variants}}],
      [2000, 2500, 2000], 'the price of the first for whom has none';
    is_deeply [map { $_->{available} } @{$p->{variants}}], [1, 2, 0];

    $import = $files->take(<<"X");
slug,sku,option.Size,option.Color,price,stock
shirt-$id,S4-$id,XL,Blue,2600,4
shirt-$id,,M,Red,2550,
X
    is_deeply $import->{rows},
      {done => 2, created => 0, updated => 2, failed => 0};
    $p = $files->product("shirt-$id");
    is @{$p->{variants}}, 4;
    is_deeply $p->{options}[0]{values}, [qw(S M L XL)];
    is $p->{variants}[1]{price}{amount}, 2550, 'found by its options';
    is $p->{variants}[1]{sku}, "S2-$id";
};

subtest 'what is wrong with rows' => sub {
    my $id     = unique_id;
    my $import = $files->take(<<"X");
slug,sku,name,price,category,stock,status,currency,tax_class,images,options
good-$id,G-$id,Good,100,,1,,,,,
Bad Slug,,x,100,,,,,,,
b1-$id,,x,19.99,,,,,,,
b2-$id,,x,100,nowhere,,,,,,
b3-$id,,x,100,,-1,,,,,
b4-$id,,x,100,,,sold,,,,
b5-$id,,x,100,,,,JPY,,,
b6-$id,,x,100,,,,,none,,
b7-$id,,x,100,,,,,,javascript:x,
b8-$id,,,100,,,,,,,
b9-$id,,x,,,,,,,,
c1-$id,,x,100,,,,,,,"{""Size"": 1}"
c2-$id,,x,100,,,,,,,not json
c3-$id,G-$id,x,100,,,,,,,
c4-$id,,"x"y,100,,,,,,,
c5-$id,,x,100,,,,,,,,too,many
fine-$id,,Fine,100,,,,,,,
X
    is $import->{status}, 'done';
    is_deeply $import->{rows},
      {done => 17, created => 2, updated => 0, failed => 15};
    is_deeply [map {"$_->{line} " . ($_->{column} // '')}
          @{$import->{errors}}], ['3 slug', '4 price', '5 category', '6 stock',
        '7 status', '8 currency', '9 tax_class', '10 images', '11 name',
        '12 price', '13 options', '14 ', '15 sku', '16 ', '17 '];
    is $files->product("good-$id")->{name}, 'Good';
    is $files->product("fine-$id")->{name}, 'Fine';

    my $path = "/api/v1/imports/$import->{id}/errors.csv";
    $t->get_ok($path => $admin)->status_is(200)
      ->header_is('Content-Type' => 'text/csv; charset=utf-8')
      ->header_like('Content-Disposition' => qr/^attachment/);
    my @lines = split /\r\n/, $t->tx->res->body;
    is @lines, 16, 'a line each, and the names';
    is $lines[0], 'import_line,import_error,slug,sku,name,price,category,'
      . 'stock,status,currency,tax_class,images,options';
    is $lines[2], "4,price is an integer in minor units: 1999 is 19.99,b1-$id,"
      . ',x,19.99,,,,,,,';
    $t->head_ok($path => $admin)->status_is(200)->content_is('');

    # what was put right can be sent again as it is
    my $again = join "\r\n", $lines[0], $lines[2] =~ s/19\.99/1999/gr, '';
    is_deeply $files->take($again)->{rows},
      {done => 1, created => 1, updated => 0, failed => 0};
};

subtest 'a row that another took the place of' => sub {
    my $id = unique_id;
    my $import = $files->take(<<"X");
slug,sku,name,price
one-$id,A-$id,One,100
two-$id,A-$id,Two,100
one-$id,,First,200
X
    is_deeply $import->{rows},
      {done => 3, created => 2, updated => 0, failed => 1};
    is $import->{errors}[0]{line}, 3;
    is $files->product("one-$id")->{name}, 'First', 'the last row counts';
    is $files->product("one-$id")->{price}{amount}, 200;
};

subtest 'addresses and what search engines are told' => sub {
    my $id = unique_id;
    $files->take("slug,sku,name,price\nfirst-$id,F-$id,First,1\n");
    my $first = $files->product("first-$id");
    $files->take("slug,sku\nsecond-$id,F-$id\n");
    is $files->product("first-$id")->{slug}, "second-$id",
      'a slug that was left leads on';
    $files->take("slug,name,price\nfirst-$id,Other,1\n");
    isnt $files->product("first-$id")->{id}, $first->{id},
      'until something else takes it';

    my $import = $files->take(<<"X");
slug,name,price,seo.title,seo
search,x,1,,
w1-$id,x,1,@{['x' x 201]},
w2-$id,x,1,,"{""colour"": ""red""}"
w3-$id,x,1,,"{""robots"": ""perhaps""}"
w4-$id,x,1,A title,"{""robots"": ""noindex"", ""keywords"": ""a""}"
X
    is_deeply [map {"$_->{line} $_->{column}"} @{$import->{errors}}],
      ['2 slug', '3 seo', '4 seo', '5 seo'];
    is_deeply $files->product("w4-$id")->{seo},
      {title => 'A title', robots => 'noindex', keywords => 'a'};
    my $named = $files->take("sku,name,price\nN-$id,Search,1\n");
    is $named->{rows}{created}, 1;
    $t->get_ok("/api/v1/products/manage?sku=N-$id" => $admin)
      ->json_like('/items/0/slug' => qr/^search-/,
        'a name that has a meaning of its own as an address');
};

subtest 'a dry run changes nothing' => sub {
    my $id     = unique_id;
    my $csv    = "slug,name,price\ndry-$id,Dry,100\nX Y,Dry,100\n";
    my $import = $files->take($csv, $admin, '?dry_run=true');
    is_deeply $import->{rows},
      {done => 2, created => 1, updated => 0, failed => 1};
    ok $import->{options}{dry_run};
    is $import->{errors}[0]{column}, 'slug';
    $t->get_ok("/api/v1/products/dry-$id")->status_is(404);
    is $shop->sql('select count(*) from catalog.product where slug = ?',
        "dry-$id"), 0;
};

subtest 'columns by other names, and other ways to write them' => sub {
    my $id  = unique_id;
    my $csv = "\x{feff}Artikel;Name;Preis;Stock\r\n"
      . "M-$id; Mapped $id ;700;\r\n\r\n";
    my $import = $files->take($csv, $admin, '?delimiter=semicolon&map.Artikel='
          . 'sku&map.Preis=price');
    is $import->{status}, 'done';
    is $files->product("mapped-$id")->{variants}[0]{sku}, "M-$id";
    $import = $files->take("sku\tname\tprice\nT-$id\tTab $id\t5", $admin,
        '?delimiter=tab');
    is $files->product("tab-$id")->{price}{amount}, 5, 'no line end at the end';

    for my $bad (["name,colour\n", qr/no column 'colour'/],
        ["name,Name\n", qr/there twice/], ["price\n", qr/is needed/],
        ["\n\n", qr/name the columns/], ["name,price.JPY\n", qr/no column/])
    {
        my $failed = $files->take($bad->[0]);
        is $failed->{status}, 'failed';
        like $failed->{error}, $bad->[1];
    }
};

subtest 'no formula for a spreadsheet' => sub {
    my $id = unique_id;
    $files->take("slug,name,price\ncalc-$id,\"'=1+1\",100\n");
    is $files->product("calc-$id")->{name}, '=1+1',
      'the apostrophe is taken off';
    my $csv = $t->get_ok('/api/v1/exports/products.csv' => $admin)
      ->status_is(200)->tx->res->text;
    like $csv, qr/^calc-$id,[^,]+,"'=1\+1",/m, 'and put before it';
};

subtest 'who may' => sub {
    my $id = unique_id;
    for my $who ({}, $nobody) {
        my $code = %$who ? 403 : 401;
        $files->upload("name,price\nx,1\n", $who)->status_is($code);
        $t->get_ok('/api/v1/imports' => $who)->status_is($code);
        $t->get_ok('/api/v1/exports/products.csv' => $who)->status_is($code);
        $t->get_ok('/api/v1/jobs' => $who)->status_is($code);
    }
    $files->take("slug,name,price\nadmins-$id,Admin's,1\n");
    my $import = $files->take(
        "slug,name,price\nsellers-$id,Seller's,1\nadmins-$id,Mine,2\n",
        $seller);
    is_deeply $import->{rows},
      {done => 2, created => 1, updated => 0, failed => 1};
    like $import->{errors}[0]{detail}, qr/another seller/;
    is $files->product("admins-$id")->{name}, q{Admin's};
    ok $files->product("sellers-$id")->{seller_id};

    $t->get_ok("/api/v1/imports/$import->{id}" => $admin)->status_is(200);
    my $own = $files->take("slug,price\nadmins-$id,3\n");
    $t->get_ok("/api/v1/imports/$own->{id}" => $seller)
      ->problem_is(404 => 'not_found');
    $t->get_ok("/api/v1/imports/$own->{id}/errors.csv" => $seller)
      ->problem_is(404 => 'not_found');
    $t->delete_ok("/api/v1/imports/$own->{id}" => $seller)
      ->problem_is(404 => 'not_found');
    ok !(grep { $_->{id} eq $own->{id} }
          @{$t->get_ok('/api/v1/imports?limit=100' => $seller)
              ->value('/items')}), 'its own alone';
    my $csv = $t->get_ok('/api/v1/exports/products.csv' => $seller)
      ->status_is(200)->tx->res->text;
    like $csv, qr/^sellers-$id,/m;
    unlike $csv, qr/^admins-$id,/m;
};

subtest 'requests that are no import' => sub {
    my $path = '/api/v1/imports/products';
    $t->post_ok($path => $admin => json => {})
      ->problem_is(415 => 'unsupported_media_type');
    $t->post_ok($path =>
          {%$admin, 'Content-Type' => 'text/csv; charset=latin1'} => 'x')
      ->problem_is(415 => 'unsupported_media_type');
    $files->upload('')->problem_is(400 => 'invalid_csv');
    $files->upload("name\n\xff\xfe\n")->problem_is(400 => 'invalid_csv');
    $files->upload("name\n\0\n")->problem_is(400 => 'invalid_csv');
    $files->upload("name\n", $admin, '?dry_run=perhaps')
      ->problem_is(422 => 'invalid_input');
    $files->upload("name\n", $admin, '?delimiter=dot')
      ->problem_is(422 => 'invalid_input');
    $files->upload("name\n", $admin, '?colour=red')
      ->problem_is(422 => 'invalid_input');
    $t->get_ok('/api/v1/imports/none' => $admin)->status_is(404);
    $t->get_ok('/api/v1/imports?status=odd' => $admin)
      ->problem_is(422 => 'invalid_input');
    $t->get_ok('/api/v1/imports?cursor=odd' => $admin)
      ->problem_is(422 => 'invalid_input');
};

subtest 'a key makes one import of two requests' => sub {
    my $id  = unique_id;
    my $key = {%$admin, 'Content-Type' => 'text/csv',
        'Idempotency-Key' => "import-$id"};
    my $path = '/api/v1/imports/products';
    my $csv  = "slug,name,price\nonce-$id,Once,1\n";
    $t->post_ok($path => $key => $csv)->status_is(202)
      ->header_is('Idempotent-Replayed' => undef);
    my $first = $t->value('/id');
    $t->post_ok($path => $key => $csv)->status_is(202)
      ->header_is('Idempotent-Replayed' => 'true')
      ->json_is('/id' => $first);
    $t->post_ok($path => $key => "$csv\n")
      ->problem_is(422 => 'idempotency_mismatch');
    $files->ended($first);
};

subtest 'what nodes drop' => sub {
    my $id   = unique_id;
    my $head = "slug,sku,name,price,stock\n";
    my $db   = $shop->db->clone;
    my %heard;
    # all that was told before, in the order of commits
    my $listen = sub ($mark) {
        $shop->sql('select ops.notify_drop(?)', $mark);
        wait_for(sub {
            while (my $told = $db->pg_notifies) {
                $heard{$_}++ for split / /, $told->[2];
            }
            return $heard{$mark};
        }, 20, $mark);
    };
    $db->do('listen shop_node');

    $files->take("${head}told-$id,T-$id,Told,100,5\n");
    my $p = $files->product("told-$id");
    wait_for(sub { $shop->events('shop.inventory', $p->{id}) }, 20,
        'its first stock to be told');
    $listen->("first:$id");
    ok $heard{'catalog:1'}, 'a new product: lists';
    ok !$heard{"product:$p->{id}"}, 'it, nobody had';

    $files->take("${head}told-$id,T-$id,Told,200,5\n");
    $listen->("price:$id");
    ok $heard{"product:$p->{id}"}, 'another price: it';
    $db->disconnect;
};

subtest 'imports and jobs' => sub {
    my $import = $files->take("slug,name,price\njob-@{[unique_id]},Job,1\n");
    my $path   = "/api/v1/imports/$import->{id}";
    $t->get_ok($path => $admin)->status_is(200)->header_like(ETag => qr/./);
    my $etag = $t->tx->res->headers->etag;
    $t->get_ok($path => {%$admin, 'If-None-Match' => $etag})->status_is(304);
    $t->get_ok("/api/v1/jobs/$import->{id}" => $admin)->status_is(200)
      ->json_is('/id' => $import->{id});
    $t->get_ok('/api/v1/jobs?kind=products.import&status=done&limit=1' =>
          $admin)->status_is(200)->json_is('/items/0/status' => 'done')
      ->json_has('/next_cursor');
    my $next = url_escape $t->value('/next_cursor');
    my $seen = $t->value('/items/0/id');
    $t->get_ok("/api/v1/jobs?limit=1&cursor=$next" => $admin)->status_is(200);
    isnt $t->value('/items/0/id'), $seen, 'the next page';
    $t->post_ok("/api/v1/jobs/$import->{id}/cancel" => $admin)
      ->problem_is(409 => 'conflict');
    $t->post_ok("/api/v1/jobs/$import->{id}/retry" => $admin)
      ->problem_is(409 => 'conflict');
    $t->delete_ok($path => {%$admin, 'If-Match' => '"0"'})
      ->problem_is(412 => 'precondition_failed');
    $t->delete_ok($path => $admin)->status_is(204);
    $t->get_ok($path => $admin)->problem_is(404 => 'not_found');
};

done_testing;
