#!/usr/bin/perl

# Signatures and headers of access tokens: t/00unit/token_jose.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

my $rfc7515 = <<'PEM';
-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7
6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==
-----END PUBLIC KEY-----
PEM

my $unit = ShopUnit->new(
    source => 'token_jose.c',
    core   => [map { "ngx_shop_token$_" }
            ('', qw(_jose _claims _id _key _cache _refresh))],
    libs => [qw(-ljansson -lcrypto)],
);

$unit->write('rfc7515.pem', $rfc7515);
$unit->command(qw(openssl ecparam -genkey -noout -name prime256v1),
    '-out', 'token.pem');

$unit->run;
