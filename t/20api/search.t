#!/usr/bin/perl

# Lists, filters, facets, text search, suggestions.

use Mojo::Base -signatures;

use ShopTest;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

# products of this test: found by a word that nothing else has
my $word = 'q' . unique_id =~ tr/0-9-/g-ps/r;
my ($category, @made);

subtest 'a shelf of its own' => sub {
    $t->post_ok('/api/v1/categories' => $admin => json => {name => $word})
      ->status_is(201);
    $category = $t->value('/id');
    for my $n (1 .. 6) {
        $t->post_ok('/api/v1/products' => $admin => json => {
            name       => "Teapot $word $n",
            price      => 1000 * $n,
            category   => $category,
            stock      => $n % 2,
            attributes => {
                Glaze  => $n % 3 ? 'Green' : 'Red',
                Volume => $n / 2,
                Fits   => ['Tea', $n % 2 ? 'Mate' : 'Maté & more']
            }
        })->status_is(201);
        push @made, $t->value('/id');
    }
};

sub ids () { return [map { $_->{id} } @{$t->value('/items')}] }

sub list_is ($query, $numbers, $name = $query) {
    $t->get_ok("/api/v1/products?$query")->status_is(200)
      ->trips_is('sql=1 redis=0');
    return is_deeply ids(), [map { $made[$_ - 1] } @$numbers], $name;
}

subtest 'orders' => sub {
    list_is("category=$category",                 [6, 5, 4, 3, 2, 1]);
    list_is("category=$category&sort=newest",     [6, 5, 4, 3, 2, 1]);
    list_is("category=$category&sort=price",      [1 .. 6]);
    list_is("category=$category&sort=-price",     [reverse 1 .. 6]);
    list_is("category=$word&sort=price",          [1 .. 6], 'by slug');
    list_is("category=$category&q=teapot&sort=price", [1 .. 6]);
};

subtest 'filters' => sub {
    my $by = "category=$category&sort=price";
    list_is("$by&min_price=2000&max_price=4000", [2, 3, 4]);
    list_is("$by&in_stock=true",                 [1, 3, 5]);
    list_is("$by&in_stock=false",                [2, 4, 6]);
    list_is("$by&attr.Glaze=Red",                [3, 6]);
    list_is("$by&attr.glaze=red&in_stock=true",  [3], 'in any case');
    list_is("$by&attr.Glaze=Blue",               []);
    list_is("q=$word&attr.Glaze=Red&sort=price", [3, 6]);
    list_is("$by&attr.Glaze=Red&attr.Glaze=Green", [1 .. 6], 'one of two');
    list_is("$by&attr.Fits=Mate&attr.Glaze=Red",   [3], 'both of two');
    list_is("$by&attr.Volume=1..2",   [2, 3], 'from is in it, to is not');
    list_is("$by&attr.volume=2..",    [4, 5, 6]);
    list_is("$by&attr.Volume=..1",    [1]);
    list_is("$by&attr.Volume=1.5",    [3], 'exactly');
    list_is("$by&attr.Volume=1.5&attr.Volume=3", [3, 6]);
    list_is("$by&attr.Volume=1.7",    []);
    list_is("$by&attr.Volume=large",  []);
    list_is("category=$category&sort=popular", [6, 5, 4, 3, 2, 1]);
    list_is("q=$word&in_stock=true&sort=price&min_price=2000", [3, 5]);
    list_is('category=there-is-none',            []);
    $t->get_ok("/api/v1/products?$by&currency=USD")->status_is(200)
      ->json_is('/items' => [], 'not priced in it, not sold in it');
};

# {name => {value => count}}
sub facets () {
    return {map {
        $_->{name} => {map { $_->{value} => $_->{count} } @{$_->{values}}}
    } @{$t->value('/facets/attributes')}};
}

subtest 'facets' => sub {
    $t->get_ok("/api/v1/products?category=$category")
      ->json_is('/count' => 6)->json_is('/approximate' => Mojo::JSON->false)
      ->json_is('/facets/prices/0' => {from => 1000, to => 2500, count => 2});
    my $counted = $t->value('/facets');
    is_deeply facets(), {
        Glaze  => {Green => 4, Red => 2},
        Fits   => {Tea => 6, Mate => 3, 'Maté & more' => 3},
        Volume => {'0.5..1' => 1, '1..2' => 2, '2..5' => 3}
      },
      'of a category';
    $t->get_ok("/api/v1/products?category=$category&q=$word")
      ->json_is('/count' => 6)
      ->json_is('/facets/attributes' => $counted->{attributes},
        'counted now is what was kept')
      ->json_is('/facets/prices' => $counted->{prices});
};

