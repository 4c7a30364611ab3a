#!/usr/bin/perl

# Links in mails: the address of an account, another one, a new device.

use Mojo::Base -signatures;

use Mojo::Promise;

use ShopTest;

my $shop = shop;
my $t    = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});

my $password = 'correct-horse-battery';
my $verify   = '/api/v1/auth/verify-email';

sub mails ($email, $subject) {
    return grep { $_->{subject} =~ $subject } $shop->mails($email);
}

sub mail ($email, $subject, $number = 1) {
    wait_for(sub { $number <= mails($email, $subject) }, 30,
        "mail $number $subject");
    return (mails($email, $subject))[$number - 1] // {text => '', html => ''};
}

sub token ($mail) {
    my ($token) = $mail->{text} =~ /#token=([\w-]{43})\s/;
    return $token // 'no token';
}

# nothing more is under way for an account: what comes behind it has come
sub quiet ($user) {
    $t->post_ok('/api/v1/auth/password/forgot' => json =>
          {email => $user->{email}})->status_is(202);
    return mail($user->{email}, qr/^Choose/);
}

sub refused ($token) {
    return $t->post_ok($verify => json => {token => $token})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/token');
}

sub me ($user) {
    return $t->call(GET => '/api/v1/users/me' => $user->{headers})->json;
}

sub facts ($user) {
    return map { $_->{type} } $shop->events('shop.users', $user->{user}{id});
}

subtest 'the welcome mail verifies the address' => sub {
    my $user = $shop->register(name => 'Zoë Example');
    my $mail = mail($user->{email}, qr/^Welcome/);
    my $base = $shop->url;
    like $mail->{text}, qr{^\Q$base\E/verify-email#token=[\w-]{43}\r?$}m,
      'a link, its token behind the "#"';
    like $mail->{html}, qr{href="\Q$base\E/verify-email#token=}, 'in HTML too';
    my $token = token($mail);

    refused('A' x 43);
    refused('x');
    $t->post_ok($verify => json => {token => $token})->status_is(204);
    ok me($user)->{email_verified}, 'verified';
    refused($token);

    $t->post_ok("$verify/send")->problem_is(401 => 'unauthenticated');
    $t->post_ok("$verify/send" => $user->{headers})->status_is(202);
    quiet($user);
    is scalar mails($user->{email}, qr/^Confirm your e-mail/), 0,
      'no mail for an address that is verified';
    ok wait_for(sub {
        grep { $_ eq 'user.email_verified' } facts($user);
    }, 15), 'a fact';
    unlike join('', map { Mojo::JSON::encode_json($_) }
          $shop->events('shop.users', $user->{user}{id})),
      qr/\Q$token\E/, 'Kafka never had the token';
};

subtest 'sent again, used once' => sub {
    my $user = $shop->register;
    $t->post_ok("$verify/send" => $user->{headers})->status_is(202)
      for 1 .. 2;
    my @tokens = (token(mail($user->{email}, qr/^Welcome/)),
        map { token(mail($user->{email}, qr/^Confirm your e-mail/, $_)) }
          1 .. 2);

    my @codes;
    $t->ua->max_connections(0);
    Mojo::Promise->all(map {
            $t->ua->post_p($t->absolute($verify) => json => {token => $_})
    } ($tokens[1]) x 5)->then(sub (@all) {
        @codes = map { $_->[0]->res->code } @all;
    })->wait;
    is_deeply [sort @codes], [204, 422, 422, 422, 422], 'once at a time';
    refused($_) for @tokens;
    is $shop->sql("select count(*) from ops.audit where subject = ? and
        action = 'user.email_verified'", "user:$user->{user}{id}"), 1, 'audit';
};

subtest 'another address' => sub {
    my $user  = $shop->register;
    my $first = token(mail($user->{email}, qr/^Welcome/));
    my $path  = '/api/v1/users/me/email';
    my $new   = unique_email();
    my %body  = (email => uc $new, current_password => $password);

    $t->post_ok($path => json => \%body)->problem_is(401 => 'unauthenticated');
    $t->post_ok($path => $user->{headers} => json => {email => $new})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/current_password');
    $t->post_ok($path => $user->{headers} => json =>
          {%body, current_password => 'wrong-password'})
      ->problem_is(401 => 'invalid_credentials');
    $t->post_ok($path => $user->{headers} => json =>
          {%body, email => $user->{email}})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/email');

    $t->post_ok($path => $user->{headers} => json => \%body)->status_is(202);
    my $token = token(mail($new, qr/^Confirm your new/));
    mail($user->{email}, qr/^Another e-mail address/);
    is me($user)->{email}, $user->{email}, 'not before it is confirmed';

    $t->post_ok($verify => json => {token => $token})->status_is(204);
    is me($user)->{email}, $new, 'confirmed';
    ok me($user)->{email_verified}, 'and verified';
    refused($first);
    is $t->call(POST => '/api/v1/auth/login' => json =>
          {email => $new, password => $password})->code, 200, 'sign-in by it';

    my $taken = $shop->register;
    $t->post_ok($path => $user->{headers} => json =>
          {%body, email => $taken->{email}})->status_is(202);
    quiet($taken);
    is scalar mails($taken->{email}, qr/^Confirm your new/), 0,
      'a taken one gets no mail, and the same answer';
};

subtest 'taken meanwhile' => sub {
    my $user = $shop->register;
    my $new  = unique_email();
    $t->post_ok('/api/v1/users/me/email' => $user->{headers} => json =>
          {email => $new, current_password => $password})->status_is(202);
    my $token = token(mail($new, qr/^Confirm your new/));
    $shop->register(email => $new);
    $t->post_ok($verify => json => {token => $token})
      ->problem_is(409 => 'email_taken');
};

subtest 'a device that was not seen before' => sub {
    my $user = $shop->register(name => 'Ada Example');
    my $sign = sub ($agent) {
        return $t->call(POST => '/api/v1/auth/login' =>
              {'User-Agent' => $agent} => json =>
              {email => $user->{email}, password => $password})->code;
    };
    is $sign->('Mojolicious (Perl)'), 200, 'where it was registered';
    is $sign->('Firefox/128.0 <b>evil</b>'), 200, 'another browser';
    is $sign->('Firefox/129.1 <b>evil</b>'), 200, 'brought up to date';

    my $mail = mail($user->{email}, qr/^New sign-in/);
    like $mail->{text}, qr{^Firefox/128\.0 <b>evil</b>\r?$}m, 'which';
    like $mail->{text}, qr/^\d{4}-\d\d-\d\d \d\d:\d\d UTC, from 127\.0\.0\.1/m,
      'when and where';
    like $mail->{html}, qr/&lt;b&gt;evil/, 'escaped';
    quiet($user);
    is scalar mails($user->{email}, qr/^New sign-in/), 1, 'once';
};

subtest 'in German' => sub {
    my $user = $shop->register;
    $t->patch_ok('/api/v1/users/me' => $user->{headers} => json =>
          {locale => 'de'})->status_is(200);
    $t->post_ok('/api/v1/auth/password/forgot' => json =>
          {email => $user->{email}})->status_is(202);
    my $mail = mail($user->{email}, qr/^Wählen Sie ein neues Passwort/);
    like $mail->{text}, qr{/reset-password#token=[\w-]{43}\r?$}m, 'a link';
};

done_testing;
