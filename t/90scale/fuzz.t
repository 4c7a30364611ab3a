#!/usr/bin/perl

# Each fuzzer for five minutes (SHOP_FUZZ seconds): no crash, no leak, no
# undefined behaviour, nothing that takes seconds.

use Mojo::Base -signatures;

use Mojo::File qw(path);
use Test::More;

my $seconds = $ENV{SHOP_FUZZ} // 300;

for my $file (sort glob 't/fuzz/*.c') {
    my $name = path($file)->basename('.c');
    open my $run, '-|', '/bin/sh', '-c', 'exec "$@" 2>&1', 'sh',
      't/fuzz/run', $seconds, $name
      or die "t/fuzz/run: $!";
    my @said = <$run>;
    ok close $run, "$name, $seconds s"
      or diag splice @said, -60;
}

done_testing;
