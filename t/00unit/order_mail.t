#!/usr/bin/perl

# What mails about orders say, in their language: t/00unit/order_mail.c.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::Bin/lib";

use ShopUnit;

ShopUnit->new(
    source => 'order_mail.c',
    worker => [qw(buf mail/words mail/order mail/template)],
    libs   => [qw(-ljansson)],
)->run;
