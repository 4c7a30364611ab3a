#!/usr/bin/perl

# Passkeys: made, signed in with, renamed, removed; every refusal.

use Mojo::Base -signatures;

use Mojo::JSON qw(decode_json);
use Mojo::Util qw(b64_decode b64_encode);

use ShopTest;
use ShopTest::Authenticator;
use ShopTest::Totp;

my $shop = shop;
my $t    = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});

my ($port) = $shop->url =~ /:(\d+)$/;
my $origin = "http://localhost:$port";
my @here   = (Host => "localhost:$port");

sub device (%with) {
    return ShopTest::Authenticator->new(origin => $origin, %with);
}

sub bearer ($token) { return {Authorization => "Bearer $token", @here} }

sub account () {
    my $user = $shop->register;
    $user->{headers}{Host} = "localhost:$port";
    return $user;
}

sub amr ($token) {
    return decode_json(b64_decode(
        (split /\./, $token)[1] =~ tr{-_}{+/}r))->{amr} // [];
}

sub options ($user) {
    $t->post_ok('/api/v1/users/me/passkeys/options' => $user->{headers})
      ->status_is(200);
    return $t->value('/options');
}

sub add ($user, $credential, $name = undef) {
    return $t->post_ok('/api/v1/users/me/passkeys' => $user->{headers} =>
          json => {credential => $credential, $name ? (name => $name) : ()});
}

# an account with a passkey: ($user, $device)
sub with_passkey (%with) {
    my $user   = account();
    my $device = device(%with);
    add($user, $device->make(options($user)))->status_is(201);
    $user->{passkey} = $t->value('/id');
    return ($user, $device);
}

sub ask () {
    $t->post_ok('/api/v1/auth/passkey/options' => {@here})->status_is(200);
    return $t->value('/options');
}

sub enter ($credential) {
    return $t->post_ok(
        '/api/v1/auth/passkey' => {@here} => json =>
          {credential => $credential});
}

sub audited ($action, $subject) {
    return $shop->sql('select count(*) from ops.audit where action = ?
        and subject = ?', $action, $subject);
}

subtest 'made and signed in with' => sub {
    for my $kind ([-7 => 'none'], [-8 => 'none'], [-257 => 'none'],
        [-7 => 'packed'], [-8 => 'packed'], [-257 => 'packed'])
    {
        my ($alg, $fmt) = @$kind;
        my $user    = account();
        my $device  = device(alg => $alg, fmt => $fmt);
        my $options = options($user);

        is $options->{rp}{id}, 'localhost', 'for this host';
        is $options->{user}{name}, $user->{email}, 'for this account';
        like $options->{challenge}, qr/^[\w-]{76}$/, 'a challenge';
        is $options->{authenticatorSelection}{residentKey}, 'required',
          'to be found by itself';
        is $options->{attestation}, 'none', 'no questions asked';
        $t->header_is('Cache-Control' => 'no-store');

        add($user, $device->make($options), "Key $alg")->status_is(201)
          ->json_is('/name' => "Key $alg")->json_is('/host' => 'localhost')
          ->json_is('/transports' => ['internal', 'hybrid'])
          ->json_is('/used_at'    => undef)
          ->header_like(Location => qr{^/api/v1/users/me/passkeys/[0-9a-f-]{36}$});
        my $id = $t->value('/id');

        my $get = ask();
        is_deeply $get->{allowCredentials}, [], 'no account is asked for';
        $device->count(1);
        enter($device->sign($get))->status_is(200)
          ->json_is('/user/email' => $user->{email})
          ->json_has('/refresh_token')->header_is('Cache-Control' => 'no-store');
        is_deeply amr($t->value('/access_token')), ['mfa'],
          'its user was verified: both factors';
        is @{$t->tx->res->cookies}, 2, 'with cookies';

        $t->get_ok('/api/v1/users/me/passkeys' => $user->{headers})
          ->status_is(200)->json_is('/items/0/id' => $id)
          ->json_like('/items/0/used_at' => qr/^\d{4}-.*Z$/)
          ->json_is('/next_cursor' => undef);
        is audited('user.passkey_added', "passkey:$id"), 1, 'an audit row';
    }
};

subtest 'a session gets stronger by making one' => sub {
    my $user = account();
    is_deeply amr($user->{access}), [], 'signed in by password';
    add($user, device()->make(options($user)))->status_is(201)
      ->json_is('/name' => 'Passkey');
    my ($cookie) = grep { $_->name eq 'access' } @{$t->tx->res->cookies};
    is_deeply amr($cookie->value), ['mfa'], 'its user was verified';

    $user = account();
    add($user, device()->make(options($user), flags => 0x41))->status_is(201);
    is @{$t->tx->res->cookies}, 0, 'not when nobody was verified';
};

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
    $t->post_ok('/api/v1/auth/passkey' => {@here} => json => $_)
      ->problem_is(422 => 'invalid_input')
      for {}, {credential => 1}, {credential => {}, more => 1};

    enter($good)->status_is(200);
    enter($good)->problem_is(401 => 'invalid_credentials');
};

