#!/usr/bin/perl

# Pictures become their widths, are served, and go when nobody shows them.

use Mojo::Base -signatures;

use ShopTest;
use ShopTest::File    qw(write_file);
use ShopTest::Picture qw(jpeg png webp exif size_of);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $media = $shop->state->child('media');
$t->ua->cookie_jar->ignore(sub {1});

$t->post_ok('/api/v1/products' => $admin => json =>
      {name => 'Vase ' . unique_id, price => 4500})->status_is(201);
my $product = $t->value('/id');
my $path    = "/api/v1/products/$product/images";
my $nth     = 0;

sub upload ($bytes, $type) {
    $t->post_ok($path => {%$admin, 'Content-Type' => $type} => $bytes)
      ->status_is(201);
    return $t->value;
}

# once the worker is done with it
sub worked ($image) {
    return wait_for(sub {
        my $now = $t->call(GET => "$path/$image->{id}" => $admin)->json;
        return $now->{status} eq 'processing' ? undef : $now;
    }, 30, 'the worker');
}

subtest 'widths' => sub {
    my $image = worked(upload(
        jpeg(2400, 1200 + ++$nth, segments =>
              [[0xe1, exif(1, 'Garden Street 7')]]), 'image/jpeg'));
    is $image->{status}, 'ready';
    for my $w (160, 320, 640, 960, 1280, 1920) {
        $t->get_ok("$image->{url}?w=$w")->status_is(200)
          ->content_type_is('image/webp')
          ->header_is('Cache-Control' => 'public, max-age=31536000, immutable')
          ->header_is('X-Content-Type-Options' => 'nosniff');
        my $body = $t->tx->res->body;
        my ($width, $height) = size_of($body);
        is $width, $w, 'its width';
        ok abs($height - $w * 1201 / 2400) <= 1, 'its height';
        unlike $body, qr/EXIF|ICCP|XMP |Garden/, 'nothing else in it';
    }
    $t->get_ok($image->{url})->status_is(200);
    is +(size_of($t->tx->res->body))[0], 1920, 'the widest by itself';

    my $etag = $t->tx->res->headers->etag;
    $t->get_ok($image->{url} => {'If-None-Match' => $etag})->status_is(304);
    $t->head_ok($image->{url})->status_is(200)->content_is('');
    $t->get_ok($image->{url} => {Range => 'bytes=0-3'})->status_is(206)
      ->content_is('RIFF');

    $t->get_ok("$image->{url}?w=%33%32%30")->status_is(200);
    is +(size_of($t->tx->res->body))[0], 320, 'a width with escapes';
};

subtest 'upright, and no wider than it was' => sub {
    my $image = worked(upload(
        jpeg(500, 300 + ++$nth, segments => [[0xe1, exif(6)]]), 'image/jpeg'));
    is $image->{width},  300 + $nth;
    is $image->{height}, 500;
    $t->get_ok("$image->{url}?w=1280")->status_is(200);
    is_deeply [size_of($t->tx->res->body)], [300 + $nth, 500];
    $t->get_ok("/api/v1/products/$product");
    my ($shown) = grep { $_->{id} eq $image->{id} } @{$t->value('/images')};
    is $shown->{height}, 500, 'the product tells the new size';
    like $shown->{srcset}, qr/w=320 ${\(300 + $nth)}w$/;

    my $small = worked(upload(webp(40, 30 + ++$nth), 'image/webp'));
    $t->get_ok("$small->{url}?w=160");
    is_deeply [size_of($t->tx->res->body)], [40, 30 + $nth];
};

subtest 'addresses' => sub {
    my $image = worked(upload(png(20, 20 + ++$nth), 'image/png'));
    for my $wrong ('w=161', 'w=', 'w=x', 'w=160&w=320', 'h=160') {
        $t->get_ok("$image->{url}?$wrong")->problem_is(422 => 'invalid_input')
          ->json_has('/errors/0/parameter')
          ->header_is('Cache-Control' => 'no-store');
    }
    my $other = $image->{url} =~ s/[0-9a-f]{6}\./000000./r;
    for my $none ($other, '/media/i/x.webp', '/media/i/' . 'a' x 32,
        '/media/i/' . 'ABC0' x 8 . '.webp')
    {
        $t->get_ok($none)->problem_is(404 => 'not_found');
    }
    $t->post_ok($image->{url})->problem_is(405 => 'method_not_allowed');
    $t->get_ok('/media/emoji/sandal.webp')->status_is(200);

    # an upload that waits
    my $key = 'c' x 31 . '0';
    write_file($media->child('incoming', $key), 'x');
    $t->get_ok("/media/i/$key.webp?w=160")->status_is(200)
      ->content_type_like(qr{^image/svg\+xml})->content_like(qr/^<svg/);
    unlike $t->tx->res->headers->cache_control, qr/max-age/;
    $media->child('incoming', $key)->remove;
};

subtest 'what cannot be decoded' => sub {
    my $bytes = png(64, 64 + ++$nth, data => 'no zlib at all');
    my $image = worked(upload($bytes, 'image/png'));
    is $image->{status}, 'failed';
    like $image->{reason}, qr/decoded/;
    $t->get_ok("/api/v1/products/$product");
    ok !(grep { $_->{id} eq $image->{id} } @{$t->value('/images')}),
      'it is not shown';
    $t->get_ok($image->{url})->problem_is(404 => 'not_found');
    ok !-e $media->child('incoming', $image->{url} =~ m{([0-9a-f]{32})}),
      'nor kept';

    my $rows = png(64, 64 + ++$nth);
    my ($data) = $rows =~ /IDAT(.*)....\0\0\0\0IEND/s;
    my $short = worked(upload(png(64, 1064 + $nth, data => $data),
        'image/png'));
    is $short->{status}, 'failed', 'fewer rows than it says';

    upload($bytes, 'image/png');
    is worked($image)->{status}, 'failed', 'tried again, with the same end';
};

subtest 'a lease that ended' => sub {
    my $image = worked(upload(png(30, 70 + ++$nth), 'image/png'));
    my ($key) = $image->{url} =~ m{([0-9a-f]{32})};
    write_file($media->child('incoming', $key), png(30, 70 + $nth));
    $media->child('files', substr($key, 0, 2), $key)->remove_tree;
    $shop->sql(q{update media.file set state = 'working', tries = 1,
        next_at = now() where key = ? returning 1}, $key);
    is worked($image)->{status}, 'ready', 'is taken up again';
    $t->get_ok($image->{url})->status_is(200);
};

subtest 'nobody shows it' => sub {
    my $bytes = png(31, 31, chunks => [[tEXt => unique_id]]);
    my $image = worked(upload($bytes, 'image/png'));
    my ($key) = $image->{url} =~ m{([0-9a-f]{32})};
    $shop->sql(q{update media.file set updated_at = now() - interval '2 days'
        where key = ? returning 1}, $key);
    $t->delete_ok("$path/$image->{id}" => $admin)->status_is(204);
    wait_for(sub { !$shop->sql('select 1 from media.file where key = ?', $key) },
        60, 'its removal');
    ok !-e $media->child('files', substr($key, 0, 2), $key), 'the files too';

    # the same again
    is worked(upload($bytes, 'image/png'))->{status}, 'ready';
};

subtest 'uploads without a row' => sub {
    my $file = $media->child('incoming', 'd' x 32 . '.0123456789abcdef');
    write_file($file, 'x');
    utime time - 7200, time - 7200, $file;
    wait_for(sub { !-e $file }, 60, 'its removal');
    pass 'are removed in the end';
};

done_testing;
