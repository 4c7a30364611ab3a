#!/usr/bin/perl

# Types of products: their attributes, and what products of a type may have.

use Mojo::Base -signatures;

use ShopTest;

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
my $nobody = $shop->customer;
$t->ua->cookie_jar->ignore(sub {1});

sub type (%with) {
    $t->post_ok('/api/v1/product-types' => $admin => json =>
          {code => 'type-' . lc unique_id, name => 'Type', %with})
      ->status_is(201);
    return $t->value;
}

sub everything {
    return type(attributes => [
        {code => 'Weave', kind => 'text', min => 2, max => 10},
        {code => 'Weight', kind => 'number', unit => 'g/m²', min => 0.5,
            max => 900, filterable => Mojo::JSON->true},
        {code => 'Washable', kind => 'boolean'},
        {code => 'Cloth', name => 'Kind of cloth', kind => 'choice',
            choices => ['Cotton', 'Wool'], required => Mojo::JSON->true,
            filterable => Mojo::JSON->true},
        {code => 'Care', kind => 'multi_choice', choices => ['30', 'Iron']},
        {code => 'Made/on', kind => 'date'}
    ]);
}

subtest 'adding, reading, changing' => sub {
    my $type = everything();
    $t->header_is(Location => "/api/v1/product-types/$type->{id}")
      ->header_is(ETag => '"1"');
    is_deeply $type->{attributes}[1], {code => 'Weight', name => 'Weight',
        kind => 'number', required => Mojo::JSON->false,
        filterable => Mojo::JSON->true, choices => undef, unit => 'g/m²',
        min => 0.5, max => 900, swatches => undef, refers_to => undef},
      'an attribute';
    for my $ref ($type->{id}, $type->{code}) {
        $t->get_ok("/api/v1/product-types/$ref" => $admin)->status_is(200)
          ->json_is('' => $type)->trips_is('sql=1 redis=0');
    }
    my $path = "/api/v1/product-types/$type->{id}";
    $t->get_ok($path => {%$admin, 'If-None-Match' => '"1"'})->status_is(304);
    $t->patch_ok($path => {%$admin, 'If-Match' => '"1"'} => json =>
          {name => 'Cloth', metadata => {a => 1}})->status_is(200)
      ->json_is('/name' => 'Cloth')->json_is('/metadata/a' => 1)
      ->json_is('/attributes' => $type->{attributes})
      ->header_like(ETag => qr/"2"$/);
    $t->patch_ok($path => {%$admin, 'If-Match' => '"1"'} => json =>
          {name => 'x'})->problem_is(412 => 'precondition_failed');
    $t->post_ok('/api/v1/product-types' => $admin => json =>
          {code => $type->{code}, name => 'x'})
      ->problem_is(409 => 'type_taken');
    $t->delete_ok($path => $admin)->status_is(204);
    $t->get_ok($path => $admin)->problem_is(404 => 'not_found');
};

subtest 'the list' => sub {
    type() for 1 .. 2;
    $t->get_ok('/api/v1/product-types?limit=1' => $admin)->status_is(200)
      ->json_has('/items/0/code')->json_hasnt('/items/1');
    my ($first, $cursor) = map { $t->value($_) } '/items/0/code',
      '/next_cursor';
    $t->get_ok("/api/v1/product-types?limit=1&cursor=$cursor" => $admin)
      ->status_is(200);
    ok $t->value('/items/0/code') gt $first, 'goes on';
    $t->get_ok('/api/v1/product-types?cursor=x' => $admin)
      ->problem_is(422 => 'invalid_input');
};

