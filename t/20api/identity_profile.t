#!/usr/bin/perl

# /users/me and the address book.

use Mojo::Base -signatures;

use ShopTest;

my $shop  = shop;
my $t     = $shop->t;
my $user  = $shop->register(name => 'First Name');
my $me    = $user->{headers};
my $other = $shop->register->{headers};
$t->ua->cookie_jar->ignore(sub {1});

subtest 'the account' => sub {
    $t->get_ok('/api/v1/users/me' => $me)->status_is(200)
      ->json_is('' => $user->{user})->header_is(ETag => '"1"')
      ->trips_is('sql=1 redis=0');
    $t->get_ok('/api/v1/users/me' => {%$me, 'If-None-Match' => '"1"'})
      ->status_is(304);
    $t->get_ok('/api/v1/users/me')->problem_is(401 => 'unauthenticated');
};

subtest 'changing it' => sub {
    $t->patch_ok('/api/v1/users/me' => $me => json =>
          {name => 'Second', phone => '+49 30 1', locale => 'pt-BR'})
      ->status_is(200)->json_is('/name' => 'Second')
      ->json_is('/phone' => '+49 30 1')->json_is('/locale' => 'pt-BR')
      ->json_is('/email' => $user->{email})->header_is(ETag => '"2"');
    $t->patch_ok('/api/v1/users/me' => $me => json => {phone => undef})
      ->status_is(200)->json_is('/phone' => undef)
      ->json_is('/name' => 'Second');

    $t->patch_ok('/api/v1/users/me' => {%$me, 'If-Match' => '"2"'} => json =>
          {name => 'Stale'})->problem_is(412 => 'precondition_failed');
    $t->patch_ok('/api/v1/users/me' => {%$me, 'If-Match' => 'W/"3"'} =>
          json => {name => 'Third'})->status_is(200);

    $t->patch_ok('/api/v1/users/me' => $me => json => {name => 'Third'})
      ->status_is(200)->header_is(ETag => '"4"', 'no change, no version');

    for my $bad (
        ['/name', {name => ''}], ['/name', {name => undef}],
        ['/name', {name => 'x' x 201}], ['/locale', {locale => 'x y'}],
        ['/email', {email => 'a@b.test'}], ['/roles', {roles => ['admin']}],
        ['/phone', {phone => 17}]
      )
    {
        $t->patch_ok('/api/v1/users/me' => $me => json => $bad->[1])
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[0]);
    }
    $t->patch_ok('/api/v1/users/me' => $me => json =>
          {name => '', phone => 17, locale => 'klingon!'})
      ->problem_is(422 => 'invalid_input');
    is_deeply [sort map { $_->{pointer} } @{$t->value('/errors')}],
      ['/locale', '/name', '/phone'], 'all of them at once';
};

my %address = (
    name    => 'Ada', line1 => 'Main Street 1', city => 'Berlin',
    country => 'DE',  postal_code => '10115'
);
my $book = '/api/v1/users/me/addresses';

subtest 'the address book' => sub {
    $t->get_ok($book => $me)->status_is(200)
      ->json_is({items => [], next_cursor => undef});

    $t->post_ok($book => $me => json => \%address)->status_is(201)
      ->json_is('/city' => 'Berlin')->json_is('/line2' => undef)
      ->json_is('/is_default' => Mojo::JSON->false);
    my $first = $t->value('/id');
    $t->header_is(Location => "$book/$first");

    $t->post_ok($book => $me => json => {%address, is_default => \1})
      ->status_is(201)->json_is('/is_default' => Mojo::JSON->true);
    my $second = $t->value('/id');

    $t->patch_ok("$book/$first" => $me => json => {is_default => \1,
            city => 'Hamburg'})->status_is(200)
      ->json_is('/city' => 'Hamburg')->json_is('/line1' => 'Main Street 1');
    $t->get_ok($book => $me)->status_is(200)
      ->json_is('/items/0/is_default' => Mojo::JSON->true)
      ->json_is('/items/1/is_default' => Mojo::JSON->false, 'one default');
    $t->patch_ok("$book/$first" => $me => json =>
          {is_default_billing => \1})->status_is(200)
      ->json_is('/is_default'         => Mojo::JSON->true)
      ->json_is('/is_default_billing' => Mojo::JSON->true);
    $t->post_ok($book => $me => json => {%address, is_default_billing => \1})
      ->status_is(201)->json_is('/is_default' => Mojo::JSON->false)
      ->json_is('/is_default_billing' => Mojo::JSON->true);
    my $billed = $t->value('/id');
    is_deeply $shop->db->selectcol_arrayref('select a.id
        from identity.address a join identity.address b using (user_id)
        where b.id = ? and a.is_default_billing', undef, $first), [$billed],
      'one is billed';
    $t->delete_ok("$book/$billed" => $me)->status_is(204);

    $t->get_ok("$book?limit=1" => $me)->json_is('/items/0/id' => $first);
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("$book?limit=1&cursor=$cursor" => $me)
      ->json_is('/items/0/id' => $second)->json_is('/next_cursor' => undef);
    $t->get_ok("$book?cursor=nonsense" => $me)
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/parameter' => 'cursor');

    for my $path ("$book/$first", "$book/999999999999", "$book/x%27y") {
        $t->patch_ok($path => $other => json => {city => 'Mine'})
          ->status_is($path =~ /x/ ? 404 : 404);
        $t->delete_ok($path => $other)->status_is(404);
    }

    $t->delete_ok("$book/$first" => $me)->status_is(204);
    $t->delete_ok("$book/$first" => $me)->problem_is(404 => 'not_found');
    $t->get_ok($book => $me)->json_is('/items/0/id' => $second)
      ->json_hasnt('/items/1');
};

subtest 'bad addresses' => sub {
    $t->post_ok($book => $me => json => {})->problem_is(422 =>
          'invalid_input');
    is_deeply [sort map { $_->{pointer} } @{$t->value('/errors')}],
      [qw(/city /country /line1 /name /postal_code)], 'what is missing';
    $t->post_ok($book => $me => json => {%address, country => 'XX', city => ''})
      ->problem_is(422 => 'invalid_input');
    is_deeply [sort map { $_->{pointer} } @{$t->value('/errors')}],
      [qw(/city /country)], 'two letters that are no country';
    for my $bad ({country => 'de'}, {country => 'DEU'}, {name => "a\0b"},
        {street => 'x'}, {is_default => 'yes'})
    {
        $t->post_ok($book => $me => json => {%address, %$bad})
          ->status_is(exists $bad->{name} ? $t->tx->res->code : 422);
        cmp_ok $t->tx->res->code, '>=', 400, 'refused';
        cmp_ok $t->tx->res->code, '<',  500, 'as the client\'s fault';
    }
};

subtest 'a repeated creation' => sub {
    my %headers = (%$me, 'Idempotency-Key' => unique_id());
    $t->post_ok($book => \%headers => json => \%address)->status_is(201);
    my $id = $t->value('/id');
    $t->post_ok($book => \%headers => json => \%address)->status_is(201)
      ->json_is('/id' => $id)->header_is('Idempotent-Replayed' => 'true');
    $t->post_ok($book => \%headers => json => {%address, city => 'Bonn'})
      ->status_is(422);
};

subtest 'a full book' => sub {
    $shop->db->do('insert into identity.address (user_id, name, line1, city,
        postal_code, country) select ?, \'n\', \'l\', \'c\', \'p\', \'DE\'
        from generate_series(1, 100)', undef, $user->{user}{id});
    $t->post_ok($book => $me => json => \%address)
      ->problem_is(409 => 'conflict');
};

done_testing;
