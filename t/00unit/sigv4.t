#!/usr/bin/perl

# Signatures for S3: t/00unit/sigv4.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

ShopUnit->new(
    source => 'sigv4.c',
    core   => [qw(ngx_shop_sigv4)],
    libs   => [qw(-lcrypto)],
)->run;
