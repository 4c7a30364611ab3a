use ShopTest -private => {
    empty               => 1,
    SHOP_ADMIN_EMAIL    => 'first@example.test',
    SHOP_ADMIN_PASSWORD => 'the-first-password',
    SHOP_WORKERS        => 2,
};

use Mojo::Base -signatures;
use Mojo::File     qw(path);
use POSIX          ();
use ShopTest::File qw(write_file);
use Time::HiRes    qw(time);

# What scripts/run promises: the first administrator, every component started
# again, an upgrade of nginx's binary without a rival, a quick second start.
# Runs alone: it measures how soon.

my $shop = shop;
my $t    = $shop->t;

my $admin =
  $shop->accounts->sign_in('first@example.test', 'the-first-password');
ok grep({ $_ eq 'admin' } @{$admin->{user}{roles}}), 'the first administrator';
$t->get_ok('/api/v1/products')->status_is(200)->json_is('/items' => []);

like $shop->run('--detach', '--port', $shop->port), qr/it runs already/,
  'a start of what runs';

# seconds since the machine started: now, and when a process began
sub uptime { return (split ' ', path('/proc/uptime')->slurp)[0] }

sub began ($pid) {
    my @fields = split ' ', path("/proc/$pid/stat")->slurp =~ s/^.*\) //sr;
    return $fields[19] / POSIX::sysconf(POSIX::_SC_CLK_TCK());
}

for my $name (qw(nginx worker postgres redis kafka mail)) {
    in_time(2.5, sub {
        my $old   = $shop->pid($name);
        my $start = uptime();
        $shop->kill($name);
        my $new;
        ok wait_for(
            sub {
                my $now = $shop->status->{$name};
                $new = $now->{state} eq 'up' && $now->{pid};
                $new && $new ne $old;
            },
            5, "$name"
          ),
          "$name is started again";
        my $after = began($new) - $start;
        ok $shop->wait_back($name, $old, 60), '... and serves again';
        return $after;
    }, '... within 2 s');
}

# who follows nginx, by its pid
sub follower () {
    return path($shop->state, qw(service nginx supervise pid))->slurp =~ s/\s//gr;
}

subtest 'who follows nginx is killed' => sub {
    my ($master, $follower) = ($shop->pid('nginx'), follower());
    kill 'KILL', $follower;
    ok wait_for(sub { follower() =~ /^(?!$follower$)\d/ }), 'and another one';
    $t->get_ok('/health')->status_is(200);
    is $shop->pid('nginx'), $master, 'nginx goes on';

    my @all = (follower(), $master);
    $shop->expect(qr/exited on signal|waitpid/);
    kill 'KILL', @all;
    ok $shop->wait_back('nginx', $master, 60),
      'killed with nginx: nobody remembers its workers, yet it is back';
};

subtest 'upgrade of the binary' => sub {
    my $old = $shop->pid('nginx');
    kill 'USR2', $old;
    ok wait_for(sub { $shop->pid('nginx') !~ /^(?:-|$old)$/ }), 'a new master';
    my $new = $shop->pid('nginx');
    kill 'QUIT', $old;
    ok wait_for(sub { !-d "/proc/$old" }, 70), 'the old one is gone';
    is $shop->pid('nginx'), $new, 'no rival';
    $t->get_ok('/health')->status_is(200);

    kill 'KILL', $new;
    $shop->expect(qr/exited on signal|waitpid/);
    ok $shop->wait_back('nginx', $new), 'the new one is followed';
};

subtest 'second start' => sub {
    $shop->run('--stop');
    is $shop->status->{$_}{state}, 'down', "$_ is down"
      for qw(nginx worker postgres redis kafka mail);
    my $port = ShopTest::Stack::free_port(10_240);
    in_time(20, sub {
        $shop->run('--stop');
        my $start = time;
        $shop->run('--detach', '--port', $port, '--empty');
        return time - $start;
    }, 'within 20 s');
    is $shop->url, "http://localhost:$port", 'at another address';
    ok $shop->open->wait_ready, 'where it is';
    $shop->accounts->sign_in('first@example.test', 'the-first-password');
    pass 'with its data';
};

subtest 'huge pages' => sub {
    my $file = path('/proc/sys/vm/nr_hugepages');
    my $had  = eval { $file->slurp };
    plan skip_all => 'not for this user'
      unless defined $had && eval { write_file($file, $had) };
    my $config = write_file($shop->tmp->child('huge'),
        "SHOP_HUGE_PAGES=on\nSHOP_POSTGRES_BUFFERS=16MB\n"
          . "SHOP_LISTEN=loopback\n");
    $shop->run('--stop');
    $shop->run('--detach', '--port', $shop->port, '--empty', '--config',
        $config);
    my $maps = path('/proc', $shop->pid('postgres'), 'smaps')->slurp;
    like $maps, qr/^KernelPageSize: +2048 kB/m, 'PostgreSQL has them';
    cmp_ok $file->slurp, '>', $had, 'they were reserved';
    $shop->run('--stop');
    is $file->slurp, $had, 'and given back';
};

done_testing;
