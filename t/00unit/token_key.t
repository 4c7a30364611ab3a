#!/usr/bin/perl

# Files of token keys: t/00unit/token_key.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

my $unit = ShopUnit->new(
    source => 'token_key.c',
    core   => [map { "ngx_shop_token$_" }
            ('', qw(_jose _claims _id _key _cache _refresh))],
    libs => [qw(-ljansson -lcrypto)],
);

$unit->write('not-a-key.pem', "no key at all\n");
$unit->command(qw(openssl ecparam -genkey -noout -name prime256v1),
    '-out', 'token.pem');
$unit->command(qw(openssl ecparam -genkey -noout -name secp384r1),
    '-out', 'p384.pem');

$unit->run;
