#!/usr/bin/perl

# Passkeys: made, signed in with, renamed, removed.  What is refused is in
# identity_passkey_refused.t.

use Mojo::Base -signatures;

use Mojo::JSON qw(decode_json);
use Mojo::Util qw(b64_decode);

use ShopTest;
use ShopTest::Passkeys;
use ShopTest::Totp;

my $shop   = shop;
my $t      = client;
my $port   = port;

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

subtest 'a challenge counts once, for five minutes' => sub {
    my ($user, $device) = with_passkey();
    my $credential = $device->sign(ask());
    my @codes;
    Mojo::Promise->all(map {
            $t->ua->post_p($t->absolute('/api/v1/auth/passkey') => {here()} =>
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
