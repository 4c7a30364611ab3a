#!/usr/bin/perl

# Sign-in by a real OpenID provider, from the button to the account, while the
# provider changes its keys.

use Mojo::Base -signatures;

use Mojo::Promise;

use ShopTest;
use ShopTest::File qw(write_file);
use ShopTest::Provider;
use ShopTest::Relying;

my $shop = shop;
my $port = ShopTest::Stack::free_port();

# the address of the callback has to be known before
my $provider = ShopTest::Provider->new(
    redirects => ["http://127.0.0.1:$port/api/v1/auth/oidc/real/callback"])
  ->start;
my $secret = Mojo::File::tempfile;
write_file($secret, $provider->secret);
chmod 0644, $secret;

my $nginx = relying($shop, <<"CONF", port => $port, workers => 2);
shop_oidc real "title=A real provider" issuer=@{[$provider->url]}
          client_id=@{[$provider->client]} secret=$secret;
CONF

sub back ($url) { return $url->path_query }

sub sign_in ($name, %query) {
    my $t = $nginx->t;
    my (undef, $to) = begin($t, 'real', %query);
    my $back = $provider->walk($to, $name);
    $t->get_ok(back($back))->status_is(303);
    return $t;
}

my $name = 'ada-' . unique_id();
my $id;

subtest 'from the button to the account' => sub {
    my $t = $nginx->t;
    $t->get_ok('/api/v1/auth/oidc')
      ->json_is('/items/0' => {id => 'real', name => 'A real provider'});
    $t = sign_in($name, next => '/account');
    $t->header_is(Location => '/account');
    $t->get_ok('/api/v1/users/me')->status_is(200)
      ->json_is('/email' => "$name\@provider.test")
      ->json_is('/name'  => "Somebody $name")
      ->json_is('/email_verified' => Mojo::JSON->true);
    $id = $t->value('/id');

    $t = sign_in($name);
    $t->get_ok('/api/v1/users/me')->json_is('/id' => $id);
    $t->get_ok('/api/v1/users/me/identities')
      ->json_is('/items/0/issuer' => $provider->url);
};

subtest 'a code counts once' => sub {
    my $t = $nginx->t;
    my (undef, $to) = begin($t, 'real');
    my $back = $provider->walk($to, $name);
    $t->get_ok(back($back))->status_is(303)->header_is(Location => '/');

    my ($query) = begin($t, 'real');
    $t->get_ok(back($back->clone->query({state => $query->{state}})))
      ->status_is(303)
      ->header_is(Location => '/sign-in?error=provider_refused');
};

subtest 'PKCE' => sub {
    my $t = $nginx->t;
    my (undef, $to) = begin($t, 'real');
    my $mine = $provider->walk($to, $name);

    # a code that somebody else caught, in a sign-in of one's own
    my $thief = $nginx->t;
    my ($query) = begin($thief, 'real');
    $thief->get_ok(back($mine->clone->query({state => $query->{state}})))
      ->status_is(303)
      ->header_is(Location => '/sign-in?error=provider_refused');
};

subtest 'keys change' => sub {
    $provider->rotate;
    wait_for(sub {
        sign_in($name)->tx->res->headers->location eq '/';
    }, 20, 'the new key');
    my $t = sign_in($name);
    $t->header_is(Location => '/');
    $t->get_ok('/api/v1/users/me')->json_is('/id' => $id);
};

subtest 'many at once' => sub {
    my @browsers = map { $nginx->t } 1 .. 8;
    my @back;
    for my $t (@browsers) {
        my (undef, $to) = begin($t, 'real');
        push @back, back($provider->walk($to, 'crowd-' . unique_id()));
    }
    my @at;
    Mojo::Promise->all(map {
        $browsers[$_]->ua->get_p($nginx->url . $back[$_])
    } 0 .. $#back)->then(sub (@tx) {
        @at = map { $_->[0]->res->headers->location } @tx;
    })->wait;
    is_deeply \@at, [('/') x @browsers], 'all are in';
};

done_testing;
