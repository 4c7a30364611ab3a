#!/usr/bin/perl

# Sealed secrets, typed codes, challenges, CBOR: t/00unit/mfa.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

ShopUnit->new(
    source => 'mfa.c',
    core   => [map {"ngx_shop_$_"}
            qw(cbor challenge code secret token_jose token_claims)],
    libs => [qw(-loath -ljansson -lcrypto)],
)->run;
