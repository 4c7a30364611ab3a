#!/usr/bin/perl

# The process that follows nginx for its supervisor: whoever is killed, no
# worker stays that would hold the port.

use Mojo::Base -strict, -signatures;
use Test::More;

use IO::Socket::INET;
use Mojo::File qw(tempdir);
use POSIX qw(WNOHANG);
use Time::HiRes qw(sleep);

use ShopTest ();
use ShopTest::File qw(write_file);
use ShopTest::Stack;

my $binary = '/usr/sbin/nginx';
plan skip_all => "no nginx: $binary" unless -x $binary;

my $dir  = tempdir(CLEANUP => 1);
my $port = ShopTest::Stack::free_port();
chmod 0755, $dir;
write_file($dir->child('nginx.conf'), join "\n",
    $> == 0 ? 'user nobody nogroup;' : '',
    "pid $dir/nginx.pid;", 'worker_processes 2;', 'events { }',
    'http { access_log off;',
    (map {"${_}_temp_path $dir/$_;"} qw(client_body proxy fastcgi uwsgi scgi)),
    "server { listen 127.0.0.1:$port; return 200; } }");

my @mine;
END { kill 'TERM', @mine if @mine }

sub begin (@how) {
    my $pid = fork // die "fork: $!";
    if (!$pid) {
        open STDERR, '>>', $dir->child('said') or exit 127;
        exec @how, ShopTest::root()->child(qw(scripts lib follow-nginx)),
          "$dir/nginx.pid", $binary, '-p', $dir, '-e', 'stderr', '-c',
          'nginx.conf'
          or exit 127;
    }
    push @mine, $pid;
    return $pid;
}

# nginx is there, and followed: one that waits for a process has it open
sub follow (@how) {
    my $pid = begin(@how);
    ok ShopTest::wait_for(sub {
        lives(master()) && answers()
          && grep { (readlink || '') =~ /pidfd/ } glob "/proc/$pid/fd/*";
    }, 20, 'nginx'), 'nginx is there' or die 'no nginx';
    return $pid;
}

sub answers { return IO::Socket::INET->new("127.0.0.1:$port") }

sub master { return 0 + ($dir->child('nginx.pid')->slurp || 0) }

sub lives ($pid) {
    open my $fh, '<', "/proc/$pid/stat" or return 0;
    return (<$fh> // '') =~ /\) [^ZX] /;
}

# the status that it ended with, of wait(2)
sub ended ($pid) {
    @mine = grep { $_ != $pid } @mine;
    return ShopTest::wait_for(sub { waitpid($pid, WNOHANG) == $pid }, 20,
        'its end') ? $? : undef;
}

sub stopped ($pid) {
    kill 'TERM', $pid;
    is ended($pid), 0, 'a stop';
    return ok !answers(), 'no worker is left';
}

my %how  = ('with all rights' => []);
my @less = ('setpriv', '--bounding-set=-sys_ptrace', '--inh-caps=-sys_ptrace');
$how{'seeing no files of other users'} = \@less
  if $> == 0 && system(@less, 'true') == 0;

for my $name (sort keys %how) {
    subtest $name => sub {
        my $pid = follow(@{$how{$name}});
        kill 'KILL', master();
        is ended($pid), 1 << 8,
          'killed: its follower ends, to be started again';
        ok !answers(), 'no worker is left';
        stopped(follow(@{$how{$name}}));
    };

    subtest "$name, killed together" => sub {
        my $pid     = follow(@{$how{$name}});
        my $master  = master();
        my @workers = split ' ', `pgrep -P $master`;
        ok ShopTest::wait_for(sub {
            $dir->child('nginx.pid.mark')->slurp =~ / $master$/m;
        }), 'its session is written down';
        kill 'KILL', $pid, $master;
        ended($pid);
        ok answers(), 'workers that nobody remembers';
        $pid = follow(@{$how{$name}});
        isnt master(), $master, 'another one';
        is_deeply [grep { lives($_) } @workers], [], 'they are gone';
        stopped($pid);
    };
}

subtest 'its mark is deleted while it runs' => sub {
    my $pid    = follow();
    my $master = master();
    $dir->child('nginx.pid.mark')->remove;
    kill 'KILL', $pid;
    ended($pid);
    $pid = follow();
    is master(), $master, 'whoever follows next knows it';
    stopped($pid);
};

subtest 'killed while it starts' => sub {
    for (1 .. 20) {
        my $pid = begin();
        sleep rand 0.3;
        kill 'KILL', $pid;
        ended($pid);
    }
    stopped(follow());
};

done_testing;
