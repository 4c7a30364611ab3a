#!/usr/bin/perl

# t/80fault/abort.t for a minute.

use Mojo::Base -strict;

use Mojo::File qw(path);

local $ENV{SHOP_ABORT_SECONDS} = $ENV{SHOP_ABORT_SECONDS} // 60;

my $file = path(__FILE__)->dirname->dirname->child(qw(80fault abort.t));
my $done = do $file->to_abs->to_string;
die $@ || "$file: $!" unless defined $done;
