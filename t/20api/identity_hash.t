#!/usr/bin/perl

# Hashing: its queue is bounded, and nothing waits for it.
# Runs alone: it needs to know how busy the threads are.

use Mojo::Base -signatures;

use IO::Socket::INET;
use Mojo::File qw(path);
use Mojo::Promise;
use Socket qw(SO_LINGER SOL_SOCKET);

use ShopTest;

my $shop  = shop;
my $user  = $shop->register;
my $nginx = $shop->nginx(
    http   => 'shop_hash_queue 4;',
    server => 'location /api/v1/ { shop_identity; }'
);
my $t = $nginx->t;
$t->ua->max_connections(0);
$t->ua->cookie_jar->ignore(sub {1});
wait_for(sub { $t->call(GET => '/api/v1/users/me' => $user->{headers})->code
        == 200 });

my %login = (email => $user->{email}, password => $user->{password});

subtest 'more than it takes at once' => sub {
    my (%codes, @later);
    my @promises = map {
        $t->ua->post_p($t->absolute('/api/v1/auth/login') => json => \%login)
    } 1 .. 60;
    my @reads = map {
        $t->ua->get_p($t->absolute('/api/v1/auth/validate-token') =>
              $user->{headers})
    } 1 .. 20;
    Mojo::Promise->all(@promises, @reads)->then(sub (@all) {
        for my $tx (map { $_->[0] } @all[0 .. $#promises]) {
            $codes{$tx->res->code}++;
            push @later, $tx->res->headers->header('Retry-After') // 'none'
              if $tx->res->code == 503;
        }
        is_deeply [map { $_->[0]->res->code } @all[@promises .. $#all]],
          [(200) x 20], 'what hashes nothing is answered';
    })->wait;

    is_deeply [sort keys %codes], [200, 503], 'accepted or refused';
    cmp_ok $codes{200}, '>=', 4, "$codes{200} were accepted";
    is_deeply [grep { !/^\d+$/ } @later], [], 'with Retry-After';
    $t->post_ok('/api/v1/auth/login' => json => \%login)->status_is(200);
};

subtest '1,000 sign-ins at once, reads go on' => sub {
    my $gateway = $shop->nginx(server => 'location /api/v1/ {
        shop_identity; shop_catalog; }');
    my $client = $gateway->t;
    my $ua     = $client->ua->max_connections(0);
    $ua->cookie_jar->ignore(sub {1});
    $ua->inactivity_timeout(120)->request_timeout(120);
    my @reads = map { $client->absolute($_) } '/api/v1/auth/validate-token',
      '/api/v1/products?limit=1';
    wait_for(sub {
        $client->call(GET => $reads[0] => $user->{headers})->code == 200;
    });

    # fifty sessions are the most of an account: another one reads
    my $reader = $shop->register->{headers};
    my (%codes, @bare, $read);
    my $waiting = 1000;
    my $again;
    $again = sub {
        return $ua->get_p($reads[$read++ % 2] => $reader)
          ->then(sub ($tx) {
            $codes{'read ' . $tx->res->code}++;
            return $waiting > 0 ? $again->() : undef;
          });
    };
    my @storm = map {
        $ua->post_p($client->absolute('/api/v1/auth/login') => json => \%login)
          ->then(sub ($tx) {
            $waiting--;
            $codes{$tx->res->code}++;
            push @bare, $tx if $tx->res->code == 503
              && ($tx->res->headers->header('Retry-After') // '') !~ /^\d+$/;
          });
    } 1 .. 1000;
    Mojo::Promise->all(@storm, $again->())->wait;

    is_deeply [sort keys %codes], [200, 503, 'read 200'],
      'answered, or refused beyond the queue';
    is $codes{200} + $codes{503}, 1000, "$codes{200} answered of 1,000";
    cmp_ok $codes{200}, '>=', 16, 'the queue was worked off';
    is_deeply \@bare, [], 'refusals say when to come again';
    cmp_ok $codes{'read 200'}, '>=', 10,
      "$codes{'read 200'} reads meanwhile";
};

subtest 'clients that go away' => sub {
    my $body = Mojo::JSON::encode_json(\%login);
    for my $n (1 .. 60) {
        my $socket = IO::Socket::INET->new('127.0.0.1:' . $nginx->port)
          or die "connect: $!";
        print {$socket} "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\n"
          . "Content-Type: application/json\r\nContent-Length: "
          . length($body) . "\r\n\r\n$body";
        setsockopt $socket, SOL_SOCKET, SO_LINGER, pack 'ii', 1, 0 if $n % 2;
        close $socket;
    }
    ok wait_for(sub {
        $t->call(POST => '/api/v1/auth/login' => json => \%login)->code == 200;
    }), 'the queue is free again';
};

# fields of /proc/PID/stat after the name: state, parent, ...; the 17th is nice
sub tasks ($glob) {
    return map {
        my $stat   = eval { path($_)->slurp } // '';
        my @fields = split ' ', $stat =~ s/^.*\) //sr;
        @fields && $fields[1] == $nginx->pid
          ? {pid => m{^/proc/(\d+)/}, nice => $fields[16]}
          : ();
    } glob "/proc/$glob/stat";
}

subtest 'a worker is killed while it hashes' => sub {
    my $busy = $nginx->t;
    $busy->ua->max_connections(0)->cookie_jar->ignore(sub {1});
    my @sent = map {
        $busy->ua->post_p($busy->absolute('/api/v1/auth/login') => json =>
              \%login)->catch(sub {1})
    } 1 .. 8;
    my ($old) = map { $_->{pid} } tasks('[0-9]*');
    push @{$nginx->log->expected}, qr/process $old exited on signal 9/;
    Mojo::Promise->timer(0.02)->then(sub { kill 'KILL', $old })->wait;
    Mojo::Promise->all(@sent)->wait;
    ok wait_for(sub {
        $t->call(POST => '/api/v1/auth/login' => json => \%login)->code == 200;
    }), 'its turn is given back';
};

subtest 'threads are niced' => sub {
    my $nice = getpriority 0, 0;
    plan skip_all => 'all is niced' if $nice >= 10;
    my %tasks;
    ok wait_for(sub {
        $t->call(POST => '/api/v1/auth/login' => json => \%login);
        %tasks = map { $_->{nice} => 1 } tasks('[0-9]*/task/*');
        return $tasks{10};
    }), 'one of them';
    ok grep({ $_ < 10 } keys %tasks), 'not the event loop';
};

done_testing;
