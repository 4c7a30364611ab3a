#!/usr/bin/perl

# Access tokens and their claims: t/00unit/token.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

my $unit = ShopUnit->new(
    source => 'token.c',
    core   => [map { "ngx_shop_token$_" }
            ('', qw(_jose _claims _id _key _cache _refresh))],
    libs => [qw(-ljansson -lcrypto)],
);

$unit->command(qw(openssl ecparam -genkey -noout -name prime256v1),
    '-out', 'token.pem');

$unit->run;
