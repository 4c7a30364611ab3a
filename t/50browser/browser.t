use ShopTest -private => {};

# The specs of this directory in Chromium, a TAP line for each of their tests.

use Mojo::File qw(path tempdir);
use Mojo::JSON qw(decode_json);

my $root     = ShopTest::root();
my $chromium = $ENV{CHROMIUM} // '/usr/bin/chromium';

plan skip_all => "no browser: $chromium" unless -x $chromium;

my $out = tempdir;
my $log = $out->child('log');

# shop() first: it builds the pages, and so installs their packages
local $ENV{SHOP_URL}                    = shop->url;
local $ENV{MAIL_URL}                    = {shop->env}->{MAIL_URL};
local $ENV{SHOP_BROWSER_OUTPUT}         = "$out/results";
local $ENV{PLAYWRIGHT_JSON_OUTPUT_NAME} = "$out/report.json";

my $status = system 'bash', '-c', <<'SHELL', 'browser', $root, $log;
set -e
root=$1
. "$root/scripts/lib/node.sh"
node_22
cd "$root/html"
NODE_PATH=node_modules timeout 1500 node node_modules/@playwright/test/cli.js \
    test --tsconfig tools/browser.tsconfig.json --reporter=json >"$2" 2>&1
SHELL

my $report = $out->child('report.json');
ok -s $report, 'the browser ran'
  or BAIL_OUT('no report: ' . path($log)->slurp);

sub results_of {
    my ($suite, @names) = @_;
    push @names, $suite->{title};
    results_of($_, @names) for @{$suite->{suites} // []};
    for my $spec (@{$suite->{specs} // []}) {
        for my $test (@{$spec->{tests}}) {
            my $name = join ', ', $test->{projectName}, @names, $spec->{title};
            ok $test->{status} =~ /^(?:expected|skipped)$/, $name
              or diag map { $_->{message} // () }
              map { @{$_->{errors} // []} } @{$test->{results}};
        }
    }
    return;
}

my $found = decode_json($report->slurp);
diag $_->{message} for @{$found->{errors} // []};
results_of($_) for @{$found->{suites}};
is $status >> 8, 0, 'nothing else went wrong';

done_testing;
