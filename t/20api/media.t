#!/usr/bin/perl

# Uploads of pictures: what is taken, what is refused, who may.

use Mojo::Base -signatures;

use ShopTest;
use ShopTest::Picture qw(jpeg png webp exif chunk);

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
$t->ua->cookie_jar->ignore(sub {1});

sub product ($who, %with) {
    $t->post_ok('/api/v1/products' => $who => json =>
          {name => 'Lamp ' . unique_id, price => 1999, %with})
      ->status_is(201);
    return $t->value;
}

# the picture as the body
sub put ($path, $who, $bytes, $type = 'image/png', %more) {
    return $t->post_ok(
        $path => {%$who, 'Content-Type' => $type, %more} => $bytes);
}

# as a part of a form
sub form ($path, $who, $bytes, %fields) {
    return $t->post_ok($path => $who => form => {
        file => {content => $bytes, filename => 'x', %{delete $fields{part} // {}}},
        %fields
    });
}

my $product = product($admin);
my $path    = "/api/v1/products/$product->{id}/images";

# pictures of their own, so that no test finds what another one uploaded
my $side = 40;
sub fresh { return png(++$side, 30, chunks => [[tEXt => unique_id]]) }

subtest 'a picture as it is' => sub {
    my $bytes = png(1001, 500, chunks => [[tEXt => unique_id]]);
    put($path, $admin, $bytes)->status_is(201)
      ->trips_is('sql=1 redis=0')->json_is('/width' => 1001)
      ->json_is('/height' => 500)->json_is('/status' => 'processing')
      ->json_is('/alt' => $product->{name})->json_is('/position' => 1)
      ->json_is('/variant_id' => undef)->json_is('/reason' => undef)
      ->json_like('/url' => qr{^/media/i/[0-9a-f]{32}\.webp$});
    my $image = $t->value;
    is $image->{srcset}, join(', ', map {"$image->{url}?w=$_->[0] $_->[1]w"}
          [160, 160], [320, 320], [640, 640], [960, 960], [1280, 1001]),
      'no width beyond its own';
    $t->header_is(Location => "$path/$image->{id}");

    $t->get_ok("/api/v1/products/$product->{id}")->status_is(200)
      ->json_is('/images/0/id'  => $image->{id})
      ->json_is('/images/0/url' => $image->{url})
      ->json_is('/images/0/srcset' => $image->{srcset});

    wait_for(sub { $t->get_ok("$path/$image->{id}" => $admin)
          ->value('/status') eq 'ready' }, 20, 'the worker');
    $t->get_ok("/api/v1/products/$product->{id}")
      ->json_is('/images/0/status' => 'ready', 'told at once');
    $t->get_ok("/products/$product->{slug}")->status_is(200)
      ->content_like(qr/ imagesrcset="\Q$image->{srcset}\E" imagesizes="/)
      ->content_unlike(qr/<link rel="preload" as="image"[^>]*href=/);
    $t->get_ok('/api/v1/products?sort=newest&limit=100');
    my ($card) = grep { $_->{id} eq $product->{id} } @{$t->value('/items')};
    is $card->{images}[0]{srcset}, $image->{srcset}, 'in lists too';
    $t->post_ok('/api/v1/cart/add' => json => {product_id => $product->{id}});
    is $shop->sql('select image ->> ? from catalog.offer where product_id = ?'
        . ' limit 1', 'url', $product->{id}), "$image->{url}?w=320";
};

subtest 'by a form' => sub {
    my $colors = product($admin, options =>
          [{name => 'Color', values => ['Red', 'Blue']}],
        variants => [{options => {Color => 'Red'}},
            {options => {Color => 'Blue'}}]);
    my $blue = $colors->{variants}[1]{id};
    my $at   = "/api/v1/products/$colors->{slug}/images";

    form($at, $admin, jpeg(400, 300))->status_is(201)
      ->json_is('/position' => 1);
    form($at, $admin, webp(300, 200), alt => 'Blue, from above',
        variant_id => $blue, position => 1,
        part => {'Content-Type' => 'image/webp'})
      ->status_is(201)->json_is('/alt' => 'Blue, from above')
      ->json_is('/variant_id' => $blue)->json_is('/position' => 1)
      ->json_is('/width' => 300)->json_is('/height' => 200);
    my $image = $t->value;
    put("$at?alt=By%20query&position=2", $admin, fresh())->status_is(201)
      ->json_is('/alt' => 'By query')->json_is('/position' => 2);
    $t->get_ok($at => $admin)->status_is(200)
      ->json_is('/items/0/id' => $image->{id})
      ->json_is('/items/1/alt' => 'By query')
      ->json_is('/items/2/position' => 3)
      ->json_is('/next_cursor' => undef);
    is scalar @{$t->value('/items')}, 3;

    $t->get_ok("$at?limit=2" => $admin)->json_hasnt('/items/2');
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("$at?limit=2&cursor=$cursor" => $admin)
      ->json_is('/items/0/position' => 3)->json_is('/next_cursor' => undef);
    $t->get_ok("$at?cursor=AAAA" => $admin)
      ->problem_is(422 => 'invalid_input');
};

subtest 'a key makes it once' => sub {
    my $bytes = fresh();
    my %key = ('Idempotency-Key' => 'picture-' . unique_id);
    put($path, $admin, $bytes, 'image/png', %key)->status_is(201);
    my $image = $t->value;
    put($path, $admin, $bytes, 'image/png', %key)->status_is(201)
      ->json_is('/id' => $image->{id})
      ->header_is('Idempotent-Replayed' => 'true');
    put($path, $admin, fresh(), 'image/png', %key)
      ->problem_is(422 => 'idempotency_mismatch');
};

subtest 'changing, ordering, removing' => sub {
    my $own   = product($admin);
    my $at    = "/api/v1/products/$own->{id}/images";
    my @image = map { put($at, $admin, fresh()); $t->value } 1 .. 3;
    my $one   = "$at/$image[0]{id}";

    $t->get_ok($one => $admin)->status_is(200)
      ->json_is('/id' => $image[0]{id});
    my $etag = $t->tx->res->headers->etag;
    like $etag, qr/^"1\./;
    $t->get_ok($one => {%$admin, 'If-None-Match' => $etag})->status_is(304)
      if $etag =~ /ready/;
    $t->patch_ok($one => {%$admin, 'If-Match' => '"1"'} => json =>
          {alt => 'The third', position => 3})->status_is(200)
      ->json_is('/alt' => 'The third')->json_is('/position' => 3);
    $t->patch_ok($one => {%$admin, 'If-Match' => '"1"'} => json =>
          {alt => 'x'})->problem_is(412 => 'precondition_failed');
    $t->patch_ok($one => $admin => json => {variant_id => '1'})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/variant_id');
    $t->patch_ok($one => $admin => json =>
          {variant_id => $own->{variants}[0]{id}})->status_is(200);
    $t->patch_ok($one => $admin => json => {variant_id => undef})
      ->status_is(200)->json_is('/variant_id' => undef)
      ->json_is('/alt' => 'The third');
    $t->patch_ok($one => $admin => json => {position => 0, color => 1})
      ->problem_is(422 => 'invalid_input')->json_has('/errors/1');

    my @ids = map { $_->{id} } @image;
    $t->get_ok("/api/v1/products/$own->{id}");
    my $version = $t->tx->res->headers->etag;
    $t->patch_ok($at => {%$admin, 'If-Match' => $version} => json =>
          {order => [@ids[1, 0, 2]]})->status_is(200);
    is_deeply [map { $_->{id} } @{$t->value('/images')}], [@ids[1, 0, 2]];
    $t->patch_ok($at => {%$admin, 'If-Match' => $version} => json =>
          {order => \@ids})->problem_is(412 => 'precondition_failed');
    for my $bad ([@ids[0, 1]], [@ids, $ids[0]], [@ids[0, 0, 1]], ['x']) {
        $t->patch_ok($at => $admin => json => {order => $bad})
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => '/order');
    }

    # a PATCH of the product keeps those that it names, and their ids
    $t->patch_ok("/api/v1/products/$own->{id}" => $admin => json =>
          {images => [{url => $image[2]{url}, alt => 'First now'},
            {url => $image[0]{url}}]})->status_is(200)
      ->json_is('/images/0/id' => $ids[2])
      ->json_is('/images/0/alt' => 'First now')
      ->json_is('/images/1/id' => $ids[0])->json_hasnt('/images/2');
    $t->patch_ok("/api/v1/products/$own->{id}" => $admin => json =>
          {images => [{url => $image[2]{url}},
            {url => '/media/i/' . 'f' x 32 . '.webp'}]})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/images/1/url');

    $t->delete_ok($one => {%$admin, 'If-Match' => '"1"'})
      ->problem_is(412 => 'precondition_failed');
    $t->delete_ok($one => $admin)->status_is(204);
    $t->delete_ok($one => $admin)->problem_is(404 => 'not_found');
    $t->get_ok("/api/v1/products/$own->{id}")->json_hasnt('/images/1');
};

subtest 'what is no picture' => sub {
    my $good = fresh();
    my @lies = (
        ['text', 'hello, world', 'image/png'],
        ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)'
              . '</script></svg>', 'image/svg+xml'],
        ['SVG that says PNG', "<?xml version='1.0'?><svg/>", 'image/png'],
        ['GIF', "GIF89a\1\0\1\0\0\0\0;", 'image/gif'],
        ['PNG that says JPEG', $good, 'image/jpeg'],
        ['JPEG that says PNG', jpeg(9, 9), 'image/png'],
        ['WebP that says SVG', webp(9, 9), 'image/svg+xml'],
        ['PNG of no type', $good, 'text/plain'],
        ['JSON', '{"url":"/x"}', 'application/json'],
    );
    for my $lie (@lies) {
        put($path, $admin, @$lie[1, 2])
          ->problem_is(415 => 'unsupported_media_type');
        diag $lie->[0] if $t->tx->res->code != 415;
    }
    form($path, $admin, "<svg onload='x()'/>",
        part => {'Content-Type' => 'image/svg+xml'})
      ->problem_is(415 => 'unsupported_media_type');
    form($path, $admin, $good, part => {'Content-Type' => 'image/jpeg'})
      ->problem_is(415 => 'unsupported_media_type');

    my $html = '<script>alert(1)</script>';
    my @broken = (
        ['cut short',          'image/png',  substr($good, 0, -5)],
        ['cut in the middle',  'image/jpeg', substr(jpeg(400, 400), 0, 300)],
        ['no end',             'image/jpeg', substr(jpeg(90, 90), 0, -2)],
        ['a WebP cut short',   'image/webp', substr(webp(90, 90), 0, -1)],
        ['HTML behind a PNG',  'image/png',  "$good$html"],
        ['HTML behind a JPEG', 'image/jpeg', jpeg(9, 9) . $html],
        ['HTML behind a WebP', 'image/webp', webp(9, 9) . $html],
        ['an archive behind', 'image/png', $good . "PK\3\4" . "\0" x 40],
        ['a wrong checksum', 'image/png', $good =~ s/IEND.*/IENDxxxx/sr],
        ['no pixels', 'image/png', "\x89PNG\r\n\x1a\n"
              . chunk(IHDR => pack 'N N C5', 9, 9, 8, 0, 0, 0, 0)
              . chunk(IEND => '')],
        ['an animation', 'image/webp', webp(9, 9, after =>
              [[ANIM => "\0" x 6]])],
        ['too wide', 'image/png', png(16_385, 1)],
        ['a bomb', 'image/png', png(16_000, 16_000, data => 'x')],
        ['a bomb in JPEG', 'image/jpeg', jpeg(8, 8)
              =~ s/\x08\x00\x08\x00\x08/\x08\x3e\x80\x3e\x80/r],
        ['a bomb in WebP', 'image/webp', webp(16_000, 16_000)],
    );
    for my $bad (@broken) {
        put($path, $admin, @$bad[2, 1])->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => '/file');
        diag $bad->[0] if $t->tx->res->code != 422;
    }
};

