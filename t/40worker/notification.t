#!/usr/bin/perl

# Mails: what they say, in which language, once for each event, and what
# becomes of those that the mail server does not take.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::JSON qw(encode_json);

use ShopTest;
use ShopTest::Buyer qw(address new_product);

my $shop    = shop;
my $product = new_product($shop, name => 'Cup & <b>"Saucer"</b>',
    price => 123_456, stock => 100);

# the mails with this in their subject that came for an address
sub mails ($to, $subject) {
    return grep { $_->{subject} =~ $subject } $shop->mails($to);
}

sub mail ($to, $subject) {
    wait_for(sub { mails($to, $subject) }, 30, "a mail $subject");
    my @mails = mails($to, $subject);
    is @mails, 1, "one mail $subject";
    my $mail = $mails[0] // {headers => {}, text => '', html => '', to => []};
    s/\r//g for @$mail{qw(text html)};
    return $mail;
}

sub delivery ($to) {
    return $shop->db->selectrow_hashref(
        'select id, state, tries, error, data from notification.delivery
         where recipient = ? order by created_at limit 1', undef, $to);
}

sub delivery_is ($to, $state) {
    return wait_for(sub {
        my $row = delivery($to);
        return $row && $row->{state} eq $state ? $row : undef;
    }, 30, "the mail to $to to be $state");
}

sub produce ($topic, $key, @events) {
    my %env = $shop->env;
    open my $kcat, '|-', 'kcat', '-P', '-b', $env{KAFKA_BROKERS}, '-t',
      $topic, '-k', $key or die "kcat: $!";
    print {$kcat} "$_\n" for map { encode_json $_ } @events;
    close $kcat or die "kcat: $?";
    return;
}

subtest 'welcome' => sub {
    my $user = $shop->register(name => 'Zoë Example');
    my $mail = mail($user->{email}, qr/^Welcome to /);
    my %head = %{$mail->{headers}};

    is_deeply $mail->{to}, [$user->{email}], 'to the account alone';
    is $head{to}, "Zoë Example <$user->{email}>", 'by name';
    like $head{from}, qr/^Harbour & Hill </, 'from the brand';
    like $head{'reply-to'}, qr/<hello\@harbour-and-hill\.test>/,
      'answers go to the brand';
    is $head{'content-language'}, 'en';
    is $head{'auto-submitted'}, 'auto-generated', 'no answers of machines';
    like $head{'content-type'}, qr{^multipart/alternative};
    like $mail->{text}, qr/^Hello Zoë Example,$/m, 'text';
    like $mail->{text}, qr{^\Q@{[$shop->url]}\E/account$}m, 'link';
    like $mail->{html}, qr{<p>Hello Zoë Example,</p>}, 'HTML';

    my $row = delivery($user->{email});
    like $head{'message-id'}, qr/^<$row->{id}\@/, 'the id of the delivery';
    is $row->{data}, '{}', 'what it said is not kept';
};

subtest 'order, in German' => sub {
    my $user = $shop->register;
    my $own  = $user->{headers};
    my $t    = $shop->t;
    $t->ua->cookie_jar->ignore(sub {1});
    $t->patch_ok('/api/v1/users/me' => $own => json => {locale => 'de-AT'})
      ->status_is(200);
    $t->post_ok('/api/v1/cart/add' => $own => json =>
          {product_id => $product, quantity => 2})->status_is(200);
    $t->post_ok('/api/v1/orders' => $own => json => {
            shipping_address => address(name => "Eve\r\nBcc: all\@x.test"),
            payment          => {provider => 'sandbox'}
        })->status_is(201);
    my $order = $t->value;
    $t->post_ok("/api/v1/payments/$order->{payment}{id}/sandbox" => $own =>
          json => {outcome => 'success'})->status_is(200);

    my $mail = mail($user->{email}, qr/^Ihre Bestellung/);
    is $mail->{subject}, "Ihre Bestellung $order->{number} ist bestätigt";
    is $mail->{headers}{'content-language'}, 'de';
    ok !exists $mail->{headers}{bcc}, 'a name makes no header';
    is_deeply $mail->{to}, [$user->{email}], '... and no recipient';
    unlike $mail->{text}, qr/^Bcc:/m, '... and no line';
    like $mail->{text}, qr/^2 x Cup & <b>"Saucer"<\/b>: 2\.469,12\x{a0}€$/m,
      'lines as text';
    like $mail->{html}, qr/Cup &amp; &lt;b&gt;&quot;Saucer&quot;&lt;\/b&gt;/,
      'lines as HTML';
    like $mail->{text}, qr/^Versand: /m;
    my $total = sprintf '%d,%02d', int($order->{total}{amount} / 100) % 1000,
      $order->{total}{amount} % 100;
    like $mail->{text}, qr/^Gesamtsumme: 2\.$total\x{a0}€$/m, 'total';
    like $mail->{text}, qr/^Enthält \S+ 19 %: /m, 'tax';
    like $mail->{text}, qr{^\Q@{[$shop->url]}\E/orders/$order->{id}$}m, 'link';
};

subtest 'once, though events come twice' => sub {
    my $email = unique_email();
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($product);
    my $order = $buyer->place(email => $email)->{json};
    is $buyer->pay($order)->code, 200, 'paid';
    my $mail = mail($email, qr/is confirmed/);
    like $mail->{text}, qr/You ordered as a guest/, 'a guest is told how';

    my ($paid) = grep { $_->{type} eq 'order.paid' }
      $shop->events('shop.orders', $order->{id});
    produce('shop.orders', $order->{id}, $paid, $paid);

    # what comes behind it tells when it was handled
    $buyer->t->post_ok("/api/v1/orders/$order->{id}/cancel" =>
          $shop->admin => json => {})->status_is(200);
    my $gone = mail($email, qr/is cancelled/);
    like $gone->{text}, qr/You get €[\d,.]+ back/, 'the money goes back';
    my $back = mail($email, qr/^Refund/);
    like $back->{text}, qr/€[\d,.]+ has gone back/, '... and did';
    is mails($email, qr/is confirmed/), 1, 'one confirmation';
};

subtest 'paid offline' => sub {
    my $email = unique_email();
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($product);
    my $order =
      $buyer->place(email => $email, payment => {provider => 'offline'});
    is $order->{status}, 201, 'ordered';
    like mail($email, qr/^We have received/)->{text},
      qr/\Q$order->{json}{number}\E; once its payment is here/, 'received';
};

subtest 'another brand' => sub {
    my $email = unique_email();
    $shop->db->do("insert into notification.template
        (store_id, name, language, subject, text, html)
        values (2, 'welcome', 'en', 'Hi from {{shop}}', 'Look: {{home}}',
                '<p>{{shop}}</p>')");
    is $shop->t->call(
        POST => '/api/v1/auth/register' => {Host => 'northlight.localhost'} =>
          json => {email => $email, password => 'correct-horse-battery',
            name => 'buy at www.bargain.test'})->code, 201, 'registered';
    my $mail = mail($email, qr/^Hi from Northlight$/);
    $shop->db->do('delete from notification.template where store_id = 2');
    like $mail->{headers}{from}, qr/^Northlight </, 'its name';
    like $mail->{text}, qr{^Look: http://[a-z0-9]+\.localhost:\d+/$},
      'its address';
    is $mail->{headers}{to}, $email, 'a name that advertises is left out';
};

subtest 'refused for now' => sub {
    my $email = 'defer1-' . unique_email();
    $shop->register(email => $email);
    my $row = delivery_is($email, 'sent');
    is $row->{tries}, 2, 'the second try';
    my $mail = mail($email, qr/^Welcome/);
    like $mail->{headers}{'message-id'}, qr/^<$row->{id}\@/, 'the same mail';
};

subtest 'refused for good' => sub {
    my $email = 'reject-' . unique_email();
    $shop->register(email => $email);
    my $row = delivery_is($email, 'dead');
    is $row->{tries}, 1, 'one try';
    like $row->{error}, qr/^smtp 550/, 'why';
    unlike $row->{error}, qr/\@/, 'without the address';
    ok wait_for(sub { $shop->events('shop.dead', $row->{id}) }, 15,
        'the dead letter'), 'shop.dead is told';
    ok !$shop->log->grep(qr/\Q$email\E/), 'no log has the address';
};

subtest 'given up' => sub {
    my $email = 'defer-' . unique_email();
    $shop->register(email => $email);
    delivery_is($email, 'due');
    ok wait_for(sub {
        $shop->db->do("update notification.delivery
            set tries = 15, next_at = now()
            where recipient = ? and state = 'due' and tries < 15", undef,
            $email) > 0;
    }), 'fifteen tries later';
    my $row = delivery_is($email, 'dead');
    is $row->{tries}, 16, 'the last try';
    like $row->{error}, qr/^smtp 451/, 'why';
    isnt $row->{data}, '{}', 'what it said is kept for the staff';
};

done_testing;
