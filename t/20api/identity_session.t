#!/usr/bin/perl

# Refresh tokens, renewal of cookies in the gateway, the end of sessions.

use Mojo::Base -signatures;

use Mojo::Promise;

use ShopTest;

my $shop = shop;
my $t    = $shop->t;

# tokens that expire while one waits, on the same database
my $short = $shop->nginx(
    workers => 2,
    http    => 'shop_token_ttl 1s; shop_refresh_ttl 1h;',
    server  => 'location /api/v1/ { shop_identity; }'
);
$t->get_ok('/api/v1/users/me')->status_is(401);
wait_for(sub {
    $short->t->call(GET => '/api/v1/users/me')->code == 401;
}, 10, 'the second gateway');

sub cookie ($tx, $name) {
    my ($cookie) = grep { $_->name eq $name } @{$tx->res->cookies};
    return $cookie ? $cookie->value : undef;
}

sub sign_in ($client, $user) {
    $client->post_ok('/api/v1/auth/login' => json =>
          {email => $user->{email}, password => $user->{password}})
      ->status_is(200);
    my $tx = $client->tx;
    $client->ua->cookie_jar->empty;
    return {map { $_ => cookie($tx, $_) } qw(access refresh)};
}

# a client without a cookie jar: cookies are what the test sends
sub bare ($nginx) {
    my $client = $nginx->t;
    $client->ua->cookie_jar->ignore(sub {1});
    return $client;
}

sub header (%cookies) {
    return {Cookie => join '; ', map {"$_=$cookies{$_}"} sort keys %cookies};
}

sub stands ($token) {
    return $t->call(GET => '/api/v1/auth/validate-token' =>
          {Authorization => "Bearer $token"})->code == 200;
}

