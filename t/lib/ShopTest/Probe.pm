package ShopTest::Probe;
use Mojo::Base -strict, -signatures;

# The module of t/probe, compiled with what the shop's own was compiled with:
#
#   my $nginx = shop->nginx(bare => 1, main => ShopTest::Probe::load(),
#       http => 'shop_postgres "...";',
#       server => 'location = /now { shop_probe read "select now()::text"; }');

use Mojo::File qw(path tempdir);

use ShopTest ();
use ShopTest::File qw(write_file);

my $dir;

# the directive that loads it
sub load { return sprintf 'load_module "%s";', module() }

sub module {
    $dir //= tempdir('shop-probe.XXXXXX', TMPDIR => 1);
    chmod 0755, $dir;
    my $so = $dir->child('probe.so');
    return $so if -e $so;

    my $root = ShopTest::root();
    my $tree = _tree();
    write_file($dir->child('modules.c'), <<'EOT');
#include <ngx_config.h>
#include <ngx_core.h>
extern ngx_module_t  ngx_http_shop_probe_module;
ngx_module_t *ngx_modules[] = { &ngx_http_shop_probe_module, NULL };
char *ngx_module_names[] = { "ngx_http_shop_probe_module", NULL };
char *ngx_module_order[] = { NULL };
EOT
    my @include = map {"-I$tree/$_"} 'objs', map {"src/$_"} 'core', 'event',
      'event/modules', 'os/unix', 'http', 'http/modules', 'http/v2';
    chomp(my $pq = qx(pg_config --includedir));
    system('cc', '-shared', '-fPIC', '-O1', '-g', '-Wall', '-Werror', @include,
        "-I$pq", "-I$root/ngx_modules/core", '-o', $so,
        $root->child('t', 'probe', 'ngx_http_shop_probe_module.c'),
        $dir->child('modules.c')) == 0
      or die 'the probe does not compile';
    return $so;
}

sub _tree {
    my $build = $ENV{BUILD} ? path($ENV{BUILD}) : ShopTest::root()->child('build');
    my $made  = $build->child('sanitize');
    my ($tree) = grep { -d $_->child('objs') }
      map { $_->child('nginx-tree') } $ENV{SANITIZE} ? $made : (), $build,
      $made;
    return $tree // die "no nginx tree under $build: scripts/build first";
}

1;
