#!/usr/bin/perl

# Gift cards: made by staff, paid with by whoever has the code.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
my $api   = '/api/v1';
my $book  = new_product($shop, stock => 100, price => 10000);

$t->ua->cookie_jar->ignore(sub {1});

sub money ($amount) { return {amount => $amount, currency => 'EUR'} }

sub new_card ($amount, %with) {
    $t->post_ok("$api/gift-cards" => $admin => json =>
          {amount => $amount, %with})->status_is(201);
    return $t->value;
}

subtest 'staff' => sub {
    for my $headers ({}, $shop->customer) {
        my $status = %$headers ? 403 : 401;
        $t->get_ok("$api/gift-cards" => $headers)->status_is($status);
        $t->post_ok("$api/gift-cards" => $headers => json => {amount => 1})
          ->status_is($status);
    }
    my $card = new_card(5000, note => 'for Ada');
    my $path = "$api/gift-cards/$card->{id}";
    like $card->{code}, qr/^(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}$/, 'the code';
    $t->get_ok($path => $admin)->status_is(200)->json_hasnt('/code')
      ->json_is('/balance' => money(5000))->json_is('/note' => 'for Ada')
      ->json_is('/hint' => substr $card->{code}, -4);
    my $etag = $t->tx->res->headers->etag;
    $t->get_ok("$api/gift-cards?limit=1" => $admin)->status_is(200)
      ->json_is('/items/0/id' => $card->{id});
    $t->get_ok("$api/gift-cards?cursor=eA" => $admin)
      ->problem_is(422 => 'invalid_input');
    for my $bad ([{amount => 0}, '/amount'], [{}, '/amount'],
        [{amount => {amount => 1, currency => 'JPY'}}, '/amount'],
        [{amount => 1, expires_at => '2020-01-01T00:00:00Z'}, '/expires_at'])
    {
        $t->post_ok("$api/gift-cards" => $admin => json => $bad->[0])
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->post_ok("$path/entries" => $admin => json =>
          {delta => -1000, note => 'a mistake'})->status_is(201)
      ->json_is('/balance' => money(4000));
    $t->post_ok("$path/entries" => $admin => json =>
          {delta => -4001, note => 'too much'})
      ->problem_is(409 => 'conflict');
    $t->post_ok("$path/entries" => $admin => json => {delta => 0, note => 'x'})
      ->problem_is(422 => 'invalid_input');
    $t->get_ok("$path/entries?limit=1" => $admin)->status_is(200)
      ->json_is('/items/0/reason' => 'adjusted')
      ->json_is('/items/0/delta'  => money(-1000));
    my $next = $t->value('/next_cursor');
    $t->get_ok("$path/entries?cursor=$next" => $admin)
      ->json_is('/items/0/reason' => 'issued')
      ->json_is('/next_cursor' => undef);
    $t->patch_ok($path => {%$admin, 'If-Match' => $etag} => json =>
          {active => \0})->problem_is(412 => 'precondition_failed');
    $t->patch_ok($path => $admin => json => {active => \0})->status_is(200)
      ->json_is('/active' => Mojo::JSON->false);
    $t->get_ok("$api/gift-cards/00000000-0000-4000-8000-000000000000" =>
          $admin)->problem_is(404 => 'not_found');
    my $cart = ShopTest::Buyer->new(stack => $shop)->headers;
    $t->post_ok("$api/cart/gift-cards" => $cart => json =>
          {code => $card->{code}})->problem_is(409 => 'gift_card_not_valid');
};

subtest 'paying with one' => sub {
    my $card  = new_card(15000);
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    my $cart  = $buyer->headers;
    $buyer->add($book, 1);
    $t->post_ok("$api/cart/gift-cards" => $cart => json =>
          {code => 'ABCD-EFGH-JKMN-PQRS'})
      ->problem_is(422 => 'gift_card_unknown');
    $t->post_ok("$api/cart/gift-cards" => $cart => json =>
          {code => lc $card->{code} =~ s/-/ /gr})->status_is(200)
      ->trips_is('sql=1 redis=1')->json_is('/due' => money(0))
      ->json_is('/gift_cards/0/balance' => money(15000));
    my $total = $t->value('/total/amount');
    $t->json_is('/gift_cards/0/amount' => money($total));
    my $id = $t->value('/gift_cards/0/id');
    $t->delete_ok("$api/cart/gift-cards/$id" => $cart)->status_is(200)
      ->json_is('/gift_cards' => [])->json_is('/due' => money($total));
    $t->delete_ok("$api/cart/gift-cards/$id" => $cart)
      ->problem_is(404 => 'not_found');
    $t->post_ok("$api/cart/gift-cards" => $cart => json =>
          {code => $card->{code}})->status_is(200);
    is $buyer->place(expected_due => money(1))->{json}{code},
      'price_changed', 'another due';
    my $order = $buyer->place(expected_due => 0)->{json};
    is $order->{status}, 'paid', 'nothing is due: paid at once';
    is_deeply [$order->{total}, $order->{due}], [money($total), money(0)],
      'total and due';
    ok $order->{invoice_number}, 'it has an invoice';

    $buyer->add($book, 1);
    $t->post_ok("$api/cart/gift-cards" => $cart => json =>
          {code => $card->{code}})->status_is(200)
      ->json_is('/gift_cards/0/amount' => money(15000 - $total));
    my $rest = $t->value('/due/amount');
    my $next = $buyer->place->{json};
    is $next->{status}, 'pending_payment', 'the rest is due';
    $t->get_ok("$api/payments/$next->{payment}{id}" => $cart)
      ->json_is('/amount' => money($rest));
    $buyer->pay($next);
    is $buyer->show($next)->{status}, 'paid', 'and is paid';
    $t->get_ok("$api/gift-cards/$card->{id}" => $admin)
      ->json_is('/balance' => money(0));

    $t->post_ok("$api/orders/$next->{id}/cancel" => $cart => json => {})
      ->status_is(200);
    $t->get_ok("$api/gift-cards/$card->{id}" => $admin)
      ->json_is('/balance' => money(15000 - $total), 'given back');
    is shop->sql('select count(*) from pricing.gift_verify()'), 0,
      'ledgers sum up';
};

subtest 'lines stay in their order' => sub {
    my @things = map { new_product($shop, stock => 9, price => 900) } 1 .. 8;
    $t->get_ok("$api/cart");
    my $cart = {'X-Cart-Id' => $t->tx->res->headers->header('X-Cart-Id')};
    for my $thing (@things) {
        $t->post_ok("$api/cart/add" => $cart => json =>
              {product_id => $thing})->status_is(200);
    }
    for (1 .. 3) {
        $t->post_ok("$api/cart/gift-cards" => $cart => json =>
              {code => new_card(100)->{code}})->status_is(200);
    }
    is_deeply [map { $_->{product_id} } @{$t->value('/items')}],
      \@things;
};

done_testing;
