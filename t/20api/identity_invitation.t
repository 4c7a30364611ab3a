#!/usr/bin/perl

# Staff by invitation: a mail, a link that works once, an account with roles.

use Mojo::Base -signatures;

use ShopTest;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

my $password = 'a-long-enough-phrase';

sub invite (%with) {
    my $json = {email => unique_email(), roles => ['seller'], %with};
    $t->post_ok('/api/v1/users/invitations' => $admin => json => $json)
      ->status_is(201)->json_is('/email' => lc $json->{email})
      ->json_is('/roles' => $json->{roles});
    return $t->value;
}

# the token of the newest mail to an address
sub token ($email, $n = 1) {
    my @mails;
    wait_for(sub { (@mails = $shop->mails($email)) >= $n }, 20, 'the mail');
    my ($token) = $mails[-1]{text} =~ m{/accept-invitation\#token=([\w-]{43})};
    return $token;
}

sub accepts ($token, %more) {
    return $t->post_ok('/api/v1/auth/accept-invitation' => json =>
          {token => $token, password => $password, %more});
}

subtest 'from the mail to the account' => sub {
    my $email      = unique_email();
    my $invitation = invite(email => uc $email, name => 'Nora');
    my $token      = token($email);
    ok $token, 'a link in the mail';

    my $all = join ' ', @{$shop->db->selectcol_arrayref(
        'select t::text from identity.mail_token t')},
      @{$shop->db->selectcol_arrayref(
        'select d::text from notification.delivery d')},
      map { Mojo::JSON::encode_json($_) }
      $shop->events('shop.users', $invitation->{id});
    like $all, qr/user\.invited/, 'the event is told';
    unlike $all, qr/\Q$token\E/, 'its secret is nowhere else';

    $t->get_ok('/api/v1/users/invitations' => $admin)->status_is(200)
      ->json_is('/items/0/id' => $invitation->{id})
      ->json_is('/items/0/name' => 'Nora');
    $t->post_ok('/api/v1/auth/invitation' => json => {token => $token})
      ->status_is(200)->json_is('/email' => $email)
      ->json_is('/name' => 'Nora')->json_is('/roles' => ['seller'])
      ->header_is('Cache-Control' => 'no-store') for 1, 2;

    accepts($token, password => 'password123')
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/password');
    accepts($token, password => 'short')->problem_is(422 => 'invalid_input');

    accepts($token)->status_is(200)->json_is('/user/email' => $email)
      ->json_is('/user/name' => 'Nora')->json_is('/user/roles' => ['seller'])
      ->json_is('/user/email_verified' => Mojo::JSON->true)
      ->json_has('/access_token')->json_has('/refresh_token')
      ->header_is('Cache-Control' => 'no-store');
    my $headers = {Authorization => 'Bearer ' . $t->value('/access_token')};
    my $id      = $t->value('/user/id');

    accepts($token)->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/token');
    $t->post_ok('/api/v1/auth/invitation' => json => {token => $token})
      ->problem_is(422 => 'invalid_input');
    $t->post_ok('/api/v1/products' => $headers => json => {})->status_is(422);
    $t->post_ok('/api/v1/auth/login' => json =>
          {email => $email, password => $password})->status_is(200);

    is_deeply $shop->db->selectcol_arrayref(
        'select action from ops.audit where subject in (?, ?)
         order by id', undef, "invitation:$invitation->{id}", "user:$id"),
      [qw(invitation.sent invitation.accepted session.opened)], 'the audit';
};

subtest 'one that counts no more' => sub {
    my $email = unique_email();
    my $first = invite(email => $email);
    my $old   = token($email, 1);
    my $again = invite(email => $email);
    my $new   = token($email, 2);
    accepts($old, name => 'X')->problem_is(422 => 'invalid_input');
    accepts($new)->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/name', 'it names nobody');

    $t->delete_ok("/api/v1/users/invitations/$first->{id}" => $admin)
      ->problem_is(404 => 'not_found');
    $t->delete_ok("/api/v1/users/invitations/$again->{id}" => $admin)
      ->status_is(204);
    $t->delete_ok("/api/v1/users/invitations/$again->{id}" => $admin)
      ->problem_is(404 => 'not_found');
    accepts($new, name => 'X')->problem_is(422 => 'invalid_input');

    my $late = invite(email => $email);
    my $mail = token($email, 3);
    $shop->db->do('update identity.invitation set expires_at = now()
        where id = ?', undef, $late->{id});
    accepts($mail, name => 'X')->problem_is(422 => 'invalid_input');
    accepts('x' x 43, name => 'X')->problem_is(422 => 'invalid_input');
    accepts('x', name => 'X')->problem_is(422 => 'invalid_input');
};

subtest 'an address that has an account' => sub {
    my $user = $shop->register;
    $t->post_ok('/api/v1/users/invitations' => $admin => json =>
          {email => $user->{email}, roles => ['seller']})
      ->problem_is(409 => 'email_taken');

    my $email = unique_email();
    invite(email => $email, name => 'Late');
    my $token = token($email);
    $shop->register(email => $email);
    accepts($token)->problem_is(409 => 'email_taken');
};

subtest 'who may invite, and to what' => sub {
    my $seller = $shop->seller;
    my $json   = {email => unique_email(), roles => ['seller']};
    $t->post_ok('/api/v1/users/invitations' => $seller => json => $json)
      ->problem_is(403 => 'forbidden');
    $t->get_ok('/api/v1/users/invitations' => $seller)
      ->problem_is(403 => 'forbidden');
    $t->get_ok('/api/v1/users/invitations')
      ->problem_is(401 => 'unauthenticated');
    $t->post_ok('/api/v1/users/invitations' => $admin => json =>
          {%$json, roles => ['none']})->problem_is(422 => 'invalid_input');
    $t->post_ok('/api/v1/users/invitations' => $admin => json =>
          {email => 'no', roles => []})->problem_is(422 => 'invalid_input')
      ->json_is('/errors/1/pointer' => '/roles');

    my $role = 'inviter-' . substr unique_id() =~ tr/-//dr, -12;
    my $user = $shop->register;
    $t->post_ok('/api/v1/roles' => $admin => json =>
          {name => $role, permissions => ['roles:write']})->status_is(201);
    $t->patch_ok("/api/v1/users/$user->{user}{id}" => $admin => json =>
          {roles => [$role]})->status_is(200);
    my $tries = sub ($name) {
        return $t->call(POST => '/api/v1/users/invitations' =>
              $user->{headers} => json => {%$json, roles => [$name]});
    };
    ok wait_for(sub {
        $tries->('admin')->json('/detail') =~ /every permission/;
    }, 5), 'nobody invites to more than he holds';
    is $tries->($role)->code, 201, 'but to that';
};

subtest 'the first administrator' => sub {
    my $token = $shop->sql('select identity.invite_first(1, null)');
    $t->post_ok('/api/v1/auth/invitation' => json => {token => $token})
      ->status_is(200)->json_is('/email' => undef);
    accepts($token, name => 'First')->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/email');
    my $email = unique_email();
    accepts($token, name => 'First', email => $email)->status_is(200)
      ->json_is('/user/roles' => [qw(admin customer)])
      ->json_is('/user/email_verified' => Mojo::JSON->false);
    my $id = $t->value('/user/id');
    accepts($token, name => 'Second', email => unique_email())
      ->problem_is(422 => 'invalid_input');
    $t->patch_ok("/api/v1/users/$id" => $admin => json => {roles => []})
      ->status_is(200);
};

done_testing;
