#!/usr/bin/perl

# nginx's debug log: what is logged of an event tells its connection, so one
# that has none must not be asked for it.

use Mojo::Base -signatures;

use IO::Socket::INET;
use Mojo::File qw(path);
use Mojo::JSON qw(encode_json);

use ShopTest;
use ShopTest::Buyer qw(new_product);
use ShopTest::Stream;

my $shop = shop;

# nobody reads it: it has headers, and all that is in them
my $nginx = $shop->nginx(
    main   => 'error_log /dev/null debug;',
    server => 'location /api/v1/ {
        shop_identity; shop_catalog; shop_order; shop_live; }
        location / { shop_ops; }'
);
my $t = $nginx->t;
my ($worker) = split ' ', `pgrep -P @{[$nginx->pid]}`;

subtest 'sign-ins that wait' => sub {
    my $buyer = $shop->register;
    my $body  = encode_json(
        {email => $buyer->{email}, password => $buyer->{password}});
    my $request = "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n"
      . "Content-Type: application/json\r\nConnection: close\r\n"
      . 'Content-Length: ' . length($body) . "\r\n\r\n$body";
    my @sockets = map {
        IO::Socket::INET->new('127.0.0.1:' . $nginx->port) or die "connect: $!"
    } 1 .. 8;
    kill 'STOP', $worker;
    wait_for(sub { path("/proc/$worker/stat")->slurp =~ /\) T / });
    $_->syswrite($request) for @sockets;
    kill 'CONT', $worker;
    for my $socket (@sockets) {
        my $answer = '';
        1 while $socket->sysread($answer, 65536, length $answer);
        like $answer, qr/^HTTP\/1\.1 200 /, 'signed in';
    }
};

subtest 'a stream' => sub {
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add(new_product($shop), 1);
    my $order  = $buyer->place->{json};
    my $stream = ShopTest::Stream->new(
        url     => $nginx->url,
        path    => "/api/v1/orders/$order->{id}/events",
        headers => $buyer->headers
    )->open;
    ok $stream->wait('order.created', 30), 'tells';
    $buyer->pay($order);
    ok $stream->wait('order.paid', 30), 'and goes on';
    $stream->close;
};

$t->get_ok('/ready')->status_is(200);
is_deeply [split ' ', `pgrep -P @{[$nginx->pid]}`], [$worker],
  'the worker that there was';

done_testing;