subtest 'a token in the body is used once' => sub {
    my $user = $shop->register;

    $t->post_ok('/api/v1/auth/refresh' => json =>
          {refresh_token => $user->{refresh}})->status_is(200)
      ->json_is('/expires_in' => 3600)->json_has('/access_token')
      ->header_is('Cache-Control' => 'no-store');
    my $second = $t->value('/refresh_token');
    my $access = $t->value('/access_token');
    isnt $second, $user->{refresh}, 'another token';
    ok stands($access), 'the new access token counts';
    ok stands($user->{access}), 'the old one until it expires';

    $t->post_ok('/api/v1/auth/refresh' => json =>
          {refresh_token => $user->{refresh}})
      ->problem_is(401 => 'refresh_reused');
    $t->post_ok('/api/v1/auth/refresh' => json =>
          {refresh_token => $second})->status_is(401);

    ok wait_for(sub { !stands($access) && !stands($user->{access}) }, 5),
      'the whole family has ended soon';
    is $shop->sql('select end_reason from identity.session
        where user_id = ?', $user->{user}{id}), 'reuse', 'for its reason';
};

subtest 'what is no refresh token' => sub {
    $t->ua->cookie_jar->empty;
    $t->post_ok('/api/v1/auth/refresh')->problem_is(401 => 'unauthenticated');
    for my $bad ('x', 'A' x 43, 'A' x 42 . 'B', '../../etc/passwd',
        $shop->register->{access})
    {
        $t->post_ok('/api/v1/auth/refresh' => json =>
              {refresh_token => substr $bad, 0, 200})
          ->problem_is(401 => 'unauthenticated');
    }
    $t->post_ok('/api/v1/auth/refresh' => json => {refresh_token => 7})
      ->problem_is(422 => 'invalid_input');

    my $user = $shop->register;
    $shop->db->do("update identity.refresh set expires_at = now()
        where session_id in (select id from identity.session
                             where user_id = ?)", undef, $user->{user}{id});
    $t->post_ok('/api/v1/auth/refresh' => json =>
          {refresh_token => $user->{refresh}})
      ->problem_is(401 => 'unauthenticated');
};

subtest 'the cookie needs the same origin' => sub {
    my $user   = $shop->register;
    my $client = bare($shop);
    my $cookie = header(refresh => $user->{refresh});
    my $behind = $shop->url =~ s/^http:/https:/r;    # a balancer that ends TLS
    for my $origin (
        {}, {Origin => 'http://evil.test'}, {Origin => 'null'},
        {Origin => 'https://evil.test'}, {Origin => $behind =~ s/:\d+$//r},
        {Origin => $behind, 'Sec-Fetch-Site' => 'same-site'},
        {'Sec-Fetch-Site' => 'cross-site'}, {'Sec-Fetch-Site' => 'none'},
        {'Sec-Fetch-Site' => 'same-origin', Origin => 'http://evil.test'}
      )
    {
        $client->post_ok('/api/v1/auth/refresh' => {%$cookie, %$origin})
          ->problem_is(403 => 'forbidden');
    }
    $client->post_ok(
        '/api/v1/auth/refresh' => {%$cookie, Origin => $shop->url})
      ->status_is(200);
    my $next = $client->value('/refresh_token');
    $client->post_ok('/api/v1/auth/refresh' =>
          {%$cookie, %$_})->status_is(200)->json_is('/refresh_token' => $next)
      for {'Sec-Fetch-Site' => 'same-origin'}, {Origin => $behind};
};

subtest 'the gateway renews within the request' => sub {
    my $user    = $shop->register;
    my $client  = bare($short);
    my $cookies = sign_in($short->t, $user);

    ok wait_for(sub { !stands($cookies->{access}) }, 5), 'it has expired';

    my (%next, @codes, @control);
    Mojo::Promise->all(map {
            $client->ua->get_p($client->absolute('/api/v1/users/me') =>
                  header(%$cookies))
    } 1 .. 100)->then(sub (@all) {
        for my $tx (map { $_->[0] } @all) {
            push @codes, $tx->res->code;
            push @control, $tx->res->headers->cache_control;
            $next{cookie($tx, 'refresh') // 'none'}++;
        }
    })->wait;

    is_deeply [grep { $_ != 200 } @codes], [], '100 at once are answered';
    is keys %next, 1, 'and have one successor';
    is_deeply [grep { $_ ne 'no-store' } @control], [], 'none to be cached';

    my ($second) = keys %next;
    $client->get_ok('/api/v1/users/me' => header(refresh => $second))
      ->status_is(200);
    isnt cookie($client->tx, 'refresh'), $second, 'the successor is used';

    $client->get_ok('/api/v1/users/me' => header(refresh => $cookies->{refresh}))
      ->status_is(401);
    is cookie($client->tx, 'refresh'), '',
      'after that the first is reuse: cookies are taken away';
    $client->get_ok('/api/v1/users/me' => header(refresh => $second))
      ->status_is(401);
};

subtest '100 refreshes of one cookie' => sub {
    my $user   = $shop->register;
    my $client = bare($shop);
    my %cookie = (%{header(refresh => $user->{refresh})},
        Origin => $shop->url);
    $client->ua->max_connections(0);

    my (%next, %codes);
    Mojo::Promise->all(map {
            $client->ua->post_p($client->absolute('/api/v1/auth/refresh') =>
                  \%cookie)
    } 1 .. 100)->then(sub (@all) {
        for my $tx (map { $_->[0] } @all) {
            $codes{$tx->res->code}++;
            $next{$tx->res->json('/refresh_token') // 'none'}++;
        }
    })->wait;

    is_deeply \%codes, {200 => 100}, 'all are answered';
    is keys %next, 1, 'with one successor';
    is_deeply $shop->db->selectrow_arrayref("select count(distinct s.id),
        count(*) filter (where s.ended_at is not null), count(*)
        from identity.session s join identity.refresh r
        on r.session_id = s.id where s.user_id = ?", undef,
        $user->{user}{id}), [1, 0, 2], 'one family, of two tokens';
    ok stands($user->{access}), 'and no sign-out';
};

subtest 'after 30 seconds it is reuse' => sub {
    my $user   = $shop->register;
    my $client = bare($shop);
    my %cookie = (refresh => $user->{refresh});

    $client->get_ok('/api/v1/users/me' => header(%cookie))->status_is(200);
    $client->get_ok('/api/v1/users/me' => header(%cookie))->status_is(200);
    $shop->db->do("update identity.refresh set used_at = now() - interval
        '31 s' where used_at is not null and session_id in
        (select id from identity.session where user_id = ?)", undef,
        $user->{user}{id});
    $client->get_ok('/api/v1/users/me' => header(%cookie))->status_is(401);
    is $shop->sql('select end_reason from identity.session
        where user_id = ?', $user->{user}{id}), 'reuse', 'the session ended';
};

subtest 'unsafe methods by cookie' => sub {
    my $user   = $shop->register;
    my $client = bare($shop);
    my $cookie = header(access => $user->{access});

    $client->get_ok('/api/v1/users/me' => $cookie)->status_is(200);
    $client->patch_ok('/api/v1/users/me' => $cookie => json => {name => 'x'})
      ->problem_is(403 => 'forbidden');
    $client->patch_ok(
        '/api/v1/users/me' => {%$cookie, Origin => $shop->url} => json =>
          {name => 'By cookie'})->status_is(200)
      ->json_is('/name' => 'By cookie');
};

subtest 'cookies that are no good' => sub {
    my $client = bare($shop);
    for my $bad ('x', 'a.b.c', 'A' x 5000, '%00') {
        $client->get_ok('/api/v1/users/me' => header(access => $bad))
          ->problem_is(401 => 'unauthenticated');
        $client->get_ok('/api/v1/users/me' => header(refresh => $bad))
          ->problem_is(401 => 'unauthenticated');
    }
};

subtest 'signing out' => sub {
    my $user = $shop->register;
    my $one  = sign_in($t, $user);
    my $two  = sign_in($t, $user);

    $t->post_ok('/api/v1/auth/logout' =>
          {Authorization => "Bearer $one->{access}"})->status_is(204);
    is cookie($t->tx, 'access'), '', 'the cookie is taken away';
    $t->ua->cookie_jar->empty;

    $t->get_ok('/api/v1/auth/validate-token' =>
          {Authorization => "Bearer $one->{access}"})
      ->problem_is(401 => 'unauthenticated');
    ok wait_for(
        sub {
            $short->t->call(GET => '/api/v1/auth/validate-token' =>
                  {Authorization => "Bearer $one->{access}"})->code == 401;
        },
        5
      ),
      'the other node knows soon';
    ok stands($two->{access}), 'the other session stands';
    $t->post_ok('/api/v1/auth/refresh' => json =>
          {refresh_token => $one->{refresh}})
      ->problem_is(401 => 'unauthenticated');

    $t->post_ok('/api/v1/auth/logout?all=true' =>
          {Authorization => "Bearer $two->{access}"})->status_is(204);
    ok wait_for(sub { !stands($two->{access}) && !stands($user->{access}) },
        5), 'all sessions have ended';
    $t->ua->cookie_jar->empty;

    my $again = sign_in($t, $user);
    ok stands($again->{access}), 'a sign-in right after counts';
    $t->post_ok('/api/v1/auth/logout')->problem_is(401 => 'unauthenticated');
    $t->post_ok('/api/v1/auth/logout?all=maybe' =>
          {Authorization => "Bearer $again->{access}"})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/parameter' => 'all');
};

subtest 'revocations outlive a reload' => sub {
    my $user = $shop->register;
    my $old  = $short->pid;
    $t->post_ok('/api/v1/auth/logout' => $user->{headers})->status_is(204);
    $t->ua->cookie_jar->empty;
    $short->reload;
    for (1 .. 20) {
        my $code = $short->t->call(GET => '/api/v1/auth/validate-token' =>
              $user->{headers})->code;
        is $code, 401, 'still refused' or last;
    }
};

subtest 'an account has at most 50 sessions' => sub {
    my $user = $shop->register;
    $shop->db->do("select identity.open_session(1, ?, sha256(('s' || n
        || random())::bytea), 3600, 604800, 'test', null)
        from generate_series(1, 50) as n", undef, $user->{user}{id});
    is $shop->sql('select count(*) from identity.session where user_id = ?
        and ended_at is null', $user->{user}{id}), 50, 'fifty';
    ok wait_for(sub { !stands($user->{access}) }, 5), 'the first has ended';
};

subtest 'cleaning' => sub {
    my $user = $shop->register;
    $shop->db->do("update identity.session set expires_at = now() - interval
        '31 days' where user_id = ?", undef, $user->{user}{id});
    cmp_ok $shop->sql('select identity.clean()'), '>=', 1, 'something went';
    is $shop->sql('select count(*) from identity.session where user_id = ?',
        $user->{user}{id}), 0, 'the old session';
};

done_testing;
