use Mojo::Base -strict;
use Test::More;

use Mojo::File qw(path tempdir);
use ShopTest::File qw(write_file);

# What the scripts refuse, and with what words; nothing is started.

my $root = path(__FILE__)->to_abs->dirname->dirname->dirname;
my $dir  = tempdir;

sub run_script {
    my ($name, @args) = @_;
    open my $fh, '-|', "$root/scripts/$name @args 2>&1 </dev/null"
      or die "scripts/$name: $!";
    my $said = do { local $/; <$fh> } // '';
    close $fh;
    return ($? >> 8, $said);
}

sub refuses {
    my ($like, @command) = @_;
    my ($rc, $said) = run_script(@command);
    ok $rc, "@command fails";
    like $said, $like, '... and says why';
    return;
}

refuses qr/unknown argument: --wrong/, 'run', '--wrong';
refuses qr/--port needs a value/,      'run', '--port';
refuses qr/--port is a number/,        'run', '--port', '70000';
refuses qr/no instance in/,            'run', '--status', '--state', $dir;
refuses qr/unknown argument: --wrong/, 'test', '--wrong';
refuses qr/unknown argument: wrong/,   'build', 'wrong';
refuses qr/unrecognized arguments: --wrong/, 'bench', '--wrong';
refuses qr/unknown: wrong/,            'bench', 'orders', 'wrong';
refuses qr/unknown option --wrong/,    'migrate', '--wrong';

my $config = $dir->child('settings');
for my $case (
    ["SHOP_WRONG=1\n",               qr/:1: unknown setting SHOP_WRONG/],
    ["# fine\n\nwords\n",            qr/:3: not a KEY=value line/],
    ["SHOP_RATE_LIMITS=perhaps\n",   qr/SHOP_RATE_LIMITS is one of: on off/],
    ["SHOP_WORKERS=0\n",             qr/SHOP_WORKERS is auto or a number/],
    ["SHOP_TLS_CERTIFICATE=x.pem\n", qr/needs SHOP_TLS_KEY/],
  )
{
    my ($text, $like) = @$case;
    write_file($config, $text);
    refuses $like, 'run', '--config', $config, '--state', "$dir/state";
}
refuses qr/cannot read/, 'run', '--config', "$dir/none", '--state',
  "$dir/state";
ok !-e "$dir/state", 'nothing was made';

for my $name (qw(run test build lint format bench migrate)) {
    my ($rc, $said) = run_script($name, '--help');
    is $rc, 0, "$name --help";
    like $said, qr{^\s*scripts/$name\b}m, '... shows its use';
}

# docs/operations.md tells every setting with its default, and every word that
# conf/ has between two @
my $told  = path($root, 'docs', 'operations.md')->slurp;
my $shell = path($root, 'scripts', 'lib', 'settings.sh')->slurp;
my %default = $shell =~ /^    (SHOP_\w+)=(\S*)/mg;
my ($names) = $shell =~ /^settings_names=\((.*?)\)/ms;
is_deeply [sort split ' ', $names], [sort keys %default],
  'each setting has a default';
for my $name (sort keys %default) {
    my ($row) = $told =~ /^(\|[^|]*`\Q$name\E`.*)$/m;
    ok $row, "$name is told";
    next if $default{$name} eq '' || ($row // '') =~ /^\|[^|]*,/;
    next if $name eq 'SHOP_WORKERS';    # told in words
    like $row // '', qr/^\|[^|]+\| `\Q$default{$name}\E` \|/,
      "... with its default, $default{$name}";
}
my ($words) = $told =~ /^\| Word \| Value \|\n(.*?)\n\n/ms;
my %word;
$word{$_}++ for map { $_->slurp =~ /\@([a-z_0-9]+)\@/g }
  path($root, 'conf')->list_tree->each;
is_deeply [grep { $words !~ /`$_`/ } sort keys %word], [],
  'every word of conf/ is told';

my ($rc, $said) = run_script('run', '--stop', '--state', $dir);
is $rc, 0, 'stopping what does not run is no error';
like $said, qr/not running/, '... and is told';

done_testing;
