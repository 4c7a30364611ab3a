#!/usr/bin/perl

# Products are published and withdrawn by their dates, and large collections
# are filled, by the worker.

use Mojo::Base -signatures;

use ShopTest;
use Mojo::Date;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

sub in_seconds ($n) { return Mojo::Date->new(time + $n)->to_datetime }

sub product (%with) {
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'Dated ' . unique_id, price => 100, %with})
      ->status_is(201);
    return $t->value;
}

subtest 'it begins and ends' => sub {
    my $p = product(publish_at => in_seconds(5), unpublish_at =>
          in_seconds(600));
    my $path = "/api/v1/products/$p->{id}";
    is $p->{status}, 'draft', 'until then';
    like $p->{publish_at}, qr/^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
    $t->get_ok($path)->problem_is(404 => 'not_found');
    ok wait_for(sub { $t->call(GET => $path)->code == 200 }, 15),
      'published within seconds';
    $t->get_ok($path)->json_is('/status' => 'published')
      ->json_is('/publish_at' => undef);
    $t->patch_ok($path => $admin => json => {unpublish_at => in_seconds(3)})
      ->status_is(200)->json_is('/status' => 'published');
    ok wait_for(sub { $t->call(GET => $path)->code == 404 }, 15),
      'withdrawn within seconds';
    $t->get_ok($path => $admin)->json_is('/status' => 'draft')
      ->json_is('/unpublish_at' => undef);
    my @events = wait_for(sub {
        my @seen = grep { $_->{type} eq 'product.changed' }
          $shop->events('shop.catalog', $p->{id});
        return @seen == 4 && \@seen;
    }, 15, 'events of all four');
    is $events[0][1]{data}{status}, 'published' if $events[0];
};

subtest 'dates that do not go together' => sub {
    my $p    = product();
    my $path = "/api/v1/products/$p->{id}";
    for my $bad (
        [{publish_at => in_seconds(60)},    '/publish_at'],
        [{unpublish_at => in_seconds(-60)}, '/unpublish_at'],
        [{status => 'draft', publish_at => in_seconds(60),
            unpublish_at => in_seconds(30)}, '/unpublish_at'],
        [{unpublish_at => 'tomorrow'}, '/unpublish_at'],
      )
    {
        $t->patch_ok($path => $admin => json => $bad->[0])
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->patch_ok($path => $admin => json => {status => 'draft',
            publish_at => in_seconds(600)})->status_is(200)
      ->json_is('/status' => 'draft');
    $t->patch_ok($path => $admin => json => {status => 'published'})
      ->status_is(200)->json_is('/publish_at' => undef, 'by hand');
    $t->patch_ok($path => $admin => json => {status => 'draft',
            publish_at => in_seconds(600)})->status_is(200);
    $t->patch_ok($path => $admin => json => {publish_at => undef})
      ->status_is(200)->json_is('/publish_at' => undef);
};

subtest 'a rule of a large catalog' => sub {
    my $p = product(tags => ['slowly']);
    $t->post_ok('/api/v1/collections' => $admin => json => {
        name => 'Slow ' . unique_id,
        rule => {conditions => [{field => 'tags', op => 'is',
            value => 'slowly'}]}
    })->status_is(201)->json_is('/filling' => Mojo::JSON->false);
    my $c = $t->value;
    # as if the catalog had more products than one step takes
    $shop->db->do('delete from catalog.collection_product
        where collection_id = ?', undef, $c->{id});
    $shop->db->do('update catalog.collection set filled_to = 0 where id = ?',
        undef, $c->{id});
    ok wait_for(sub {
        $t->call(GET => "/api/v1/collections/$c->{id}/products")
          ->json('/items/0/id');
    }, 10), 'the worker goes on';
    ok wait_for(sub { !$shop->sql('select filled_to from catalog.collection
        where id = ?', $c->{id}) }, 10), 'to the end';
};

subtest 'a category of a large catalog' => sub {
    $t->post_ok('/api/v1/categories' => $admin => json =>
          {name => 'Wide ' . unique_id})->status_is(201);
    my $c    = $t->value;
    my $p    = product(category => $c->{id});
    my $path = "/api/v1/products/$p->{id}";
    # as if it had more products before this one than one step takes
    $shop->db->do(q{update catalog.rendered set body = replace(body, ?, 'Was')
        where product_id = ?}, undef, $c->{name}, $p->{id});
    $shop->db->do('insert into catalog.rendering (category_id, place)
        values (?, 0)', undef, $c->{id});
    ok wait_for(sub { $t->call(GET => $path)->json('/category/name')
          eq $c->{name} }, 30), 'the worker goes on';
    ok wait_for(sub { !$shop->sql('select count(*) from catalog.rendering
        where category_id = ?', $c->{id}) }, 30), 'to the end';
};

done_testing;
