package ShopTest::Secrets;
use Mojo::Base -strict, -signatures;

# What must be in no log, whatever its level: passwords that the tests use,
# tokens, keys, codes and hashes.  t/20api/secrets.t has one of each.

use Exporter   'import';
use Mojo::File qw(path);

our @EXPORT_OK = qw(secrets_in report);

my %SECRET = (
    'a password' => qr/(?<![\w-])(?:correct-horse-battery|demo-password-1
        |wrong-password|not-the-password|a-long-enough-phrase
        |another-horse-battery|staple-[0-9a-f]+-[0-9a-f]+)/x,
    'an access token'      => qr/\beyJ[\w-]{10,}\.[\w-]{10,}/,
    'an authorization'     => qr/\b(?:Bearer|Basic)\s+[\w.~+\/-]{16,}/i,
    'a refresh or mail token' => qr/(?<![\w\/+.-])[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048](?![\w\/+=.-])/,
    'a key of the API'     => qr/\bn[sp]k_[\w-]{16,}/,
    'a secret of an authenticator' => qr/(?<![A-Z2-7])[A-Z2-7]{32}(?![A-Z2-7])/,
    'a recovery code' => qr/(?<![\w-])(?=[a-z2-9-]*(?:[a-z][2-9]|[2-9][a-z]))(?:[a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}(?![\w-])/,
    'a code of a gift card' => qr/(?<![\w-])(?=[0-9-]*[A-Z])(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}(?![\w-])/,
    'a hash of a password' => qr/\$(?:argon2id?|2[aby])\$/,
    'a private key'        => qr/-----BEGIN [A-Z ]*PRIVATE KEY/,
);

# Where a request line or a header should be nginx logs, for those who look for
# it (info), what bytes came instead: clients that go away in the middle of a
# request, as those of t/80fault/abort.t do, may have left any.
my $NO_REQUEST = qr/\[info\].*(?:while[ ]reading[ ]client[ ]
    (?:pipelined[ ])?request[ ]line,|client[ ]sent[ ]invalid[ ]header[ ]line)/x;

# "file:line: what", without the secret itself
sub secrets_in ($dir) {
    my @found;
    for my $file (sort { $a cmp $b } path($dir)->list->each) {
        open my $fh, '<', $file or next;
        while (my $line = <$fh>) {
            next if $line =~ $NO_REQUEST;
            for my $what (sort keys %SECRET) {
                push @found, $file->basename . ":$.: $what"
                  if $line =~ $SECRET{$what};
            }
        }
        close $fh;
    }
    return @found;
}

# for scripts/test: prints them; the exit status
sub report (@dirs) {
    my @found = map { secrets_in($_) } @dirs;
    print STDERR map {"$_\n"} @found;
    return @found ? 1 : 0;
}

1;
