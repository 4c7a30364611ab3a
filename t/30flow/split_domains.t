#!/usr/bin/perl

# One domain a nginx: every address of the API reaches the nginx that has it,
# uploads pass the gateway whole, and so does a sign-in by an OpenID provider.

use Mojo::Base -signatures;

use Mojo::File qw(path tempdir);
use Mojo::JSON qw(decode_json);

use ShopTest;
use ShopTest::Buyer qw(new_product);
use ShopTest::File qw(write_file);
use ShopTest::Picture qw(png);
use ShopTest::Provider;
use ShopTest::Relying;

# the provider has to know the shop's address, and the shop the provider's
my $provider = ShopTest::Provider->new(port => ShopTest::Stack::free_port());
my $dir      = tempdir(CLEANUP => 1);
chmod 0755, $dir;
write_file($dir->child('secret'), $provider->secret);
write_file($dir->child('oidc.conf'),
    qq{shop_oidc real "title=A real provider" issuer=@{[$provider->url]}}
  . qq{ client_id=@{[$provider->client]} secret=$dir/secret;\n});
chmod 0644, $dir->child('secret'), $dir->child('oidc.conf');

my $shop = ShopTest::private_shop(SHOP_LAYOUT => 'split', SHOP_WORKERS => 1,
    SHOP_OIDC => $dir->child('oidc.conf'));
my $base = 'http://127.0.0.1:' . $shop->port;
$provider->redirects(["$base/api/v1/auth/oidc/real/callback"])->start;

my $t     = ShopTest::Client->new($base);
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

subtest 'every address' => sub {
    my $paths
      = decode_json(ShopTest::root()->child('docs', 'openapi.json')->slurp)
      ->{paths};
    my @lost;
    for my $path (grep {m{^/(api/v1|oauth|\.well-known)/}} sort keys %$paths) {
        my $res   = $t->call(OPTIONS => $path =~ s/\{\w+\}/1/gr);
        my $allow = $res->headers->header('Allow') // '';
        push @lost, map {"$_ $path"}
          grep { $paths->{$path}{lc $_} && $allow !~ /\b$_\b/ }
          qw(GET POST PUT PATCH DELETE);
    }
    is_deeply \@lost, [], 'is known where the gateway asks';
};

subtest 'pictures' => sub {
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'Lamp ' . unique_id, price => 1999})->status_is(201);
    my $path = '/api/v1/products/' . $t->value('/id') . '/images';
    my $big  = png(300, 200,
        chunks => [[tEXt => unique_id() . 'x' x 3_000_000]]);

    $t->post_ok($path => {%$admin, 'Content-Type' => 'image/png'} => $big)
      ->status_is(201)->trips_is('sql=1 redis=0');
    my $image = $t->value;
    $t->post_ok($path => $admin => form =>
          {file => {content => png(31, 30), filename => 'x'}, alt => 'A form'})
      ->status_is(201)->json_is('/alt' => 'A form');
    ok wait_for(sub {
        $t->call(GET => "$path/$image->{id}" => $admin)->json('/status') eq
          'ready';
    }, 20), 'the worker has seen it';
    $t->get_ok($image->{url})->status_is(200)
      ->content_type_is('image/webp');

    $t->post_ok($path => {%$admin, 'Content-Type' => 'image/png'} =>
          'x' x 12_000_000)->problem_is(413, 'too_large');
    $t->post_ok('/api/v1/media?purpose=content' =>
          {%$admin, 'Content-Type' => 'image/png'} => $big)->status_is(201);
};

subtest 'files of products' => sub {
    my $id   = unique_id;
    my $file = "slug,name,price,description\n"
      . join '', map {"lamp-$id-$_,Lamp,1999," . 'x' x 9000 . "\n"} 1 .. 200;
    $t->post_ok('/api/v1/imports/products?dry_run=true' =>
          {%$admin, 'Content-Type' => 'text/csv'} => $file)->status_is(202);
    my $job = $t->value('/id');
    my $done;
    wait_for(sub {
        $done = $t->call(GET => "/api/v1/imports/$job" => $admin)->json;
        return $done->{finished_at};
    }, 60, 'the import to end');
    is $done->{status}, 'done', 'went through';
    is $done->{rows}{done}, 200, 'whole';
};

subtest 'a sign-in elsewhere' => sub {
    my $browser = ShopTest::Client->new($base);
    my $name    = 'ada-' . unique_id;
    ok wait_for(sub {
        $t->call(GET => '/api/v1/auth/oidc/real')->code == 303;
    }, 20), 'the provider is known';
    my (undef, $to) = begin($browser, 'real', next => '/account');
    my $back = $provider->walk($to, $name);
    $browser->get_ok($back->path_query)->status_is(303)
      ->header_is(Location => '/account');
    $browser->get_ok('/api/v1/users/me')->status_is(200)
      ->json_is('/email' => "$name\@provider.test");
    $browser->get_ok('/account')->status_is(200);
    $browser->get_ok('/api/v1/orders')->status_is(200);
    $browser->post_ok('/api/v1/cart/add' => {Origin => $base} => json =>
          {product_id => new_product($shop)})->status_is(200);
};

done_testing;
