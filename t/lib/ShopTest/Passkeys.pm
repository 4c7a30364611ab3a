package ShopTest::Passkeys;
use Mojo::Base -strict, -signatures;

# Accounts with passkeys at http://localhost:PORT of the stack:
#
#   my $t = client;
#   my ($user, $device) = with_passkey();
#   enter($device->sign(ask()))->status_is(200);

use Exporter   'import';
use Mojo::JSON qw(decode_json);
use Mojo::Util qw(b64_decode);

use ShopTest::Authenticator;

our @EXPORT = qw(account add amr ask audited bearer client device enter here
  options origin port with_passkey);

my $t;

sub port () { return (ShopTest::shop()->url =~ /:(\d+)$/)[0] }

sub origin () { return 'http://localhost:' . port() }

# headers of a request to that host
sub here () { return (Host => 'localhost:' . port()) }

sub client () {
    return $t if $t;
    $t = ShopTest::shop()->t;
    $t->ua->cookie_jar->ignore(sub {1});
    return $t;
}

sub device (%with) {
    return ShopTest::Authenticator->new(origin => origin(), %with);
}

sub bearer ($token) { return {Authorization => "Bearer $token", here()} }

sub account () {
    my $user = ShopTest::shop()->register;
    $user->{headers} = {%{$user->{headers}}, here()};
    return $user;
}

# how an access token says that its account was known
sub amr ($token) {
    return decode_json(b64_decode(
        (split /\./, $token)[1] =~ tr{-_}{+/}r))->{amr} // [];
}

# what a browser is asked for, to make a passkey
sub options ($user) {
    client->post_ok('/api/v1/users/me/passkeys/options' => $user->{headers})
      ->status_is(200);
    return client->value('/options');
}

sub add ($user, $credential, $name = undef) {
    return client->post_ok(
        '/api/v1/users/me/passkeys' => $user->{headers} => json =>
          {credential => $credential, $name ? (name => $name) : ()});
}

# an account with a passkey: ($user, $device)
sub with_passkey (%with) {
    my $user   = account();
    my $device = device(%with);
    add($user, $device->make(options($user)))->status_is(201);
    $user->{passkey} = client->value('/id');
    return ($user, $device);
}

# what a browser is asked for, to sign in
sub ask () {
    client->post_ok('/api/v1/auth/passkey/options' => {here()})
      ->status_is(200);
    return client->value('/options');
}

sub enter ($credential) {
    return client->post_ok('/api/v1/auth/passkey' => {here()} => json =>
          {credential => $credential});
}

# how many rows of the audit say so
sub audited ($action, $subject) {
    return ShopTest::shop()->sql('select count(*) from ops.audit
        where action = ? and subject = ?', $action, $subject);
}

1;
