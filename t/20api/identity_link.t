#!/usr/bin/perl

# Outside identities and accounts: which account a sign-in opens, linking and
# unlinking, second factors, and providers that are slow, away or not who they
# say they are.

use Mojo::Base -signatures;

use IO::Socket::INET;
use Mojo::IOLoop;
use Mojo::JSON qw(encode_json false true);

use ShopTest;
use ShopTest::File qw(write_file);
use ShopTest::Issuer;
use ShopTest::Relying;

my $shop   = shop;
my $issuer = ShopTest::Issuer->new->start;
my $says   = ShopTest::Issuer->new->start;
my $liar   = ShopTest::Issuer->new->start;
my $absent = 'http://127.0.0.1:' . ShopTest::Stack::free_port();

# TLS: one whose certificate is known, one whose isn't
my $tls = tls_files();
my $safe
  = ShopTest::Issuer->new(tls => {cert => "$tls/good.pem",
    key => "$tls/good.key"})->start;
my $unsafe
  = ShopTest::Issuer->new(tls => {cert => "$tls/bad.pem",
    key => "$tls/bad.key"})->start;

my $secret = $issuer->dir->child('secret');
write_file($secret, 'a-secret-of-a-client');

my $nginx = relying($shop, <<"CONF", ca => "$tls/ca.pem", workers => 2);
shop_oidc test issuer=@{[$issuer->url]} client_id=shop secret=$secret;
shop_oidc strong issuer=@{[$says->url]} client_id=shop mfa=on hd=firm.test;
shop_oidc liar issuer=@{[$liar->url]} client_id=shop secret=$secret;
shop_oidc absent issuer=$absent client_id=shop;
shop_oidc safe issuer=@{[$safe->url]} client_id=shop;
shop_oidc unsafe issuer=@{[$unsafe->url]} client_id=shop;
CONF

sub tls_files {
    my $dir = Mojo::File::tempdir(CLEANUP => 0);
    chmod 0755, $dir;
    my $run = sub (@command) {
        my $said = qx(@command 2>&1);
        die "@command: $said" if $?;
    };
    for my $name (qw(ca other)) {
        $run->("openssl req -x509 -newkey ec -pkeyopt"
              . " ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=$name"
              . " -keyout $dir/$name.key -out $dir/$name.pem");
    }
    write_file("$dir/ext", "subjectAltName=IP:127.0.0.1\n");
    for my $pair (['good', 'ca'], ['bad', 'other']) {
        my ($name, $ca) = @$pair;
        $run->("openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1"
              . " -nodes -subj /CN=127.0.0.1 -keyout $dir/$name.key"
              . " -out $dir/$name.csr");
        $run->("openssl x509 -req -in $dir/$name.csr -CA $dir/$ca.pem"
              . " -CAkey $dir/$ca.key -CAcreateserial -days 2"
              . " -extfile $dir/ext -out $dir/$name.pem");
    }
    return $dir;
}

sub claims ($query, %with) {
    my %claims = (
        iss => $issuer->url, aud => 'shop', sub => unique_id(),
        exp => time + 60, iat => time, nonce => $query->{nonce},
        email => unique_email(), email_verified => true, name => 'Ada',
        %with
    );
    delete @claims{grep { !defined $claims{$_} } keys %claims};
    return \%claims;
}

