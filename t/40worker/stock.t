#!/usr/bin/perl

# Mails of low stock, and the nightly check of the ledger.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Buyer qw(new_product);

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;

sub update ($id, $on_hand, $who = $admin) {
    return $t->post_ok('/api/v1/inventory/update' => $who => json =>
          {product_id => $id, on_hand => $on_hand})->status_is(200);
}

sub mail ($to, $name) {
    my $mails = wait_for(sub {
        my @mails = grep { $_->{subject} =~ /\Q$name\E/ } $shop->mails($to);
        return @mails && \@mails;
    }, 30, "a mail of $name");
    return $mails // [];
}

my $store = $shop->sql('select email from store.store where id = 1');

subtest 'to the store, once a day' => sub {
    my $name = 'Rare thing ' . unique_id;
    my $id   = new_product($shop, name => $name, stock => 10);
    update($id, 3);
    my $mails = mail($store, $name);
    is @$mails, 1, 'one mail';
    like $mails->[0]{subject}, qr/^Low stock: \Q$name\E \(P$id\)$/, 'subject';
    like $mails->[0]{text}, qr/\b3 are left\b/, 'how many';

    update($id, 10);
    update($id, 1);
    my $other = 'Other thing ' . unique_id;
    update(new_product($shop, name => $other, stock => 10), 2);
    mail($store, $other);
    is scalar(@{mail($store, $name)}), 1, 'not again for what goes up and down';
};

subtest 'to the seller of the product' => sub {
    my $name   = 'Sold thing ' . unique_id;
    my $seller = $shop->seller;
    $t->post_ok('/api/v1/products' => $seller => json =>
          {name => $name, price => 1, stock => 10})->status_is(201);
    update($t->value('/id'), 0, $seller);
    is scalar(@{mail('seller@demo.test', $name)}), 1, 'a mail';
};

subtest 'the check' => sub {
    my $first = wait_for(sub {
        $shop->sql('select count(*) from inventory.ledger_check')
    }, 90, 'the first check');
    ok $first, 'the worker checked';

    my $id = new_product($shop, stock => 4);
    my $db = $shop->db;
    $db->begin_work;
    $db->do('delete from inventory.ledger_check');
    $db->do('update inventory.stock set on_hand = 5 where variant_id = ?',
        undef, $id);
    cmp_ok $db->selectrow_array('select inventory.check()'), '>=', 1,
      'what does not add up is found';
    my $found = $db->selectrow_array(
        'select findings::text from inventory.ledger_check');
    like $found, qr/"variant_id": "$id"/, 'and named';
    is $db->selectrow_array('select inventory.check()'), 0, 'once a night';
    is $db->selectrow_array("select count(*) from ops.outbox
        where type = 'stock.mismatch'"), 1, 'an event';
    $db->rollback;
};

done_testing;
