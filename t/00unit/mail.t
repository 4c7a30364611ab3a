#!/usr/bin/perl

# Templates and messages of mails: t/00unit/mail.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

ShopUnit->new(
    source => 'mail.c',
    worker => [qw(buf mail/template mail/mime)],
    libs   => [qw(-ljansson)],
)->run;
