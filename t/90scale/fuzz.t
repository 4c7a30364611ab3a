#!/usr/bin/perl

# Each fuzzer for five minutes (SHOP_FUZZ seconds): no crash, no leak, no
# undefined behaviour, nothing that takes seconds.

use Mojo::Base -signatures;

use Mojo::File qw(path);
use Test::More;

my $seconds = $ENV{SHOP_FUZZ} // 300;

open my $run, '-|', '/bin/sh', '-c', 'exec "$@" 2>&1', 'sh', 't/fuzz/run',
  $seconds
  or die "t/fuzz/run: $!";
my @said = <$run>;
ok close $run, "$seconds s each";

for my $file (sort glob 't/fuzz/*.c') {
    my $name = path($file)->basename('.c');
    ok scalar(grep {/^ok\s+$name:/} @said), $name;
}

diag @said unless Test::More->builder->is_passing;

done_testing;