subtest 'facets beside a choice' => sub {
    for my $base ("category=$category", "q=$word") {
        $t->get_ok("/api/v1/products?$base&attr.Glaze=Red")->status_is(200)
          ->json_is('/count' => 2);
        is_deeply facets(), {
            Glaze  => {Green => 4, Red => 2},
            Fits   => {Tea => 2, Mate => 1, 'Maté & more' => 1},
            Volume => {'1..2' => 1, '2..5' => 1}
          },
          "$base: of itself all, of others what fits";
        $t->get_ok("/api/v1/products?$base&attr.Glaze=Red&attr.Fits=Mate");
        is_deeply facets(), {
            Glaze  => {Green => 2, Red => 1},
            Fits   => {Tea => 2, Mate => 1, 'Maté & more' => 1},
            Volume => {'1..2' => 1}
          },
          "$base: of each without itself";
        $t->get_ok("/api/v1/products?$base&max_price=2000")
          ->json_is('/count' => 2);
        is @{$t->value('/facets/prices')}, 3, "$base: prices, too";
    }
};

subtest 'pages' => sub {
    for my $query ("category=$category&sort=price", "q=$word&sort=price",
        "category=$category&sort=price&min_price=1")
    {
        my ($cursor, @seen) = ('');
        for (1 .. 4) {
            $t->get_ok("/api/v1/products?$query&limit=2$cursor")
              ->status_is(200);
            push @seen, @{ids()};
            last unless $t->value('/next_cursor');
            $cursor = '&cursor=' . $t->value('/next_cursor');
        }
        is_deeply \@seen, \@made, "$query: each once";
    }
    for my $sort (qw(newest price -price rating)) {
        $t->get_ok("/api/v1/products?sort=$sort&limit=3")->status_is(200);
        my $first = ids();
        my $next  = $t->value('/next_cursor');
        $t->get_ok("/api/v1/products?sort=$sort&limit=3&cursor=$next")
          ->status_is(200);
        my %seen = map { $_ => 1 } @$first;
        ok !grep({ $seen{$_} } @{ids()}), "$sort: nothing twice";
        $t->get_ok("/api/v1/products?sort=$sort&limit=6");
        is_deeply [@{ids()}[0 .. 2]], $first, "$sort: the same order";
    }
};

subtest 'text' => sub {
    $t->get_ok("/api/v1/products/search?query=$word%20teapot")
      ->status_is(200)->trips_is('sql=1 redis=0');
    is @{ids()}, 6;
    for my $query ('guitar', 'gitar', 'guitars', 'acoust', 'Acoustic GUITAR') {
        $t->get_ok('/api/v1/products/search' => form => {query => $query})
          ->status_is(200)->json_like('/items/0/name' => qr/Acoustic Guitar/,
            "found by $query");
    }
    # letters that changed places, which in short words leave few trigrams
    for my $swapped ([lmap => 'Lamp'], [shrit => 'Shirt'], [chiar => 'Chair']) {
        my ($query, $name) = @$swapped;
        $t->get_ok('/api/v1/products/search' => form => {query => $query})
          ->status_is(200)->json_like('/items/0/name' => qr/$name/i,
            "found by $query");
    }
    $t->get_ok('/api/v1/products/search?query=zzzqqqxxx')->status_is(200)
      ->json_is('/items' => [])->json_is('/next_cursor' => undef);
    $t->get_ok('/api/v1/products/search?query=the')->status_is(200);
    for my $query ('the', 'a', 'for a', 'mit der') {
        $t->get_ok("/api/v1/products/search?query=$query $word")
          ->status_is(200);
        is @{ids()}, 6, "'$query' asks for nothing";
    }
    # but what is a word like "the" in another language only
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => "Hat $word", price => 1, stock => 1})->status_is(201);
    my $hat = $t->value('/id');
    $t->get_ok("/api/v1/products/search?query=hat $word")->status_is(200);
    is_deeply ids(), [$hat], 'a hat is no "hat"';
    $t->delete_ok("/api/v1/products/$hat" => $admin)->status_is(204);
    $t->get_ok('/api/v1/products/search?query=%27%3A*%20%26%20%21%28%7C')
      ->status_is(200, 'operators are only text');
    $t->get_ok('/api/v1/products/search')->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/parameter' => 'query');
};

