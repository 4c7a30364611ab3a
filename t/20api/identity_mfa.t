#!/usr/bin/perl

# Authenticators (TOTP), recovery codes, and the sign-in that asks for them.

use Mojo::Base -signatures;

use Mojo::JSON qw(decode_json);
use Mojo::Util qw(b64_decode);

use ShopTest;
use ShopTest::Totp;

my $shop = shop;
my $t    = $shop->t;

sub claims ($token) {
    return decode_json(b64_decode((split /\./, $token)[1] =~ tr{-_}{+/}r));
}

# an account with an authenticator: {..., totp, codes}
sub enrolled ($client = $t) {
    my $user = $shop->register;
    $client->post_ok('/api/v1/users/me/mfa/totp' => $user->{headers})
      ->status_is(201);
    $user->{totp} = ShopTest::Totp->new(secret => $client->value('/secret'));
    $client->post_ok('/api/v1/users/me/mfa/totp/confirm' => $user->{headers} =>
          json => {code => $user->{totp}->code})->status_is(200);
    $user->{codes} = $client->value('/recovery_codes');
    return $user;
}

# what was accepted counts no more: as if the time had passed
sub forget_step ($user) {
    $shop->db->do('update identity.totp set last_step = 0 where user_id = ?',
        undef, $user->{user}{id});
    return;
}

sub half ($user) {
    $t->post_ok('/api/v1/auth/login' => json =>
          {email => $user->{email}, password => $user->{password}})
      ->problem_is(401 => 'mfa_required');
    return $t->value('/mfa_token');
}

sub enter ($token, $code) {
    return $t->post_ok(
        '/api/v1/auth/mfa' => json => {mfa_token => $token, code => $code});
}

