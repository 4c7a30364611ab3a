#!/usr/bin/perl

# Guessing passwords: attempts at an account, at all of them; in Redis.

use Mojo::Base -signatures;

use Digest::SHA qw(sha256_hex);
use Mojo::Promise;

use ShopTest;

my $shop     = shop;
my $password = 'correct-horse-battery';

sub gateway ($http) {
    $shop->redis->del('limit:{sign-in}', 'limit:{sign-in:7f000001}');
    my $nginx = $shop->nginx(
        http   => "shop_limits on; $http",
        server => 'location /api/v1/ { shop_identity; }'
          . ' location / { shop_ops; }'
    );
    my $t = $nginx->t;
    $t->ua->cookie_jar->ignore(sub {1});
    wait_for(sub { $t->call(GET => '/ready')->code == 200 }, 10, 'ready');
    return $t;
}

my $many = 'shop_limit_signins 600r/m burst=1000;';
my $t    = gateway("$many shop_lockout 3 delay=30s max=50s;"
      . ' shop_hash_queue 20;');

sub sign_in ($email, $given = 'wrong-password', $client = $t) {
    return $client->call(POST => '/api/v1/auth/login' => json =>
          {email => $email, password => $given});
}

sub wait_is ($res, $most) {
    is $res->code, 429, 'locked';
    is $res->json('/code'), 'rate_limited', 'code';
    my $wait = $res->headers->header('Retry-After');
    ok $wait >= 1 && $wait <= $most, "for $wait s";
    return;
}

sub key ($email) { return 'lockout:{' . sha256_hex(lc $email) . '}' }

subtest 'the same whether there is an account' => sub {
    my @said;
    for my $email ($shop->register->{email}, unique_email()) {
        is sign_in($email)->code, 401, "attempt $_" for 1 .. 3;
        my $res = sign_in(uc $email);
        wait_is($res, 30);
        like $res->json('/detail'), qr/ Please try again in a minute\.$/;
        wait_is(sign_in($email, $password), 30);
        my $body = $res->json;
        delete $body->{request_id};
        push @said, [$body, sort keys %{$res->headers->to_hash}];
    }
    is_deeply $said[0], $said[1], 'no answer tells';
};

# for how long the last attempt locked it, but for what has passed since
sub locked ($user) {
    return $shop->redis->hget(key($user->{email}), 'until') / 1000 - time;
}

subtest 'delays grow' => sub {
    my $user = $shop->register;
    sign_in($user->{email}) for 1 .. 3;
    cmp_ok locked($user), '<=', 31, 'the first';
    for my $nth ('longer', 'but no more than that') {
        $shop->redis->hdel(key($user->{email}), 'until');    # it is over
        is sign_in($user->{email})->code, 401, 'one more';
        wait_is(sign_in($user->{email}), 50);
        my $for = locked($user);
        ok $for > 35 && $for <= 51, "$nth: $for s";
    }
};

subtest 'they end' => sub {
    my $soon = gateway("$many shop_lockout 3 delay=1s max=1s;");
    my $user = $shop->register;
    sign_in($user->{email}, 'wrong', $soon) for 1 .. 3;
    ok wait_for(sub {
        sign_in($user->{email}, 'wrong', $soon)->code == 401;
    }, 5), 'one more after the first';
    ok wait_for(sub {
        sign_in($user->{email}, $password, $soon)->code == 200;
    }, 5), 'the right one after it';
    is $shop->redis->exists(key($user->{email})), 0, 'all is forgotten';
};

# how many of so many sign-ins at once got which answer
sub at_once ($client, $n, $email) {
    my %codes;
    $client->ua->max_connections(0);
    Mojo::Promise->all(map {
            $client->ua->post_p($client->absolute('/api/v1/auth/login') =>
                  json => {email => $email->(), password => 'wrong-password'})
    } 1 .. $n)->then(sub (@all) { $codes{$_->[0]->res->code}++ for @all })
      ->wait;
    return %codes;
}

