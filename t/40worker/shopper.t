#!/usr/bin/perl

# Mails that shoppers asked for or may end: requests for reviews after
# delivery, what is in stock again, and leaving both.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product);
use ShopTest::Customer;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

sub mails ($to, $subject) {
    return grep { $_->{subject} =~ $subject } $shop->mails($to);
}

sub mail ($to, $subject) {
    wait_for(sub { mails($to, $subject) }, 30, "a mail $subject");
    my @mails = mails($to, $subject);
    is @mails, 1, "one mail $subject";
    my $mail = $mails[0] // {headers => {}, text => '', html => ''};
    s/\r//g for @$mail{qw(text html)};
    return $mail;
}

sub customer () { return ShopTest::Customer->new(stack => $shop) }

# what shipping will do: the order arrives, and its day has come
sub delivered ($order) {
    for my $move (['shipped', 'order.shipped'], ['delivered',
        'order.delivered'])
    {
        $shop->sql('select "order".move(o, ?, ?, \'test\')
            from "order".orders o where o.id = ?', @$move, $order->{id});
    }
    return;
}

sub due ($order) {
    ok wait_for(sub {
        return $shop->db->do('update review.request set due_at = now()
            where order_id = ?', undef, $order->{id}) > 0;
    }, 30, 'the request'), 'it will be asked for';
    return;
}

sub sold_out ($name) {
    return new_product($shop, name => $name, stock => 0);
}

sub stock ($product, $on_hand) {
    $t->post_ok('/api/v1/inventory/update' => $admin => json =>
          {product_id => $product, on_hand => $on_hand})->status_is(200);
    return;
}

sub wait_for_stock ($product, %json) {
    my $headers = delete $json{headers} // {};
    $t->post_ok("/api/v1/products/$product/stock-notices" => $headers =>
          json => \%json)->status_is(201);
    return;
}

subtest 'a review is asked for' => sub {
    my $ada = customer();
    my ($cup, $pot) = map { new_product($shop, name => "$_ & more") }
      qw(Cup Pot);
    my $order = $ada->buy($cup, $pot);
    delivered($order);
    is $shop->sql("select count(*) from notification.delivery
        where recipient = ? and template = 'review_request'", $ada->email), 0,
      'not at once';
    $t->post_ok("/api/v1/products/$pot/reviews" => $ada->headers => json =>
          {rating => 5, body => 'Quick.'})->status_is(201);
    due($order);
    my $mail = mail($ada->email, qr/^How do you like it/);
    like $mail->{text}, qr/order \Q$order->{number}\E/, 'which order';
    like $mail->{text},
      qr{^Cup & more: \Q@{[$shop->url]}\E/products/cup-more[\w-]*\#reviews$}m,
      'where to';
    unlike $mail->{text}, qr/Pot/, 'not what was reviewed already';
    like $mail->{headers}{'list-unsubscribe'},
      qr{^<\Q@{[$shop->url]}\E/api/v1/mails/[0-9a-f-]{36}/unsubscribe>$},
      'the button of mail programs';
    is $mail->{headers}{'list-unsubscribe-post'},
      'List-Unsubscribe=One-Click';

    my ($link) = $mail->{headers}{'list-unsubscribe'} =~ /<(.*)>/;
    $t->post_ok($link => {'Content-Type' =>
              'application/x-www-form-urlencoded'} =>
          'List-Unsubscribe=One-Click')->status_is(200);
    $t->get_ok('/api/v1/reviews/preferences' => $ada->headers)
      ->json_is('/request_mails' => Mojo::JSON->false);
    my $again = $ada->buy($cup);
    delivered($again);
    due($again);
    ok wait_for(sub {
        return !$shop->sql('select count(*) from review.request
            where order_id = ?', $again->{id});
    }, 30, 'the request to be dropped'), 'no more requests';
    is mails($ada->email, qr/^How do you like it/), 1, 'and no mail';
};

subtest 'back in stock' => sub {
    my $ada   = customer();
    my $guest = unique_email();
    my $name  = 'Kettle ' . unique_id;
    my $kettle = sold_out($name);
    wait_for_stock($kettle, headers => $ada->headers);
    wait_for_stock($kettle, email => $guest);
    stock($kettle, 2);
    for my $to ($ada->email, $guest) {
        my $mail = mail($to, qr/^Back in stock: \Q$name\E$/);
        like $mail->{text}, qr/€10\.00/, 'for how much';
        like $mail->{text}, qr{^\Q@{[$shop->url]}\E/products/kettle-}m, 'where';
        like $mail->{text}, qr{No more mails .*: \S+/unsubscribe$}m, 'the end';
    }
    is $shop->sql('select count(*) from wishlist.notice where product_id = ?',
        $kettle), 0, 'they wait no more';
    stock($kettle, 0);
    stock($kettle, 3);
    my $pan = sold_out('Pan ' . unique_id);
    wait_for_stock($pan, email => $guest);
    stock($pan, 1);
    mail($guest, qr/^Back in stock: Pan/);
    is mails($guest, qr/Kettle/), 1, 'told once';
};

subtest 'sold again before the mail' => sub {
    my $email = unique_email();
    my $jug   = sold_out('Jug ' . unique_id);
    wait_for_stock($jug, email => $email);
    $shop->sql('update wishlist.notice set due = true where product_id = ?
        returning 1', $jug);
    ok wait_for(sub {
        return !$shop->sql('select bool_or(due) from wishlist.notice
            where product_id = ?', $jug);
    }, 15, 'the worker to look'), 'it waits for the next time';
    is mails($email, qr/Jug/), 0, 'no mail';
    stock($jug, 1);
    mail($email, qr/^Back in stock: Jug/);
};

subtest 'leaving by the link' => sub {
    my $email = unique_email();
    my ($one, $two) = map { sold_out("Bowl $_ " . unique_id) } 1, 2;
    wait_for_stock($_, email => $email) for $one, $two;
    stock($one, 1);
    my $mail = mail($email, qr/^Back in stock: Bowl 1/);
    my ($link) = $mail->{text} =~ m{(\S+/unsubscribe)$}m;
    my $waits = sub {
        return $shop->sql('select count(*) from wishlist.notice
            where email = ?', $email);
    };
    $t->head_ok($link)->status_is(200);
    is $waits->(), 1, 'HEAD changes nothing';
    $t->get_ok($link)->status_is(200)->content_type_like(qr{^text/html})
      ->header_is('Cache-Control' => 'no-store')
      ->text_is(h1 => 'Unsubscribed');
    is $waits->(), 0, 'no notice is left';
    $t->get_ok($link)->status_is(200, 'twice is no fault');
    $t->get_ok($link =~ s/mails\/[^\/]+/mails\/$_/r)
      ->problem_is(404 => 'not_found')
      for 'none', '00000000-0000-4000-8000-000000000000';
    my $welcome = customer();
    mail($welcome->email, qr/^Welcome/);
    my $id = $shop->sql('select id from notification.delivery
        where recipient = ?', $welcome->email);
    $t->get_ok("/api/v1/mails/$id/unsubscribe")
      ->problem_is(404 => 'not_found');
};

done_testing;
