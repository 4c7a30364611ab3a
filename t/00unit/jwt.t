#!/usr/bin/perl

# Tokens of outside issuers: t/00unit/jwt.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

ShopUnit->new(
    source => 'jwt.c',
    core   => [qw(ngx_shop_jwk ngx_shop_jwt ngx_shop_jwt_claims
            ngx_shop_token_jose)],
    libs => [qw(-ljansson -lcrypto)],
)->run;