subtest 'many at once are no way around it' => sub {
    my $user  = $shop->register;
    my %codes = at_once($t, 20, sub { $user->{email} });
    is_deeply \%codes, {401 => 3, 429 => 17}, 'three are checked';
};

subtest 'nor is a line that is full' => sub {
    my $busy = gateway("$many shop_lockout 3 delay=30s; shop_hash_queue 1;");
    my $user = $shop->register;
    my %all;
    ok wait_for(sub {
        my %codes = at_once($busy, 20, sub { $user->{email} });
        $all{$_} += $codes{$_} for keys %codes;
        my $last = sign_in($user->{email}, 'wrong', $busy)->code;
        $all{$last}++;
        return $last == 429;
    }), 'locked in the end';
    is $all{401}, 3, 'three are checked';
    is_deeply [grep { !/^(?:401|429|503)$/ } keys %all], [],
      'the others wait, or come again';
};

subtest 'what proves who one is counts too' => sub {
    my $user = $shop->register;
    for (1 .. 3) {
        is $t->call(POST => '/api/v1/auth/password/change' =>
              $user->{headers} => json => {current_password =>
              'wrong-password', new_password => 'staple-' . unique_id()})
          ->code, 401, "attempt $_";
    }
    wait_is($t->call(DELETE => '/api/v1/users/me' => $user->{headers} =>
          json => {current_password => $password}), 30);
    wait_is(sign_in($user->{email}, $password), 30);
};

subtest 'a reset opens it' => sub {
    my $user = $shop->register;
    sign_in($user->{email}) for 1 .. 3;
    $t->post_ok('/api/v1/auth/password/forgot' => json =>
          {email => $user->{email}})->status_is(202);
    my $mail = wait_for(sub {
        my ($mail) = grep { $_->{subject} =~ /^Choose/ }
          $shop->mails($user->{email});
        return $mail;
    }, 30, 'the mail');
    my ($token) = $mail->{text} =~ /#token=([\w-]{43})/;
    my $new = 'staple-' . unique_id();
    $t->post_ok('/api/v1/auth/password/reset' => json =>
          {token => $token, password => $new})->status_is(204);
    is sign_in($user->{email}, $new)->code, 200, 'signed in at once';
};

subtest 'no attempt where nothing was checked' => sub {
    my $busy = gateway("$many shop_lockout 3; shop_hash_queue 1;");
    my %codes;
    for (1 .. 3) {
        my %now = at_once($busy, 30, \&unique_email);
        $codes{$_} += $now{$_} for keys %now;
    }
    is_deeply [sort keys %codes], [401, 503], 'checked or refused';
    is scalar(grep { ($shop->redis->hget($_, 'n') // 1) < 0 }
          $shop->redis->keys('lockout:*')), 0, 'none below nothing';
};

subtest 'all sign-ins together' => sub {
    my $few = gateway("$many shop_limit_signins_all 3r/m burst=3;");
    is sign_in(unique_email(), 'x', $few)->code, 401, "attempt $_" for 1 .. 3;
    my $res = sign_in(unique_email(), 'x', $few);
    wait_is($res, 20);
    $shop->redis->del('limit:{sign-in}');
    is sign_in(unique_email(), 'x', $few)->code, 401, 'and again';
};

subtest 'without redis' => sub {
    my $open = gateway('shop_redis 127.0.0.1:1; shop_lockout 1;');
    my $email = unique_email();
    is sign_in($email, 'x', $open)->code, 401, "attempt $_ passes" for 1 .. 3;
};

like $shop->nginx_refusal(http => 'shop_lockout 0;'),
  qr/wants a number of attempts/, 'no attempts';
like $shop->nginx_refusal(http => 'shop_lockout 3 delay=soon;'),
  qr/must be delay, max or memory with a time/, 'no time';
like $shop->nginx_refusal(http => 'shop_lockout 3 delay=1h max=1m;'),
  qr/a delay that is at most max/, 'the wrong way round';

done_testing;
