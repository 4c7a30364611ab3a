#!/usr/bin/perl

# Forms with files: t/00unit/multipart.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

ShopUnit->new(
    source => 'multipart.c',
    core   => [qw(ngx_shop_multipart)],
)->run;
