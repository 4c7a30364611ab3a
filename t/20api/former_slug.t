#!/usr/bin/perl

# A slug that was left leads to what had it, until something else takes it:
# from the next answer on, also where the old one is cached.

use Mojo::Base -signatures;

use ShopTest;
use ShopTest::Import;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $files = ShopTest::Import->new(t => $t, admin => $admin);

sub add ($kind, %with) {
    $t->post_ok("/api/v1/$kind" => $admin => json => {name => 'Thing', %with})
      ->status_is(201);
    return $t->value('/id');
}

# one that has left the slug, its answer in the cache
sub left ($kind, $slug, %with) {
    my $id = add($kind, %with, slug => $slug);
    $t->patch_ok("/api/v1/$kind/$id" => $admin => json => {slug => "$slug-b"})
      ->status_is(200);
    for (1 .. 2) {
        $t->get_ok("/api/v1/$kind/$slug")->status_is(200)
          ->json_is('/id' => $id)->json_is('/slug' => "$slug-b");
    }
    return $id;
}

# a node hears of it within 100 ms; the machine may be slower
sub leads ($path, $id, $what) {
    ok wait_for(sub {
        my $res = $t->call(GET => $path);
        return $id ? ($res->json->{id} // '') eq $id : $res->code == 404;
    }, 5, $what), $what;
}

my %price = (price => 100);

subtest 'a new product takes it' => sub {
    my $slug = 'taken-' . lc unique_id;
    left('products', $slug, %price);
    my $new = add('products', slug => $slug, %price);
    leads("/api/v1/products/$slug", $new, 'the new one is there');
};

subtest 'a draft takes it' => sub {
    my $slug = 'draft-' . lc unique_id;
    left('products', $slug, %price);
    add('products', slug => $slug, status => 'draft', %price);
    leads("/api/v1/products/$slug", undef, 'it leads nowhere');
};

subtest 'another product is renamed' => sub {
    my $slug = 'renamed-' . lc unique_id;
    left('products', $slug, %price);
    my $other = add('products', %price);
    $t->patch_ok("/api/v1/products/$other" => $admin => json =>
          {slug => $slug})->status_is(200);
    leads("/api/v1/products/$slug", $other, 'the other one is there');
};

subtest 'a file takes it' => sub {
    my $slug = 'file-' . lc unique_id;
    my $old  = left('products', $slug, %price);
    $files->take("slug,name,price\n$slug,New,5\n");
    my $new = $shop->sql('select id from catalog.product where slug = ?'
          . ' and deleted_at is null', $slug);
    isnt $new, $old, 'another product';
    leads("/api/v1/products/$slug", $new, 'it is there');
};

subtest 'categories and collections' => sub {
    for my $kind (qw(categories collections)) {
        my $slug = "kind-" . lc unique_id;
        left($kind, $slug);
        leads("/api/v1/$kind/$slug", add($kind, slug => $slug), $kind);
    }
};

done_testing;
