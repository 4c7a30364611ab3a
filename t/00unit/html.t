use Mojo::Base -strict;

# The unit tests of html/, on React and on what the storefront ships: a TAP
# line for each.

use Mojo::File qw(path tempdir);
use Mojo::JSON qw(decode_json);
use Test::More;

my $root = path(__FILE__)->dirname->child('..', '..')->realpath;
my $dir  = tempdir;
my $out  = $dir->child('report.json');

system 'bash', '-c', <<'SHELL', 'html', $root, $out;
set -e
root=$1
"$root/scripts/build" pages >&2
. "$root/scripts/lib/node.sh"
node_22
cd "$root/html"
timeout 1200 node node_modules/vitest/vitest.mjs run --reporter=json \
    --outputFile="$2" >"$2.log" 2>&1
SHELL

die "no report of the unit tests\n" unless -s $out;

for my $file (@{decode_json($out->slurp)->{testResults}}) {
    my $name = path($file->{name})->to_rel("$root/html");
    fail "$name: $file->{message}" unless @{$file->{assertionResults}};
    for my $test (@{$file->{assertionResults}}) {
        ok $test->{status} =~ /^(?:passed|skipped)$/, "$name: $test->{fullName}"
          or diag @{$test->{failureMessages}};
    }
}

done_testing;
