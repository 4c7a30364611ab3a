#!/usr/bin/perl

# Roles are permissions that follow changes within a second; what a token may
# do is looked up, not written in it.

use Mojo::Base -signatures;

use ShopTest;

my $shop = shop;
my $t    = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});

my $role = 'clerk-' . substr unique_id() =~ tr/-//dr, -12;
my $user = $shop->register;

sub creates ($headers) {
    return $t->call(POST => '/api/v1/products' => $headers => json => {})
      ->code;
}

is creates({}), 401, 'nobody';
is creates($user->{headers}), 403, 'a customer';

$shop->db->do('insert into identity.role (name, permissions)
    values (?, ?)', undef, $role, ['catalog:write']);
$shop->db->do('insert into identity.account_role (user_id, role)
    values (?, ?)', undef, $user->{user}{id}, $role);

$t->post_ok('/api/v1/auth/refresh' => json =>
      {refresh_token => $user->{refresh}})->status_is(200)
  ->json_is('/user/roles' => [$role, 'customer']);
my $clerk = {Authorization => 'Bearer ' . $t->value('/access_token')};

ok wait_for(sub { creates($clerk) == 422 }, 5), 'may soon';
is creates($user->{headers}), 422, 'by the token from before as well';

$shop->db->do("update identity.role set permissions = '{}'
    where name = ?", undef, $role);
ok wait_for(sub { creates($clerk) == 403 }, 5), 'may no more';

$shop->db->do("update identity.role set permissions = '{*}'
    where name = ?", undef, $role);
ok wait_for(sub { creates($clerk) == 422 }, 5), 'everything';

$shop->db->do('delete from identity.account_role where role = ?', undef,
    $role);
$shop->db->do('delete from identity.role where name = ?', undef, $role);
ok wait_for(sub { creates($clerk) == 403 }, 5), 'a role that is gone';

eval {
    $shop->db->do("insert into identity.role (name, permissions)
        values ('x y', '{}')");
};
like $@, qr/check/, 'a name with a space';
eval {
    $shop->db->do("insert into identity.role (name, permissions)
        values ('odd', '{everything}')");
};
like $@, qr/check/, 'a permission that is none';

done_testing;
