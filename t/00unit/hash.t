#!/usr/bin/perl

# Kinds of hashes of passwords: t/00unit/hash.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

ShopUnit->new(
    source => 'hash.c',
    core   => ['ngx_shop_hash_kind'],
    libs   => [qw(-largon2 -lcrypt)],
)->run;
