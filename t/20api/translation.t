#!/usr/bin/perl

# The catalog in the languages of a store: by ?locale= and Accept-Language.

use Mojo::Base -signatures;

use Mojo::Util qw(url_escape);

use ShopTest;

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
my %german = ('Accept-Language' => 'fr, de-AT;q=0.8, en;q=0.5');
$t->ua->cookie_jar->ignore(sub {1});

$t->post_ok('/api/v1/categories' => $admin => json => {
    name => 'Lamps ' . unique_id, translations =>
      {de => {name => 'Lampen', seo => {title => 'Alle Lampen'}}}
})->status_is(201);
my $category = $t->value;

$t->post_ok('/api/v1/product-types' => $admin => json => {
    code => 'lamp-' . lc unique_id, name => 'Lamp',
    attributes => [{code => 'Light', kind => 'choice',
        filterable => Mojo::JSON->true, choices => ['Warm', 'Cold']},
        {code => 'Story', kind => 'text'}],
    translations => {de => {name => 'Lampe', attributes => {Light => 'Licht'},
        values => {Warm => 'Warmweiß'}}}
})->status_is(201);
my $type = $t->value;

$t->post_ok('/api/v1/products' => $admin => json => {
    name => 'Lamp ' . unique_id, description => 'It shines.', price => 5000,
    category => $category->{id}, type => $type->{id},
    attributes => {Light => 'Warm', Story => 'Once'},
    seo        => {title => 'A lamp', keywords => 'light'},
    options    => [{name => 'Color', values => ['Red', 'Blue']}],
    variants   => [map { {options => {Color => $_}, stock => 3} } qw(Red Blue)],
    translations => {de => {name => 'Leuchte', description => 'Sie leuchtet.',
        seo => {title => 'Eine Leuchte'}, options => {Color => 'Farbe'},
        values => {Red => 'Rot'}, attributes => {Story => 'Einst'}}}
})->status_is(201);
my $product = $t->value;
my $path    = "/api/v1/products/$product->{id}";

subtest 'a product' => sub {
    $t->get_ok($path)->status_is(200)->json_is('' => $product)
      ->header_is('Content-Language' => 'en')
      ->header_like(Vary => qr/Accept-Language/);
    my $english = $t->tx->res->headers->etag;
    for my $way (["$path?locale=de", {}], ["$path?locale=de-AT", {}],
        [$path, \%german])
    {
        $t->get_ok($way->[0] => $way->[1])->status_is(200)
          ->header_is('Content-Language' => 'de')
          ->json_is('/name' => 'Leuchte')
          ->json_is('/description' => 'Sie leuchtet.')
          ->json_is('/seo' => {title => 'Eine Leuchte', keywords => 'light'})
          ->json_is('/category/name' => 'Lampen')
          ->json_is('/category/path/0/name' => 'Lampen')
          ->json_is('/options/0' => {name => 'Farbe',
                values => ['Rot', 'Blue']})
          ->json_is('/variants/0/options' => {Farbe => 'Rot'})
          ->json_is('/variants/0/available' => 3)
          ->json_is('/type/name' => 'Lampe')
          ->json_is('/specifications/0/name' => 'Licht')
          ->json_is('/specifications/0/value' => 'Warmweiß')
          ->json_is('/specifications/1/value' => 'Einst')
          ->json_is('/attributes' => $product->{attributes})
          ->json_is('/id' => $product->{id});
        isnt $t->tx->res->headers->etag, $english, 'an ETag of its own';
    }
    $t->get_ok("$path?locale=de" => {'If-None-Match' =>
          $t->tx->res->headers->etag})->status_is(304);
    for my $header ('en', 'fr', '*', 'en, de', 'de;q=0', ';;,,', 'x' x 300) {
        $t->get_ok($path => {'Accept-Language' => $header})
          ->json_is('/name' => $product->{name}, "Accept-Language: $header");
    }
    $t->get_ok("$path?locale=en" => \%german)
      ->json_is('/name' => $product->{name}, 'the parameter goes before');
    $t->get_ok("$path?locale=fr")->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/parameter' => 'locale');
    $t->get_ok("$path?locale=e")->problem_is(422 => 'invalid_input');
};