subtest 'bad types' => sub {
    my %least = (code => 'x', name => 'x');
    for my $bad (
        [{},                      ['/code', '/name']],
        [{%least, code => 'A b'}, ['/code']],
        [{%least, code => '17'},  ['/code']],
        [{%least, code => ' ', name => "\x{a0} \t"}, ['/code', '/name']],
        [{%least, attributes => [{code => 'a', kind => 'colour'}]},
            ['/attributes/0/kind']],
        [{%least, attributes => [{code => 'a', kind => 'choice'}]},
            ['/attributes/0/choices']],
        [{%least, attributes => [{code => 'a', kind => 'text',
            choices => ['b']}]}, ['/attributes/0/choices']],
        [{%least, attributes => [{code => 'a', kind => 'number', min => 2,
            max => 1}]}, ['/attributes/0/min']],
        [{%least, attributes => [{code => 'a', kind => 'number',
            max => 'b'}]}, ['/attributes/0/max']],
        [{%least, attributes => [{code => 'a', kind => 'boolean',
            min => 2}]}, ['/attributes/0/min']],
        [{%least, attributes => [map { {code => 'a', kind => 'text'} } 1, 2]},
            ['/attributes/1/code']],
        [{%least, attributes => [{code => 'a', kind => 'swatch'}]},
            ['/attributes/0/choices']],
        [{%least, attributes => [{code => 'a', kind => 'swatch',
            choices => ['Red'], swatches => {Blue => '#0000ff'}}]},
            ['/attributes/0/swatches/Blue']],
        [{%least, attributes => [{code => 'a', kind => 'swatch',
            choices => ['Red'], swatches => {Red => 'javascript:x'}}]},
            ['/attributes/0/swatches/Red']],
        [{%least, attributes => [{code => 'a', kind => 'text',
            swatches => {Red => '#ff0000'}}]}, ['/attributes/0/swatches']],
        [{%least, attributes => [{code => 'a', kind => 'reference'}]},
            ['/attributes/0/refers_to']],
        [{%least, attributes => [{code => 'a', kind => 'text',
            refers_to => 'product'}]}, ['/attributes/0/refers_to']],
        [{%least, attributes => [{code => 'a', kind => 'file',
            filterable => Mojo::JSON->true}]}, ['/attributes/0/filterable']],
        [{%least, translations => {xx => {name => 'x'}}},
            ['/translations/xx']],
        [{%least, translations => {de => {seo => {}}}},
            ['/translations/de/seo']],
      )
    {
        $t->post_ok('/api/v1/product-types' => $admin => json => $bad->[0])
          ->problem_is(422 => 'invalid_input');
        is_deeply [sort map { $_->{pointer} } @{$t->value('/errors')}],
          $bad->[1], join ' ', @{$bad->[1]};
    }
};

subtest 'who may' => sub {
    my $type = type();
    my $path = "/api/v1/product-types/$type->{id}";
    my %json = (json => {code => 'x', name => 'x'});
    $t->get_ok($path)->problem_is(401 => 'unauthenticated');
    $t->get_ok($path => $nobody)->problem_is(403 => 'forbidden');
    $t->get_ok($path => $seller)->status_is(200);
    $t->post_ok('/api/v1/product-types' => $seller => %json)
      ->problem_is(403 => 'forbidden');
    $t->patch_ok($path => $seller => json => {name => 'x'})
      ->problem_is(403 => 'forbidden');
    $t->delete_ok($path => $seller)->problem_is(403 => 'forbidden');
};

