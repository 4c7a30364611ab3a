#!/usr/bin/perl

# The cache of tokens, and refresh tokens: t/00unit/token_cache.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

ShopUnit->new(
    source => 'token_cache.c',
    core   => [map { "ngx_shop_token$_" }
            ('', qw(_jose _claims _id _key _cache _refresh))],
    libs => [qw(-ljansson -lcrypto)],
)->run;