subtest 'lists' => sub {
    $t->get_ok("/api/v1/products?category=$category->{id}&locale=de")
      ->status_is(200)->json_is('/items/0/name' => 'Leuchte')
      ->json_is('/items/0/category/name' => 'Lampen')
      ->json_is('/items/0/price/amount' => 5000);
    $t->get_ok("/api/v1/products?category=$category->{id}")
      ->json_is('/items/0/name' => $product->{name});
};

sub facet ($name) {
    my ($facet) = grep { $_->{name} eq $name }
      @{$t->value('/facets/attributes')};
    return $facet;
}

subtest 'facets' => sub {
    my $list = "/api/v1/products?category=$category->{id}";
    $t->get_ok("$list&locale=de")->status_is(200);
    is_deeply facet('Light'), {name => 'Light', label => 'Licht', values =>
          [{value => 'Warm', label => 'Warmweiß', count => 1}]},
      'attributes and choices of a type';
    is_deeply facet('Color'), {name => 'Color', label => 'Farbe',
        values => [{value => 'Blue', count => 1},
            {value => 'Red', label => 'Rot', count => 1}]},
      'options and values of products';
    $t->get_ok("$list&locale=de&attr.Color=Red")
      ->json_is('/count' => 1, 'filters take the value');
    $t->get_ok($list)->status_is(200);
    is_deeply facet('Light'), {name => 'Light',
        values => [{value => 'Warm', count => 1}]}, 'the first language';
    $t->get_ok("/api/v1/products?locale=de&q=" . url_escape $category->{name})
      ->status_is(200);
    my ($own) = grep { $_->{id} eq $category->{id} }
      @{$t->value('/facets/categories')};
    is $own->{name}, 'Lampen', 'categories';

    # one product says so, and another one so
    my $value = 'V' . unique_id;
    my @at = map { '/api/v1/products/' . $t->post_ok('/api/v1/products' =>
          $admin => json => {name => 'Other', price => 1,
            category => $category->{id}, options => [{name => 'Color',
                values => [$value]}], variants => [{options =>
                {Color => $value}}], translations => {de => {values =>
                {$value => $_}}}})->status_is(201)->value('/id')
    } qw(Ant Bee);
    my $label = sub {
        $t->get_ok("$list&locale=de");
        my ($own) = grep { $_->{value} eq $value }
          @{facet('Color')->{values}};
        return $own->{label};
    };
    is $label->(), 'Ant';
    $t->patch_ok($at[0] => $admin => json => {translations => {de => undef}})
      ->status_is(200);
    is $label->(), 'Bee', 'and not any more';
    $t->delete_ok($at[1] => $admin)->status_is(204);
    is $label->(), undef;
    $t->delete_ok($at[0] => $admin)->status_is(204);
};

subtest 'suggestions' => sub {
    my ($word) = $category->{name} =~ /(\S+)$/;
    my $path = '/api/v1/products/suggest?query=';
    $t->get_ok("$path$product->{slug}&locale=de")->status_is(200)
      ->header_is('Content-Language' => 'de')
      ->json_is('/items/0/id' => $product->{id})
      ->json_is('/items/0/name' => 'Leuchte');
    $t->get_ok("$path$product->{slug}" => \%german)
      ->json_is('/items/0/name' => 'Leuchte');
    $t->get_ok("$path$product->{slug}")
      ->json_is('/items/0/name' => $product->{name});
    $t->get_ok("$path$product->{slug}&locale=fr")
      ->problem_is(422 => 'invalid_input');
    my $own = 'Zwickellampe' . lc unique_id =~ s/-.*//r;
    $t->patch_ok("/api/v1/categories/$category->{id}" => $admin => json =>
          {translations => {de => {name => $own}}})->status_is(200);
    for my $query (substr($own, 0, 15), lc $own) {
        $t->get_ok("$path$query&locale=de")
          ->json_is('/categories/0/name' => $own, "a category: $query")
          ->json_is('/categories/0/id' => $category->{id});
    }
    $t->get_ok("$path$own")->json_is('/categories/0/name' =>
          $category->{name}, 'by any of its names, in the language asked for');
    $t->patch_ok("/api/v1/categories/$category->{id}" => $admin => json =>
          {translations => {de => {name => 'Lampen',
                seo => {title => 'Alle Lampen'}}}})->status_is(200);
};

