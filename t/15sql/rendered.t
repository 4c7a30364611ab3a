#!/usr/bin/perl

# What is shown of a product while two sessions move it: its own change, and
# one of its category or type, which renders it too.

use Mojo::Base -signatures;

use DBI;
use DBD::Pg ':async';
use Mojo::JSON qw(encode_json);
use ShopTest;
use ShopTest::Brand;
use ShopTest::Buyer qw(new_product);

my $shop = shop;
my $t    = $shop->t;

sub connection () { return $shop->db->clone }

# a statement that waits for a lock of somebody else
sub waiting ($db, $statement, @bind) {
    my $pid = $db->selectrow_array('select pg_backend_pid()');
    my $sth = $db->prepare($statement, {pg_async => PG_ASYNC});
    $sth->execute(@bind);
    wait_for(sub { $shop->sql('select wait_event_type = ? from pg_stat_activity
        where pid = ?', 'Lock', $pid) }, 30, 'it waits');
    return $sth;
}

sub made ($path, %with) {
    my $id = unique_id();
    $t->post_ok("/api/v1/$path" => $shop->admin => json =>
          {name => "Thing $id", %with})->status_is(201);
    return $t->value;
}

my ($above, $type) = (made('categories'),
    made('product-types', code => 'c' . unique_id()));
my $category = made('categories', parent_id => $above->{id});
my $product  = new_product($shop, category => $category->{id},
    type => $type->{code});

my %other = (
    'its category'   => ['update catalog.category set name = ? where id = ?',
        $category->{id}],
    'a category above' => ['update catalog.category set name = ? where id = ?',
        $above->{id}],
    'its languages'  => ['update catalog.category set translations =
        jsonb_build_object(?::text, jsonb_build_object(\'name\', \'x\'))
        where id = ?', $category->{id}],
    'its type'       => ['select * from catalog.type_change(1, $2,
        (select a.id from identity.account a
         where a.email = \'admin@demo.test\'), true, null,
        jsonb_build_object(\'name\', $1::text))', $type->{code}],
);

for my $of (sort keys %other) {
    my ($statement, $id) = @{$other{$of}};
    my ($first, $second) = (connection(), connection());
    my $name = 'New ' . unique_id();
    my $to   = $of eq 'its languages' ? 'de' : 'Other ' . unique_id();
    $first->begin_work;
    $first->do('update catalog.product set name = ?, version = version + 1
        where id = ?', undef, $name, $product);
    my $sth = waiting($second, $statement, $to, $id);
    $first->commit;
    $second->pg_result;
    $sth->finish;

    for my $in ('body from catalog.rendered', 'card from search.entry') {
        like $shop->sql("select $in where product_id = ? limit 1", $product),
          qr/\Q$name\E/, "with $of: $in";
    }
    $_->disconnect for $first, $second;
}

subtest 'a category that moves takes all below it along' => sub {
    my $leaf  = made('categories', parent_id => $category->{id});
    my $there = new_product($shop, category => $leaf->{id});
    my $to    = made('categories');
    $t->patch_ok("/api/v1/categories/$above->{id}" => $shop->admin => json =>
          {parent_id => $to->{id}})->status_is(200);
    for my $id ($product, $there) {
        $t->get_ok("/api/v1/products/$id")
          ->json_is('/category/path/0/id' => $to->{id});
        $t->get_ok("/api/v1/products?category=$to->{id}&limit=100")
          ->status_is(200);
        ok scalar(grep { $_->{id} eq $id } @{$t->value('/items')}),
          'in the list of the new one';
    }
};

# new to its category and type while these are renamed
for my $kind ('category', 'type') {
    my $of = $kind eq 'type'
      ? made('product-types', code => 'c' . unique_id()) : made('categories');
    my $ref   = $of->{code} // $of->{id};
    my $moved = new_product($shop);
    my %way = (
        made    => ['select * from catalog.product_add(1, ?, true, ?)',
            encode_json({name => 'New ' . unique_id(), price => 1,
                $kind => $ref})],
        changed => ["select * from catalog.product_change(1, '$moved', ?, true,
            null, ?)", encode_json({$kind => $ref})],
    );
    my $admin = $shop->sql(q{select id from identity.account
        where email = 'admin@demo.test'});
    for my $how (sort keys %way) {
        my ($statement, $document) = @{$way{$how}};
        my ($first, $second) = (connection(), connection());
        my $name = 'Other ' . unique_id();
        $first->begin_work;
        my ($id) = $first->selectrow_array("select (r.body::jsonb) ->> 'id'
            from ($statement) as r", undef, $admin, $document);
        my $sth = waiting($second, "select * from catalog.${kind}_change(1, ?,
            ?, true, null, ?)", $ref, $admin, encode_json({name => $name}));
        $first->commit;
        $second->pg_result;
        $sth->finish;
        like $shop->sql('select body from catalog.rendered
            where product_id = ? limit 1', $id), qr/\Q$name\E/,
          "$how in a $kind that is renamed";
        $_->disconnect for $first, $second;
    }
}

subtest 'many products are rendered in steps' => sub {
    my %of = (category => made('categories'),
        type => made('product-types', code => 'c' . unique_id()));
    my @products = map { new_product($shop, category => $of{category}{id},
        type => $of{type}{code}) } 1 .. 5;
    my $ids = '{' . join(',', @products) . '}';
    my $old = sub ($db) { return $db->selectrow_array(
        q{select count(*) from catalog.rendered
        where product_id = any (?) and currency = 'EUR'
        and body like '%"was"%'}, undef, $ids) };
    for my $kind (sort keys %of) {
        my @of = $kind eq 'type' ? (undef, $of{type}{id})
          : ($of{category}{id}, undef);
        $shop->sql(q{update catalog.rendered set body =
            replace(body, '"name"', '"was"') where product_id = any (?)
            returning 1}, $ids);
        my ($first, $second) = (connection(), connection());
        my $left = sub ($db) { return $db->selectrow_array(
            'select count(*) from catalog.rendering
            where category_id = ? or type_id = ?', undef, @of) };
        $first->begin_work;
        # the worker would take what is left before it was counted
        $first->do('lock table catalog.rendering in exclusive mode');
        $first->do('select catalog.render_below(?, ?, null, 2)', undef, @of);
        $second->do('set lock_timeout = 10');
        ok $second->do('update catalog.product set id = id where id = ?',
            undef, $products[2]), "$kind: one of the next step is free";
        ok !eval {
            $second->do('update catalog.product set id = id where id = ?',
                undef, $products[1]);
        }, 'one of this step is held';
        $second->do('set lock_timeout = 0');
        is $old->($first), 3, 'two at once';
        is $left->($first), 1, 'and the rest later';
        $first->do('select catalog.render_below(?, ?, null, 2)', undef, @of);
        is $left->($first), 1, 'once, however often it changes';
        $first->commit;
        ok wait_for(sub { $second->do('select catalog.render_work(2)');
            !$old->($second) }, 30), 'step by step';
        ok wait_for(sub { !$left->($second)
            || !$second->do('select catalog.render_work(2)') }, 30),
          'to the end';
        $_->disconnect for $first, $second;
    }
};

subtest 'what is shown in a store follows its currencies in steps' => sub {
    my $guest = new_product($shop);
    my $db    = connection();
    my $brand = ShopTest::Brand->new(db => $db)->open;
    my $id    = $brand->id;
    $brand->sell for 1 .. 3;
    $db->do('insert into catalog.product_store (product_id, store_id)
        values (?, ?)', undef, $guest, $id);
    my $shown = sub ($currency) { return scalar $db->selectrow_array(
        'select count(*) from catalog.rendered where store_id = ?
        and currency = ?', undef, $id, $currency) };
    my $left = sub { return $db->selectrow_array(
        'select count(*) from catalog.rendering where store_id = ?', undef,
        $id) };

    $db->do('select * from store.change(?, null, null, ?, null, null)', undef,
        $id, encode_json({currencies => ['EUR', 'KWD']}));
    is $shown->('KWD'), 4, 'few at once, with one of another store';
    is $shown->('USD'), 0, 'not in one that it has no more';
    is $left->(), 0, 'none is left';

    $db->do(q{update store.store set currencies = '{EUR,JPY}' where id = ?},
        undef, $id);
    $db->do('select catalog.render_below(null, null, ?, 2)', undef, $id);
    is $shown->('JPY'), 2, 'of many some at once';
    is $left->(), 1, 'and the rest later';
    ok wait_for(sub { !$left->()
        || !$db->do('select catalog.render_work(2)') }, 30), 'step by step';
    is $shown->('JPY'), 4, 'to the end';
    is $shown->('KWD'), 0;

    # prices are found by the places of their currencies
    $db->do(q{insert into catalog.product (store_id, slug, name, status,
        tax_class) select $1::bigint, 'first-' || n, 'First', 'draft', 'standard'
        from generate_series(1, 1000) as n}, undef, $id);
    my $last   = $brand->sell;
    my $prices = sub { return scalar $db->selectrow_array(
        'select prices[array_position(currencies, ?)] from search.fact f
        join store.store s on s.id = f.store_id
        where f.product_id = ? and s.id = ?', undef, 'EUR', $last, $id) };
    my $euros = $prices->();
    $db->do('select * from store.change(?, null, null, ?, null, null)', undef,
        $id, encode_json({currencies => ['JPY', 'EUR']}));
    is $prices->(), $euros, 'of the last of many, too';
    is $left->(), 0, 'which are not left';
    $brand->close;
    $db->disconnect;
};

subtest 'members of a collection are indexed in steps' => sub {
    my @products = map { new_product($shop) } 1 .. 3;
    my $c        = made('collections', products => \@products);
    my $listed = sub ($with) {
        $t->get_ok("/api/v1/products?collection=$c->{id}&limit=$with")
          ->status_is(200);
        return scalar @{$t->value('/items')};
    };
    is $listed->(20), 3;
    my $indexed = sub ($db) { return $db->selectrow_array(
        q{select products from search.facet_count where token = ?
        and category_id = 0 and currency = 'EUR'}, undef, "#$c->{id}") };
    is $indexed->($shop->db), 3;

    $shop->sql('update catalog.collection set published = false where id = ?
        returning 1', $c->{id});
    is $listed->(21), 0, 'none is found once it is hidden';
    my $db = connection();
    $db->begin_work;
    $db->do('select catalog.reindex(?, 2)', undef,
        '{' . join(',', sort { $a <=> $b } @products) . '}');
    is $indexed->($db), 1, 'two at once';
    $db->commit;
    ok wait_for(sub { !$indexed->($db) }, 30), 'the rest by the worker';
    $db->disconnect;

    $t->delete_ok("/api/v1/collections/$c->{id}" => $shop->admin)
      ->status_is(204);
    is $listed->(22), 0;
};

done_testing;