subtest 'a challenge counts once, for five minutes' => sub {
    my ($user, $device) = with_passkey();
    my $credential = $device->sign(ask());
    my @codes;
    Mojo::Promise->all(map {
            $t->ua->post_p($t->absolute('/api/v1/auth/passkey') => {@here} =>
                  json => {credential => $credential})
    } 1 .. 4)
      ->then(sub (@all) { @codes = map { $_->[0]->res->code } @all })->wait;
    is_deeply [sort @codes], [200, 401, 401, 401], 'once';
    my $challenge = decode_json(b64_decode(
        $credential->{response}{clientDataJSON} =~ tr{-_}{+/}r))->{challenge};
    is $shop->sql("select expires_at <= now() + interval '300 seconds'
        from identity.challenge where hash = sha256(?::bytea)",
        '\x' . unpack 'H*', b64_decode($challenge =~ tr{-_}{+/}r)), 1,
      'as a hash, and not for longer';
};

subtest 'the counter' => sub {
    my ($user, $device) = with_passkey(count => 5);
    enter($device->sign(ask(), count => $_->[0]))->status_is($_->[1])
      for [6 => 200], [6 => 401], [2 => 401], [0 => 401], [8 => 200];
    is audited('passkey.copied', "passkey:$user->{passkey}"), 3,
      'a copy is written down';

    (undef, $device) = with_passkey();
    enter($device->sign(ask()))->status_is(200) for 1 .. 2;
    enter($device->sign(ask(), count => 4_294_967_295))->status_is(200);
};

subtest 'without a verified user it is one factor' => sub {
    my ($user, $device) = with_passkey();
    enter($device->sign(ask(), flags => 0x01))->status_is(200);
    is_deeply amr($t->value('/access_token')), [], 'said in the token';

    $t->post_ok('/api/v1/users/me/mfa/totp' => $user->{headers})
      ->status_is(201);
    my $totp = ShopTest::Totp->new(secret => $t->value('/secret'));
    $t->post_ok('/api/v1/users/me/mfa/totp/confirm' => $user->{headers} =>
          json => {code => $totp->code})->status_is(200);

    enter($device->sign(ask(), flags => 0x01))
      ->problem_is(401 => 'mfa_required');
    $t->post_ok('/api/v1/auth/mfa' => json => {
        mfa_token => $t->value('/mfa_token'), code => $totp->code(1)
    })->status_is(200);
    enter($device->sign(ask()))->status_is(200);
    is_deeply amr($t->value('/access_token')), ['mfa'], 'verified: no code';
};

