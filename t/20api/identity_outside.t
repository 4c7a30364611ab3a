#!/usr/bin/perl

# Bearer tokens of outside issuers: whom they speak for, and bad ones of every
# kind.

use Mojo::Base -signatures;

use Digest::SHA qw(hmac_sha256);
use Mojo::JSON  qw(encode_json false true);

use ShopTest;
use ShopTest::Issuer;
use ShopTest::Relying;

my $shop   = shop;
my $issuer = ShopTest::Issuer->new->start;
my $mfa    = ShopTest::Issuer->new->start;
my $both   = ShopTest::Issuer->new->start;
my $fresh  = ShopTest::Issuer->new->start;
my $gone   = 'http://127.0.0.1:' . ShopTest::Stack::free_port();
my $page   = 'https://shop.test';

my $nginx = relying($shop, <<"CONF");
shop_oidc clerk trust=bearer issuer=@{[$issuer->url]}
          azp=$page,https://www.shop.test skew=5s provision=on;
shop_oidc linked trust=bearer issuer=@{[$mfa->url]} audience=shop-api
          skew=5s mfa=on;
shop_oidc both trust=both issuer=@{[$both->url]} client_id=shop
          audience=shop-api;
shop_oidc fresh trust=bearer issuer=@{[$fresh->url]} azp=$page provision=on;
shop_oidc gone trust=bearer issuer=$gone audience=x;
CONF

my $t = $nginx->t;
$t->ua->cookie_jar->ignore(sub {1});
my $path = '/api/v1/users/me';

sub claims (%with) {
    my %claims = (
        iss   => $issuer->url,
        sub   => 'user_' . unique_id(),
        sid   => 'sess_' . unique_id(),
        azp   => $page,
        iat   => time,
        nbf   => time,
        exp   => time + 60,
        email => unique_email(),
        email_verified => true,
        name => 'Ada',
        v    => 2,
        %with
    );
    delete @claims{grep { !defined $claims{$_} } keys %claims};
    return \%claims;
}

sub bearer ($token) { return {Authorization => "Bearer $token"} }

sub refused ($token, $what, $why = undef) {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    $t->get_ok($path => bearer($token), $what)
      ->problem_is(401 => 'unauthenticated')
      ->header_like('WWW-Authenticate' => qr/error="invalid_token"/);
    $t->json_like('/detail' => $why) if $why;
    return;
}

my $claims = claims();
my $token  = $issuer->sign($claims);
my $id;

subtest 'an account at first sight' => sub {
    $t->get_ok($path => bearer($token))->status_is(200)
      ->json_is('/email' => $claims->{email})->json_is('/name' => 'Ada')
      ->json_is('/roles' => ['customer'])
      ->json_is('/email_verified' => true);
    $id = $t->value('/id');
    $t->get_ok($path => bearer($token))->status_is(200)
      ->json_is('/id' => $id);
    $t->get_ok($path => bearer($issuer->sign({%$claims, jti => 'x'})))
      ->status_is(200)->json_is('/id' => $id);
    is $shop->sql('select count(*) from identity.linked where user_id = ?',
        $id), 1, 'linked';

    $t->get_ok("$path/identities" => bearer($token))->status_is(200)
      ->json_is('/items/0/provider' => 'clerk')
      ->json_is('/items/0/issuer'   => $issuer->url)
      ->json_is('/items/0/email'    => $claims->{email});
    $t->get_ok('/api/v1/auth/validate-token' => bearer($token))
      ->status_is(200)->json_is('/sub' => $id)
      ->trips_is('sql=0 redis=0');
    $t->get_ok('/api/v1/products' => bearer($token))->status_is(200);
    $t->post_ok('/api/v1/products' => bearer($token) =>
          json => {name => 'x', price => 1})->problem_is(403, 'forbidden');
    $t->post_ok('/api/v1/auth/logout' => bearer($token) => json => {})
      ->status_is(204);
};

# its keys are fetched while the body waits in the socket
subtest 'with a body' => sub {
    my %address = (name => 'Ada', line1 => 'x' x 200, city => 'y' x 100,
        postal_code => '1', country => 'DE');
    $t->post_ok("$path/addresses" => bearer(
        $fresh->sign(claims(iss => $fresh->url))) => json => \%address)
      ->status_is(201)->json_is('/line1' => $address{line1});
    my $large = encode_json({%address, line2 => 'z' x 300_000});
    $fresh->add_key('k2', 'RS256')->publish;
    wait_for(sub {
        my $one = $fresh->sign(claims(iss => $fresh->url), kid => 'k2');
        $t->call(POST => "$path/addresses", {%{bearer($one)},
            'Content-Type' => 'application/json'}, $large)->code == 422;
    }, 20, 'the body to be read after the fetch');
    $t->get_ok('/api/v1/products')->status_is(200);
};

