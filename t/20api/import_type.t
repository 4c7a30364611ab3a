#!/usr/bin/perl

# Files of products whose type says what their attributes are: values become
# what the type calls for, and what it refuses is told by the row.

use Mojo::Base -signatures;

use ShopTest;
use ShopTest::Import;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $files = ShopTest::Import->new(t => $t, admin => $admin);
$t->ua->cookie_jar->ignore(sub {1});

# a type with an attribute of each kind
sub new_type {
    my $code = 'lamp-' . lc unique_id;
    $t->post_ok('/api/v1/product-types' => $admin => json => {
        code => $code, name => 'Lamp', attributes => [
            {code => 'Light', kind => 'choice', required => Mojo::JSON->true,
                choices => ['Warm', 'Cold']},
            {code => 'Watts', kind => 'number', min => 1, max => 500},
            {code => 'Dims', kind => 'boolean'},
            {code => 'Rooms', kind => 'multi_choice',
                choices => ['Bath', 'Hall', 'Study']},
            {code => 'Since', kind => 'date'},
            {code => 'Story', kind => 'text', max => 20},
        ]})->status_is(201);
    return $code;
}

subtest 'a product type and its attributes' => sub {
    my $id     = unique_id;
    my $type   = new_type();
    my $import = $files->take(<<"X");
slug,name,price,product_type,attr.Light,attr.Watts,attr.Dims,attr.Rooms,attr.Since,attr.Story
t1-$id,One,100,$type,Warm,7.5,yes,Bath | Hall,2026-01-31,Old
t2-$id,Two,100,$type,Cold,,,,,
t3-$id,Three,100,,,bright,,,,
X
    is_deeply $import->{rows},
      {done => 3, created => 3, updated => 0, failed => 0};
    my $one = $files->product("t1-$id");
    is $one->{type}{code}, $type;
    is_deeply $one->{attributes}, {Light => 'Warm', Watts => 7.5,
        Dims => Mojo::JSON->true, Rooms => ['Bath', 'Hall'],
        Since => '2026-01-31', Story => 'Old'}, 'values of their kinds';
    is scalar @{$one->{specifications}}, 6;
    is_deeply $files->product("t3-$id")->{attributes}, {Watts => 'bright'},
      'without a type they are any texts';

    $import = $files->take(<<"X");
slug,attr.Watts,attr.Dims,attr.Story,attributes
t1-$id,12,-,,"{""Story"": ""New"", ""Rooms"": []}"
X
    is_deeply $import->{rows},
      {done => 1, created => 0, updated => 1, failed => 0};
    is_deeply $files->product("t1-$id")->{attributes}, {Light => 'Warm',
        Watts => 12, Rooms => [], Since => '2026-01-31', Story => 'New'},
      'some are changed, "-" takes one away';
    $files->take("slug,type,attr.Light\nt3-$id,$type,Warm\n");
    $import = $files->take("slug,type,attr.Light,attr.Watts\n"
          . "t3-$id,$type,Warm,-\n");
    is $import->{rows}{updated}, 1;
    is $files->product("t3-$id")->{type}{code}, $type, 'typed later';
    $files->take("slug,type\nt3-$id,-\n");
    is $files->product("t3-$id")->{type}, undef, 'and not any more';
};

subtest 'what a product type refuses' => sub {
    my $id   = unique_id;
    my $type = new_type();
    $files->take("slug,name,price,type,attr.Light\nold-$id,Old,1,$type,Warm\n"
          . "any-$id,Any,1,,Bright\n");
    my $import = $files->take(<<"X");
slug,name,price,type,attr.Light,attr.Watts,attr.Dims,attr.Rooms,attr.Since,attr.Story,attr.Odd
u1-$id,x,100,none,,,,,,,
u2-$id,x,100,$type,,,,,,,
u3-$id,x,100,$type,Bright,,,,,,
u4-$id,x,100,$type,Warm,bright,,,,,
u5-$id,x,100,$type,Warm,501,,,,,
u6-$id,x,100,$type,Warm,,maybe,,,,
u7-$id,x,100,$type,Warm,,,Bath|Roof,,,
u8-$id,x,100,$type,Warm,,,,2026-02-30,,
u9-$id,x,100,$type,Warm,,,,,@{['x' x 21]},
v1-$id,x,100,$type,Warm,,,,,,7
old-$id,,,,-,,,,,,
old-$id,,,,Cold,0,,,,,
any-$id,,,$type,,,,,,,
v2-$id,x,100,$type,Warm,7,no,Hall,2026-02-28,y,
X
    is_deeply $import->{rows},
      {done => 14, created => 1, updated => 0, failed => 13};
    is_deeply [map {"$_->{line} " . ($_->{column} // '')}
          @{$import->{errors}}], ['2 type', '3 attr.Light', '4 attr.Light',
        '5 attr.Watts', '6 attr.Watts', '7 attr.Dims', '8 attr.Rooms',
        '9 attr.Since', '10 attr.Story', '11 attr.Odd', '12 attr.Light',
        '13 attr.Watts', '14 attr.Light'];
    is_deeply $files->product("old-$id")->{attributes}, {Light => 'Warm'};
    is $files->product("any-$id")->{type}, undef;
    $t->get_ok("/api/v1/imports/$import->{id}/errors.csv" => $admin)
      ->content_like(qr/^3,attr.Light is wrong: Products of this type/m);
    my $dry = $files->take("slug,name,price,type\nu2-$id,x,100,$type\n", $admin,
        '?dry_run=true');
    is $dry->{rows}{failed}, 1, 'a dry run says the same';
};

subtest 'several rows of a product of a type' => sub {
    my $id     = unique_id;
    my $type   = new_type();
    my $import = $files->take(<<"X");
slug,sku,name,price,type,option.Size,attr.Light,attr.Watts
s1-$id,S1-$id,Lamp,100,$type,S,,
s1-$id,S2-$id,,,,M,Warm,7
s2-$id,S3-$id,Lamp,100,$type,S,,3
s2-$id,S4-$id,,,,M,,
X
    is_deeply $import->{rows},
      {done => 4, created => 2, updated => 0, failed => 2},
      'what all rows say together counts';
    is_deeply $files->product("s1-$id")->{attributes},
      {Light => 'Warm', Watts => 7};
    $t->get_ok("/api/v1/products/s2-$id")->status_is(404);
    my $csv = $files->exported("s1-$id");
    like $csv, qr/^[^\r]*,type,/;
    my $before = $files->product("s1-$id");
    $import = $files->take($csv);
    is_deeply $import->{rows},
      {done => 2, created => 0, updated => 2, failed => 0};
    my $after = $files->product("s1-$id");
    delete $_->{updated_at} for $before, $after;
    is_deeply $after, $before, 'the export comes back';
};

done_testing;
