use ShopTest;

# Redis inside the event loop: scripts, lost connections, a server that hangs,
# passwords.  On a Redis of the test's own.

use Mojo::Base -signatures;
use Mojo::File qw(tempdir);

use ShopTest::File qw(write_file);

my $shop = shop;
my $dir  = tempdir;
chmod 0755, $dir;    # nginx's workers are somebody else
my ($pid, $socket) = (undef, $dir->child('redis.sock'));
my $secret = $dir->child('secret');
write_file($secret, "the-password\n");

sub redis_start (@more) {
    $pid = fork // die "fork: $!";
    if (!$pid) {
        open STDOUT, '>', '/dev/null';
        exec 'redis-server', '--port', 0, '--unixsocket', $socket,
          '--unixsocketperm', 777, '--save',
          '', '--dir', $dir, @more;
        die "redis-server: $!";
    }
    return wait_for(sub { cli('ping') =~ /PONG|NOAUTH/ }, 5, 'redis');
}

sub redis_stop {
    kill 'CONT', $pid;
    kill 'KILL', $pid;
    return waitpid $pid, 0;
}

sub cli (@command) {
    open my $out, '-|', 'redis-cli', '--no-auth-warning', '-s', $socket,
      @command or die "redis-cli: $!";
    return join '', <$out>;
}

redis_start();
my $nginx = $shop->nginx(
    http   => "shop_redis unix:$socket; shop_redis_timeout 2s;",
    server => 'location /api/v1/ { shop_cart; } location / { shop_ops; }'
);
my $t = $nginx->t;
$t->ua->cookie_jar->ignore(sub {1});

sub cart { return $t->call(GET => '/api/v1/cart')->code }
ok wait_for(sub { cart() == 200 }, 10), 'carts are served';

subtest 'scripts that the server forgot' => sub {
    cli('script', 'flush');
    is cart(), 200, 'are loaded again without notice' for 1 .. 3;
};

subtest 'a connection that is cut' => sub {
    cli('client', 'kill', 'type', 'normal');
    ok wait_for(sub { cart() == 200 }, 5), 'is made again';
    is cart(), 200, 'and stays' for 1 .. 3;
};

subtest 'a server that hangs' => sub {
    kill 'STOP', $pid;
    my $res = $t->call(GET => '/api/v1/cart');
    is $res->code, 503, 'a deadline, not a wait';
    is $res->json('/code'), 'unavailable', 'code';
    ok $res->headers->header('Retry-After'), 'when to come back';
    is cart(), 503, 'refused at once while it hangs' for 1 .. 3;
    is $t->call(GET => '/ready')->json('/components/redis/state'), 'down',
      'told by /ready';
    kill 'CONT', $pid;
    ok wait_for(sub { cart() == 200 }, 10), 'goes on';
};

subtest 'a server that dies' => sub {
    redis_stop();
    ok wait_for(sub { cart() == 503 }, 5), 'refused';
    redis_start();
    ok wait_for(sub { cart() == 200 }, 10), 'connected anew';
};

subtest 'a password' => sub {
    redis_stop();
    redis_start('--requirepass', 'the-password');
    ok wait_for(sub { cart() == 503 }, 5), 'not without it';
    my $knows = $shop->nginx(
        http   => "shop_redis unix:$socket password=$secret;",
        server => 'location /api/v1/ { shop_cart; } location / { shop_ops; }'
    );
    $t = $knows->t;
    $t->ua->cookie_jar->ignore(sub {1});
    ok wait_for(sub { cart() == 200 }, 10), 'with it';
    is scalar($knows->log->grep(qr/the-password/)), 0, 'not in the log';
};

redis_stop();

like $shop->nginx_refusal(http => 'shop_redis unix:/x secret=1;'),
  qr/the only parameter is password=FILE/, 'another parameter';
like $shop->nginx_refusal(http => 'shop_redis unix:/x password=/none;'),
  qr/cannot open the password file/, 'no password file';
like $shop->nginx_refusal(http => 'shop_redis 127.0.0.1:99999;'),
  qr/shop_redis: invalid port in "127.0.0.1:99999"/, 'no port';
like $shop->nginx_refusal(http => 'shop_redis_timeout 0;'),
  qr/shop_redis_timeout must be above 0/, 'no time';

done_testing;
