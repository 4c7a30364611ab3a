#!/usr/bin/perl

# Pictures in a bucket of an S3-compatible store; a worker that is killed.

use Mojo::Base -signatures;

use ShopTest;
use ShopTest::Bucket;
use ShopTest::File    qw(write_file);
use ShopTest::Picture qw(png size_of);

my $bucket = ShopTest::Bucket->new->start;
my $file   = $bucket->dir->child('secret');
chmod 0755, $bucket->dir;
write_file($file, $bucket->secret . "\n");

my $shop = private_shop(
    SHOP_S3_URL         => $bucket->url,
    SHOP_S3_KEY         => $bucket->key,
    SHOP_S3_SECRET_FILE => $file->to_string,
    SHOP_ADMIN_EMAIL    => 'root@shop.test',
    SHOP_ADMIN_PASSWORD => 'staple-of-the-bucket',
    empty               => 1
);
my $t     = $shop->t;
my $admin = $shop->accounts->sign_in('root@shop.test', 'staple-of-the-bucket')
  ->{headers};
my $media = $shop->state->child('media');
$t->ua->cookie_jar->ignore(sub {1});

sub upload ($bytes) {
    $t->post_ok('/api/v1/media' => {%$admin, 'Content-Type' => 'image/png'} =>
          $bytes)->status_is(201);
    return $t->value;
}

sub worked ($image) {
    return wait_for(sub {
        my $now = $t->call(GET => "/api/v1/media/$image->{id}" => $admin)
          ->json;
        return $now->{status} eq 'processing' ? undef : $now;
    }, 60, 'the worker');
}

subtest 'kept in the bucket' => sub {
    my $image = worked(upload(png(700, 500)));
    is $image->{status}, 'ready';
    my ($key) = $image->{url} =~ m{([0-9a-f]{32})};
    is_deeply [$bucket->objects],
      [map {"pictures/$key/$_.webp"} qw(1280 160 1920 320 640 960)];
    ok !-e $media->child('files'), 'and nowhere else';

    $t->get_ok("$image->{url}?w=320")->status_is(200)
      ->content_type_is('image/webp')
      ->header_is('Cache-Control' => 'public, max-age=31536000, immutable');
    is +(size_of($t->tx->res->body))[0], 320;
    $t->head_ok("$image->{url}?w=320")->status_is(200);

    my $other = $image->{url} =~ s/[0-9a-f]{6}\./000000./r;
    $t->get_ok($other)->problem_is(404 => 'not_found');
    $t->get_ok("$image->{url}?w=100")->problem_is(422 => 'invalid_input');

    $bucket->stop;
    $t->get_ok("$image->{url}?w=320")->status_is(200, 'the gateway has a copy');
    $t->get_ok("$image->{url}?w=640");
    like $t->tx->res->code, qr/^50[234]$/, 'of what was asked for';
};

subtest 'while the bucket is away, and the worker killed' => sub {
    my $image = upload(png(701, 500));
    wait_for(sub { $shop->sql('select tries > 0 from media.file
        where width = 701') }, 30, 'a try');
    my $pid = $shop->pid('worker');
    $shop->kill('worker');
    $bucket->start;
    $shop->wait_back(worker => $pid);
    $shop->sql(q{update media.file set next_at = now() where width = 701
        returning 1});
    is worked($image)->{status}, 'ready', 'it is done in the end';
    $t->get_ok("$image->{url}?w=640")->status_is(200);
};

subtest 'removed from it' => sub {
    my $image = worked(upload(png(702, 500)));
    my ($key) = $image->{url} =~ m{([0-9a-f]{32})};
    ok grep {/$key/} $bucket->objects;
    $shop->sql(q{update media.file set updated_at = now() - interval '2 days'
        where key = ? returning 1}, $key);
    $t->delete_ok("/api/v1/media/$image->{id}" => $admin)->status_is(204);
    wait_for(sub { !grep {/$key/} $bucket->objects }, 60, 'its removal');
    pass 'gone';
};

done_testing;