# what looks like the beginning of a word, or a word misspelt, may be neither
subtest 'parts of a SKU' => sub {
    for my $sku ('C-9lamp-' . unique_id, 'GUITER-' . unique_id,
        'A-12e3b-' . unique_id, '7e3' . unique_id) {
        $t->post_ok('/api/v1/products' => $admin => json =>
              {name => "Own $word", price => 1, stock => 1, sku => $sku})
          ->status_is(201);
        my $id = $t->value('/id');
        $t->get_ok("/api/v1/products/search?query=$sku")
          ->json_is('/items/0/id' => $id, "found by $sku");
        $t->delete_ok("/api/v1/products/$id" => $admin)->status_is(204);
    }
};

subtest 'seen at once' => sub {
    my $name = 'Zeppelin' . unique_id =~ tr/0-9-/g-ps/r;
    $t->get_ok("/api/v1/products?q=$name")->json_is('/items' => []);
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => $name, price => 1, stock => 1})->status_is(201);
    my $id = $t->value('/id');
    $t->get_ok("/api/v1/products?q=$name")->json_is('/items/0/id' => $id)
      ->json_is('/items/0/in_stock' => Mojo::JSON->true);
    $t->post_ok('/api/v1/inventory/update' => $admin => json =>
          {product_id => $id, on_hand => 0})->status_is(200);
    $t->get_ok("/api/v1/products?q=$name")
      ->json_is('/items/0/in_stock' => Mojo::JSON->false);
    $t->delete_ok("/api/v1/products/$id" => $admin)->status_is(204);
    $t->get_ok("/api/v1/products?q=$name")->json_is('/items' => []);
};

subtest 'suggestions' => sub {
    $t->get_ok("/api/v1/products/suggest?query=$word&limit=3")->status_is(200)
      ->json_has('/items/2/name')->json_hasnt('/items/3')
      ->json_is('/categories/0/id' => $category);
    my $begin = substr $word, 0, -2;
    $t->get_ok("/api/v1/products/suggest?query=teapot%20$begin")
      ->json_has('/items/0/name')->json_is('/queries/0' => "teapot $word");
    $t->get_ok('/api/v1/products/suggest?query=acousti')
      ->json_like('/items/0/name' => qr/Acoustic/, 'half a word that is stemmed');
    $t->get_ok('/api/v1/products/suggest')->problem_is(422 => 'invalid_input');

    # categories, whatever they are called, by any of their words
    $t->get_ok("/api/v1/products/suggest?query=\U$begin");
    is $t->value('/categories/0/id'), $category, 'a category by half a word';
    $t->get_ok('/api/v1/products/suggest?query=100%25_')->status_is(200)
      ->json_is('/categories' => []);

    # very many would fit; a new name is found by how it begins
    my $brand = ucfirst unique_id =~ tr/0-9-/g-ps/r;
    my @ids;
    for my $name ("$brand Zqill", "$brand Zqartz") {
        $t->post_ok('/api/v1/products' => $admin => json =>
              {name => $name, price => 1, stock => 1})->status_is(201);
        push @ids, $t->value('/id');
    }
    $t->get_ok("/api/v1/products/suggest?query=$brand%20zqa")
      ->json_is('/items/0/id' => $ids[1])->json_hasnt('/items/1')
      ->json_is('/queries/0' => lc "$brand zqartz");
    $t->get_ok("/api/v1/products/suggest?query=$brand%20zq")
      ->json_has('/items/1')->json_hasnt('/items/2');
    $t->delete_ok("/api/v1/products/$_" => $admin)->status_is(204) for @ids;
    $t->get_ok("/api/v1/products/suggest?query=$brand%20zq")
      ->json_is('/items' => []);
};

subtest 'bad input' => sub {
    for my $bad (['limit=0', 'limit'], ['limit=101', 'limit'],
        ['sort=name', 'sort'], ['cursor=%21', 'cursor'],
        ['min_price=-1', 'min_price'], ['min_price=x', 'min_price'],
        ['currency=JPY', 'currency'], ['currency=eur', 'currency'],
        ['in_stock=maybe', 'in_stock'], ['colour=red', 'colour'])
    {
        $t->get_ok("/api/v1/products?$bad->[0]")
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/parameter' => $bad->[1], $bad->[0]);
    }
    $t->get_ok('/api/v1/products?sort=price&limit=1');
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("/api/v1/products?sort=newest&cursor=$cursor")
      ->problem_is(422 => 'invalid_input');
};

done_testing;