subtest 'categories' => sub {
    my $at = "/api/v1/categories/$category->{id}";
    $t->get_ok($at => \%german)->status_is(200)->json_is('/name' => 'Lampen')
      ->json_is('/seo/title' => 'Alle Lampen');
    $t->get_ok($at)->json_is('/name' => $category->{name});
    $t->get_ok("$at/translations" => $admin)->status_is(200)
      ->json_is('/locales' => ['en', 'de'])
      ->json_is('/translations/de/name' => 'Lampen');
    $t->get_ok("$at/translations" => $seller)
      ->problem_is(404 => 'not_found');
    $t->patch_ok($at => $admin => json => {translations =>
          {de => {name => 'Leuchten'}}})->status_is(200);
    $t->get_ok("$path?locale=de")
      ->json_is('/category/name' => 'Leuchten', 'its products follow');
    $t->get_ok('/api/v1/categories?limit=100&locale=de')->status_is(200);
    my ($own) = grep { $_->{id} eq $category->{id} } @{$t->value('/items')};
    is $own->{name}, 'Leuchten', 'in the tree';
};

subtest 'collections' => sub {
    $t->post_ok('/api/v1/collections' => $admin => json => {
        name => 'Best ' . unique_id, products => [$product->{id}],
        translations => {de => {name => 'Beste', description => 'Die besten.'}}
    })->status_is(201);
    my $at = '/api/v1/collections/' . $t->value('/id');
    $t->get_ok("$at?locale=de")->json_is('/name' => 'Beste')
      ->json_is('/description' => 'Die besten.');
    $t->get_ok("$at/products?locale=de")
      ->json_is('/items/0/name' => 'Leuchte');
    $t->get_ok("$at/translations" => $admin)
      ->json_is('/translations/de/name' => 'Beste');
};

subtest 'changing' => sub {
    $t->get_ok("$path/translations")->problem_is(401 => 'unauthenticated');
    $t->get_ok("$path/translations" => $seller)
      ->problem_is(404 => 'not_found');
    $t->get_ok("$path/translations" => $admin)->status_is(200)
      ->json_is('/translations/de/values' => {Red => 'Rot'})
      ->header_is(ETag => '"1"');
    for my $bad (
        [{fr => {name => 'x'}},              '/translations/fr'],
        [{en => {name => 'x'}},              '/translations/en'],
        [{de => 'x'},                        '/translations/de'],
        [{de => {colour => 'x'}},            '/translations/de/colour'],
        [{de => {name => 7}},                '/translations/de/name'],
        [{de => {name => 'x' x 201}},        '/translations/de/name'],
        [{de => {options => {Color => 1}}},  '/translations/de/options'],
      )
    {
        $t->patch_ok($path => $admin => json => {translations => $bad->[0]})
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->patch_ok($path => $admin => json => {translations =>
          {de => {name => 'Licht'}}})->status_is(200);
    $t->get_ok("$path?locale=de")->json_is('/name' => 'Licht')
      ->json_is('/description' => 'It shines.', 'replaced as a whole');
    $t->patch_ok($path => $admin => json => {translations => {de => undef}})
      ->status_is(200);
    $t->get_ok("$path?locale=de")->json_is('/name' => $product->{name});
};

done_testing;
