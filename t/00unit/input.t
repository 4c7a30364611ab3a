#!/usr/bin/perl

# What comes from outside, before a request knows it: t/00unit/input.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

ShopUnit->new(
    source => 'input.c',
    core   => [map { "ngx_shop_$_" }
            qw(text text_time pairs json trace router)],
    libs => [qw(-ljansson)],
)->run;
