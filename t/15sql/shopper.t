#!/usr/bin/perl

# Reviews, notices and recommendations by what the database promises itself:
# what is doubtful, counts under concurrency, nothing told twice or missed.

use Mojo::Base -signatures;

use lib 't/lib';

use DBI;
use DBD::Pg ':async';
use Mojo::JSON qw(encode_json);
use ShopTest;
use ShopTest::Buyer qw(new_product);
use ShopTest::Customer;

my $shop = shop;

sub connection () { return $shop->db->clone }

# starts a statement whose result $db->pg_result waits for
sub start ($db, $statement, @bind) {
    my $sth = $db->prepare($statement, {pg_async => PG_ASYNC});
    $sth->execute(@bind);
    return $sth;
}

subtest 'what a moderator should look at' => sub {
    for my $fine ('Good.', 'It costs 19.99 and is worth 20.00.',
        'Size 38-40, 2 m x 3 m, since 2019', 'E.g. this one, i.e. mine.',
        'Sooooo good!!!', 'OK', 'Works with USB 2.0 and 3.0.',
        'Schön, größer als gedacht', "Two\nlines")
    {
        is $shop->sql('select review.doubtful(?)', $fine), 0, $fine;
    }
    for my $doubtful ('See http://x.test/a', 'at www.bargain.test',
        'cheaper on best-deals.com, really', 'mail me: ann@shop.example',
        'call +49 (30) 123 45 67 89', 'a' . '!' x 12,
        'THIS IS THE WORST THING THAT I HAVE EVER BOUGHT')
    {
        is $shop->sql('select review.doubtful(?)', $doubtful), 1, $doubtful;
    }
};

subtest 'names that strangers read' => sub {
    my %shown = ('Ada Example' => 'Ada E.', 'Zoë' => 'Zoë',
        'Jan van der Berg' => 'Jan B.', ' ' => 'Anonymous', '' => 'Anonymous',
        'ann@example.test' => 'Anonymous',
        'buy at shop.test' => 'Anonymous');
    is $shop->sql('select identity.shown_name(?)', $_), $shown{$_}, "'$_'"
      for sort keys %shown;
};

subtest 'a product\'s stars are tied to each other' => sub {
    my $product = new_product($shop);
    local $shop->db->{RaiseError} = 0;
    local $shop->db->{PrintError} = 0;
    for my $set ('rating_count = 1', 'rating_counts[5] = 1',
        "rating_counts = '{1,0,0,0}', rating_count = 1, rating_sum = 1",
        "rating_counts = '{-1,1,0,0,0}', rating_sum = 1")
    {
        ok !$shop->db->do("update catalog.product set $set where id = ?",
            undef, $product), $set;
        is $shop->db->state, '23514';
    }
};

subtest 'votes of many at once' => sub {
    my $product = new_product($shop);
    my $author  = ShopTest::Customer->new(stack => $shop);
    $author->buy($product);
    my $review = $author->t->call(
        POST => "/api/v1/products/$product/reviews" => $author->headers =>
          json => {rating => 5, body => 'Good.'})->json('/id');
    my @voters = map { $shop->register->{user}{id} } 1 .. 8;
    my @db     = map { connection() } @voters;
    for my $helpful ('true', 'false', 'true') {
        my @running = map {
            start($db[$_], 'select review.vote(1, ?, ?, ?)', $review,
                $voters[$_], $helpful)
        } 0 .. $#db;
        $_->pg_result for @db;
    }
    is_deeply [$shop->db->selectrow_array(
            'select helpful, unhelpful from review.review where id = ?',
            undef, $review)], [8, 0], 'each counted once';
    $_->disconnect for @db;
};