sub audited ($user, $action) {
    return $shop->sql('select count(*) from ops.audit where action = ?
        and subject = ?', $action, "user:$user->{user}{id}");
}

sub told ($user, $type) {
    return scalar grep { $_->{type} eq $type }
      $shop->events('shop.users', $user->{user}{id});
}

sub mailed ($user, $subject) {
    return wait_for(sub {
        grep { $_->{subject} =~ $subject } $shop->mails($user->{email});
    }, 30, "the mail $subject");
}

subtest 'setting up an authenticator' => sub {
    my $user = $shop->register;
    my $mine = $user->{headers};

    $t->get_ok('/api/v1/users/me/mfa' => $mine)->status_is(200)
      ->json_is('' => {
        totp     => Mojo::JSON->false, recovery_codes_left => 0,
        passkeys => 0, required => Mojo::JSON->false,
        session_strong => Mojo::JSON->false
      });

    $t->post_ok('/api/v1/users/me/mfa/totp/confirm' => $mine => json =>
          {code => '123456'})->problem_is(409 => 'conflict');

    $t->post_ok('/api/v1/users/me/mfa/totp' => $mine)->status_is(201)
      ->json_like('/secret' => qr/^[A-Z2-7]{32}$/)
      ->header_is('Cache-Control' => 'no-store');
    my $secret = $t->value('/secret');
    my $email  = Mojo::Util::url_escape($user->{email}, '^A-Za-z0-9\-._~');
    like $t->value('/uri'), qr{^otpauth://totp/[^:?]+:\Q$email\E\?
        secret=$secret&issuer=[^&]+&algorithm=SHA1&digits=6&period=30$}x,
      'an address for a QR code';
    my $totp = ShopTest::Totp->new(secret => $secret);

    my $raw = unpack 'H*', $totp->bytes;
    my $row = $shop->sql('select encode(pending, \'hex\') from identity.totp
        where user_id = ?', $user->{user}{id});
    like $row, qr/^01[0-9a-f]{104}$/, 'what is kept is sealed';
    unlike $row, qr/$raw/, 'the secret is not in it';

    $t->get_ok('/api/v1/users/me/mfa' => $mine)
      ->json_is('/totp' => Mojo::JSON->false);
    my $wrong = sprintf '%06d', ($totp->code + 500_000) % 1_000_000;
    for my $bad ($wrong, '12345', '1234567', 'abcdef', $totp->code(-3),
        '0' x 40)
    {
        $t->post_ok('/api/v1/users/me/mfa/totp/confirm' => $mine => json =>
              {code => $bad})->problem_is(422 => 'invalid_code');
    }

    my $code = $totp->code;
    $t->post_ok('/api/v1/users/me/mfa/totp/confirm' => $mine => json =>
          {code => substr($code, 0, 3) . ' ' . substr $code, 3})
      ->status_is(200)->header_is('Cache-Control' => 'no-store');
    my $codes = $t->value('/recovery_codes');
    is @$codes, 10, 'ten recovery codes';
    is scalar(grep {/^(?:[a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}$/} @$codes),
      10, 'that are easily written down';
    is scalar(keys %{{map { $_ => 1 } @$codes}}), 10, 'and differ';
    is $shop->sql('select count(*) from identity.recovery_code
        where user_id = ? and hash = sha256(convert_to(?, \'UTF8\'))',
        $user->{user}{id}, $codes->[0] =~ tr/-//dr), 1, 'kept as hashes';

    is_deeply claims($t->value('/access_token'))->{amr}, ['mfa'],
      'a token of the stronger session';
    $t->get_ok('/api/v1/users/me/mfa' =>
          {Authorization => 'Bearer ' . $t->value('/access_token')})
      ->status_is(200)->json_is('/totp' => Mojo::JSON->true)
      ->json_is('/recovery_codes_left' => 10)
      ->json_is('/session_strong'      => Mojo::JSON->true);

    is audited($user, 'user.mfa_enabled'), 1, 'an audit row';
    wait_for(sub { told($user, 'user.mfa_enabled') }, 20, 'the event');
    ok mailed($user, qr/^Two-step sign-in is on$/), 'a notice';
};

subtest 'the two halves of a sign-in' => sub {
    my $user = enrolled();

    my $token = half($user);
    like $token, qr/^[\w-]{43}$/, 'an opaque token';
    is_deeply $t->value('/methods'), [qw(totp recovery_code)], 'the ways';
    is $t->value('/expires_in'), 300, 'for five minutes';
    $t->header_like('WWW-Authenticate' => qr/^Bearer/)
      ->header_is('Cache-Control' => 'no-store');
    ok !@{$t->tx->res->cookies}, 'no cookie';
    $t->get_ok('/api/v1/users/me' => {Authorization => "Bearer $token"})
      ->problem_is(401 => 'unauthenticated');
    $t->post_ok('/api/v1/auth/refresh' => json => {refresh_token => $token})
      ->problem_is(401 => 'unauthenticated');
    is $shop->sql('select count(*) from identity.mfa_ticket
        where hash = sha256(?::bytea)',
        '\x' . unpack 'H*', b64_decode($token =~ tr{-_}{+/}r)), 1,
      'kept as a hash';

    enter('x' x 43,  '123456')->problem_is(401 => 'invalid_mfa_token');
    enter('nonsense', '123456')->problem_is(401 => 'invalid_mfa_token');

    # the code that confirmed it was used
    enter($token, $user->{totp}->code)->problem_is(401 => 'invalid_code');
    is audited($user, 'mfa.refused'), 1, 'a refusal is written down';

    enter($token, $user->{totp}->code(1))->status_is(200)
      ->json_is('/user/email' => $user->{email})->json_has('/refresh_token');
    is_deeply claims($t->value('/access_token'))->{amr}, ['mfa'],
      'the token says so';
    is @{$t->tx->res->cookies}, 2, 'with cookies';
    is audited($user, 'session.opened'), 1, 'the sign-in is written down';
    my $refresh = $t->value('/refresh_token');

    enter($token, $user->{codes}[0])->problem_is(401 => 'invalid_mfa_token');

    $t->post_ok('/api/v1/auth/refresh' => json => {refresh_token => $refresh})
      ->status_is(200);
    is_deeply claims($t->value('/access_token'))->{amr}, ['mfa'],
      'a renewed one as well';

    $t->post_ok('/api/v1/auth/login' => json =>
          {email => $user->{email}, password => 'wrong-password'})
      ->problem_is(401 => 'invalid_credentials');
};

subtest 'a code counts once, at most a step from now' => sub {
    my $user = enrolled();
    forget_step($user);

    for my $away (-3, 3) {
        enter(half($user), $user->{totp}->code($away))
          ->problem_is(401 => 'invalid_code');
    }
    for my $away (-1, 0, 1) {
        wait_for(sub { time % 30 < 20 }, 15, 'a step that is not over soon');
        my $code = $user->{totp}->code($away);
        enter(half($user), $code)->status_is(200);
        enter(half($user), $code)->problem_is(401 => 'invalid_code');
    }
    enter(half($user), $user->{totp}->code(-1))
      ->problem_is(401 => 'invalid_code');

    forget_step($user);
    my $code   = $user->{totp}->code;
    my @tokens = map { half($user) } 1 .. 4;
    my @codes;
    Mojo::Promise->all(map {
            $t->ua->post_p($t->absolute('/api/v1/auth/mfa') => json =>
                  {mfa_token => $_, code => $code})
    } @tokens)
      ->then(sub (@all) { @codes = map { $_->[0]->res->code } @all })->wait;
    is_deeply [sort @codes], [200, 401, 401, 401],
      'once, however many try at the same time';
};

subtest 'recovery codes' => sub {
    my $user = enrolled();
    my @all  = @{$user->{codes}};

    enter(half($user), $all[0])->status_is(200);
    enter(half($user), $all[0])->problem_is(401 => 'invalid_code');
    enter(half($user), uc $all[1] =~ tr/-//dr)->status_is(200);
    enter(half($user), $all[2] =~ tr/-/ /r)->status_is(200);
    my $strong = {Authorization => 'Bearer ' . $t->value('/access_token')};
    $t->get_ok('/api/v1/users/me/mfa' => $strong)
      ->json_is('/recovery_codes_left' => 7);
    enter(half($user), $all[3] =~ s/.$/0/r)->problem_is(401 => 'invalid_code');

    my $stranger = enrolled();
    enter(half($user), $stranger->{codes}[0])
      ->problem_is(401 => 'invalid_code');

    $t->post_ok('/api/v1/users/me/mfa/recovery-codes' => $strong => json =>
          {code => $all[4]})->problem_is(422 => 'invalid_code');
    $t->post_ok('/api/v1/users/me/mfa/recovery-codes' => $strong => json =>
          {code => $user->{totp}->code(1)})->status_is(200);
    is @{$t->value('/recovery_codes')}, 10, 'ten new ones';
    my $new = $t->value('/recovery_codes/0');
    enter(half($user), $all[5])->problem_is(401 => 'invalid_code');
    enter(half($user), $new)->status_is(200);
    is audited($user, 'user.recovery_codes_renewed'), 1, 'an audit row';

    $t->post_ok('/api/v1/users/me/mfa/recovery-codes' =>
          $shop->register->{headers} => json => {code => '123456'})
      ->problem_is(404 => 'not_found');
};

subtest 'guessing' => sub {
    my $user = enrolled();
    my $bad  = '000000';

    my $token = half($user);
    enter($token, $bad)->problem_is(401 => 'invalid_code') for 1 .. 5;
    enter($token, $user->{totp}->code(1))
      ->problem_is(401 => 'invalid_mfa_token');

    $token = half($user);
    enter($token, $bad)->problem_is(401 => 'invalid_code') for 1 .. 4;
    $token = half($user);
    enter($token, $bad)->problem_is(401 => 'invalid_code');
    enter($token, $user->{totp}->code(1))->problem_is(429 => 'rate_limited')
      ->header_like('Retry-After' => qr/^(?:[1-8]\d\d|900)$/);
    enter(half($user), $user->{codes}[0])->problem_is(429 => 'rate_limited');

    my $inside = $user->{headers};
    $t->post_ok('/api/v1/users/me/mfa/recovery-codes' => $inside => json =>
          {code => $user->{totp}->code(1)})
      ->problem_is(429 => 'rate_limited')->header_exists('Retry-After');
    $t->delete_ok('/api/v1/users/me/mfa/totp' => $inside => json =>
          {code => $user->{totp}->code(1)})
      ->problem_is(429 => 'rate_limited');

    $shop->db->do("update identity.totp set locked_until =
        now() - interval '1 second' where user_id = ?", undef,
        $user->{user}{id});
    enter(half($user), $user->{totp}->code(1))->status_is(200);
};

subtest 'what makes mfa_token worthless' => sub {
    my $user = enrolled();

    my $token = half($user);
    $shop->db->do("update identity.mfa_ticket set expires_at = now()
        where user_id = ?", undef, $user->{user}{id});
    enter($token, $user->{codes}[0])->problem_is(401 => 'invalid_mfa_token');

    $token = half($user);
    $t->post_ok('/api/v1/auth/password/change' => $user->{headers} => json =>
          {current_password => $user->{password},
            new_password => 'another-horse-battery'})->status_is(204);
    enter($token, $user->{codes}[0])->problem_is(401 => 'invalid_mfa_token');
    $user->{password} = 'another-horse-battery';

    $token = half($user);
    $shop->db->do('update identity.account set blocked_at = now()
        where id = ?', undef, $user->{user}{id});
    enter($token, $user->{codes}[0])->problem_is(401 => 'invalid_mfa_token');
};

subtest 'removing and replacing it' => sub {
    my $user = enrolled();
    my $mine = $user->{headers};

    # as long as the session is young and strong
    $t->post_ok('/api/v1/users/me/mfa/totp' => $mine)->status_is(201);
    my $next = ShopTest::Totp->new(secret => $t->value('/secret'));
    enter(half($user), $user->{totp}->code(1))->status_is(200);
    my $new = {Authorization => 'Bearer ' . $t->value('/access_token')};
    $t->post_ok('/api/v1/users/me/mfa/totp/confirm' => $mine => json =>
          {code => $next->code})->status_is(200);
    enter(half($user), $user->{codes}[0])->problem_is(401 => 'invalid_code');
    enter(half($user), $next->code(1))->status_is(200);

    $shop->db->do("update identity.session set created_at =
        now() - interval '1 hour' where user_id = ?", undef,
        $user->{user}{id});
    for my $call ([POST => 'totp'], [DELETE => 'totp']) {
        my $method = lc($call->[0]) . '_ok';
        $t->$method("/api/v1/users/me/mfa/$call->[1]" => $mine)
          ->problem_is(403 => 'recent_sign_in_required');
    }
    $t->delete_ok('/api/v1/users/me/mfa/totp' => $mine => json =>
          {code => '000000'})->problem_is(422 => 'invalid_code');
    forget_step($user);
    $t->delete_ok('/api/v1/users/me/mfa/totp' => $mine => json =>
          {code => $next->code})->status_is(204);
    $t->delete_ok('/api/v1/users/me/mfa/totp' => $mine => json =>
          {code => $next->code})->problem_is(404 => 'not_found');
    $t->get_ok('/api/v1/users/me/mfa' => $new)
      ->json_is('/totp' => Mojo::JSON->false)
      ->json_is('/recovery_codes_left' => 0);
    $t->post_ok('/api/v1/auth/login' => json =>
          {email => $user->{email}, password => $user->{password}})
      ->status_is(200);
    is audited($user, 'user.mfa_disabled'), 1, 'an audit row';
    wait_for(sub { told($user, 'user.mfa_disabled') }, 20, 'the event');
    ok mailed($user, qr/^Two-step sign-in is off$/), 'a notice';

    # a session from before it was set up is not strong
    $user = $shop->register;
    my $old = {Authorization => 'Bearer ' . do {
        $t->post_ok('/api/v1/auth/login' => json =>
              {email => $user->{email}, password => $user->{password}});
        $t->value('/access_token') }};
    $t->post_ok('/api/v1/users/me/mfa/totp' => $user->{headers});
    my $totp = ShopTest::Totp->new(secret => $t->value('/secret'));
    $t->post_ok('/api/v1/users/me/mfa/totp/confirm' => $user->{headers} =>
          json => {code => $totp->code})->status_is(200);
    $t->delete_ok('/api/v1/users/me/mfa/totp' => $old)
      ->problem_is(403 => 'recent_sign_in_required');
    $t->delete_ok('/api/v1/users/me/mfa/totp' => $user->{headers})
      ->status_is(204);
};

subtest 'somebody lost it' => sub {
    my $user = enrolled();
    my $path = "/api/v1/users/$user->{user}{id}/mfa";
    $t->delete_ok($path => $user->{headers})->problem_is(403 => 'forbidden');
    $t->delete_ok($path => $shop->seller)->problem_is(403 => 'forbidden');

    my $helper = $shop->register;
    my $role   = 'helper' . unique_id() =~ s/\W//gr;
    $shop->db->do("insert into identity.role (name, permissions)
        values (?, '{users:write}')", undef, $role);
    $shop->db->do('insert into identity.account_role (user_id, role)
        values (?, ?)', undef, $_, $role)
      for $helper->{user}{id}, $user->{user}{id};
    $t->post_ok('/api/v1/auth/login' => json =>
          {email => $helper->{email}, password => $helper->{password}});
    my $help = {Authorization => 'Bearer ' . $t->value('/access_token')};
    wait_for(sub {
            $t->call(DELETE => '/api/v1/users/none/mfa' => $help)->code == 404;
    }, 5, 'the node to hear of the role');

    $shop->db->do("insert into identity.account_role (user_id, role)
        values (?, 'seller')", undef, $user->{user}{id});
    $t->delete_ok($path => $help)->problem_is(403 => 'forbidden');
    $shop->db->do("delete from identity.account_role where user_id = ?
        and role = 'seller'", undef, $user->{user}{id});
    $t->delete_ok($path => $help)->status_is(204);
    $t->delete_ok($path => $help)->problem_is(404 => 'not_found');
    is audited($user, 'user.mfa_reset'), 1, 'an audit row';
    $t->post_ok('/api/v1/auth/login' => json =>
          {email => $user->{email}, password => $user->{password}})
      ->status_is(200);
    ok mailed($user, qr/^Two-step sign-in is off$/), 'a notice';
};

subtest 'bad input' => sub {
    my $mine = $shop->customer;
    my $t    = $shop->t;
    for my $bad ({}, {mfa_token => 1, code => '1'}, {mfa_token => 'x'},
        {mfa_token => 'x', code => 'x' x 41},
        {mfa_token => 'x', code => '1', more => 1})
    {
        $t->post_ok('/api/v1/auth/mfa' => json => $bad)
          ->problem_is(422 => 'invalid_input');
    }
    for my $path (qw(totp/confirm recovery-codes)) {
        for my $bad ({}, {code => 123456}, {code => ''}, {cod => '1'}) {
            $t->post_ok("/api/v1/users/me/mfa/$path" => $mine => json => $bad)
              ->problem_is(422 => 'invalid_input');
        }
        $t->post_ok("/api/v1/users/me/mfa/$path" => json => {code => '1'})
          ->problem_is(401 => 'unauthenticated');
    }
    for my $call ([get => ''], [post => '/totp'], [delete => '/totp']) {
        my $method = "$call->[0]_ok";
        $t->$method("/api/v1/users/me/mfa$call->[1]")
          ->problem_is(401 => 'unauthenticated');
    }
};

# its client, once it knows the shop
sub ready ($nginx) {
    my $n = $nginx->t;
    wait_for(sub { $n->call(GET => '/api/v1/users/me')->code == 401 }, 10,
        'the node to be loaded');
    return $n;
}

subtest 'keys change' => sub {
    my $dir  = Mojo::File::tempdir;
    my $at   = sub (@keys) {
        return $shop->nginx(
            http   => join(' ', map {qq{shop_secret_key "$dir/$_";}} @keys),
            server => 'location /api/v1/ { shop_identity; }'
        );
    };

    # without a key of its own it is sealed by the refresh key
    my $user = enrolled(ready($at->()));
    my $id   = $user->{user}{id};
    $dir->child($_)->spurt("$_ of at least thirty-two bytes, in a file")
      for qw(old new);
    $dir->child('short')->spurt('short');
    my $sealed = sub {
        $shop->sql("select encode(substr(secret, 2, 4), 'hex')
            from identity.totp where user_id = ?", $id);
    };
    my %seen = ($sealed->() => 1);

    for my $keys (['old'], ['new', 'old']) {
        my $n = ready($at->(@$keys));
        forget_step($user);
        $n->post_ok('/api/v1/auth/login' => json =>
              {email => $user->{email}, password => $user->{password}});
        $n->post_ok('/api/v1/auth/mfa' => json =>
              {mfa_token => $n->value('/mfa_token'),
                code => $user->{totp}->code})->status_is(200);
        ok !$seen{$sealed->()}++, 'sealed by the new key when it is used';
    }

    my $nginx = $at->('old');
    my $n     = ready($nginx);
    forget_step($user);
    for my $try ([$user->{totp}->code, 401], [$user->{codes}[0], 200]) {
        $n->post_ok('/api/v1/auth/login' => json =>
              {email => $user->{email}, password => $user->{password}});
        $n->post_ok('/api/v1/auth/mfa' => json =>
              {mfa_token => $n->value('/mfa_token'), code => $try->[0]})
          ->status_is($try->[1]);
    }
    ok $nginx->log->grep(qr/no key opens the secret/),
      'without the key only recovery codes count';

    like $shop->nginx_refusal(http => qq{shop_secret_key "$dir/short";}),
      qr/holds less than 32 bytes/, 'a key that is too short';
    like $shop->nginx_refusal(http => qq{shop_secret_key "$dir/none";}),
      qr/the key file "[^"]+" /, 'a file that is not there';
};

subtest 'no secret in a log' => sub {
    my @log = map { $_->lines } values %{$shop->logs};
    ok !grep({/mfa_token=|otpauth|"code"/} @log), 'none';
};

done_testing;