subtest 'what is no form' => sub {
    my $multipart = 'multipart/form-data; boundary=b';
    put($path, $admin, '', 'image/png')->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/file');
    put($path, $admin, 'x', 'multipart/form-data')
      ->problem_is(400 => 'invalid_form');
    put($path, $admin, 'x', $multipart)->problem_is(400 => 'invalid_form');
    put($path, $admin, "--b\r\nContent-Disposition: form-data; name=\"file\""
          . "\r\n\r\nx", $multipart)->problem_is(400 => 'invalid_form');
    put($path, $admin, "--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n",
        $multipart)->problem_is(400 => 'invalid_form');
    put($path, $admin, "--b--\r\n", $multipart)
      ->problem_is(422 => 'invalid_input');

    my $good = fresh();
    form($path, $admin, $good, alt => 'a' x 501, position => 'first',
        color => 'red')->problem_is(422 => 'invalid_input');
    is_deeply [sort map { $_->{pointer} } @{$t->value('/errors')}],
      ['/alt', '/color', '/position'], 'all of them are named';
    form($path, $admin, $good, variant_id => '1')
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/variant_id');
    $t->post_ok($path => $admin => form =>
          {picture => {content => $good, filename => 'x.png'}})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/file');
    $t->post_ok($path => $admin => form => {file => [
            {content => $good, filename => '1'},
            {content => $good, filename => '2'}]})
      ->problem_is(422 => 'invalid_input');
    put($path, $admin, "--b\r\nContent-Disposition: form-data; name=\"alt\""
          . "\r\n\r\n\xff\r\n--b\r\nContent-Disposition: form-data;"
          . " name=\"file\"\r\n\r\n$good\r\n--b--", $multipart)
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/alt');
    put("$path?color=red", $admin, $good)->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/parameter' => 'color');
};

