#!/usr/bin/perl

# Exchange rates as they come over HTTP: good ones are taken; whatever else a
# server says changes nothing, is told, and is tried again.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::IOLoop;
use Mojo::Server::Daemon;
use Mojo::UserAgent;
use Mojolicious;
use Time::HiRes qw(time);

my ($pid, $port, $socket);

BEGIN {
    require IO::Socket::INET;
    $socket = IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1');
    $port = $socket->sockport;
}

use ShopTest;

sub xml ($day, $rate) {
    return qq{<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<Cube><Cube time='$day'><Cube currency='USD' rate='$rate'/></Cube></Cube>
</gesmes:Envelope>};
}

# what the server says; one day more each time
my %says = (
    good => sub ($c, $xml) { $c->render(data => $xml, format => 'xml') },
    missing => sub ($c, $xml) { $c->render(data => $xml, status => 404) },
    broken  => sub ($c, $xml) { $c->render(data => $xml, status => 500) },
    moved => sub ($c, $xml) {
        $c->res->headers->location('http://127.0.0.1:1/');
        $c->render(data => $xml, status => 302);
    },
    empty     => sub ($c, $xml) { $c->render(data => '') },
    page      => sub ($c, $xml) {
        $c->render(data => '<html><body>Down for now</body></html>');
    },
    text      => sub ($c, $xml) { $c->render(data => 'no & XML <at> all') },
    bytes     => sub ($c, $xml) {
        $c->render(data => $xml =~ s/Reference/\xff\xfe/r);
    },
    half      => sub ($c, $xml) { $c->render(data => substr $xml, 0, -30) },
    huge      => sub ($c, $xml) {
        $c->render(data => $xml . ' ' x 2_000_000);
    },
    truncated => sub ($c, $xml) {
        $c->render_later;
        my $id = $c->tx->connection;
        $c->res->headers->content_length(length $xml);
        $c->write(substr $xml, 0, -30);
        Mojo::IOLoop->timer(0.2 => sub { Mojo::IOLoop->remove($id) });
    },
    slow => sub ($c, $xml) {
        $c->render_later;
        $c->res->headers->content_length(100 + length $xml);
        $c->write($xml);
        my $id = Mojo::IOLoop->recurring(0.1 => sub { $c->write(' ') });
        $c->tx->on(finish => sub { Mojo::IOLoop->remove($id) });
    },
);

my $parent = $$;
$pid = fork // die "fork: $!";
if (!$pid) {
    my $app = Mojolicious->new(secrets => ['x']);
    $app->log->level('fatal');
    my ($mode, $day, $asked) = ('good', 1, 0);
    $app->routes->get('/say/:mode/:day' => sub ($c) {
        ($mode, $day, $asked) = ($c->param('mode'), $c->param('day'), 0);
        $c->render(text => 'yes');
    });
    $app->routes->get('/asked' => sub ($c) { $c->render(text => $asked) });
    $app->routes->get('/rates' => [format => 'xml'] => sub ($c) {
        $asked++;
        $says{$mode}->($c, xml(sprintf('2026-10-%02d', $day), "1.$day"));
    });
    Mojo::Server::Daemon->new(app => $app, silent => 1,
        listen => ['http://127.0.0.1?fd=' . fileno $socket])->run;
    exit;
}
END { kill KILL => $pid if $pid && $$ == $parent }

my $server = Mojo::UserAgent->new;
my $shop   = private_shop(
    SHOP_RATES_URL      => "http://127.0.0.1:$port/rates.xml",
    SHOP_RATES_INTERVAL => '200ms',
    SHOP_RATES_TIMEOUT  => '1s',
    SHOP_RETRY_BASE     => '100ms',
    SHOP_ADMIN_EMAIL    => 'root@shop.test',
    SHOP_ADMIN_PASSWORD => 'staple-of-the-rates',
    empty               => 1
);
my %chosen = $shop->chosen;
my $days   = 1;

sub say_it ($mode) {
    $days++;
    return $server->get("http://127.0.0.1:$port/say/$mode/$days")->result;
}

sub asked { return $server->get("http://127.0.0.1:$port/asked")->result->text }

sub told ($result) {
    my $text = $server->get("http://127.0.0.1:$chosen{port_worker}/metrics")
      ->result->text;
    return $text =~ /^shop_worker_rate_fetches_total\{result="$result"\} (\d+)/m
      ? $1 : 0;
}

# the latest day and its rate
sub rate {
    return $shop->sql(q{select day || ' ' || trim_scale(rate) from store.exchange_rate
        where base = 'EUR' and currency = 'USD' order by day desc limit 1});
}

sub good ($name) {
    say_it('good');
    my $rate = sprintf '2026-10-%02d %s', $days, 0 + "1.$days";
    ok wait_for(sub { (rate() // '') eq $rate }, 30, 'rates'), $name;
    return;
}

ok wait_for(sub { asked() > 0 }, 30, 'the worker'), 'the worker asks';
good('good ones are taken');

my %result = map { $_ => 'retry' }
  qw(missing broken moved huge truncated slow);
for my $mode (sort grep { $_ ne 'good' } keys %says) {
    my $result = $result{$mode} // 'refused';
    my ($before, $rate) = (told($result), rate());
    my $start = time;
    say_it($mode);
    ok wait_for(sub { told($result) > $before }, 30, $result), "$mode: $result";
    cmp_ok time - $start, '>', 1.5, 'no longer than it may take'
      if $mode eq 'slow';
    is rate(), $rate, 'the rates of before stay';
    good('taken when they are good again');
}

# a worker that is stopped does not wait for a slow server
say_it('slow');
wait_for(sub { asked() > 0 }, 30, 'the worker');
my $start = time;
$shop->service_stop('worker');
cmp_ok time - $start, '<', 10, 'stopped at once';
$shop->service_start('worker');

my $log = $shop->logs->{worker};
ok scalar $log->grep(qr/rates not fetched.*status=$_/), "$_ is in the log"
  for 404, 500, 302, 200;
ok scalar $log->grep(qr/pg: refused.*rates_take/), 'and what held no rates';

done_testing;
