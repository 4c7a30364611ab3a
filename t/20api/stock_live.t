#!/usr/bin/perl

# Stock as it changes: a stream, and how soon every worker answers with it.
# Runs alone: it measures milliseconds.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::JSON qw(decode_json);
use Time::HiRes qw(time sleep);

use ShopTest;
use ShopTest::Buyer qw(new_product);
use ShopTest::Stream;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

sub update ($id, $on_hand) {
    return $t->post_ok('/api/v1/inventory/update' => $admin => json =>
          {product_id => $id, on_hand => $on_hand})->status_is(200);
}

sub stream ($id, %headers) {
    return ShopTest::Stream->new(
        url     => $shop->url,
        path    => "/api/v1/inventory/$id/events",
        headers => \%headers
    )->open;
}

# waits until the stream has told of so many pieces
sub told ($s, $available) {
    my $end = time + 10;
    while (time < $end) {
        for my $event (@{$s->events}) {
            next unless $event->{data};
            my $data = decode_json $event->{data};
            return $event if $data->{available} == $available;
        }
        $s->read($end - time) or last;
    }
    return;
}

subtest 'a stream' => sub {
    my $id = new_product($shop, stock => 5);
    my $s  = stream($id);
    my $first = told($s, 5);
    ok $first, 'what is there comes first';
    is $first->{event}, 'stock.changed', 'its type';
    is_deeply decode_json($first->{data}),
      {product_id => $id, in_stock => Mojo::JSON->true, available => 5,
        variants => [{variant_id => $id, available => 5}]}, 'and what it says';
    like $s->head, qr{Content-Type: text/event-stream}i, 'type';
    like $s->head, qr{Cache-Control: no-store}i,         'not stored';

    update($id, 3);
    my $next = told($s, 3);
    ok $next, 'a change';
    cmp_ok $next->{id}, '>', $first->{id}, 'ids grow';
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($id, 3);
    $buyer->place;
    my $last = told($s, 0);
    ok $last, 'an order';
    $s->close;

    my $again = stream($id, 'Last-Event-ID' => $next->{id});
    is told($again, 0)->{id}, $last->{id}, 'resumed with the latest';
    $again->close;
    my $known = stream($id, 'Last-Event-ID' => $last->{id});
    update($id, 8);
    ok told($known, 5), 'and goes on';
    is scalar(grep { $_->{data} } @{$known->events}), 1,
      'what is known does not come again';
    $known->close;
};

subtest 'many streams of several products' => sub {
    my @ids     = map { new_product($shop, stock => $_) } 1 .. 4;
    my @streams = map { stream($ids[$_ % 4]) } 0 .. 19;
    ok told($streams[$_], $_ % 4 + 1), 'open' for 0 .. 19;
    update($ids[$_], 5 + $_) for 0 .. 3;
    ok !grep({ !told($streams[$_], 5 + $_ % 4) } 0 .. 19), 'each its own';
    $_->close for @streams;
};

subtest 'what is not there' => sub {
    my $draft = new_product($shop, status => 'draft');
    for my $id ('none', 999_999_999, '9' x 30, $draft) {
        $t->get_ok("/api/v1/inventory/$id/events")
          ->problem_is(404 => 'not_found');
    }
    my $id = new_product($shop);
    $t->get_ok("/api/v1/inventory/$id/events?last_event_id=x")
      ->problem_is(422 => 'invalid_input');
};

# connections are spread over the workers: each request has a new one
subtest 'every worker, within 100 ms' => sub {
    my $id    = new_product($shop, stock => 9);
    my $fresh = sub ($expected) {
        my ($changed, $slow) = (time, 0);
        while (time - $changed < 0.6 + $slow) {
            my $ua  = Mojo::UserAgent->new;
            my $asked = time;
            my $res = $ua->get($shop->url . "/api/v1/products/$id")->res;
            my $old = $res->json('/variants/0/available') != $expected;
            $slow = $asked - $changed if $old && $asked - $changed > $slow;
        }
        return $slow;
    };
    $fresh->(9);    # in every cache
    my $there = 9;
    for (1 .. 3) {
        in_time(0.1, sub { update($id, $there ^= 1); $fresh->($there) },
            'an update');
    }
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    my @orders;
    my $buy = sub {
        $buyer->add($id, 1);
        push @orders, $buyer->place->{json};
        return $there--;
    };
    in_time(0.1, sub { $buy->(); $fresh->($there) }, 'an order');
    in_time(0.1, sub {
        $buy->() if !@orders;
        my $order = shift @orders;
        $buyer->t->call(POST => "/api/v1/orders/$order->{id}/cancel" =>
              $buyer->headers => json => {});
        return $fresh->(++$there);
    }, 'a cancelled order');
};

done_testing;