subtest 'too large' => sub {
    put($path, $admin, 'x' x (12 * 1024 * 1024))
      ->problem_is(413 => 'too_large');
    my $padded = png(9, 9, chunks => [[teXt => 'x' x 10_485_760]]);
    put($path, $admin, $padded)->problem_is(413 => 'too_large');

    # without a length
    my $tx = $t->ua->build_tx(POST => $shop->url . $path =>
          {%$admin, 'Content-Type' => 'image/png'});
    my $left = 12 * 16;
    my $drain;
    $drain = sub ($content, @) {
        $content->write_chunk($left-- > 0 ? 'x' x 65_536 : '', $drain);
    };
    $tx->req->content->$drain;
    $t->tx($t->ua->start($tx))->problem_is(413 => 'too_large');

    # what takes no file has a limit of its own
    $t->patch_ok("/api/v1/products/$product->{id}" =>
          {%$admin, 'Content-Type' => 'application/json'} =>
          '{"description":"' . 'x' x 1_100_000 . '"}')
      ->problem_is(413 => 'too_large');
};

subtest 'whose' => sub {
    my $bytes = fresh();
    my $mine  = product($seller);
    put("/api/v1/products/$mine->{id}/images", $seller, $bytes)
      ->status_is(201);
    put($path, $seller, $bytes)->problem_is(403 => 'forbidden');
    put($path, {}, $bytes)->problem_is(401 => 'unauthenticated');
    put($path, $shop->customer, $bytes)->problem_is(403 => 'forbidden');
    put('/api/v1/products/none/images', $admin, $bytes)
      ->problem_is(404 => 'not_found');
    my $draft = product($admin, status => 'draft');
    put("/api/v1/products/$draft->{id}/images", $seller, $bytes)
      ->problem_is(404 => 'not_found');

    $t->get_ok($path)->problem_is(401 => 'unauthenticated');
    $t->get_ok($path => $seller)->problem_is(403 => 'forbidden');
    for my $one ("$path/1", "$path/x", '/api/v1/products/none/images/1') {
        $t->get_ok($one => $admin)->problem_is(404 => 'not_found');
        $t->patch_ok($one => $admin => json => {alt => 'x'})
          ->problem_is(404 => 'not_found');
        $t->delete_ok($one => $admin)->problem_is(404 => 'not_found');
    }
    $t->get_ok("/api/v1/products/$mine->{id}/images" => $seller);
    my $image = $t->value('/items/0/id');
    $t->patch_ok("$path/$image" => $admin => json => {alt => 'x'})
      ->problem_is(404 => 'not_found');
};

subtest 'at most fifty' => sub {
    my $full = product($admin);
    $shop->sql('insert into catalog.image (product_id, position, url)
        select ?, n, ? || n from generate_series(1, 50) as n returning 1',
        $full->{id}, 'https://pictures.test/');
    put("/api/v1/products/$full->{id}/images", $admin, fresh())
      ->problem_is(409 => 'too_many_pictures');
};

done_testing;
