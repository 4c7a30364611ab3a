#!/usr/bin/perl

# What an outside issuer tells by webhook (Clerk's, signed by Svix): who and
# which sessions ended there; signatures that are wrong.

use Mojo::Base -signatures;

use Digest::SHA qw(hmac_sha256_base64);
use Mojo::JSON  qw(decode_json encode_json false true);
use Mojo::Util  qw(b64_decode b64_encode);

use ShopTest;
use ShopTest::File qw(write_file);
use ShopTest::Issuer;
use ShopTest::Relying;

my $shop   = shop;
my $issuer = ShopTest::Issuer->new->start;
my $page   = 'https://shop.test';
my $secret = b64_encode('testsecretkey12345678', '');
my $file   = $issuer->dir->child('webhook');
write_file($file, "whsec_$secret\n");

my $nginx = relying($shop, <<"CONF");
shop_oidc clerk trust=bearer issuer=@{[$issuer->url]} azp=$page skew=5s
          provision=on webhook=$file;
shop_oidc silent trust=bearer issuer=https://silent.test azp=$page;
CONF
my $t = $nginx->t;
$t->ua->cookie_jar->ignore(sub {1});
my $me   = '/api/v1/users/me';
my $hook = '/api/v1/auth/oidc/clerk/webhook';

sub signed ($key, $id, $time, $body) {
    my $mac = hmac_sha256_base64("$id.$time.$body", b64_decode($key));
    return $mac . '=' x (-length($mac) % 4);
}

is signed('dGVzdHNlY3JldGtleTEyMzQ1Njc4', 'msg_1', 1700000000,
    '{"type":"user.created"}'),
  '5MDtZLzh6Tf66kQY6xY9nrsXiWcqUv4MZtJtD1R1i/E=', 'as Svix does it';

# sends it; %with: id, time, key, signature, body
sub hear ($facts, %with) {
    my $id   = $with{id}   // 'msg_' . unique_id();
    my $time = $with{time} // time;
    my $body = $with{body} // encode_json($facts);
    my $sent = $with{sent} // $body;
    my $sig  = $with{signature}
      // 'v1,' . signed($with{key} // $secret, $id, $time, $body);
    return $t->post_ok($with{to} // $hook => {
        'Content-Type' => 'application/json', 'svix-id' => $id,
        'svix-timestamp' => $time, 'svix-signature' => $sig
    } => $sent);
}

sub somebody (%with) {
    my %claims = (
        iss => $issuer->url, sub => 'user_' . unique_id(),
        sid => 'sess_' . unique_id(), azp => $page, iat => time,
        nbf => time, exp => time + 300, email => unique_email(),
        email_verified => true, name => 'Ada', v => 2, %with
    );
    my $who = {%claims, headers =>
          {Authorization => 'Bearer ' . $issuer->sign(\%claims)}};
    $t->get_ok($me => $who->{headers})->status_is(200);
    $who->{id} = $t->value('/id');
    return $who;
}

sub refused ($who, $why) {
    wait_for(sub { $t->call(GET => $me => $who->{headers})->code == 401 },
        5, 'the token to be refused');
    $t->get_ok($me => $who->{headers})->problem_is(401 => 'unauthenticated')
      ->json_like('/detail' => $why);
    return;
}

