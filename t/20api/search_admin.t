#!/usr/bin/perl

# Synonyms, and queries that found nothing.

use Mojo::Base -signatures;

use ShopTest;

my $shop     = shop;
my $t        = $shop->t;
my $admin    = $shop->admin;
my $seller   = $shop->seller;
my $customer = $shop->customer;
$t->ua->cookie_jar->ignore(sub {1});

# words that nothing else has: letters only
sub word ($begin) { return $begin . unique_id =~ tr/0-9-/g-ps/r }

my ($sofa, $settee, $seat) = map { word($_) } qw(xsofa ysettee zseat);
my $product;

sub found ($query) {
    $t->get_ok('/api/v1/products/search' => form => {query => $query})
      ->status_is(200);
    return scalar @{$t->value('/items')};
}

subtest 'a product' => sub {
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => "Red $sofa", price => 100})->status_is(201);
    $product = $t->value('/id');
    is found($sofa),   1, 'by its own word';
    is found($settee), 0, 'and no other';
};

my ($id, $etag);

subtest 'words that mean the same' => sub {
    $t->post_ok('/api/v1/search/synonyms' => $admin => json =>
          {words => [$sofa, $settee, "two $seat"]})->status_is(201)
      ->trips_is('sql=1 redis=0')
      ->json_is('/words/1' => $settee)
      ->json_is('/one_way' => Mojo::JSON->false)
      ->header_like(Location => qr{/api/v1/search/synonyms/\d+$});
    ($id, $etag) = ($t->value('/id'), $t->tx->res->headers->etag);
    is found($settee),        1, 'at once';
    is found("two $seat"),    1, 'a phrase';
    is found("red two $seat"), 1, 'among other words';
    is found($seat),          0, 'not a part of it';
    is found("blue $settee"), 0, 'all words count';
};

subtest 'read' => sub {
    $t->get_ok("/api/v1/search/synonyms/$id" => $admin)->status_is(200)
      ->header_is(ETag => $etag)->json_is('/id' => $id);
    $t->get_ok("/api/v1/search/synonyms/$id" =>
          {%$admin, 'If-None-Match' => $etag})->status_is(304);
    $t->get_ok('/api/v1/search/synonyms?limit=1' => $admin)->status_is(200)
      ->json_is('/items/0/id' => $id);
    $t->get_ok("/api/v1/search/synonyms?query=$settee" => $admin)
      ->json_is('/items/0/id' => $id)->json_is('/next_cursor' => undef);
    $t->get_ok("/api/v1/search/synonyms?query=none$settee" => $admin)
      ->json_is('/items' => []);
    $t->get_ok('/api/v1/search/synonyms/999999999' => $admin)
      ->problem_is(404 => 'not_found');
    $t->get_ok('/api/v1/search/synonyms/x' => $admin)
      ->problem_is(404 => 'not_found');
};

subtest 'pages' => sub {
    $t->post_ok('/api/v1/search/synonyms' => $admin => json =>
          {words => [word('a'), word('b')]})->status_is(201);
    my $next = $t->value('/id');
    $t->get_ok('/api/v1/search/synonyms?limit=1' => $admin)
      ->json_is('/items/0/id' => $next);
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("/api/v1/search/synonyms?limit=1&cursor=$cursor" => $admin)
      ->json_is('/items/0/id' => $id);
    $t->get_ok('/api/v1/search/synonyms?cursor=%21' => $admin)
      ->problem_is(422 => 'invalid_input');
    $t->delete_ok("/api/v1/search/synonyms/$next" => $admin)->status_is(204);
};

subtest 'changed' => sub {
    $t->patch_ok("/api/v1/search/synonyms/$id" =>
          {%$admin, 'If-Match' => '"99"'} => json => {one_way => 1})
      ->status_is(422);
    $t->patch_ok("/api/v1/search/synonyms/$id" =>
          {%$admin, 'If-Match' => '"99"'} => json =>
          {one_way => Mojo::JSON->true})->status_is(412);
    $t->patch_ok("/api/v1/search/synonyms/$id" =>
          {%$admin, 'If-Match' => $etag} => json =>
          {words => [$settee, $sofa], one_way => Mojo::JSON->true})
      ->status_is(200)->json_is('/words' => [$settee, $sofa])
      ->json_is('/one_way' => Mojo::JSON->true);
    is found($settee),     1, 'the first finds the others';
    is found("two $seat"), 0, 'what is gone finds nothing';
    $t->patch_ok("/api/v1/search/synonyms/$id" => $admin => json =>
          {words => [$sofa, $settee]})->status_is(200);
    is found($settee), 0, 'but not the other way round';
};