subtest 'a blocked account' => sub {
    my ($user, $device) = with_passkey();
    $shop->db->do('update identity.account set blocked_at = now()
        where id = ?', undef, $user->{user}{id});
    enter($device->sign(ask()))->problem_is(401 => 'invalid_credentials');
};

subtest 'hosts' => sub {
    my ($user, $device) = with_passkey();
    my @brand = (Host => "brand2.localhost:$port");

    $t->post_ok('/api/v1/auth/passkey/options' => {@brand})->status_is(200)
      ->json_is('/options/rpId' => 'brand2.localhost');
    my $options = $t->value('/options');
    $t->post_ok('/api/v1/auth/passkey' => {@brand} => json => {
        credential => $device->sign($options,
            origin => "http://brand2.localhost:$port")
    })->problem_is(401 => 'invalid_credentials');
    $t->post_ok('/api/v1/auth/passkey' => {@brand} => json => {
        credential => $device->sign(ask(),
            origin => "http://brand2.localhost:$port")
    })->problem_is(422 => 'invalid_input');

    # pages of other names have to come by TLS
    my @test = (Host => 'harbour-and-hill.test');
    for my $try (['http' => 422], ['https' => 201]) {
        my %mine = (%{$user->{headers}}, @test);
        $t->post_ok('/api/v1/users/me/passkeys/options' => \%mine)
          ->status_is(200)->json_is('/options/rp/id' => 'harbour-and-hill.test');
        $t->post_ok('/api/v1/users/me/passkeys' => \%mine => json => {
            credential => device(origin => "$try->[0]://harbour-and-hill.test")
              ->make($t->value('/options'))
        })->status_is($try->[1]);
    }

    for my $host ('127.0.0.1', 'nobody.test', '[::1]') {
        $t->post_ok('/api/v1/auth/passkey/options' => {Host => $host})
          ->problem_is(409 => 'passkeys_unavailable');
        $t->post_ok('/api/v1/auth/passkey' => {Host => $host} => json =>
              {credential => {}})->problem_is(409 => 'passkeys_unavailable');
        $t->post_ok('/api/v1/users/me/passkeys/options' =>
              {%{$user->{headers}}, Host => $host})
          ->problem_is(409 => 'passkeys_unavailable');
    }
};

subtest 'names, and removing one' => sub {
    my ($user, $device) = with_passkey();
    my $mine = $user->{headers};
    my $path = "/api/v1/users/me/passkeys/$user->{passkey}";

    $t->patch_ok($path => $mine => json => {name => 'Phone'})
      ->status_is(200)->json_is('/name' => 'Phone')->header_is(ETag => '"2"');
    $t->patch_ok($path => {%$mine, 'If-Match' => '"1"'} => json =>
          {name => 'x'})->problem_is(412 => 'precondition_failed');
    $t->patch_ok($path => $mine => json => $_)
      ->problem_is(422 => 'invalid_input')
      for {}, {name => ''}, {name => 'x' x 101}, {name => 1},
      {name => 'x', more => 1};

    my $stranger = account();
    for my $other ($path, '/api/v1/users/me/passkeys/none',
        '/api/v1/users/me/passkeys/00000000-0000-0000-0000-000000000000')
    {
        $t->patch_ok($other => $stranger->{headers} => json => {name => 'x'})
          ->problem_is(404 => 'not_found');
        $t->delete_ok($other => $stranger->{headers})
          ->problem_is(404 => 'not_found');
    }

    $shop->db->do("update identity.session set created_at =
        now() - interval '6 minutes' where user_id = ?", undef,
        $user->{user}{id});
    $t->delete_ok($path => $mine)
      ->problem_is(403 => 'recent_sign_in_required');
    $t->post_ok('/api/v1/users/me/passkeys/options' => $mine)
      ->problem_is(403 => 'recent_sign_in_required');

    enter($device->sign(ask()))->status_is(200);
    my $new = bearer($t->value('/access_token'));
    $shop->db->do('update identity.account set password_hash = null
        where id = ?', undef, $user->{user}{id});
    $t->delete_ok($path => $new)->problem_is(409 => 'last_way_to_sign_in');

    my $second = device();
    add({headers => $new}, $second->make(options({headers => $new})))
      ->status_is(201);
    $t->delete_ok($path => $new)->status_is(204);
    is audited('user.passkey_removed', "passkey:$user->{passkey}"), 1,
      'an audit row';
    enter($device->sign(ask()))->problem_is(401 => 'invalid_credentials');
    enter($second->sign(ask()))->status_is(200);

    wait_for(sub {
        my %seen = map { $_->{type} => 1 }
          $shop->events('shop.users', $user->{user}{id});
        return $seen{'user.passkey_added'} && $seen{'user.passkey_removed'};
    }, 20, 'the events');
    wait_for(sub {
        my @subjects = map { $_->{subject} } $shop->mails($user->{email});
        return grep({/passkey was added/} @subjects)
          && grep {/passkey was removed/} @subjects;
    }, 30, 'the notices');
};

subtest 'a role that asks for a second factor' => sub {
    my $role = 'keeper' . unique_id() =~ s/\W//gr;
    $shop->db->do("insert into identity.role (name, permissions, mfa_required)
        values (?, '{inventory:read}', true)", undef, $role);
    my ($user, $device) = with_passkey();
    $shop->db->do('insert into identity.account_role (user_id, role)
        values (?, ?)', undef, $user->{user}{id}, $role);

    enter($device->sign(ask(), flags => 0x01))->status_is(200);
    my $weak = bearer($t->value('/access_token'));
    wait_for(sub {
            $t->call(GET => '/api/v1/users/me/addresses' => $weak)->code == 403;
    }, 5, 'the node to hear of the role');
    $t->get_ok('/api/v1/users/me/passkeys' => $weak)->status_is(200);
    $t->delete_ok("/api/v1/users/me/passkeys/$user->{passkey}" => $weak)
      ->problem_is(403 => 'mfa_enrolment_required');

    enter($device->sign(ask()))->status_is(200);
    my $strong = bearer($t->value('/access_token'));
    $t->get_ok('/api/v1/users/me/addresses' => $strong)->status_is(200);
    $t->delete_ok("/api/v1/users/me/passkeys/$user->{passkey}" => $strong)
      ->problem_is(409 => 'mfa_needed');
    $shop->db->do('update identity.role set mfa_required = false
        where name = ?', undef, $role);
};

subtest 'twenty at most' => sub {
    my ($user) = with_passkey();
    $shop->db->do("insert into identity.passkey (user_id, rp_id,
            credential_id, public_key, algorithm, name)
        select ?, 'localhost', sha256(convert_to(? || n, 'UTF8')),
            sha256('k'), -8, 'x' from generate_series(1, 19) as n", undef,
        $user->{user}{id}, unique_id());
    $t->post_ok('/api/v1/users/me/passkeys/options' => $user->{headers})
      ->problem_is(409 => 'conflict');
};

subtest 'nobody is signed in' => sub {
    for my $call ([get => ''], [post => '/options'], [post => ''],
        [patch => '/x'], [delete => '/x'])
    {
        my $method = "$call->[0]_ok";
        $t->$method("/api/v1/users/me/passkeys$call->[1]")
          ->problem_is(401 => 'unauthenticated');
    }
};

subtest 'no secret in a log' => sub {
    my @log = map { $_->lines } values %{$shop->logs};
    ok !grep({/clientDataJSON|attestationObject/} @log), 'none';
};

done_testing;
