#!/usr/bin/perl

# Attempts to sign in that arrive together: what else comes with them is
# answered before most of them.

use Mojo::Base -signatures;

use IO::Socket::INET;
use Mojo::File qw(path);
use Socket qw(SO_LINGER SOL_SOCKET);

use ShopTest;

my $shop  = shop;
my $nginx = $shop->nginx(
    workers => 1,
    http    => q{log_format said '$request_method $status';},
    server  => 'access_log "@tmp@/said.log" said; lingering_close off;'
      . ' location /api/v1/ { shop_identity; } location / { shop_ops; }'
);
my $t   = $nginx->t;
my $log = $nginx->tmp->child('said.log');
wait_for(sub { $t->call(GET => '/ready')->code == 200 }, 10, 'the first load');

sub workers { return my @pids = split ' ', `pgrep -P @{[$nginx->pid]}` }

my ($worker) = workers();

# sends all while the worker stands still, so that one turn brings them
sub at_once ($some, @requests) {
    my @sockets = map {
        IO::Socket::INET->new('127.0.0.1:' . $nginx->port) or die "connect: $!"
    } @requests;
    $t->call(GET => '/health') for @requests;    # they are accepted
    my $seen = () = $log->slurp =~ /\n/g;
    kill 'STOP', $worker;
    wait_for(sub { path("/proc/$worker/stat")->slurp =~ /\) T / });
    $sockets[$_]->syswrite($requests[$_]) for 0 .. $#requests;
    $some->(@sockets);
    kill 'CONT', $worker;
    my @answers = map {
        my $text = '';
        1 while $_->sysread($text, 65536, length $text);
        $text
    } grep { defined fileno $_ } @sockets;
    my @lines = split /\n/, $log->slurp;
    return \@answers, [@lines[$seen .. $#lines]];
}

my $attempt = "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n"
  . "Content-Type: application/json\r\nContent-Length: 2\r\n"
  . "Connection: close\r\n\r\n{}";
my $read = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

subtest 'two hundred, and a read' => sub {
    my ($answers, $said) = at_once(sub { }, ($attempt) x 200, $read);
    is scalar(grep {/^HTTP\/1\.1 422 /} @$answers), 200, 'all are answered';
    like $answers->[-1], qr/^HTTP\/1\.1 200 /, 'so is the read';
    my ($before) = grep { $said->[$_] eq 'GET 200' } 0 .. $#$said;
    cmp_ok $before, '<=', 4, "after $before of them";
};

subtest 'clients that go away meanwhile' => sub {
    my ($answers) = at_once(
        sub (@sockets) {
            for (grep { $_ % 2 } 0 .. 199) {
                setsockopt $sockets[$_], SOL_SOCKET, SO_LINGER,
                  pack 'ii', 1, 0;
                close $sockets[$_];
            }
        },
        ($attempt) x 200
    );
    is scalar(grep {/^HTTP\/1\.1 422 /} @$answers), 100,
      'the others are answered';
    is $t->call(POST => '/api/v1/auth/login' => json => {})->code, 422,
      'and who comes later';
};

subtest 'a reload meanwhile' => sub {
    my ($answers) = at_once(sub {
        $nginx->reload;
        wait_for(sub { workers() > 1
              && $nginx->t->call(GET => '/ready')->code == 200 }, 30,
            'the new worker');
    }, ($attempt) x 200);
    is scalar(grep {/^HTTP\/1\.1 422 /} @$answers), 200,
      'all are answered by the one that leaves';
};

done_testing;
