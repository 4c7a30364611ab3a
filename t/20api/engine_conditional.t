use ShopTest;

# ETag, If-None-Match, If-Match, Idempotency-Key, Location.

my $t      = shop->t;
my $seller = shop->seller;
my $path   = '/api/v1/products';
my $name   = 'Lamp ' . unique_id();

$t->post_ok($path => $seller => json => {name => $name, price => 1999})
  ->status_is(201)->trips_is('sql=1 redis=0')
  ->header_like(Location => qr{^/api/v1/products/[\w-]+$})
  ->header_like(ETag     => qr/^"[^"]+"$/)
  ->header_is('Cache-Control' => 'no-store');

my $location = $t->tx->res->headers->location;
my $etag     = $t->get_ok($location)->status_is(200)->json_is('/name' => $name)
  ->header_is('Cache-Control' => 'no-cache')->tx->res->headers->etag;

# unchanged
for my $have ($etag, "W/$etag", qq{"other", $etag}, '*') {
    $t->get_ok($location => {'If-None-Match' => $have})->status_is(304)
      ->content_is('')->header_is(ETag => $etag)
      ->header_is('Cache-Control' => 'no-cache')
      ->header_is('Content-Type'  => undef);
}
$t->head_ok($location => {'If-None-Match' => $etag})->status_is(304);
for my $have ('"other"', 'broken', '"', ',,,', 'W/', '"*"', '"other", *') {
    $t->get_ok($location => {'If-None-Match' => $have})->status_is(200);
}

# compressed: the tag is weak, and still good for If-Match
my $weak = $t->get_ok($location => {'Accept-Encoding' => 'gzip'})
  ->tx->res->headers->etag;
$t->patch_ok($location => {%$seller, 'If-Match' => $weak} => json =>
      {price => 2099})->status_is(200)->json_is('/price/amount' => 2099);

# changed meanwhile
for my $old ($weak, $etag, '"nonsense"', '"0"') {
    $t->patch_ok($location => {%$seller, 'If-Match' => $old} => json =>
          {price => 1})->problem_is(412, 'precondition_failed');
}
$t->get_ok($location)->json_is('/price/amount' => 2099);
$t->patch_ok($location => {%$seller, 'If-Match' => '*'} => json =>
      {price => 2199})->status_is(200);
$t->patch_ok($location => $seller => json => {price => 2299})->status_is(200);

# several tags: one of them is the present version's
sub tag { return $t->get_ok($location)->tx->res->headers->etag }
my $price = 2299;
for my $around (['%s'], ['"0"', '%s'], ['%s', '"0"'], ['"x"', '', 'W/%s', '"y"'],
    ['"x,y"', '"0.1"', (map {qq{"90$_"}} 2 .. 6), '%s'])
{
    my $list = sprintf join(', ', @$around), tag();
    $t->patch_ok($location => {%$seller, 'If-Match' => $list} => json =>
          {price => ++$price})->status_is(200, $list)
      ->json_is('/price/amount' => $price);
    $t->patch_ok($location => {%$seller, 'If-Match' => $list,
        'Idempotency-Key' => unique_id()} => json => {price => 1})
      ->problem_is(412, 'precondition_failed');
}
my $now = tag();
$t->patch_ok($location => {%$seller, 'If-Match' => qq{"0", $now},
    'Idempotency-Key' => unique_id()} => json => {price => 2299})
  ->status_is(200);
for my $never ('"*"', '"x", "y"', ',', join ', ', (map {qq{"90$_"}} 1 .. 8), tag())
{
    $t->patch_ok($location => {%$seller, 'If-Match' => $never} => json =>
          {price => 1})->problem_is(412, 'precondition_failed');
}
$t->get_ok($location => {'If-None-Match' => $etag})->status_is(200)
  ->json_is('/price/amount' => 2299, 'a change is seen at once');

# the same key replays, once made
my $key  = 'key-' . unique_id();
my %with = (%$seller, 'Idempotency-Key' => $key);
my $once = {name => "Once $key", price => 500};

$t->post_ok($path => \%with => json => $once)->status_is(201)
  ->header_is('Idempotent-Replayed' => undef)->trips_is('sql=1 redis=0');
my $first = $t->tx->res;

$t->post_ok($path => {%with, 'Idempotency-Key' => qq{"$key"}} => json => $once)
  ->status_is(201)->header_is('Idempotent-Replayed' => 'true')
  ->content_is($first->body)
  ->header_is(Location => $first->headers->location)
  ->header_is(ETag     => $first->headers->etag);

is shop->sql('select count(*) from catalog.product where name = ?',
    $once->{name}), 1, 'there is one';

# another body, another actor, another endpoint
$t->post_ok($path => \%with => json => {%$once, price => 501})
  ->problem_is(422, 'idempotency_mismatch');
$t->post_ok($path => {%{shop->admin}, 'Idempotency-Key' => $key} => json =>
      {name => "Twice $key", price => 500})->status_is(201)
  ->header_is('Idempotent-Replayed' => undef);

# a refusal is not kept
my %again = (%$seller, 'Idempotency-Key' => 'again-' . unique_id());
$t->post_ok($path => \%again => json =>
      {name => 'a', price => 1, category => 'no-such-category'})
  ->problem_is(422, 'invalid_input')
  ->json_is('/errors/0/pointer' => '/category');

# at once: one is made, whoever comes second gets it too or is told to wait
my %race = (%$seller, 'Idempotency-Key' => 'race-' . unique_id());
my $body = {name => 'Race ' . unique_id(), price => 1};
my @tx   = map {
    $t->ua->start_p($t->ua->build_tx(
        POST => $t->absolute($path) => \%race => json => $body))
} 1 .. 8;
my @codes;
Mojo::Promise->all(@tx)->then(sub { @codes = map { $_->[0]->res->code } @_ })
  ->wait;
is_deeply [grep { $_ != 201 && $_ != 409 } @codes], [], 'each is 201 or 409'
  or diag "@codes";
is shop->sql('select count(*) from catalog.product where name = ?',
    $body->{name}), 1, 'one was made';

for my $bad ('', '""', 'a' x 256, "\x{e9}") {
    $t->post_ok($path => {%$seller, 'Idempotency-Key' => $bad} => json =>
          {name => 'Bad key', price => 1})
      ->problem_is(400, 'invalid_idempotency_key');
}

$t->delete_ok($location => $seller)->status_is(204)->content_is('');
$t->get_ok($location)->problem_is(404, 'not_found');

done_testing;
