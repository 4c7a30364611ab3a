#!/usr/bin/perl

# A shop without demo data and without an account for its administrator: a
# link is printed that makes it, once.

use Mojo::Base -signatures;

use ShopTest -private => {empty => 1, SHOP_ORDER_COMMIT => 'single'};

my $shop = shop;
my $t    = $shop->t;

my ($token) = $shop->tmp->child('run.log')->slurp
  =~ m{^\s+http://localhost:\d+/accept-invitation\#token=([\w-]{43})$}m;
ok $token, 'a link is told';
ok !-e $shop->state->child('first-admin'), 'and kept nowhere';

my $accept = sub (%with) {
    return $t->post_ok('/api/v1/auth/accept-invitation' => json =>
          {token => $token, password => 'a-long-enough-phrase',
            name => 'First', %with});
};
$accept->()->problem_is(422 => 'invalid_input')
  ->json_is('/errors/0/pointer' => '/email');
$accept->(email => 'first@example.test')->status_is(200)
  ->json_is('/user/roles' => [qw(admin customer)]);
my $me = {Authorization => 'Bearer ' . $t->value('/access_token')};
my $id = $t->value('/user/id');
$accept->(email => 'second@example.test')->problem_is(422 => 'invalid_input');

$t->ua->cookie_jar->empty;
$t->get_ok('/api/v1/users' => $me)->status_is(200)
  ->json_is('/items/0/id' => $id)->json_is('/items/1' => undef);

# nobody else is there
$t->patch_ok("/api/v1/users/$id" => $me => json => {roles => ['customer']})
  ->problem_is(409 => 'last_admin');
$t->patch_ok("/api/v1/users/$id" => $me => json =>
      {blocked => Mojo::JSON->true})->problem_is(409 => 'last_admin');
$t->get_ok("/api/v1/users/$id" => $me)->status_is(200)
  ->json_is('/roles' => [qw(admin customer)])
  ->json_is('/blocked' => Mojo::JSON->false);

done_testing;
