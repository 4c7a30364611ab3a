use ShopTest;

# Sessions while PostgreSQL is away: nobody is believed longer than the
# revocation feed, nothing waits, and everything stands again afterwards.

use Mojo::Base -signatures;

use ShopTest::Postgres;

my $pg = ShopTest::Postgres->new->start;
my $migrate = ShopTest::root()->child(qw(scripts migrate));
my $said    = qx{$migrate '@{[$pg->conninfo]}' 2>&1};
die "$migrate: $said" if $?;

my $conninfo = $pg->conninfo =~ s/user=shop\b/user=shop_gateway/r;
my $nginx    = shop->nginx(
    http   => qq{shop_postgres "$conninfo"; shop_postgres_timeout 2s;},
    server => 'location /api/v1/ { shop_identity; }'
);
my $t = $nginx->t;
$t->ua->cookie_jar->ignore(sub {1});

my %account = (email => unique_email(), password => 'correct-horse-battery');
ok wait_for(sub {
    $t->call(POST => '/api/v1/auth/register' => json =>
          {%account, name => 'Test'})->code == 201;
}), 'registered';

sub sign_in {
    return $t->call(POST => '/api/v1/auth/login' => json => \%account);
}

sub code ($token) {
    return $t->call(GET => '/api/v1/auth/validate-token' =>
          {Authorization => "Bearer $token"})->code;
}

my $one     = sign_in()->json;
my $two     = sign_in()->json;
my $session = $pg->db->selectrow_array(
    'select s.id from identity.session s join identity.refresh r
     on r.session_id = s.id where r.hash = sha256(decode(translate(?,
     \'-_\', \'+/\') || \'=\', \'base64\'))', undef, $two->{refresh_token});
is code($one->{access_token}), 200, 'a session';

# what a key is told: 403 is "known", no more than that
my $secret = 'nsk_' . 'k' x 43;
my $key    = $pg->db->selectrow_array(
    "insert into identity.api_key (store_id, kind, name, hash, hint,
         permissions, created_by)
     select store_id, 'secret', 'Test', sha256(?::bytea), 'nsk_kkkk',
            '{catalog:write}', id from identity.account where email = ?
     returning id", undef, $secret, $account{email});

sub key_code {
    return $t->call(GET => '/api/v1/users' =>
          {Authorization => "Bearer $secret"})->code;
}
is key_code(), 403, 'a key';

# nobody listens before the session has ended
$pg->do('alter role shop_gateway nologin');
$pg->kill;

subtest 'away' => sub {
    ok wait_for(sub { code($one->{access_token}) == 503 }, 3),
      'tokens are not believed without the feed';
    is key_code(), 503, 'nor are keys';
    my $res = sign_in();
    is $res->code, 503, 'no sign-in';
    like $res->headers->header('Retry-After'), qr/^\d+$/, 'for a while';
    $t->post_ok('/api/v1/auth/refresh' => json =>
          {refresh_token => $one->{refresh_token}})
      ->problem_is(503 => 'unavailable');
    $t->get_ok('/api/v1/auth/validate-token' =>
          {Authorization => 'Bearer x'})->problem_is(401 =>
          'unauthenticated');
};

$pg->start;

ok wait_for(sub {
    $pg->do("select identity.end_session(?, 'logout')", $session);
}), 'a session ends';
$pg->do('update identity.api_key set revoked_at = now() where id = ?', $key);
$pg->do('alter role shop_gateway login');

my $believed = 0;
ok wait_for(sub {
    my $code = code($two->{access_token});
    $believed++ if $code == 200;
    return $code == 401;
}, 10), 'it is refused';
is $believed, 0, 'and was not believed in between';
ok wait_for(sub {
    my $code = key_code();
    $believed++ if $code == 403;
    return $code == 401;
}, 10), 'the key is refused';
is $believed, 0, 'nor was it believed in between';
ok wait_for(sub { code($one->{access_token}) == 200 }, 10),
  'the other one stands';
ok wait_for(sub { sign_in()->code == 200 }, 10), 'sign-in works';
$t->post_ok('/api/v1/auth/refresh' => json =>
      {refresh_token => $one->{refresh_token}})->status_is(200);

done_testing;
