#!/usr/bin/perl

# Passkeys that are refused: whatever is wrong when one is made, and when one
# signs in.

use Mojo::Base -signatures;

use Digest::SHA ();

use ShopTest;
use ShopTest::Passkeys;

my $shop   = shop;
my $t      = client;
my $port   = port;
my $origin = origin;

subtest 'what is refused when one is made' => sub {
    my $user     = account();
    my $stranger = account();
    my $device   = device();
    my $old      = options($user);
    my $good     = $device->make($old);

    my $bad = sub ($what, $credential, $why = undef) {
        subtest $what => sub {
            add($user, $credential)->problem_is(422 => 'invalid_input')
              ->json_is('/errors/0/pointer' => '/credential');
            $t->json_like('/errors/0/detail' => $why) if $why;
        };
    };
    my $bent = sub ($what, %bend) {
        my $why = delete $bend{why};
        $bad->($what, $device->make($old, %bend), $why);
    };

    $bent->('another type', type => 'webauthn.get', why => qr/another type/);
    $bent->("another origin: $_", origin => $_, why => qr/another origin/)
      for "https://evil.test", "http://localhost", "http://localhost.evil.test:$port",
      "http://localhost:$port/", "http://brand2.localhost:$port", 'null', '',
      "ftp://localhost:$port";
    $bent->('a frame of another page', cross => 1,
        why => qr/inside another/);
    $bent->('a top origin', more => {topOrigin => 'https://evil.test'},
        why => qr/inside another/);
    $bent->('a challenge of nobody', challenge => 'x' x 76,
        why => qr/no challenge/);
    $bent->('a challenge that is too long', challenge => 'x' x 5000);
    $bent->('a challenge of a sign-in', challenge => ask()->{challenge},
        why => qr/no challenge/);
    $bent->('a challenge of another account',
        challenge => options($stranger)->{challenge}, why => qr/no challenge/);
    my $mac = $old->{challenge} =~ s/(.)$/$1 eq 'A' ? 'E' : 'A'/er;
    $bent->('a challenge that was changed', challenge => $mac,
        why => qr/no challenge/);
    $bent->('clientDataJSON of duplicate names',
        client => qq({"type":"webauthn.create","type":"webauthn.create",)
          . qq("challenge":"$old->{challenge}","origin":"$origin"}));
    $bent->('clientDataJSON that is no JSON', client => "\xff\xfe");
    $bent->('clientDataJSON that is no object', client => '[]');

    $bent->('another host', rp => 'evil.test', why => qr/another host/);
    $bent->('nobody there', flags => 0x44, why => qr/nobody was there/);
    $bent->('no passkey in it', flags => 0x05);
    $bent->('backed up but not eligible', flags => 0x55);
    $bent->('extensions that are not there', flags => 0xc5);
    $bent->('bytes after the key', extensions => "\xa0");
    $bent->('an id of no bytes', id => '');
    $bent->('an id that is too long', id => 'x' x 1024);
    $bent->('no key', cose => '');
    $bent->('a key that is none', cose => "\xa0");
    $bent->('a key of another kind', cose => "\xa2\x01\x02\x03\x38\x22");
    $bent->('a count that promises gigabytes',
        cose => "\xbb\x00\x00\x00\x00\x7f\xff\xff\xff");
    $bent->('an array that promises gigabytes',
        cose => "\xa1\x01\x9a\x7f\xff\xff\xff");
    $bent->('endless nesting', cose => "\x81" x 1000);
    $bent->('an indefinite length', cose => "\xbf\xff");
    $bent->('a tag',                cose => "\xc0\x00");

    my $other = device();
    $bent->('a signature of another key', fmt => 'packed',
        key => $other->key, why => qr/signature/);
    $bent->('another algorithm', fmt => 'packed', alg => -8,
        why => qr/signature/);
    $bent->('no signature', fmt => 'packed', statement => {alg => -7});
    $bent->('a statement of none', statement => {alg => -7, sig => 'x'});
    $bent->('certificates', fmt => 'packed',
        statement => {alg => -7, sig => 'x', x5c => ['x']},
        why => qr/not accepted/);
    $bent->("attestation $_", fmt => $_, why => qr/not accepted/)
      for qw(fido-u2f tpm apple android-key);
    $bent->('bytes after the object', object => sub ($o) {"$o\0"});
    $bent->('an object cut short', object => sub ($o) { substr $o, 0, -1 });
    $bent->('no object', object => sub {''});
    $bent->('not a map', object => sub {"\x80"});
    $bent->('a map of two', object => sub ($o) { "\xa2" . substr $o, 1 });
    $bent->('twice the same', object => sub ($o) {
        "\xa3" . substr($o, 1, 9) x 2 . substr $o, 10 });
    $bent->('data of 36 bytes', data => sub ($d) { substr $d, 0, 36 });

    for my $name (qw(clientDataJSON attestationObject)) {
        for my $value (undef, 1, '', '=', 'x', '%%%%', 'x' x 20_000) {
            $bad->("$name: " . substr($value // 'null', 0, 5),
                {%$good, response => {%{$good->{response}}, $name => $value}});
        }
    }
    $bad->('no response',       {id => 'x'});
    $bad->('a response of text', {response => 'x'});
    $t->post_ok('/api/v1/users/me/passkeys' => $user->{headers} => json => $_)
      ->problem_is(422 => 'invalid_input')
      for {}, {credential => 'x'}, {credential => []},
      {credential => {}, name => ''}, {credential => {}, more => 1},
      {credential => {x => 'x' x 30_000}};

    add($user, $good)->status_is(201);
    add($user, $good)->problem_is(422 => 'invalid_input')
      ->json_like('/errors/0/detail' => qr/used before/);
    add($user, $device->make(options($user)))->problem_is(409 => 'conflict');
    is_deeply [map { $_->{id} } @{options($user)->{excludeCredentials}}],
      [$good->{id}], 'and is told to the browser';
    add($stranger, $device->make(options($stranger)))
      ->problem_is(409 => 'conflict');
};

subtest 'what is refused when one signs in' => sub {
    my ($user, $device) = with_passkey();
    my (undef, $other)  = with_passkey();
    my $subject = "passkey:$user->{passkey}";
    my $none    = sub { ok !@{$t->tx->res->cookies}, 'no cookie' };

    my $wrong = sub ($what, %bend) {
        subtest $what => sub {
            enter($device->sign(ask(), %bend))
              ->problem_is(401 => 'invalid_credentials')
              ->header_like('WWW-Authenticate' => qr/^Bearer/);
            $none->();
        };
    };
    $wrong->('an unknown passkey',     id    => 'unknown');
    $wrong->('another key',            key   => $other->key);
    $wrong->('another account',        user  => $other->user);
    $wrong->('another host',           rp    => 'evil.test');
    $wrong->('nobody there',           flags => 0x04);
    $wrong->('data that was not signed',
        data => Digest::SHA::sha256('localhost') . "\x05\0\0\0\7");
    is audited('session.refused', $subject), 5, 'written down';

    my $bad = sub ($what, %bend) {
        subtest $what => sub {
            enter($device->sign(delete $bend{options} // ask(), %bend))
              ->problem_is(422 => 'invalid_input');
            $none->();
        };
    };
    $bad->('another type', type => 'webauthn.create');
    $bad->("another origin: $_", origin => $_)
      for 'https://evil.test', "http://brand2.localhost:$port",
      "http://localhost:" . ($port + 1);
    $bad->('inside another page',  cross     => 1);
    $bad->('a made-up challenge',  challenge => 'A' x 76);
    $bad->('a challenge to make one',
        challenge => options($user)->{challenge});
    $bad->('no data',             data  => '');
    $bad->('a passkey in it',     flags => 0x45);
    $bad->('bytes after it',      extensions => 'x');
    $bad->('extensions cut short', flags => 0x85, extensions => "\xa1\x61x");
    $bad->('backed up but not eligible', flags => 0x15);
    $bad->('a user of 3 bytes', user => 'abc');
    $bad->('no id',             id   => 'x' x 1024);

    my $good = $device->sign(ask());
    for my $name (qw(clientDataJSON authenticatorData signature userHandle)) {
        for my $value (undef, [], '%', 'x' x 9000) {
            enter({%$good,
                response => {%{$good->{response}}, $name => $value}})
              ->problem_is(422 => 'invalid_input');
        }
    }
    $t->post_ok('/api/v1/auth/passkey' => {here()} => json => $_)
      ->problem_is(422 => 'invalid_input')
      for {}, {credential => 1}, {credential => {}, more => 1};

    enter($good)->status_is(200);
    enter($good)->problem_is(401 => 'invalid_credentials');
};

done_testing;
