#!/usr/bin/perl

# Roles whose people need a second factor: what an account may do before it
# has one.

use Mojo::Base -signatures;

use ShopTest;
use ShopTest::Oauth;
use ShopTest::Totp;

my $shop = shop;
my $t    = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});

subtest 'a role that asks for it' => sub {
    my $role = 'auditor' . unique_id() =~ s/\W//gr;
    $shop->db->do("insert into identity.role (name, permissions, mfa_required)
        values (?, '{inventory:read,catalog:write}', true)", undef, $role);
    my $user = $shop->register;
    $shop->db->do('insert into identity.account_role (user_id, role)
        values (?, ?)', undef, $user->{user}{id}, $role);
    $t->post_ok('/api/v1/auth/login' => json =>
          {email => $user->{email}, password => $user->{password}})
      ->status_is(200);
    my $weak = {Authorization => 'Bearer ' . $t->value('/access_token')};
    wait_for(sub {
            $t->call(GET => '/api/v1/users/me/addresses' => $weak)->code == 403;
    }, 5, 'the node to hear of the role');

    $t->get_ok('/api/v1/users/me/addresses' => $weak)
      ->problem_is(403 => 'mfa_enrolment_required');
    $t->post_ok('/api/v1/products' => $weak => json =>
          {name => 'x', price => 1})
      ->problem_is(403 => 'mfa_enrolment_required');
    $t->get_ok('/api/v1/users/me' => $weak)->status_is(200);
    $t->get_ok('/api/v1/products?limit=1' => $weak)->status_is(200);
    $t->get_ok('/api/v1/auth/validate-token' => $weak)->status_is(200);
    $t->get_ok('/api/v1/users/me/mfa' => $weak)->status_is(200)
      ->json_is('/required' => Mojo::JSON->true);

    my $app = ShopTest::Oauth->register(stack => $shop);
    my ($question) = $app->question;
    my $res = $app->authorize($app->browser($user), $question);
    is $res->code, 303, 'an app that asks for tokens';
    is $res->headers->location, '/account/security', 'has to wait for it';

    $t->post_ok('/api/v1/users/me/mfa/totp' => $weak)->status_is(201);
    my $totp = ShopTest::Totp->new(secret => $t->value('/secret'));
    $t->post_ok('/api/v1/users/me/mfa/totp/confirm' => $weak => json =>
          {code => $totp->code})->status_is(200);
    my $strong = {Authorization => 'Bearer ' . $t->value('/access_token')};
    $t->get_ok('/api/v1/users/me/addresses' => $strong)->status_is(200);
    $t->delete_ok('/api/v1/users/me/mfa/totp' => $strong)
      ->problem_is(409 => 'mfa_needed');

    # with cookies: the new one is in the answer
    my $browser = $shop->t;
    $browser->post_ok('/api/v1/auth/login' => json =>
          {email => $user->{email}, password => $user->{password}})
      ->problem_is(401 => 'mfa_required');
    $browser->post_ok('/api/v1/auth/mfa' => json =>
          {mfa_token => $browser->value('/mfa_token'),
            code => $totp->code(1)})->status_is(200);
    $browser->get_ok('/api/v1/users/me/addresses')->status_is(200);

    $t->post_ok('/api/v1/auth/logout' => $weak)->status_is(204);
    $shop->db->do('update identity.role set mfa_required = false
        where name = ?', undef, $role);
};

done_testing;