subtest 'at once' => sub {
    my $one = $issuer->sign(claims());
    my @all = map { $t->ua->get_p($nginx->url . $path => bearer($one)) } 1 .. 20;
    my %seen;
    Mojo::Promise->all(@all)->then(sub (@tx) {
        $seen{$_->[0]->res->code . ' ' . ($_->[0]->res->json('/id') // '')}++
          for @tx;
    })->wait;
    is scalar(keys %seen), 1, 'one account' or diag explain \%seen;
    like((keys %seen)[0], qr/^200 /, 'for all');
};

subtest 'bad ones' => sub {
    my $with = sub ($what, %claims) {
        refused($issuer->sign({%{claims()}, %claims}), $what);
        return;
    };
    my $without = sub ($what, $name) {
        refused($issuer->sign(claims($name => undef)), $what);
        return;
    };
    $with->('iss of another',   iss => 'https://x.test');
    $with->('azp of another',   azp => 'https://evil.test');
    $with->('azp of a number',  azp => 1);
    $with->('expired',          exp => time - 10, iat => time - 70);
    $with->('exp as text',      exp => '' . (time + 60));
    $with->('a year',           exp => time + 365 * 86400);
    $with->('iat of tomorrow',  iat => time + 3600, exp => time + 7200);
    $with->('nbf of later',     nbf => time + 30);
    $with->('pending',          sts => 'pending');
    $with->('for another',      act => {sub => 'user_x'});
    $with->('an id_token',      nonce => 'x');
    $with->('an id_token, too', at_hash => 'x');
    $with->('an empty sub',     sub => '');
    $with->('a long sub',       sub => 'x' x 300);
    $without->("no $_", $_) for qw(iss sub exp iat);
    $without->('no e-mail address for an account', 'email');

    my $head = sub ($what, %head) {
        refused($issuer->sign(claims(), %head), $what);
        return;
    };
    $head->('crit',             crit => ['b64'], b64 => false);
    $head->('another typ',      typ  => 'dpop+jwt');
    $head->('alg none',         alg  => 'none');
    $head->('alg none, bare',   alg  => 'none', sig => '');
    $head->('ES256 by RS256',   alg  => 'ES256');
    $head->('RS512',            alg  => 'RS512');
    $head->('another kid',      kid  => 'k9', key => 'k1');
    $head->('a large header',   x5t  => 'x' x 3000);
    $head->('a wrong signature', sig => ShopTest::Issuer::encode('x' x 256));
    $head->('jwk of its own',   kid => 'k9', key => 'k1',
        jwk => $issuer->jwk('k1'));

    my $pem = $issuer->keys->{k1}{key}->export_key_pem('public');
    for my $key ($pem, encode_json($issuer->jwk('k1'))) {
        my $text = join '.', map { ShopTest::Issuer::encode($_) }
          '{"alg":"HS256","kid":"k1","typ":"JWT"}', encode_json(claims());
        refused("$text." . ShopTest::Issuer::encode(hmac_sha256($text, $key)),
            'HMAC with the public key');
    }
    my $json = encode_json(claims());
    refused($issuer->sign($json =~ s/^\{/{"sub":"x",/r), 'duplicate claims');
    refused($issuer->sign($json =~ s/Ada/\xff/r),        'not UTF-8');
    refused($issuer->sign('[]'),                         'no object');
    my ($h, $p, $s) = split /\./, $token;
    refused("$h.$p",      'two parts');
    refused("$h.$p.$s.x", 'four parts');
    refused("$h.$p." . $s =~ s/.$//r, 'a character less');
    refused("$h." . ShopTest::Issuer::encode(
        encode_json({%$claims, sub => 'x'})) . ".$s", 'other claims');
    refused($issuer->sign(claims(name => 'x' x 5000), x5c => 'x' x 500,
        sig => ''), 'a large one');

    $t->get_ok($path => bearer($issuer->sign(claims(azp => undef))))
      ->status_is(200, 'without azp');
    $t->get_ok($path => bearer($issuer->sign(claims(), typ => 'at+jwt')))
      ->status_is(200, 'at+jwt');
    my $user = $shop->register;
    $t->get_ok($path => $user->{headers})->status_is(200, 'our own still do');
    my ($oh, $op, $os) = split /\./, $user->{access};
    refused("$oh.$op." . ('A' x 86), 'our own with another signature',
        qr/signature/);
};

subtest 'trust is for one thing' => sub {
    my %good = (iss => $both->url, aud => 'shop-api', azp => undef);
    my $known = $shop->register;
    $shop->sql(q{insert into identity.linked
        (user_id, issuer, subject, provider) values (?, ?, 'known', 'both')
        returning id}, $known->{user}{id}, $both->url);
    my $sign = sub (%with) {
        $both->sign(claims(%good, sub => 'known', %with));
    };
    $t->get_ok($path => bearer($sign->()))->status_is(200)
      ->json_is('/id' => $known->{user}{id});
    refused($sign->(aud => 'shop'), 'an id_token of ours');
    refused($sign->(aud => ['shop', 'x']), 'audiences of others');
    refused($sign->(aud => undef), 'no audience');
    refused($sign->(sub => 'unknown'), 'not linked, none is made',
        qr/No account/);
    $t->get_ok($path => bearer($sign->(aud => ['x', 'shop-api'])))
      ->status_is(200, 'several audiences');
};

subtest 'a second factor' => sub {
    my $user = $shop->register;
    $shop->sql(q{insert into identity.linked
        (user_id, issuer, subject, provider) values (?, ?, 'm', 'linked')
        returning id}, $user->{user}{id}, $mfa->url);
    my $role = 'r' . unique_id();
    $shop->db->do(q{insert into identity.role (name, permissions, mfa_required)
        values (?, '{}', true)}, undef, substr $role, 0, 30);
    $shop->db->do('insert into identity.account_role (user_id, role)
        values (?, ?)', undef, $user->{user}{id}, substr $role, 0, 30);
    my %good = (iss => $mfa->url, aud => 'shop-api', sub => 'm');
    refused($mfa->sign(claims(%good)), 'one', qr/second factor/);
    refused($mfa->sign(claims(%good, fva => [3, -1])), 'never',
        qr/second factor/);
    $t->get_ok($path => bearer($mfa->sign(claims(%good, fva => [3, 1]))))
      ->status_is(200, 'fva');
    $t->get_ok($path => bearer($mfa->sign(claims(%good, amr => ['mfa']))))
      ->status_is(200, 'amr');
};

subtest 'an address that is taken' => sub {
    my $user = $shop->register;
    my $why  = qr/There is an account/;
    refused($issuer->sign(claims(email => $user->{email})),
        'ours is not verified', $why);
    $shop->db->do('update identity.account set email_verified_at = now()
        where id = ?', undef, $user->{user}{id});
    refused($issuer->sign(claims(email => uc $user->{email},
        email_verified => false)), 'theirs is not', $why);
    refused($issuer->sign(claims(email => $user->{email},
        email_verified => undef)), 'nothing is said', $why);
    $t->get_ok($path => bearer($issuer->sign(
        claims(email => uc $user->{email}))))->status_is(200)
      ->json_is('/id' => $user->{user}{id});
};

subtest 'blocked, other roles' => sub {
    my $admin = $shop->admin;
    my $role  = sub ($value) {
        $shop->t->patch_ok("/api/v1/users/$id" => $admin => json => $value)
          ->status_is(200);
    };
    $role->({roles => ['customer', 'seller']});
    wait_for(sub {
        my $res = $t->call(GET => $path => bearer($token));
        return $res->code == 200 && @{$res->json('/roles')} == 2;
    }, 5, 'the role soon');
    my $got = $t->call(GET => '/api/v1/auth/validate-token', bearer($token));
    is_deeply [sort @{$got->json('/roles')}], [qw(customer seller)], 'roles';

    $role->({blocked => true});
    wait_for(sub { $t->call(GET => $path => bearer($token))->code == 401 },
        5, 'refused soon');
    refused($token, 'the token', qr/blocked/);
    refused($issuer->sign({%$claims, jti => 'y'}), 'a new one', qr/blocked/);
    $role->({blocked => false});
    wait_for(sub { $t->call(GET => $path => bearer($token))->code == 200 },
        3, 'counts again');
};

subtest 'keys change' => sub {
    $issuer->add_key('k2', 'RS256')->publish(kids => ['k2']);
    my $new = $issuer->sign(claims(), kid => 'k2');
    wait_for(sub { $t->call(GET => $path => bearer($new))->code == 200 },
        15, 'the new key');
    refused($token, 'one of the old key, remembered before');
    my $before = () = $issuer->asked('jwks');
    refused($issuer->sign(claims(), kid => "k$_", key => 'k2'), 'unknown')
      for 10 .. 20;
    cmp_ok scalar(() = $issuer->asked('jwks')), '<=', $before + 1,
      'unknown keys are asked for once in a while';
};

subtest 'an issuer that is away' => sub {
    my $lost = $issuer->sign(claims(iss => $gone, aud => 'x'), kid => 'k2');
    $t->get_ok($path => bearer($lost))->problem_is(503, 'unavailable');
    $issuer->stop;
    $t->get_ok($path => bearer($issuer->sign(claims(), kid => 'k2')))
      ->status_is(200, 'keys that are known go on counting');
};

done_testing;
