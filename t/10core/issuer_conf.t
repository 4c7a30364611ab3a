#!/usr/bin/perl

# The directives of outside issuers: what "nginx -t" takes and refuses.

use Mojo::Base -signatures;

use Mojo::File qw(tempdir);

use ShopTest;
use ShopTest::File qw(write_file);
use ShopTest::Relying;

my $shop = shop;
my $dir  = tempdir;
write_file($dir->child('secret'), "secret\nmore\n");
write_file($dir->child('empty'),  "\n");
write_file($dir->child('hook'),   "whsec_dGVzdHNlY3JldGtleTEyMzQ1Njc4\n");
write_file($dir->child('short'),  "whsec_dGVzdA==\n");

sub said ($directive, %with) {
    return $shop->nginx_refusal(
        http   => $directive,
        server => ($with{server} // fetch_location())
          . 'location /api/v1/ { shop_identity; }'
    );
}

my $good = 'shop_oidc a issuer=https://x.test client_id=c';

is said("$good;"), '', 'the least';
is said("$good secret=$dir/secret \"title=A & B\" \"scope=openid email\""
      . ' alg=RS256,ES256,EdDSA skew=5m hd=x.test store=main trust=both'
      . ' audience=a,b azp=https://a.test mfa=on provision=off'
      . " webhook=$dir/hook;"), '', 'all';
is said("$good; shop_oidc b issuer=https://x.test client_id=d;"), '', 'two';
is said('shop_oidc a trust=bearer issuer=https://x.test azp=y;'), '',
  'bearer tokens need no client';
is said("shop_oidc a issuer=$_ client_id=c;"), '', $_
  for 'http://127.0.0.1:1', 'http://localhost', 'http://[::1]:8/x';

for my $case (
    ['shop_oidc a;',                                  'number of arguments'],
    ["$good x=y;",                                    'no such parameter'],
    ["$good hd=;",                                    'no such parameter'],
    ["$good; $good;",                                 'there twice'],
    ['shop_oidc A issuer=https://x.test client_id=c;', 'is no name'],
    ['shop_oidc ' . ('a' x 33) . ' issuer=https://x.test client_id=c;',
        'is no name'],
    ['shop_oidc a client_id=c;',                     'needs an issuer='],
    ['shop_oidc a issuer=http://x.test client_id=c;', 'needs an issuer='],
    ['shop_oidc a issuer=http://localhost.x.test client_id=c;',
        'needs an issuer='],
    ['shop_oidc a issuer=x client_id=c;',            'needs an issuer='],
    ['shop_oidc a issuer=https://x.test;',           'needs a client_id='],
    ["$good scope=email;",                           'needs a scope='],
    ["$good trust=all;",                             'has a trust='],
    ["$good trust=both;",                            'audience= or azp='],
    ["$good trust=bearer azp=a,,b;",                 'empty word'],
    ["$good alg=HS256;",                             'has an alg='],
    ["$good alg=none;",                              'has an alg='],
    ["$good alg=RS256,;",                            ''],
    ["$good skew=6m;",                               'has a skew='],
    ["$good webhook=$dir/secret;",                   'has a webhook='],
    ["$good webhook=$dir/short;",                    'has a webhook='],
    ["$good mfa=yes;",                               'neither on nor off'],
    ["$good secret=$dir/none;",                      'cannot be opened'],
    ["$good secret=$dir/empty;",                     'is empty'],
    [join(' ', map {"shop_oidc a$_ issuer=https://x.test client_id=c;"}
              1 .. 17), 'more than 16'],
) {
    my ($directive, $why) = @$case;
    like said($directive), qr/\Q$why\E/, $why || 'fine';
}

like said("$good;", server => ''), qr/needs a location with "shop_fetch"/,
  'somebody has to fetch';
like said("$good;", server => fetch_location()
      . 'location /other { shop_fetch; }'), qr/of the same name/, 'two of them';

done_testing;
