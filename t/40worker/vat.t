#!/usr/bin/perl

# VAT ids: the registry is asked once, again when it had no answer, and what it
# said turns the tax around.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::Server::Daemon;
use Mojolicious;

my ($pid, $port, $socket);

BEGIN {
    # a registry of the test's own: MS_UNAVAILABLE at first, then, once it is
    # told so, an answer
    require IO::Socket::INET;
    $socket = IO::Socket::INET->new(Listen => 5, LocalAddr => '127.0.0.1');
    $port = $socket->sockport;
}

use ShopTest -private => {SHOP_VAT_REGISTRY => "http://127.0.0.1:$port"};
use ShopTest::Buyer qw(new_product);

my $parent = $$;
$pid = fork // die "fork: $!";
if (!$pid) {
    my $app = Mojolicious->new(secrets => ['x']);
    $app->log->level('fatal');
    my (%tries, $knows);
    $app->routes->get('/know' => sub ($c) {
        $knows = 1;
        $c->render(text => 'yes');
    });
    $app->routes->get('/ms/:country/vat/:number' => sub ($c) {
        my $id = $c->param('country') . $c->param('number');
        my $n  = $tries{$id} // 0;
        $tries{$id} = $n + 1 if $n == 0 || $knows;
        return $c->render(json => {isValid => \0,
                userError => 'MS_UNAVAILABLE'}) if $n == 0;
        return $c->render(text => 'busy', status => 503) if $n == 1;
        return $c->render(json => {isValid => $id eq 'ATU13585627' ? \1 : \0,
                userError => $id eq 'ATU13585627' ? 'VALID' : 'INVALID',
                name => 'ACME GmbH', tries => $n});
    });
    Mojo::Server::Daemon->new(app => $app, silent => 1,
        listen => ['http://127.0.0.1?fd=' . fileno $socket])->run;
    exit;
}
END { kill KILL => $pid if $pid && $$ == $parent }

my $shop = shop;
my $t    = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});

$t->patch_ok('/api/v1/store' => $shop->admin => json =>
      {vat_check => 'registry'})->status_is(200);

sub status_of ($id) {
    return $t->call(GET => "/api/v1/vat-ids/$id")->json('/status');
}

is status_of('ATU13585627'), 'unknown', 'nobody has asked';
$t->post_ok('/api/v1/vat-ids' => json => {vat_id => $_})->status_is(200)
  ->json_is('/status' => 'pending')
  for 'ATU13585627', 'DE136695976';

my $buyer = ShopTest::Buyer->new(stack => $shop);
$buyer->add(new_product($shop, price => 12000));
my $cart = $buyer->headers;
$t->patch_ok('/api/v1/cart' => $cart => json =>
      {country => 'AT', vat_id => 'ATU13585627'})->status_is(200);
ok $t->value('/tax/total/amount') > 0, 'until then it is paid';
$t->ua->get("http://127.0.0.1:$port/know");

wait_for(sub { status_of('ATU13585627') eq 'valid' }, 20, 'the registry knows');
$t->get_ok('/api/v1/vat-ids/ATU13585627')->json_is('/name' => 'ACME GmbH')
  ->json_like('/checked_at' => qr/^20/);
$t->get_ok('/api/v1/cart' => $cart)->json_is('/tax/total/amount' => 0)
  ->json_is('/tax/lines/0/name' => 'Reverse charge');

wait_for(sub { status_of('DE136695976') eq 'invalid' }, 20, 'it does not');

my $db = $shop->db;
cmp_ok $shop->sql('select tries from store.vat_id where vat_id = ?',
    'ATU13585627'), '>=', 3, 'until there was an answer';
$t->post_ok('/api/v1/vat-ids' => json => {vat_id => 'ATU13585627'})
  ->json_is('/status' => 'valid');
is $shop->sql('select count(*) from store.vat_id where next_at is not null'),
  0, 'not asked again on the same day';
$db->do("update store.vat_id set checked_at = now() - interval '2 days'");
$t->post_ok('/api/v1/vat-ids' => json => {vat_id => 'ATU13585627'})
  ->json_is('/status' => 'valid');
wait_for(sub {
    $shop->sql("select checked_at > now() - interval '1 day'"
          . " from store.vat_id where vat_id = 'ATU13585627'");
}, 20, 'asked again later');

done_testing;
