#!/usr/bin/perl

# The export of products comes back as it went: sent again it changes nothing,
# whatever a product has. And the columns of languages, dates and limits.

use Mojo::Base -signatures;

use ShopTest;
use ShopTest::Import;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $files = ShopTest::Import->new(t => $t, admin => $admin);
$t->ua->cookie_jar->ignore(sub {1});

sub translations ($ref) {
    return $t->get_ok("/api/v1/products/$ref/translations" => $admin)
      ->status_is(200)->value('/translations');
}

sub wrong ($import) {
    return [map {"$_->{line} $_->{column}"} @{$import->{errors}}];
}

# all that the database has of a product, as it was written
sub written ($slug) {
    return $shop->sql(<<'SQL', $slug);
select jsonb_build_object('product', p, 'variants', (
    select jsonb_agg(v order by v.id) from catalog.variant v
    where v.product_id = p.id), 'prices', (
    select jsonb_agg(a order by a) from catalog.price a
    join catalog.variant v on v.id = a.variant_id
    where v.product_id = p.id), 'pictures', (
    select jsonb_agg(i order by i.id) from catalog.image i
    where i.product_id = p.id), 'stock', (
    select jsonb_agg(k order by k.variant_id) from inventory.stock k
    where k.product_id = p.id), 'audit', (
    select count(*) from ops.audit a where a.subject = 'product:' || p.id))
from catalog.product p where p.slug = ? and p.deleted_at is null
SQL
}

subtest 'stock of several warehouses' => sub {
    my $id = unique_id;
    $files->take(<<"X");
slug,sku,name,price,price.USD,option.Size,attr.A,stock,tags
trip-$id,T1-$id,Trip $id,100,120,S,one,3,x|y
trip-$id,T2-$id,,200,,M,,4,
X
    # what another warehouse has is no business of the file
    my $house = 'trip-' . lc $id;
    $t->post_ok('/api/v1/warehouses' => $admin => json =>
          {code => $house, name => 'Far away', position => 99})
      ->status_is(201);
    $t->post_ok('/api/v1/inventory/update' => $admin => json =>
          {sku => "T1-$id", warehouse => $house, delta => 6,
            reason => 'count'})->status_is(200);
    my $before = $files->product("trip-$id");
    my $stock  = $files->stock($before->{id});
    my $csv    = $files->exported("trip-$id");
    is scalar(() = $csv =~ /^trip-/mg), 2, 'a line a variant';
    my $import = $files->take($csv);
    is_deeply $import->{rows},
      {done => 2, created => 0, updated => 2, failed => 0};
    my $after = $files->product("trip-$id");
    is_deeply $after, $before, 'nothing is another';
    is $files->stock($after->{id}), $stock,
      'nor the stock of several warehouses';
    $t->post_ok('/api/v1/inventory/update' => $admin => json =>
          {sku => "T1-$id", warehouse => $house, on_hand => 0,
            reason => 'count'})->status_is(200);
    my @lines = $files->export;
    cmp_ok @lines, '>', 1500, 'all of the shop';
};

