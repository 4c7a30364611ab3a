package ShopTest;
use Mojo::Base -strict;

# The harness: real components, started privately by scripts/run.  See
# t/README.md.

use Exporter ();
use Mojo::File   qw(path);
use Scalar::Util qw(weaken);
use Time::HiRes  qw(sleep time);

use ShopTest::Log;
use ShopTest::Secrets qw(secrets_in);
use ShopTest::Stack;

require Test::More;

our @EXPORT    = qw(shop wait_for in_time unique_email unique_id);
our @EXPORT_OK = qw(private_shop);

my $ROOT = path(__FILE__)->dirname->dirname->dirname->to_abs;

my ($shared, @private, $finished, $serial);

# "use ShopTest;" brings strict, warnings, Test::More and the helpers;
# "use ShopTest -private;" makes shop() a stack of this test alone, with
# settings if they follow: "use ShopTest -private => {SHOP_ORDER_SLOTS => 2};"
my %mine;

sub import {
    my ($class, @args) = @_;
    my $caller = caller;
    Mojo::Base->import(-strict);
    Test::More->export_to_level(1, $class,
        grep { $_ ne 'done_testing' } @Test::More::EXPORT);
    no strict 'refs';
    *{"${caller}::$_"} = \&$_
      for @EXPORT, 'private_shop', 'done_testing';
    if (@args && $args[0] eq '-private') {
        %mine = (private => 1, settings => $args[1] // {});
    }
    return;
}

sub root { return $ROOT }

# The stack of this test: the one that scripts/test started for all, else a
# private one.
sub shop {
    return $shared if $shared;
    my $state = $ENV{SHOP_TEST_STATE};
    if ($state && !$mine{private}) {
        $shared = ShopTest::Stack->new(state => path($state))->open;
    }
    else {
        $shared = private_shop(%{$mine{settings} // {}});
    }
    return $shared;
}

# One more stack, stopped at the end of the test.
sub private_shop {
    my %settings = @_;
    my $stack    = ShopTest::Stack->new(private => 1, settings => \%settings);
    push @private, $stack;
    return $stack->start;
}

# Waits for a condition, never for a time: polls until the code returns
# something true, which is returned.  Of a round at most a quarter of a second
# counts, so that moments in which the machine stands still do not.
sub wait_for {
    my ($code, $seconds, $what) = @_;
    my $left = $seconds //= 10;
    my $end  = time + 3 * $seconds + 10;
    while (1) {
        my $began  = time;
        my $result = eval { $code->() };
        return $result if $result;
        if ($left <= 0 || time >= $end) {
            my $error = $@ ? ": $@" : '';
            Test::More::diag('waited in vain for '
                  . ($what // 'a condition') . $error);
            return;
        }
        sleep 0.02;
        my $took = time - $began;
        $left -= $took < 0.25 ? $took : 0.25;
    }
}

# A deadline of the product: the code does a thing and returns how long that
# took.  A machine that stands still spoils one of three times, not all.
sub in_time {
    my ($seconds, $code, $what) = @_;
    my @took;
    for (1 .. 3) {
        push @took, $code->() // 3600;
        last if $took[-1] < $seconds;
    }
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    return Test::More::cmp_ok($took[-1], '<', $seconds,
        sprintf '%s: after %s s', $what, join ', ',
        map { sprintf '%.3f', $_ } @took);
}

# Different in each run, so that a stack can be used again.
sub unique_id {
    $serial++;
    return sprintf '%x-%x-%d', time * 1000, $$, $serial;
}

sub unique_email { return 'test-' . unique_id() . '@example.test' }

# The endings: no alert and no report of a sanitizer in any error log, no secret
# in any log at all (of the shared stack: scripts/test, at the end of the run).
sub done_testing {
    finish();
    return Test::More::done_testing(@_);
}

sub finish {
    return if $finished++;
    my @stacks = grep {$_} $shared, @private;
    my %seen;
    @stacks = grep { !$seen{$_}++ } @stacks;
    for my $stack (@stacks) {
        $stack->stop_nginx;
        $stack->stop if $stack->private;
        my @bad = $stack->log_complaints;
        Test::More::ok(!@bad, 'no alert, no sanitizer report')
          or Test::More::diag(join "\n", @bad[0 .. ($#bad > 30 ? 30 : $#bad)]);
        my @secrets = map { secrets_in($_) } $stack->log_dirs;
        Test::More::ok(!@secrets, 'no secret in a log')
          or Test::More::diag(join "\n", splice @secrets, 0, 30);
    }
    return;
}

# a test that died: what it started is stopped all the same
END {
    my $status = $?;
    for my $stack (grep {$_} $shared, @private) {
        eval { $stack->stop_nginx };
        eval { $stack->stop if $stack->private };
        eval { $stack->clean if !$status };
    }
    $? = $status;    ## no critic (RequireLocalizedPunctuationVars)
}

1;
