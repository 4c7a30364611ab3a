#!/usr/bin/perl

# Clicks wait for nobody: no broker, one that says nothing, a full queue, and
# the exit of a worker, which has a deadline.

use Mojo::Base -signatures;

use IO::Socket::INET;
use Time::HiRes qw(time);

use ShopTest;
use ShopTest::Buyer qw(new_product);

my $shop = shop;

# another one each time: what is alike is one click
my @ids = @{$shop->db->selectcol_arrayref(q{select distinct product_id
    from catalog.offer where store_id = 1
    order by product_id limit 400})};
sub path { push @ids, shift @ids; return "/api/v1/products/$ids[-1]" }

sub node ($brokers, $more = '') {
    my $nginx = $shop->nginx(
        http   => "shop_kafka $brokers; shop_kafka_drain 1s; $more",
        server => 'location /api/v1/ { shop_catalog; } '
          . 'location / { shop_ops; }'
    );
    ok wait_for(sub { $nginx->t->call(GET => path())->code == 200 }),
      'products are read';
    return $nginx;
}

# clicks by what became of them
sub clicks ($nginx) {
    my $text = $nginx->t->call(GET => '/metrics')->body;
    my %count = $text =~ /^shop_kafka_clicks_total\{result="(\w+)"\} (\d+)$/mg;
    ($count{queued}) = $text =~ /^shop_kafka_queued (\d+)$/m;
    return \%count;
}

sub exits_in_time ($nginx) {
    my $pid   = $nginx->pid;
    my $began = time;
    kill 'QUIT', $pid;
    ok wait_for(sub { !kill 0, $pid }, 15), 'the nginx ends';
    my $took = time - $began;
    cmp_ok $took, '<', 5, sprintf 'after %.1f s', $took;
    return;
}

my ($free, $held) = ShopTest::Stack::closed_port();
my $silent = IO::Socket::INET->new(LocalAddr => '127.0.0.1', Listen => 64)
  or die "listen: $!";

for my $broker (["127.0.0.1:$free", 'no broker'],
    ['127.0.0.1:' . $silent->sockport, 'a broker that says nothing'])
{
    my ($address, $name) = @$broker;
    subtest $name => sub {
        my $nginx = node($address);
        my $t     = $nginx->t;
        my $began = time;
        $t->get_ok(path())->status_is(200) for 1 .. 20;
        cmp_ok time - $began, '<', 5, 'nobody waits';
        ok wait_for(sub { clicks($nginx)->{queued} >= 20 }), 'clicks wait';
        my $ready;
        ok wait_for(sub {
            $ready = $t->call(GET => '/ready');
            return $ready->code == 200
              && $ready->json('/components/kafka/state') eq 'down';
        }, 20), 'which the shop tells, and is ready without'
          or diag $ready->body;
        exits_in_time($nginx);
    };
}

subtest 'a full queue' => sub {
    my $nginx = node("127.0.0.1:$free", 'shop_kafka_queue 100;');
    my $t     = $nginx->t;
    $t->get_ok(path())->status_is(200) for 1 .. 120;
    ok wait_for(sub { clicks($nginx)->{dropped} >= 20 }),
      'further clicks are dropped, and counted';
    cmp_ok clicks($nginx)->{queued}, '<', 120, 'they do not wait';
    exits_in_time($nginx);
};

subtest 'what waits is sent at the exit' => sub {
    my $nginx = $shop->nginx(server => 'location /api/v1/ { shop_catalog; }');
    my $mine  = new_product($shop);
    ok wait_for(sub {
        $nginx->t->call(GET => "/api/v1/products/$mine")->code == 200;
    }), 'seen';
    exits_in_time($nginx);
    ok wait_for(sub { scalar $shop->events('shop.clicks', $mine) }, 20),
      'and told';
};

done_testing;