subtest 'bad input' => sub {
    for my $bad ([{}, '/words'], [{words => ['one']}, '/words'],
        [{words => 'one two'}, '/words'], [{words => ['a', 'A']}, '/words/1'],
        [{words => ['a', '!!!']}, '/words/1'],
        [{words => ['a', 'b c d e']}, '/words/1'],
        [{words => ['a', 'x' x 61]}, '/words/1'],
        [{words => ['a', 'b'], one_way => 'yes'}, '/one_way'],
        [{words => ['a', 'b'], more => 1}, '/more'])
    {
        $t->post_ok('/api/v1/search/synonyms' => $admin => json => $bad->[0])
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->post_ok('/api/v1/search/synonyms' =>
          {%$admin, 'Content-Type' => 'application/json'} => '{')
      ->status_is(400);
};

subtest 'access' => sub {
    for my $who ($seller, $customer, {}) {
        my $status = %$who ? 403 : 401;
        $t->get_ok('/api/v1/search/synonyms' => $who)->status_is($status);
        $t->post_ok('/api/v1/search/synonyms' => $who => json =>
              {words => ['a', 'b']})->status_is($status);
        $t->get_ok("/api/v1/search/synonyms/$id" => $who)
          ->status_is($status);
        $t->patch_ok("/api/v1/search/synonyms/$id" => $who => json => {})
          ->status_is($status);
        $t->delete_ok("/api/v1/search/synonyms/$id" => $who)
          ->status_is($status);
        $t->get_ok('/api/v1/search/missed' => $who)->status_is($status);
    }
};

subtest 'removed' => sub {
    $t->delete_ok("/api/v1/search/synonyms/$id" =>
          {%$admin, 'If-Match' => '"99"'})->status_is(412);
    $t->delete_ok("/api/v1/search/synonyms/$id" => $admin)->status_is(204);
    $t->delete_ok("/api/v1/search/synonyms/$id" => $admin)
      ->problem_is(404 => 'not_found');
};

subtest 'searched for in vain' => sub {
    my $none = word('missing');
    is found(uc $none), 0, 'nothing';
    ok wait_for(
        sub {
            $t->get_ok('/api/v1/search/missed?limit=100&days=1' => $admin)
              ->status_is(200);
            return grep { $_->{query} eq $none } @{$t->value('/items')};
        },
        5, 'the note'
    ), 'is written down';
    my ($row) = grep { $_->{query} eq $none } @{$t->value('/items')};
    is $row->{times}, 1, 'once';
    like $row->{last_at}, qr/^\d{4}-.*Z$/, 'with its time';

    my $other = word('filtered');
    $t->get_ok("/api/v1/products?q=$other&in_stock=true")
      ->json_is('/count' => 0);
    $t->get_ok("/api/v1/products?q=$none%20again")->status_is(200);
    ok wait_for(
        sub {
            $t->get_ok('/api/v1/search/missed?limit=100' => $admin);
            return grep { $_->{query} eq "$none again" }
              @{$t->value('/items')};
        },
        5, 'the next note'
    ), 'lists of a text, too';
    ok !grep({ $_->{query} eq $other } @{$t->value('/items')}),
      'but none with a filter';

    $t->get_ok('/api/v1/search/missed?limit=1' => $admin)->status_is(200);
    my $first  = $t->value('/items/0/query');
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("/api/v1/search/missed?limit=1&cursor=$cursor" => $admin)
      ->status_is(200);
    isnt $t->value('/items/0/query'), $first, 'the next page';
    for my $bad ('days=0', 'days=91', 'limit=0', 'cursor=%21') {
        $t->get_ok("/api/v1/search/missed?$bad" => $admin)
          ->problem_is(422 => 'invalid_input');
    }
};

subtest 'kept for 90 days' => sub {
    my $db = $shop->db;
    $db->do("insert into search.missed values (1, current_date - 91, 'old', 1,"
          . ' now())');
    $shop->sql('select search.clean(1000)');
    is $shop->sql("select count(*) from search.missed where query = 'old'"),
      0, 'then forgotten';
};

$t->delete_ok("/api/v1/products/$product" => $admin)->status_is(204);

done_testing;
