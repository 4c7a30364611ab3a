#!/usr/bin/perl

# What every test looks for in the logs: a secret of each kind that the shop
# gives out is recognized, wherever in a line it stands.

use Mojo::Base -signatures;

use Mojo::File qw(tempdir);

use ShopTest;
use ShopTest::File qw(write_file);
use ShopTest::Oauth;
use ShopTest::Secrets qw(secrets_in);
use ShopTest::Totp;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $dir   = tempdir;
$t->ua->cookie_jar->ignore(sub {1});

sub found ($line) {
    write_file($dir->child('error.log'), "$line\n");
    return scalar secrets_in($dir);
}

sub is_secret ($what, $secret) {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    ok $secret, "$what: there is one" or return;
    my @lines = ($secret, "pg: parameter 1 = '$secret'", qq({"x":"$secret"}),
        "GET /x?token=$secret HTTP/1.1", "x=$secret; y");
    ok !grep({ !found($_) } @lines), "$what is found";
    return;
}

sub mailed ($email, $subject) {
    my $mail = wait_for(sub {
        (grep { $_->{subject} =~ $subject } $shop->mails($email))[0];
    }, 30, "the mail $subject");
    return ($mail->{text} =~ /#token=(\S+)/)[0];
}

my $user = $shop->register;
my $mine = $user->{headers};

subtest 'of accounts' => sub {
    is_secret('a password',      $user->{password});
    is_secret('an access token', $user->{access});
    is_secret('a refresh token', $user->{refresh});
    is_secret('a header',        $mine->{Authorization});
    is_secret('a hash', $shop->sql('select password_hash
        from identity.account where id = ?', $user->{user}{id}));
    is_secret('bcrypt', crypt 'x', '$2b$04$abcdefghijklmnopqrstuu');

    is_secret('verification', mailed($user->{email}, qr/Welcome/));
    $t->post_ok('/api/v1/auth/password/forgot' => json =>
          {email => $user->{email}})->status_is(202);
    is_secret('reset', mailed($user->{email}, qr/Choose a new password/));
    my $new = unique_email();
    $t->post_ok('/api/v1/users/me/email' => $mine => json =>
          {email => $new, current_password => $user->{password}})
      ->status_is(202);
    is_secret('change of address', mailed($new, qr/./));
};

subtest 'of second factors' => sub {
    $t->post_ok('/api/v1/users/me/mfa/totp' => $mine)->status_is(201);
    my $secret = $t->value('/secret');
    is_secret('an authenticator', $secret);
    is_secret('its address', $t->value('/uri'));
    $t->post_ok('/api/v1/users/me/mfa/totp/confirm' => $mine => json =>
          {code => ShopTest::Totp->new(secret => $secret)->code})
      ->status_is(200);

    # one in a hundred has no digit and looks like four words
    is_secret('a recovery code', $_)
      for grep {/[a-z][2-9]|[2-9][a-z]/} @{$t->value('/recovery_codes')};
    $t->post_ok('/api/v1/auth/login' => json =>
          {email => $user->{email}, password => $user->{password}})
      ->problem_is(401 => 'mfa_required');
    is_secret('half a sign-in', $t->value('/mfa_token'));
};

subtest 'of staff and integrators' => sub {
    my $email = unique_email();
    $t->post_ok('/api/v1/users/invitations' => $admin => json =>
          {email => $email, roles => ['seller']})->status_is(201);
    is_secret('an invitation', mailed($email, qr/./));
    is_secret('the first administrator\'s link',
        $shop->sql('select identity.invite_first(1, null)'));

    for my $kind (qw(secret publishable)) {
        $t->post_ok('/api/v1/api-keys' => $admin => json => {
            name => 'x', kind => $kind,
            $kind eq 'secret' ? (permissions => ['catalog:write']) : (permissions => [])
        })->status_is(201);
        is_secret("a $kind key", $t->value('/key'));
    }

    my $account = $shop->register;
    my $app     = ShopTest::Oauth->register(stack => $shop);
    is_secret('a client\'s', $app->secret);
    my ($code) = $app->code($app->browser($account));
    is_secret('a code', $code);
    my $tokens = $app->tokens($account);
    is_secret("an app's $_", $tokens->{$_})
      for qw(access_token refresh_token id_token);
};

subtest 'of gift cards' => sub {
    for (1 .. 3) {
        $t->post_ok('/api/v1/gift-cards' => $admin => json =>
              {amount => 100})->status_is(201);
        is_secret('a code', $t->value('/code'));
    }
};

subtest 'of statements that take long' => sub {
    my ($said, $kept) = ('said-' . unique_id, 'kept-' . unique_id);
    my $db = $shop->db;
    $db->do('set log_min_duration_statement = 0');
    is $db->selectrow_array("select /* $said */ ?::text", undef, $kept), $kept;
    $db->do('reset log_min_duration_statement');
    my $log = $shop->state->child(qw(log postgres.log));
    ok wait_for(sub { $log->slurp =~ /duration: .*$said/ }, 10, 'the log'),
      'the statement is told';
    unlike $log->slurp, qr/$kept/, 'not what it was given';
};

subtest 'what is none' => sub {
    ok !found($_), $_
      for '7c9e6679-7425-40de-944b-e07fc1f90ae7',
      '7C9E6679-7425-40DE-944B-E07FC1F90AE7', '1234-5678-9012-3456',
      '4bf92f3577b34da6a3ce929d0e0e4736', 'GET /api/v1/products/red-table-lamp',
      '2026-11-21T13:50:00.123Z', 'SKU-ABCD-2';
};

done_testing;
