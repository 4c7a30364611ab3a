#!/usr/bin/perl

# CSV as imports read it: t/00unit/csv.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

ShopUnit->new(
    source => 'csv.c',
    worker => [qw(buf csv)],
)->run;
