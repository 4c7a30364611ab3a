package ShopUnit;

# Compiles a C program that prints TAP together with the files of
# ngx_modules/core (or of worker/) that it tests, under ASan and UBSan, and runs
# it in a directory of its own.

use strict;
use warnings;

use Cwd qw(abs_path);
use File::Basename qw(dirname);
use File::Temp ();

my $root = abs_path(dirname(__FILE__) . '/../../..');

# source: in t/00unit; core: names in ngx_modules/core without ".c", or worker:
# those in worker/; libs
sub new {
    my ($class, %self) = @_;

    $self{dir} = File::Temp->newdir('shop-unit-XXXXXX', TMPDIR => 1);

    return bless \%self, $class;
}

sub write {
    my ($self, $name, $text) = @_;

    open my $file, '>', "$self->{dir}/$name" or die "$name: $!\n";
    print {$file} $text;
    close $file or die "$name: $!\n";

    return;
}

sub command {
    my ($self, @command) = @_;

    my $pid = fork // die "fork: $!\n";

    if (!$pid) {
        chdir $self->{dir} or die "$self->{dir}: $!\n";
        exec @command or die "$command[0]: $!\n";
    }

    waitpid $pid, 0;
    die "@command failed\n" if $?;

    return;
}

sub run {
    my $self = shift;

    my $unit = "$root/t/00unit";
    my $core = "$root/ngx_modules/core";

    my @of = $self->{worker}
        ? ("-I$root/worker", map {"$root/worker/$_.c"} @{ $self->{worker} })
        : ((map {"-I$_"} $core, _nginx()), "$unit/nginx.c",
           map {"$core/$_.c"} @{ $self->{core} });

    $self->command(
        $ENV{CC} || 'cc', qw(-std=c11 -D_GNU_SOURCE -g -O1 -w),
        '-fsanitize=address,undefined', '-fno-sanitize-recover=undefined',
        "$unit/$self->{source}", @of,
        '-o', 'unit', @{ $self->{libs} || [] },
    );

    chdir $self->{dir} or die "$self->{dir}: $!\n";
    system './unit';

    my $failed = $?;
    chdir $root;

    exit($failed ? 1 : 0);
}

# nginx's headers, configured by scripts/build
sub _nginx {
    my ($config) = grep { -e "$_/ngx_auto_config.h" }
        map {"$root/$_/nginx-tree/objs"} qw(build build/sanitize);

    if (!$config) {
        system("$root/scripts/build", 'module') == 0
            or die "scripts/build failed\n";
        $config = "$root/build/nginx-tree/objs";
    }

    my $src = dirname($config) . '/src';

    return ($config, map {"$src/$_"} qw(core event event/modules os/unix));
}

1;