subtest 'stock that comes while one asks for it' => sub {
    my $product = new_product($shop, stock => 0);
    my ($asks, $brings) = (connection(), connection());
    $asks->begin_work;
    $asks->do('select wishlist.notice_add(1, null, ?, null, ?)', undef,
        $product, unique_email());
    my $running = start($brings, 'update inventory.stock set on_hand = 5
        where variant_id = ?', $product);
    ok wait_for(sub {
        return $shop->sql('select count(*) from pg_stat_activity
            where pid = ? and wait_event_type = \'Lock\'',
            $brings->{pg_pid});
    }, 5, 'the delivery to wait'), 'it waits until that is noted';
    $asks->commit;
    $brings->pg_result;
    ok wait_for(sub {
        return !$shop->sql('select count(*) from wishlist.notice
            where product_id = ?', $product);
    }, 30, 'the notice to be told'), 'nothing is missed';
    $_->disconnect for $asks, $brings;
};

subtest 'nobody waits for ever' => sub {
    my $product = new_product($shop, stock => 0);
    $shop->sql("insert into wishlist.notice (store_id, product_id, variant_id,
        email, created_at) select 1, \$1, \$1, e, now() - a
        from (values (\$2, interval '366 days'), (\$3, interval '364 days'))
            as v (e, a) returning 1", $product, unique_email(), unique_email());
    $shop->sql('select wishlist.clean(100)');
    is $shop->sql('select count(*) from wishlist.notice where product_id = ?',
        $product), 1, 'a year is enough';
};

subtest 'told once, though two workers look' => sub {
    my $product = new_product($shop, stock => 5);
    my @emails  = map { unique_email() } 1 .. 20;
    my ($one, $two) = (connection(), connection());
    $one->begin_work;
    $one->do('insert into wishlist.notice (store_id, product_id, variant_id,
        email, due) select 1, $1, $1, unnest($2::text[]), true', undef,
        $product, \@emails);
    $one->commit;
    my @running = map { start($_, 'select wishlist.tell(10)') } $one, $two;
    $_->pg_result for $one, $two;
    ok wait_for(sub {
        return !$shop->sql('select count(*) from wishlist.notice
            where product_id = ?', $product);
    }, 15, 'all to be told'), 'all are told';
    is $shop->sql("select count(*) from notification.delivery
        where template = 'back_in_stock' and recipient = any (?)", \@emails),
      20, 'once';
    $_->disconnect for $one, $two;
};

subtest 'orders are counted once' => sub {
    my $db = connection();
    my ($store, @orders) = (1, map { $shop->sql('select gen_random_uuid()') }
          1 .. 3);
    my $base = $shop->sql("select nextval('catalog.item_id')") * 1000;
    my $line = sub ($order, @products) {
        my $place = 0;
        $db->do('insert into "order".line (order_id, position, product_id,
            variant_id, quantity, unit_price, line_total)
            values ($1, $2, $3, $3, 1, 1, 1)', undef, $order, ++$place, $_)
          for @products;
    };
    $line->($orders[0], $base + 1, $base + 2);
    $line->($orders[1], $base + 1, $base + 1);
    $line->($orders[2], map { $base + $_ } 1 .. 30);
    my $events = encode_json [map { {
        id   => $shop->sql('select gen_random_uuid()'),
        type => 'order.paid',
        data => {order_id => $_}
    } } @orders];
    $db->do('select recommendation.take(?)', undef, $events) for 1, 2;
    ok wait_for(sub {
        $db->do('select recommendation.learn(100)');
        return !$shop->sql('select count(*) from recommendation.basket
            where order_id = any (?)', \@orders);
    }, 10, 'the baskets to be counted'), 'counted';
    is $shop->sql('select orders from recommendation.pair
        where product_id = ? and other_id = ?', $base + 1, $base + 2), 2,
      'two orders, though told twice';
    is $shop->sql('select count(*) from recommendation.pair
        where product_id > ? and product_id <= ?', $base, $base + 30),
      20 * 19, 'of a large order the first twenty';
    $db->do('delete from "order".line where order_id = any (?)', undef,
        \@orders);
    $db->disconnect;
};

done_testing;
