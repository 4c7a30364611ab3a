#!/usr/bin/perl

# An import outlives its worker: killed in the middle it goes on where it was,
# and no row is imported twice.  It can be stopped and taken up again.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::IOLoop;

use ShopTest -private => {};

my $rows  = 6000;
my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

sub upload ($csv) {
    $t->post_ok('/api/v1/imports/products' =>
          {%$admin, 'Content-Type' => 'text/csv'} => $csv)->status_is(202);
    return $t->value('/id');
}

sub state_of ($id) {
    return $t->call(GET => "/api/v1/imports/$id" => $admin)->json;
}

sub reach ($id, $done) {
    return wait_for(sub {
        my $now = state_of($id);
        return $now->{rows}{done} >= $done ? $now : undef;
    }, 60, "$done rows");
}

sub finished ($id) {
    return wait_for(sub {
        my $now = state_of($id);
        return $now->{finished_at} ? $now : undef;
    }, 120, 'the import to end');
}

sub file ($name, $n) {
    return "slug,sku,name,price,stock,category\n" . join '',
      map {"$name-$_,$name-$_,Piece $_ of $name,$_,5,clothes\n"} 1 .. $n;
}

sub there ($name) {
    return $shop->sql(q{select count(*) from catalog.product
        where slug like ? and deleted_at is null}, "$name-%");
}

subtest 'killed' => sub {
    my $id    = upload(file('kill', $rows));
    my $times = 0;
    for my $part (0.2, 0.5) {
        reach($id, $rows * $part);
        my $old = $shop->pid('worker');
        $shop->kill('worker');
        $times++;
        ok $shop->wait_back('worker', $old, 30), 'started again';
    }
    my $end = finished($id);
    is $end->{status}, 'done';
    is_deeply $end->{rows},
      {done => $rows, created => $rows, updated => 0, failed => 0},
      "each row once, though killed $times times";
    is there('kill'), $rows, 'products';
    is $shop->sql(q{select count(distinct o.product_id) from catalog.offer o
        where o.slug like 'kill-%'}), $rows, 'all of them are for sale';
    is $shop->sql(q{select sum(m.on_hand_delta) from inventory.movement m
        join catalog.product p on p.id = m.product_id
        where p.slug like 'kill-%'}), $rows * 5, 'the ledger';
    is $shop->sql('select count(*) from inventory.verify()'), 0, 'stock';
    is $shop->sql('select upload_id from ops.job where id = ?', $id), undef,
      'what was sent is not kept';
};

subtest 'stopped, and taken up again' => sub {
    # one that has ended before it can be stopped is followed by a longer one
    my ($id, $n, $name);
    for my $times (1, 4, 16) {
        ($n, $name) = ($rows * $times, "stop$times");
        $id = upload(file($name, $n));
        reach($id, 500);
        last
          if $t->call(POST => "/api/v1/jobs/$id/cancel" => $admin)->code == 200;
    }
    my $state = state_of($id);
    is $state->{status}, 'cancelled', "stopped, of $n rows";
    my $done = $state->{rows}{done};
    is there($name), $done, 'what was done stays';
    $t->post_ok("/api/v1/jobs/$id/retry" => $admin)->status_is(200)
      ->json_is('/status' => 'queued');
    is finished($id)->{rows}{created}, $n;
    is there($name), $n, 'from where it was';
};

subtest 'a dry run of many' => sub {
    $t->post_ok('/api/v1/imports/products?dry_run=true' =>
          {%$admin, 'Content-Type' => 'text/csv'} => file('dry', $rows))
      ->status_is(202);
    is_deeply finished($t->value('/id'))->{rows},
      {done => $rows, created => $rows, updated => 0, failed => 0};
    is there('dry'), 0;
};

subtest 'a client that leaves an export' => sub {
    my $url = Mojo::URL->new($shop->url);
    for (1 .. 20) {
        my $seen = 0;
        Mojo::IOLoop->client({address => $url->host, port => $url->port},
            sub ($loop, $err, $stream) {
                $stream->on(read => sub ($s, $bytes) {
                    $seen += length $bytes;
                    $s->close if $seen > 20_000;
                });
                $stream->on(close => sub { Mojo::IOLoop->stop });
                $stream->write("GET /api/v1/exports/products.csv HTTP/1.1\r\n"
                      . "Host: localhost\r\nAuthorization: "
                      . "$admin->{Authorization}\r\n\r\n");
            });
        Mojo::IOLoop->start;
        cmp_ok $seen, '>', 20_000, 'went away' if $_ == 1;
    }
    my $csv = $t->get_ok('/api/v1/exports/products.csv' => $admin)
      ->status_is(200)->tx->res->body;
    cmp_ok scalar(() = $csv =~ /\r\n/g), '>', 2 * $rows, 'all of it';
};

done_testing;