subtest 'all that a product has comes back' => sub {
    my $id = lc unique_id;
    $t->post_ok('/api/v1/products' => $admin => json => {
        slug => "all-$id", name => "'=1+1", description => "\n  Of -text-\n ",
        price => 1000, compare_at_price => 1500, sku => "ALL-$id",
        prices => [{amount => 1100, currency => 'USD'}],
        category => 'clothes', tags => ['a b', 'c'],
        status => 'draft', publish_at => '2034-05-06T07:08:09.123456Z',
        unpublish_at => '2035-01-01T00:00:00+02:00',
        attributes => {Material => 'Glass', Size => 42, Parts => ['a', 'b']},
        seo => {title => '=Title', keywords => 'a, "b"'},
        metadata => {nested => {list => [1, {x => undef}]}},
        options  => [{name => 'Size', values => ['S', 'M']}],
        variants => [
            {options => {Size => 'S'}, min_quantity => 2, max_quantity => 8,
                quantity_step => 2, barcode => '-12'},
            {options => {Size => 'M'}, price => 1200, weight_grams => 5,
                requires_shipping => Mojo::JSON->false, stock => 3}],
        translations => {de => {name => 'Lampe, "blau"',
            description => '- eine', options => {Size => 'Weite'},
            seo => {title => 'Titel'}}}})->status_is(201);
    my $variant = $t->value('/variants/1/id');
    $t->patch_ok("/api/v1/products/all-$id" => $admin => json => {images => [
        {url => 'https://x.test/a.webp', alt => 'Its front', width => 300,
            height => 200},
        {url => 'https://x.test/b.webp', alt => 'Its back',
            variant_id => $variant}]})->status_is(200);

    my $before = written("all-$id");
    my $csv    = $files->exported("all-$id");
    my $import = $files->take($csv);
    is_deeply $import->{rows},
      {done => 2, created => 0, updated => 2, failed => 0};
    is written("all-$id"), $before, 'not written at all';
    is $files->exported("all-$id"), $csv, 'the export is the same';

    # a cell that is another one moves it
    $files->take($csv =~ s/,1500,/,1600,/r);
    isnt written("all-$id"), $before;
    is $files->product("all-$id")->{variants}[0]{compare_at_price}{amount},
      1600;
    $files->take("slug,images\nall-$id,"
          . "https://x.test/c.webp|https://x.test/b.webp\n");
    is_deeply [map {"$_->{url} $_->{alt} " . ($_->{variant_id} // '')}
          @{$files->product("all-$id")->{images}}],
      ["https://x.test/c.webp '=1+1 ",
        "https://x.test/b.webp Its back $variant"],
      'a picture that stays keeps its text and its variant';
};

subtest 'a price that follows a rate goes on following it' => sub {
    my $id = lc unique_id;
    $files->take("slug,name,price,price.USD\nrate-$id,Rate,100,110\n");
    $shop->sql(q{update catalog.price p set converted = true
        from catalog.product o where o.slug = ? and p.variant_id = o.id
        and p.currency = 'USD' returning 1}, "rate-$id");
    $files->take($files->exported("rate-$id"));
    my $converted = q{select p.converted::int from catalog.price p
        join catalog.product o on o.id = p.variant_id
        where o.slug = ? and p.currency = 'USD'};
    is $shop->sql($converted, "rate-$id"), 1, 'the same amount';
    $files->take("slug,price.USD\nrate-$id,120\n");
    is $shop->sql($converted, "rate-$id"), 0, 'another one';
};

subtest 'other languages' => sub {
    my $id = lc unique_id;
    is_deeply wrong($files->take(<<"CSV")), [map {"$_ translations"} 4 .. 7];
slug,name,price,name.de,description.de,translations
l1-$id,One,100,Eins,Ein Ding,
l2-$id,Two,100,,,"{""de"": {""name"": ""Zwei"", ""seo"": {""title"": ""2""}}}"
l3-$id,Three,100,,,"{""fr"": {""name"": ""Trois""}}"
l4-$id,Four,100,,,"{""de"": {""colour"": ""rot""}}"
l5-$id,Five,100,,,"{""de"": ""Vier""}"
l6-$id,Six,100,@{['x' x 201]},,
CSV
    is_deeply translations("l1-$id"),
      {de => {name => 'Eins', description => 'Ein Ding'}};
    $t->get_ok("/api/v1/products/l1-$id?locale=de")
      ->json_is('/name' => 'Eins');
    $files->take("slug,name.de,description.de\nl1-$id,Einer,-\n"
          . "l2-$id,Zweiter,\n");
    is_deeply translations("l1-$id"), {de => {name => 'Einer'}};
    is_deeply translations("l2-$id"),
      {de => {name => 'Zweiter', seo => {title => '2'}}}, 'one text of some';
    $files->take("slug,name.de\nl1-$id,-\n");
    is_deeply translations("l1-$id"), {}, 'the last one taken away';
    for my $bad ('name.fr', 'name.en', 'tags.de') {
        like $files->take("slug,$bad\nl1-$id,x\n")->{error},
          qr/no column '\Q$bad'/;
    }
};

subtest 'dates' => sub {
    my $id = lc unique_id;
    is_deeply wrong($files->take(<<"CSV")), ['4 publish_at', '5 publish_at',
slug,name,price,status,publish_at,unpublish_at
d1-$id,One,100,,2034-01-31T08:00:00Z,2034-02-28
d2-$id,Two,100,published,,2034-01-31 09:30
d3-$id,x,100,published,2034-01-31T08:00:00Z,
d4-$id,x,100,,2034-02-30,
d5-$id,x,100,,soon,
d6-$id,x,100,,,2020-01-01
d7-$id,x,100,,2034-02-01,2034-01-01
CSV
        '6 publish_at', '7 unpublish_at', '8 unpublish_at'];
    my $one = $files->product("d1-$id");
    is $one->{status}, 'draft', 'until then';
    is $one->{publish_at}, '2034-01-31T08:00:00.000Z';
    is $one->{unpublish_at}, '2034-02-28T00:00:00.000Z';
    is $files->product("d2-$id")->{unpublish_at}, '2034-01-31T09:30:00.000Z';
    is_deeply wrong($files->take(<<"CSV")), ['3 publish_at'],
slug,publish_at,status,unpublish_at
d1-$id,-,,2034-03-31
d2-$id,2034-01-01,,
CSV
      'it is published already';
    $one = $files->product("d1-$id");
    is $one->{publish_at}, undef;
    is $one->{unpublish_at}, '2034-03-31T00:00:00.000Z';
    $files->take("slug,publish_at\nd1-$id,2034-01-01\n");
    $files->take("slug,status,unpublish_at\nd1-$id,published,-\n");
    $one = $files->product("d1-$id");
    is $one->{status}, 'published', 'before its date';
    is_deeply [@$one{qw(publish_at unpublish_at)}], [undef, undef];
};

subtest 'limits of quantities' => sub {
    my $id = lc unique_id;
    is_deeply wrong($files->take(<<"CSV")), ['4 min_quantity',
slug,name,price,min_quantity,max_quantity,quantity_step
q1-$id,One,100,2,10,2
q2-$id,Two,100,,5,
q3-$id,x,100,0,,
q4-$id,x,100,,many,
q5-$id,x,100,,,1000001
q6-$id,x,100,3,5,7
CSV
        '5 max_quantity', '6 quantity_step', '7 max_quantity'];
    is_deeply $files->product("q1-$id")->{variants}[0]{quantity_limits},
      {min => 2, max => 10, step => 2};
    is_deeply wrong($files->take(<<"CSV")), ['3 max_quantity'],
slug,min_quantity,max_quantity,quantity_step
q1-$id,,-,
q2-$id,6,,
CSV
      'with what it has';
    is_deeply $files->product("q1-$id")->{variants}[0]{quantity_limits},
      {min => 2, max => undef, step => 2};
};

done_testing;