subtest 'signatures' => sub {
    my $facts = {type => 'user.created', data => {id => 'user_x'}};
    hear($facts)->status_is(200)->json_is({received => true});
    my $good = sub ($id, $time) {
        return 'v1,' . signed($secret, $id, $time, encode_json($facts));
    };
    my $now = time;
    hear($facts, id => 'msg_a', time => $now,
        signature => 'v1,' . b64_encode('x' x 32, '') . ' v1a,x '
          . $good->('msg_a', $now))->status_is(200, 'one of several');
    hear($facts, time => $now - 290)->status_is(200, 'not too old');

    my $bad = sub ($what, %with) {
        hear($facts, %with)->problem_is(400 => 'invalid_signature');
        note $what;
    };
    $bad->('too old',       time => $now - 310);
    $bad->('too early',     time => $now + 310);
    $bad->('no time',       time => 'now');
    $bad->('another key',   key  => b64_encode('x' x 24, ''));
    $bad->('another body',  sent => '{"type":"user.deleted"}');
    $bad->('none',          signature => '');
    $bad->('another version', signature => 'v2' . substr
          $good->('msg_b', $now), 2);
    $bad->('of another event', id => 'msg_c', time => $now,
        signature => $good->('msg_b', $now));
    $bad->('cut', id => 'msg_d', time => $now,
        signature => substr $good->('msg_d', $now), 0, -4);
    $bad->('an id with a dot', id => 'msg.1');
    $bad->('a long id', id => 'm' x 129);
    $t->post_ok($hook => json => $facts)
      ->problem_is(400 => 'invalid_signature');

    hear($facts, body => '{"type":')->problem_is(400 => 'invalid_json');
    hear($facts, body => $_)->problem_is(400 => 'invalid_json')
      for '', '[]', '{"type":"\u0000"}', '{"type":"\ud800"}', "\xff",
      '{"type":"a","type":"b"}', '{"a":99999999999999999999}',
      '[' x 3000 . ']' x 3000;
    hear($facts, body => '{}')->status_is(200);
    hear($facts, body => '{"type":"user.deleted","data":"x"}')
      ->status_is(200);
    hear($facts, body => '{"type":"user.deleted","data":{"id":7}}')
      ->status_is(200);
    hear($facts, to => "/api/v1/auth/oidc/$_/webhook")
      ->problem_is(404 => 'not_found')
      for qw(silent nobody);
};

subtest 'a session that ended' => sub {
    my $one   = somebody();
    my $other = somebody(%$one{qw(sub email)});
    is $other->{id}, $one->{id}, 'the same person';
    my $id    = 'msg_' . unique_id();
    my $facts = {type => 'session.revoked', timestamp => time * 1000,
        data => {id => $one->{sid}, user_id => $one->{sub}}};
    hear($facts, id => $id)->status_is(200);
    refused($one, qr/session/);
    $t->get_ok($me => $other->{headers})->status_is(200, 'the other goes on');
    hear($facts, id => $id)->status_is(200, 'told again');
    hear($facts)->status_is(200);
    is $shop->sql(q{select count(*) from ops.audit
        where subject = 'user:' || ? and action = 'session.ended_outside'},
        $one->{id}), 1, 'once in the audit';
};

subtest 'somebody who is banned' => sub {
    my $who = somebody();
    my $say = sub ($banned, $at) {
        hear({type => 'user.updated', data => {id => $who->{sub},
            banned => $banned, updated_at => $at}})->status_is(200);
    };
    my $now = time * 1000;
    $say->(true, $now);
    refused($who, qr/banned/);
    $say->(false, $now - 1);
    refused($who, qr/banned/);
    $say->(false, $now + 1);
    $t->get_ok($me => $who->{headers})->status_is(200, 'may again');
    $say->(true, $now);
    $t->get_ok($me => $who->{headers})->status_is(200, 'old news');
};

subtest 'somebody who was deleted' => sub {
    my $who   = somebody();
    my $owner = $shop->db->selectrow_array(
        'select email from identity.account where id = ?', undef, $who->{id});
    hear({type => 'user.deleted', data => {id => $who->{sub},
        deleted => true}})->status_is(200);
    refused($who, qr/deleted/);
    hear({type => 'user.updated', data => {id => $who->{sub},
        banned => false, updated_at => (time + 9) * 1000}})->status_is(200);
    refused($who, qr/deleted/);
    is $shop->sql('select count(*) from identity.account where email = ?',
        $owner), 1, 'the account and its orders stay';
};

subtest 'what is old' => sub {
    $shop->db->do("update $_ set at = now() - interval '31 days'")
      for qw(identity.outside_event identity.outside_state);
    $shop->sql('select identity.clean()');
    is $shop->sql('select count(*) from identity.outside_event'), 0,
      'is forgotten';
    is $shop->sql("select count(*) from identity.outside_state
        where state <> 'banned'"), 0, 'but bans';
};

done_testing;
