#!/usr/bin/perl

# Directives of pictures: what nginx -t refuses, and limits that are set.

use Mojo::Base -signatures;

use Mojo::File qw(tempdir);
use ShopTest;
use ShopTest::File    qw(write_file);
use ShopTest::Picture qw(png);

my $shop  = shop;
my $admin = $shop->admin;
my $dir   = tempdir('shop-media.XXXXXX', TMPDIR => 1);
write_file($dir->child('secret'), "hidden\n");
write_file($dir->child('empty'),  "\n");

my $s3     = 'shop_media_s3 http://127.0.0.1:9/bucket region=eu key=k';
my $secret = "secret=$dir/secret";

my @refused = (
    ["shop_media_store $dir; shop_media_store $dir;", qr/is duplicate/],
    ["shop_media_store $dir name=A_b;",               qr/not of a-z/],
    ["shop_media_store $dir host=a;",                 qr/knows "name="/],
    ['shop_media_limits side=0;',                     qr/is no limit/],
    ['shop_media_limits side=70000;',                 qr/is no limit/],
    ['shop_media_limits bytes=x;',                    qr/is no limit/],
    ['shop_media_limits width=1;',                    qr/is no limit/],
    ['shop_media_limits side=1; shop_media_limits side=1;',
        qr/is duplicate/],
    ["$s3 $secret; $s3 $secret;",  qr/is duplicate/],
    ["$s3 secret=$dir/none;",      qr/cannot open the secret/],
    ["$s3 secret=$dir/empty;",     qr/without a secret/],
    ["$s3 file=$dir/secret;",      qr/knows "region="/],
    ["$s3 key=k;",                 qr/needs "region="/],
    ["shop_media_s3 ftp://h/b region=r key=k $secret;", qr/needs an address/],
    ["shop_media_s3 http:///b region=r key=k $secret;", qr/needs a host/],
    ["shop_media_s3 http://h/%20 region=r key=k $secret;",
        qr/would be escaped/],
);
for my $one (@refused) {
    like $shop->nginx_refusal(http => $one->[0]), $one->[1], $one->[0];
}
like $shop->nginx_refusal(
    server => 'location /media/i/ { shop_pictures bucket; }'),
  qr/takes a named location/;

my $upload = 'location /api/v1/ { shop_media; }'
  . ' location /media/i/ { shop_pictures; }';

# a client of such an nginx, once that knows its stores
sub client (%with) {
    my $t = $shop->nginx(%with)->t;
    wait_for(sub { $t->call(GET => '/api/v1/media?limit=1' => $admin)->code
          == 200 }, 20, 'the stores');
    return $t;
}

subtest 'no place for pictures' => sub {
    my $t = client(server => $upload);
    $t->post_ok('/api/v1/media' => {%$admin, 'Content-Type' => 'image/png'} =>
          png(9, 9))->problem_is(503 => 'unavailable');
    $t->get_ok('/media/i/' . 'a' x 32 . '.webp')
      ->problem_is(404 => 'not_found');
};

subtest 'limits' => sub {
    my $store = $dir->child('store')->make_path;
    chmod 0777, $dir, $store;
    my $t = client(
        http   => "shop_media_store $store name=tests;"
          . ' shop_media_limits bytes=2k side=100 pixels=5000;',
        server => $upload
    );
    my $put = sub ($bytes) {
        return $t->post_ok('/api/v1/media' =>
              {%$admin, 'Content-Type' => 'image/png'} => $bytes);
    };
    $put->(png(101, 1))->problem_is(422 => 'invalid_input')
      ->content_like(qr/at most 100 pixels a side and 5000 in all/);
    $put->(png(99, 99))->problem_is(422 => 'invalid_input');
    $put->(png(9, 9, chunks => [[tEXt => 'x' x 2048]]))
      ->problem_is(413 => 'too_large');
    $put->(png(50, 50, chunks => [[tEXt => unique_id]]))->status_is(201);
    my ($key) = $t->value('/url') =~ m{([0-9a-f]{32})};
    ok -s $store->child('incoming', $key), 'waits for a worker of that name';
    is $shop->sql('select spool from media.file where key = ?', $key),
      'tests';

    chmod 0555, $store->child('incoming');
    $store->child('incoming')->remove_tree;
    write_file($store->child('incoming'), 'no directory');
    $put->(png(51, 50))->problem_is(503 => 'unavailable');
};

done_testing;