subtest 'products of a type' => sub {
    my $type  = everything();
    my %least = (name => 'Shirt ' . unique_id, price => 1,
        type => $type->{code});
    my %good = (Cloth => 'Wool', Weave => 'Plain', Weight => 180.5,
        Washable => Mojo::JSON->false, Care => ['30', 'Iron'],
        'Made/on' => '2026-02-28');
    for my $bad (
        [{}, '/attributes/Cloth'],
        [{%good, Weave => 'x'},            '/attributes/Weave'],
        [{%good, Weave => 7},              '/attributes/Weave'],
        [{%good, Weight => 0.4},           '/attributes/Weight'],
        [{%good, Weight => '1'},           '/attributes/Weight'],
        [{%good, Washable => 'yes'},       '/attributes/Washable'],
        [{%good, Cloth => 'Paper'},        '/attributes/Cloth'],
        [{%good, Cloth => undef},          '/attributes/Cloth'],
        [{%good, Care => 'Iron'},          '/attributes/Care'],
        [{%good, Care => ['30', '30']},    '/attributes/Care'],
        [{%good, 'Made/on' => '2026-02-29'}, '/attributes/Made~1on'],
        [{%good, 'Made/on' => 'today'},    '/attributes/Made~1on'],
        [{%good, Colour => 'Red'},         '/attributes/Colour'],
      )
    {
        $t->post_ok('/api/v1/products' => $admin => json =>
              {%least, attributes => $bad->[0]})
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->post_ok('/api/v1/products' => $admin => json =>
          {%least, type => 'none'})->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/type');

    $t->post_ok('/api/v1/products' => $admin => json =>
          {%least, attributes => \%good})->status_is(201)
      ->json_is('/type' => {id => $type->{id}, code => $type->{code},
            name => 'Type'})
      ->json_is('/attributes' => \%good)
      ->json_is('/specifications/1' => {code => 'Weight', name => 'Weight',
            kind => 'number', value => 180.5, unit => 'g/m²'})
      ->json_is('/specifications/3/name' => 'Kind of cloth');
    my $id = $t->value('/id');

    $t->patch_ok("/api/v1/products/$id" => $admin => json =>
          {attributes => {%good, Weight => 1000}})
      ->problem_is(422 => 'invalid_input');
    $t->patch_ok("/api/v1/products/$id" => $admin => json =>
          {name => 'Blouse'})->status_is(200);
    $t->delete_ok("/api/v1/product-types/$type->{id}" => $admin)
      ->problem_is(409 => 'type_in_use');
    $t->get_ok("/api/v1/products/$id")->status_is(200);
    $t->patch_ok("/api/v1/product-types/$type->{id}" => $admin => json =>
          {name => 'Garment'})->status_is(200);
    $t->get_ok("/api/v1/products/$id")
      ->json_is('/type/name' => 'Garment', 'its products follow');
    $t->patch_ok("/api/v1/products/$id" => $admin => json =>
          {type => undef})->status_is(200)->json_is('/type' => undef)
      ->json_is('/specifications' => [])
      ->json_is('/attributes' => \%good);
    $t->delete_ok("/api/v1/product-types/$type->{id}" => $admin)
      ->status_is(204);
};

subtest 'swatches, references and files' => sub {
    my $category = $t->get_ok('/api/v1/categories')->value('/items/0/id');
    my $type     = type(attributes => [
        {code => 'Tone', kind => 'swatch', choices => ['Red', 'Oak', 'Blue'],
            filterable => Mojo::JSON->true,
            swatches => {Red => '#d00000', Oak => '/media/i/oak.webp'}},
        {code => 'Fits', kind => 'reference', refers_to => 'product'},
        {code => 'Room', kind => 'reference', refers_to => 'category'},
        {code => 'Manual', kind => 'file'}
    ]);
    is_deeply $type->{attributes}[0]{swatches},
      {Red => '#d00000', Oak => '/media/i/oak.webp'};
    my %least = (name => 'Chair ' . unique_id, price => 1,
        type => $type->{code});
    my @others = map {
        $t->post_ok('/api/v1/products' => $admin => json =>
              {name => "Other $_", price => 1})->value('/id')
    } 1 .. 2;
    for my $bad ([Tone => 'Green'], [Fits => 'none'], [Fits => '0'],
        [Fits => 7], [Fits => [$others[0], '0']], [Fits => {}],
        [Fits => [@others[0, 0]]], [Room => $others[0]],
        [Manual => 'javascript:x'], [Manual => '//x.test/a'], [Manual => 7],
        [Manual => "/a\nb"])
    {
        $t->post_ok('/api/v1/products' => $admin => json =>
              {%least, attributes => {@$bad}})
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => "/attributes/$bad->[0]");
    }
    my %good = (Tone => 'Red', Fits => \@others, Room => $category,
        Manual => 'https://files.test/chair.pdf');
    $t->post_ok('/api/v1/products' => $admin => json =>
          {%least, attributes => \%good})->status_is(201)
      ->json_is('/attributes' => \%good)
      ->json_is('/specifications/0/swatch' => '#d00000')
      ->json_is('/specifications/1/refers_to' => 'product')
      ->json_is('/specifications/1/value' => \@others)
      ->json_is('/specifications/3/value' => $good{Manual});
    my $id = $t->value('/id');
    $t->patch_ok("/api/v1/products/$id" => $admin => json => {attributes =>
          {%good, Tone => 'Blue'}})->status_is(200)
      ->json_is('/specifications/0/swatch' => undef, 'it has none');
    $t->get_ok("/api/v1/products?attr.Tone=blue&q=chair")
      ->json_is('/items/0/id' => $id);
};

done_testing;
