use ShopTest;

# Bad input: the right 4xx as problem+json, never 5xx, nothing changed.

use IO::Socket::INET;
use Mojo::JSON qw(encode_json decode_json);
use Mojo::URL;

my $t      = shop->t;
my $seller = shop->seller;
my %json   = (%$seller, 'Content-Type' => 'application/json');
my $path   = '/api/v1/products';
my $before = shop->sql('select count(*) from catalog.product');

sub refused {
    my ($body, $name, $status, $code) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    $t->post_ok($path => \%json => $body)
      ->problem_is($status // 400, $code // 'invalid_json')
      ->header_like('X-Request-Id' => qr/./);
    return;
}

# not JSON, or more than is accepted
refused('{"name": "Lamp", "price":',               'truncated');
refused('{"name": "Lamp"',                         'not closed');
refused('["Lamp"]',                                'an array');
refused('"Lamp"',                                  'a string');
refused('null',                                    'null');
refused('{} {}',                                   'two documents');
refused('{"name": "a", "name": "b", "price": 1}',  'a key twice');
refused(qq({"name": "\xff\xfe", "price": 1}),      'invalid UTF-8');
refused(qq({"name": "\xed\xa0\x80", "price": 1}),  'a surrogate');
refused(qq({"name": "a\0b", "price": 1}),          'NUL');
refused('{"name": "a\u0000b", "price": 1}',        'NUL, escaped');
refused('{"name": "a", "price": 1e999}',           'a number too large');
refused('{"name": "a", "price": ' . '9' x 400 . '}', 'a huge integer');
refused('{"a":' x 40 . '1' . '}' x 40,             '40 levels');
refused('{"metadata":' . '[' x 20_000,             'very deep');
refused('[' x 100_000,                             'deeper');

# understood, but invalid: all fields at once
refused('{}', 'nothing', 422, 'invalid_input');
$t->json_is('/errors/0', {pointer => '/name', detail => 'is required'})
  ->json_is('/errors/1', {pointer => '/price', detail => 'is required'});

refused(
    encode_json({name => 7, price => 'much', surprise => 1, stock => -1}),
    'wrong types', 422, 'invalid_input');
my %wrong = map { $_->{pointer} => $_->{detail} } @{$t->value('/errors')};
is_deeply [sort keys %wrong], [qw(/name /price /stock /surprise)],
  'each bad field is named';
is $wrong{'/surprise'}, 'is not known here', 'an unknown one too';

refused(encode_json({name => '', price => 1}), 'empty', 422, 'invalid_input');
refused(encode_json({name => 'a' x 10_000, price => 1}),
    'too long', 422, 'invalid_input');
refused('{"name": "a", "price": 1.5}', 'a fraction', 422, 'invalid_input');
refused('{"name": null, "price": 1}',  'null',       422, 'invalid_input');
refused('{"a/b~c": 1, "name": "a", "price": 1}',
    'a name that needs escaping', 422, 'invalid_input');
$t->json_is('/errors/0/pointer' => '/a~1b~0c');

# what it comes as
for my $type ('text/plain', 'application/jsonx', 'multipart/form-data',
    'application/json; charset=latin1')
{
    $t->post_ok($path => {%json, 'Content-Type' => $type} => '{"name":"a"}')
      ->problem_is(415, 'unsupported_media_type');
}
$t->post_ok($path => {%json, 'Content-Type' => ''} => '{"name":"a"}')
  ->problem_is(415, 'unsupported_media_type');
for my $type ('Application/JSON', 'application/json; charset="UTF-8"') {
    $t->post_ok($path => {%json, 'Content-Type' => $type} => '{}')
      ->problem_is(422, 'invalid_input');
}
$t->post_ok($path => $seller)->problem_is(422, 'invalid_input');

# too large, with a length and without: nginx's own answer, but a problem
my $large = '{"name":"' . 'a' x 2_000_000 . '"}';
$t->post_ok($path => \%json => $large)->problem_is(413, 'too_large')
  ->json_like('/request_id' => qr/./)
  ->json_is('/detail' => 'The request is too large.');

# spilled to a file: nothing is lost
my $spilled = encode_json({name => 'a', price => 1, description => 'b' x 90_000});
$t->post_ok($path => \%json => $spilled)->status_is(422)
  ->json_is('/errors/0/pointer' => '/description');

# byte by byte, in chunks of one
my $token = $seller->{Authorization};
my $url   = Mojo::URL->new(shop->url);

sub raw {
    my @parts  = @_;
    my $socket = IO::Socket::INET->new(
        PeerAddr => $url->host, PeerPort => $url->port, Timeout => 10)
      or die "connect: $!";
    for my $part (@parts) {
        $socket->syswrite($part);
    }
    my $answer = '';
    1 while $socket->sysread($answer, 65536, length $answer);
    return $answer;
}

my $head = "POST $path HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
  . "Authorization: $token\r\nContent-Type: application/json\r\n";

my $answer = raw(
    "${head}Transfer-Encoding: chunked\r\n\r\n",
    map({"1\r\n$_\r\n"} split //, '{"name": "Lamp", "price": -1}'),
    "0\r\n\r\n"
);
like $answer, qr{^HTTP/1\.1 422 .*"pointer":"/price"}s, 'chunks of one byte';

like raw("${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
  qr{^HTTP/1\.1 400 .*application/problem\+json.*"code":"bad_request"}s,
  'a broken chunk';
like raw("${head}X-Long: " . 'a' x 100_000 . "\r\n\r\n"),
  qr{^HTTP/1\.1 431 .*application/problem\+json.*"headers_too_large"}s,
  'a header too long';
like raw($head, map({"X-Many-$_: " . 'a' x 1000 . "\r\n"} 1 .. 100), "\r\n"),
  qr{^HTTP/1\.1 431 .*application/problem\+json.*"headers_too_large"}s,
  'headers too many';
like raw("${head}X Bad: a\r\n\r\n"),
  qr{^HTTP/1\.1 400 .*application/problem\+json.*"bad_request"}s,
  'a header that is none';
like raw('GET /' . 'a' x 100_000 . " HTTP/1.1\r\n\r\n"),
  qr{^HTTP/1\.1 414 .*application/problem\+json.*"uri_too_long"}s,
  'an address too long';
like raw("${head}Content-Length: nonsense\r\n\r\n"),
  qr{^HTTP/1\.1 400 .*application/problem\+json}s, 'a length that is none';
like raw("GET $path HTTP/1.1\r\nHost: a b\r\n\r\n"), qr{^HTTP/1\.1 400 }s,
  'a host that is none';

# parameters: unknown, twice, out of bounds, broken
$t->get_ok("$path?limit=0&limit=5&page=2&q=%zz&min_price=a")
  ->problem_is(422, 'invalid_input');
my %parameter = map { $_->{parameter} => $_->{detail} } @{$t->value('/errors')};
is_deeply [sort keys %parameter], [qw(limit min_price page q)],
  'each bad parameter is named';

for my $bad ('limit=101', 'limit=-1', 'limit=1.0', 'limit=', 'limit=%31%00',
    'cursor=nonsense!', 'sort=cheapest', 'attr.=x', '=', 'q=' . 'a' x 2000,
    join('&', map {"a$_=1"} 1 .. 200))
{
    $t->get_ok("$path?$bad")->problem_is(422, 'invalid_input');
}
$t->get_ok("$path?")->status_is(200);
$t->get_ok("$path?&&limit=1&")->status_is(200);

# a body where none belongs
$t->_build_ok(GET => "$path?limit=1" => {'Content-Type' => 'text/plain'},
    'x' x 100_000)->status_is(200);
$t->delete_ok("$path/99999999" => \%json => '{"surprise": 1}')
  ->problem_is(422, 'invalid_input');

is shop->sql('select count(*) from catalog.product'), $before,
  'nothing was created';

done_testing;
