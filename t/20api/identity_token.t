#!/usr/bin/perl

# Bearer tokens at the gateway: bad ones of every kind, and the rotation of
# keys.  t/00unit/token.c has the forms that only a signer can make.

use Mojo::Base -signatures;

use Digest::SHA qw(hmac_sha256);
use IO::Socket::INET;
use Mojo::File  qw(tempdir);
use Mojo::JSON  qw(decode_json encode_json);
use Mojo::Util  qw(b64_decode b64_encode);

use ShopTest;

my $shop = shop;
my $t    = $shop->t;
my $path = '/api/v1/auth/validate-token';
$t->ua->cookie_jar->ignore(sub {1});

my $user = $shop->register;
my ($header, $payload, $sig) = split /\./, $user->{access};

sub encode ($text) { return b64_encode($text, '') =~ tr{+/=}{-_}dr }
sub decode ($text) { return b64_decode($text =~ tr{-_}{+/}r) }

sub refused ($token, $what) {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    $t->get_ok($path => {Authorization => "Bearer $token"}, $what)
      ->problem_is(401 => 'unauthenticated')
      ->header_like('WWW-Authenticate' => qr/error="invalid_token"/);
    return;
}

subtest 'a good one' => sub {
    $t->get_ok($path => $user->{headers})->status_is(200)
      ->json_is('/active' => Mojo::JSON->true)
      ->json_is('/sub'    => $user->{user}{id})
      ->json_is('/roles'  => ['customer'])
      ->json_is('/exp' => decode_json(decode($payload))->{exp})
      ->trips_is('sql=0 redis=0')->header_is('Cache-Control' => 'no-store');
    $t->get_ok($path => {Authorization => "bearer $user->{access}"})
      ->status_is(200);
};

subtest 'none' => sub {
    $t->get_ok($path)->problem_is(401 => 'unauthenticated')
      ->header_unlike('WWW-Authenticate' => qr/error/)
      ->header_like('WWW-Authenticate' => qr/^Bearer realm="[^"]+"/);
};

# RFC 6750, 2.3: addresses end up in logs and histories
subtest 'not in the address, not in the body' => sub {
    $t->get_ok("$_?access_token=$user->{access}")
      ->problem_is(401 => 'unauthenticated') for $path, '/api/v1/users/me';
    $t->post_ok('/api/v1/users/me/addresses' => form =>
          {access_token => $user->{access}})
      ->problem_is(401 => 'unauthenticated');
};

subtest 'two at once' => sub {
    my ($host, $port) = ($shop->url =~ m{//([^:/]+):(\d+)});
    my $socket = IO::Socket::INET->new("$host:$port") or die $!;
    print {$socket} "GET $path HTTP/1.1\r\nHost: $host\r\n"
      . "Authorization: Bearer one\r\nAuthorization: Bearer two\r\n"
      . "Connection: close\r\n\r\n";
    my $answer = do { local $/; <$socket> };
    like $answer, qr{^HTTP/1\.1 400 }, 'nobody is chosen between them';
};

subtest 'bad ones' => sub {
    my %head = %{decode_json(decode($header))};
    my %body = %{decode_json(decode($payload))};

    my $forged = encode(encode_json({%body, roles => ['admin']}));
    refused("$header.$forged.$sig", 'other claims');

    my $none = encode(encode_json({%head, alg => 'none'}));
    refused("$none.$payload.",     'alg none');
    refused("$none.$payload.$sig", 'alg none with a signature');

    my $jwks = $t->call(GET => '/.well-known/jwks.json')->json;
    is $jwks->{keys}[0]{kid}, $head{kid}, 'the public key is published';
    ok !exists $jwks->{keys}[0]{d}, 'and it alone';
    my $hs = encode(encode_json({%head, alg => 'HS256'}));
    for my $secret (encode_json($jwks->{keys}[0]), decode($jwks->{keys}[0]{x}),
        '')
    {
        refused("$hs.$payload."
              . encode(hmac_sha256("$hs.$payload", $secret)),
            'HMAC with what is public');
    }

    refused("$header.$payload",          'no signature');
    refused("$header.$payload.",         'an empty signature');
    refused("$header.$payload." . encode("\0" x 64), 'a signature of zeros');
    refused("$header.$payload.$sig.x",   'four parts');
    refused("$header..$sig",             'no payload');
    refused('x' x 5000,                  'a large one');
    refused("\xff\xfe",                  'bytes');
    refused('a.b.c',                     'letters');
    refused(substr($user->{access}, 1),  'a character less');
    refused(encode(encode_json({%head, crit => ['exp']})) . ".$payload.$sig",
        'crit');
    refused(encode(encode_json({%head, kid => 'x'})) . ".$payload.$sig",
        'another kid');
    refused($user->{refresh}, 'a refresh token');

    for my $scheme ('Basic dXNlcjpwYXNz', 'Bearer', 'Bearer ', 'x' x 200) {
        $t->get_ok($path => {Authorization => $scheme})
          ->problem_is(401 => 'unauthenticated');
    }
    $t->get_ok($path => $user->{headers})->status_is(200);
};

subtest 'rotation of keys' => sub {
    my $dir = tempdir;
    chmod 0755, $dir;
    for my $name (qw(old new)) {
        my $file = $dir->child("$name.pem");
        system('openssl', 'ecparam', '-name', 'prime256v1', '-genkey',
            '-noout', '-out', $file) == 0 or die 'openssl failed';
        chmod 0644, $file;
    }
    my %server = (server => 'location /api/v1/ { shop_identity; }
        location /.well-known/ { shop_identity; }');
    my $keys = sub (@names) {
        return join ' ', map {"shop_token_key $dir/$_.pem;"} @names;
    };
    my $nginx = $shop->nginx(http => $keys->('old'), %server);
    my $n     = $nginx->t;
    $n->ua->cookie_jar->ignore(sub {1});
    my $login = sub {
        return wait_for(sub {
            $n->call(POST => '/api/v1/auth/login' => json =>
                  {email => $user->{email}, password => $user->{password}})
              ->json('/access_token');
        });
    };
    my $works = sub ($token) {
        return $n->call(GET => $path => {Authorization => "Bearer $token"})
          ->code == 200;
    };
    my $reload = sub (@names) {
        $nginx->rewrite(http => $keys->(@names), %server);
        $nginx->reload;
        # an old worker may still accept: keep the connection of a new one
        $n = wait_for(sub {
            my $client = $nginx->t;
            $client->ua->cookie_jar->ignore(sub {1});
            my $set = $client->call(GET => '/.well-known/jwks.json')->json;
            return @{$set->{keys}} == @names ? $client : undef;
        });
    };

    my $first = $login->();
    ok $works->($first), 'signed with the old key';
    ok !$works->($user->{access}), 'a key of elsewhere is not ours';

    $reload->(qw(new old));
    my $second = $login->();
    isnt decode_json(decode((split /\./, $second)[0]))->{kid},
      decode_json(decode((split /\./, $first)[0]))->{kid}, 'another kid';
    ok wait_for(sub { $works->($second) && $works->($first) }), 'both count';

    $reload->('new');
    ok wait_for(sub { $works->($second) && !$works->($first) }),
      'the old one went with its key';
};

done_testing;