# a sign-in, or with link => 'true' a link; the claims of the id_token
sub arrive ($t, $query_of = {}, %with) {
    my ($provider, $at) = ('test', $issuer);
    ($provider, $at) = @{delete $with{at}} if $with{at};
    my %headers = %{delete $with{headers} // {}};
    my ($query) = begin($t, $provider, %$query_of, headers => \%headers);
    my $claims = claims($query, iss => $at->url, %with);
    $at->set(id_token => $at->sign($claims));
    come_back($t, $provider, $query, headers => \%headers);
    return $claims;
}

sub at ($t, $path, $what = $path) {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return $t->header_is(Location => $path, $what);
}

# a browser that is signed in by password
sub signed_in (%with) {
    my $user = $shop->register(%with);
    my $t    = $nginx->t;
    $t->post_ok('/api/v1/auth/login' => json =>
          {email => $user->{email}, password => $user->{password}})
      ->status_is(200);
    return ($t, $user);
}

sub verify ($user) {
    $shop->db->do('update identity.account set email_verified_at = now()
        where id = ?', undef, $user->{user}{id});
    return;
}

my %same = ('Sec-Fetch-Site' => 'same-origin');

subtest 'an address that is taken' => sub {
    my $user = $shop->register;
    my $t    = $nginx->t;
    arrive($t, {next => '/cart'}, email => $user->{email});
    at($t, '/sign-in?error=link_required&next=%2Fcart', 'ours is not verified');
    verify($user);
    for my $said (false, undef, 'yes', 1, 'false') {
        $t = $nginx->t;
        arrive($t, {}, email => $user->{email}, email_verified => $said);
        at($t, '/sign-in?error=link_required', 'theirs is not');
    }
    my $claims = arrive($t, {}, email => uc $user->{email},
        email_verified => 'true');
    at($t, '/', 'both are');
    $t->get_ok('/api/v1/users/me')->json_is('/id' => $user->{user}{id});
    is $shop->sql(q{select count(*) from ops.audit where actor = ?
        and action = 'user.identity_linked'}, $user->{user}{id}), 1, 'audit';
    arrive($nginx->t, {}, sub => $claims->{sub}, email => undef);
};

subtest 'without an address' => sub {
    my $t = $nginx->t;
    arrive($t, {}, email => undef);
    at($t, '/sign-in?error=email_missing', 'nobody tells it');

    $issuer->set(userinfo => {sub => 'another', email => unique_email(),
        email_verified => true});
    arrive($t, {}, email => undef);
    at($t, '/sign-in?error=email_missing', 'userinfo is of another');

    my $sub = unique_id();
    $issuer->set(userinfo => {sub => $sub, email => unique_email(),
        email_verified => true, name => "  Grace\tHopper "});
    arrive($t, {}, email => undef, name => undef, sub => $sub);
    at($t, '/', 'userinfo tells it');
    is +($issuer->asked('userinfo'))[-1]{authorization}, 'Bearer opaque',
      'by the access token';
    $t->get_ok('/api/v1/users/me')->json_is('/name' => 'Grace Hopper')
      ->json_is('/email_verified' => true);
    $issuer->set(userinfo => undef);

    for my $email ('x', '@', 'x' x 300 . '@x.test') {
        my $u = $nginx->t;
        arrive($u, {}, email => $email);
        unlike $u->tx->res->headers->location, qr{^/$}, "no account for it";
    }
};

subtest 'a guest\'s cart' => sub {
    my $t       = $nginx->t;
    my $product = $shop->t->get_ok('/api/v1/products?in_stock=true&limit=50')
      ->value;
    my ($one) = grep { $_->{in_stock} } @{$product->{items}};
    $t->post_ok('/api/v1/cart/add' => json => {product_id => $one->{id}});
    plan skip_all => 'no product to add' if $t->tx->res->code != 200;
    arrive($t);
    at($t, '/');
    $t->get_ok('/api/v1/cart')->json_is('/items/0/quantity' => 1);
};

subtest 'blocked' => sub {
    my $t      = $nginx->t;
    my $claims = arrive($t);
    my $id     = $t->get_ok('/api/v1/users/me')->value('/id');
    $shop->t->patch_ok("/api/v1/users/$id" => $shop->admin =>
          json => {blocked => true})->status_is(200);
    $t = $nginx->t;
    arrive($t, {}, sub => $claims->{sub});
    at($t, '/sign-in?error=blocked');
    ok !grep({/^refresh=[^;]/}
        @{$t->tx->res->headers->every_header('Set-Cookie')}), 'no session';
};

subtest 'linking' => sub {
    my ($t, $user) = signed_in();
    my $claims = arrive($t, {link => 'true', next => '/account/security?x=1'},
        email => unique_email());
    at($t, '/account/security?x=1');
    $t->get_ok('/api/v1/users/me/identities')->status_is(200)
      ->json_is('/items/0/provider' => 'test')
      ->json_is('/items/0/email'    => $claims->{email})
      ->json_hasnt('/items/1')->json_hasnt('/items/0/subject');
    my $id = $t->value('/items/0/id');

    my $other = $nginx->t;
    arrive($other, {}, sub => $claims->{sub});
    $other->get_ok('/api/v1/users/me')->json_is('/id' => $user->{user}{id});

    arrive($t, {link => 'true'}, sub => $claims->{sub});
    at($t, '/', 'again is no harm');
    my ($second) = signed_in();
    arrive($second, {link => 'true', next => '/a?b=1'}, sub => $claims->{sub});
    at($second, '/a?b=1&error=linked_elsewhere', 'nobody takes it away');

    my $stranger = $nginx->t;
    $stranger->get_ok('/api/v1/auth/oidc/test?link=true&next=/cart')
      ->status_is(303);
    at($stranger, '/sign-in?error=sign_in_first&next=%2Fcart', 'not signed in');
    $stranger->get_ok('/api/v1/auth/oidc/test?link=perhaps')
      ->problem_is(422, 'invalid_input');

    # the browser changed hands between
    my ($third) = signed_in();
    my ($query) = begin($third, 'test', link => 'true');
    $issuer->set(id_token => $issuer->sign(claims($query)));
    $third->post_ok('/api/v1/auth/logout' => \%same => json => {})
      ->status_is(204);
    come_back($third, 'test', $query);
    at($third, '/sign-in?error=sign_in_first', 'who began is gone');

    my ($late, $who) = signed_in();
    $shop->db->do(q{update identity.session
        set created_at = now() - interval '16 minutes' where user_id = ?},
        undef, $who->{user}{id});
    arrive($late, {link => 'true'});
    at($late, '/?error=recent_sign_in', 'signed in long ago');

    my $delete = "/api/v1/users/me/identities/$id";
    $late->delete_ok($delete => \%same)->problem_is(404, 'not_found');
    $shop->t->delete_ok($delete)->problem_is(401, 'unauthenticated');
    $t->delete_ok("${delete}x" => \%same)->problem_is(404, 'not_found');
    $t->delete_ok($delete => {'Sec-Fetch-Site' => 'cross-site'})
      ->problem_is(403, 'forbidden');
    $shop->db->do(q{update identity.session
        set created_at = created_at - interval '6 minutes'
        where user_id = ?}, undef, $user->{user}{id});
    $t->delete_ok($delete => \%same)
      ->problem_is(403, 'recent_sign_in_required');
    $t->post_ok('/api/v1/auth/login' => json =>
          {email => $user->{email}, password => $user->{password}})
      ->status_is(200);
    $t->delete_ok($delete => \%same)->status_is(204);
    $t->get_ok('/api/v1/users/me/identities')->json_is('/items' => []);
    $t->delete_ok($delete => \%same)->problem_is(404, 'not_found');
};

subtest 'the last way to sign in' => sub {
    my $t = $nginx->t;
    arrive($t);
    $t->get_ok('/api/v1/users/me/identities')->status_is(200);
    my $id = $t->value('/items/0/id');
    $t->delete_ok("/api/v1/users/me/identities/$id" => \%same)
      ->problem_is(409, 'last_way_to_sign_in');
    arrive($t, {link => 'true'}, at => ['strong', $says], hd => 'firm.test');
    at($t, '/', 'a second one');
    $t->delete_ok("/api/v1/users/me/identities/$id" => \%same)
      ->status_is(204);
    $t->get_ok('/api/v1/users/me/export')->status_is(200)
      ->json_is('/identities/0/provider' => 'strong');
};

subtest 'a second factor' => sub {
    for my $at (['test', $issuer], ['strong', $says]) {
        my $t      = $nginx->t;
        my %with   = (at => $at, hd => 'firm.test');
        my $claims = arrive($t, {}, %with);
        at($t, '/', 'none yet');
        my $id = $t->get_ok('/api/v1/users/me')->value('/id');
        $shop->db->do(q{insert into identity.totp
            (user_id, secret, confirmed_at) values (?, ?::bytea, now())},
            undef, $id, '\x' . '00' x 48);

        $t = $nginx->t;
        arrive($t, {next => '/cart?a=b'}, %with, sub => $claims->{sub});
        $t->header_like(Location =>
              qr{^/sign-in\?next=%2Fcart%3Fa%3Db#mfa_token=[\w-]{43}$},
            "$at->[0]: the code is asked for");
        $t->get_ok('/api/v1/users/me')->problem_is(401, 'unauthenticated');
        arrive($t, {}, %with, sub => $claims->{sub}, amr => ['pwd', 'mfa']);
        if ($at->[0] eq 'strong') {
            at($t, '/', 'the word of this one counts');
        }
        else {
            $t->header_like(Location => qr/mfa_token/, 'of this one not');
        }
    }
};

subtest 'of one domain' => sub {
    for my $hd ('evil.test', undef, '') {
        my $t = $nginx->t;
        arrive($t, {}, at => ['strong', $says], hd => $hd);
        at($t, '/sign-in?error=provider_mismatch', $hd // 'none');
    }
    my ($query) = begin($nginx->t, 'strong');
    is $query->{hd}, 'firm.test', 'the provider is told';
};

subtest 'discovery' => sub {
    my $wrong = sub ($what, %with) {
        $liar->publish(discovery => \%with);
        my $t = $nginx->t;
        wait_for(sub {
            my $before = () = $liar->asked('discovery');
            $t->call(GET => '/api/v1/auth/oidc/liar');
            my $now = () = $liar->asked('discovery');
            return $now > $before;
        }, 10, 'a fetch');
        $t->get_ok('/api/v1/auth/oidc/liar')->status_is(303);
        at($t, '/sign-in?error=provider_unavailable', $what);
        return;
    };
    $wrong->('another issuer', issuer => 'https://x.test');
    $wrong->('a slash more',   issuer => $liar->url . '/');
    $wrong->('http abroad', token_endpoint => 'http://x.test/token');
    $wrong->('a line break', jwks_uri => $liar->url . "/jwks\r\nX: y");
    $wrong->('no keys',     jwks_uri => undef);
    $wrong->('a number',    token_endpoint => 1);
    $wrong->('no PKCE by S256', code_challenge_methods_supported => ['plain']);
    $wrong->('no algorithm of ours',
        id_token_signing_alg_values_supported => ['HS256', 'none', 1]);
    $wrong->('lists that are none', code_challenge_methods_supported => 'S256');
    $liar->publish(discovery => {
        code_challenge_methods_supported      => ['plain', 'S256'],
        id_token_signing_alg_values_supported => ['ES384', 'RS256'],
        token_endpoint_auth_methods_supported => ['client_secret_post'],
        authorization_response_iss_parameter_supported => true
    });
    my $t = $nginx->t;
    wait_for(sub {
        $t->call(GET => '/api/v1/auth/oidc/liar')->headers->location
          =~ /authorize/;
    }, 10, 'a good one');

    # RFC 9207: who says that it tells its name has to
    for my $try (['/sign-in?error=provider_mismatch'], ['/', iss => $liar->url])
    {
        my ($at, %more) = @$try;
        my ($query) = begin($t, 'liar');
        $liar->set(id_token => $liar->sign(claims($query, iss => $liar->url)));
        come_back($t, 'liar', $query, %more);
        at($t, $at);
    }
    my ($asked) = ($liar->asked('token'))[-1];
    is $asked->{authorization}, undef, 'credentials go by the form';
    is $asked->{form}{client_id},     'shop',                 'client_id';
    is $asked->{form}{client_secret}, 'a-secret-of-a-client', 'client_secret';
};

subtest 'who is not there' => sub {
    for my $name (qw(absent unsafe)) {
        my $t = $nginx->t;
        $t->get_ok("/api/v1/auth/oidc/$name?next=/cart")->status_is(303);
        at($t, '/sign-in?error=provider_unavailable&next=%2Fcart', $name);
    }
    ok $nginx->log->grep(qr/certificate verify error/), 'why, in the log';
    my $t = $nginx->t;
    arrive($t, {}, at => ['safe', $safe]);
    at($t, '/', 'TLS by a certificate that is known');
    is scalar(() = $unsafe->asked('discovery')), 0, 'nothing was asked';
};

subtest 'a client that leaves, a provider that sleeps' => sub {
    my $t = $nginx->t;
    my ($query) = begin($t, 'test');
    my ($cookie) = map {s/;.*//r}
      grep {/^oidc-/} @{$t->tx->res->headers->every_header('Set-Cookie')};
    $issuer->set('how-token' => {hang => 60});
    my $before = () = $issuer->asked('token');
    my ($port) = $nginx->url =~ /:(\d+)$/;
    my $socket = IO::Socket::INET->new("127.0.0.1:$port") or die $!;
    print {$socket} "GET /api/v1/auth/oidc/test/callback?code=x&state="
      . "$query->{state} HTTP/1.1\r\nHost: x\r\nCookie: $cookie\r\n\r\n";
    wait_for(sub { (() = $issuer->asked('token')) > $before }, 5, 'asked');
    close $socket;

    ($query) = begin($t, 'test');
    come_back($t, 'test', $query);
    at($t, '/sign-in?error=provider_unavailable', 'in time');
    $issuer->set('how-token' => {});
    $t->get_ok('/api/v1/products')->status_is(200);
};

subtest 'no secret in a log' => sub {
    my $log = join "\n", $nginx->log->grep(qr/./);
    unlike $log, qr/a-secret-of-a-client|the-code|mfa_token=|[?&]state=/,
      'of sign-ins';
};

done_testing;
