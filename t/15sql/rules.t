#!/usr/bin/perl

# What sql/CONVENTIONS.md says, asked of the database itself.

use Mojo::Base -signatures;

use ShopTest;

my $db = shop->db;

my $ours = q{n.nspname in ('api', 'ops', 'store', 'identity', 'catalog',
    'search', 'review', 'inventory', 'cart', 'order', 'payment',
    'notification', 'shipping', 'page', 'wishlist', 'recommendation',
    'pricing')
    and not exists (select from pg_depend d
                    where d.objid = p.oid and d.deptype = 'e')};

sub none_is ($name, $sql) {
    my $bad = $db->selectcol_arrayref($sql);
    return is_deeply $bad, [], $name;
}

none_is 'every function has a comment', qq{
    select p.oid::regprocedure::text from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where $ours and obj_description(p.oid, 'pg_proc') is null order by 1};

none_is 'security definer pins its search path', qq{
    select p.oid::regprocedure::text from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where $ours and p.prosecdef and not coalesce(
        'search_path=pg_catalog, pg_temp' = any (p.proconfig), false)
    order by 1};

none_is 'shop_owner owns every function', qq{
    select p.oid::regprocedure::text from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where $ours and p.proowner <> 'shop_owner'::regrole order by 1};

none_is 'nobody has a right by being anybody', qq{
    select p.oid::regprocedure::text from pg_proc p
    join pg_namespace n on n.oid = p.pronamespace
    where $ours and has_function_privilege('public', p.oid, 'execute')
    order by 1};

none_is 'gateway, worker and reader write no table', q{
    select r.name || ' ' || c.oid::regclass
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    cross join (values ('shop_gateway'), ('shop_worker'), ('shop_reader'))
        as r (name)
    where c.relkind in ('r', 'p')
    and n.nspname not in ('pg_catalog', 'information_schema')
    and n.nspname not like 'pg_t%'
    and has_table_privilege(r.name, c.oid,
        'insert, update, delete, truncate, references, trigger')
    order by 1};

none_is 'the login roles are nobody special', q{
    select rolname from pg_roles
    where rolname in ('shop_owner', 'shop_gateway', 'shop_worker',
                      'shop_reader')
    and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls
         or rolreplication or rolcanlogin <> (rolname <> 'shop_owner'))};

subtest 'what only grows' => sub {
    for my $table ('ops.audit', 'inventory.movement') {
        for my $change ("delete from $table", "truncate $table",
            "update $table set store_id = store_id where false")
        {
            local $db->{RaiseError} = 0;
            local $db->{PrintError} = 0;
            ok !$db->do($change), $change;
            like $db->errstr, qr/only grows/;
        }
    }
};

subtest 'a product that is deleted by hand leaves nothing behind' => sub {
    my ($id, $variant) = $db->selectrow_array('select o.product_id,
        o.variant_id from catalog.offer o where not exists (
            select from review.review r where r.product_id = o.product_id)
        order by o.product_id desc limit 1');
    my @left = map {"select count(*) from $_ = $id"} (
        'catalog.rendered where product_id', 'catalog.offer where product_id',
        'search.entry where product_id', 'search.fact where product_id');
    $db->begin_work;
    ok $db->selectrow_array($_), $_ for @left;
    $db->do('delete from catalog.variant where id = ?', undef, $variant);
    is $db->selectrow_array('select count(*) from catalog.offer
        where variant_id = ?', undef, $variant), 0, 'not for sale';
    $db->do('delete from catalog.product where id = ?', undef, $id);
    is $db->selectrow_array($_), 0, $_ for @left;
    $db->rollback;
};

subtest 'constraints hold what functions say' => sub {
    my $id = $db->selectrow_array('select min(variant_id) from inventory.stock
        where store_id = 1');
    for my $set ('on_hand = -1', 'reserved = -1', 'reserved = on_hand + 1') {
        local $db->{RaiseError} = 0;
        local $db->{PrintError} = 0;
        ok !$db->do("update inventory.stock set $set where variant_id = $id"),
          $set;
        is $db->state, '23514';
    }
};

subtest 'the demo shop adds up' => sub {
    my ($products) = $db->selectrow_array(
        'select count(*) from catalog.product where store_id = 1');
    ok $products >= 1000, "$products products";
    none_is 'facets are what a count says', q{
        select f.category_id || ' ' || f.token from search.facet_count f
        left join (
            select e.store_id, c, e.currency, t, count(*) as n
            from search.entry e, unnest(0 || e.category_path) as c,
                 unnest(''::text || e.tokens) as t group by 1, 2, 3, 4) as x
            on x.store_id = f.store_id and x.c = f.category_id
            and x.currency = f.currency and x.t = f.token
        where f.products <> coalesce(x.n, 0) limit 5};
    none_is 'words are what a count says', q{
        select w.word from search.word w
        left join (select d.store_id, v, count(*) as n
            from search.fact d, unnest(d.vocabulary) as v group by 1, 2)
            as x on x.store_id = w.store_id and x.v = w.word
        where w.documents <> coalesce(x.n, 0) limit 5};
    none_is 'ratings are what a count says', q{
        select p.id from catalog.product p left join (
            select product_id, sum(rating) as s, count(*) as n,
                   count(*) filter (where rating = 5) as five
            from review.review where status = 'published' group by 1) as x
            on x.product_id = p.id
        where (p.rating_sum, p.rating_count, p.rating_counts[5])
            <> (coalesce(x.s, 0), coalesce(x.n, 0), coalesce(x.five, 0))
        limit 5};
    none_is 'votes and reports are what a count says', q{
        select r.id from review.review r
        where r.helpful + r.unhelpful
            <> (select count(*) from review.vote v where v.review_id = r.id)
        or r.reports <> (select count(*) from review.report t
            where t.review_id = r.id and t.resolved_at is null) limit 5};
    none_is 'lists know what is in stock', q{
        select e.product_id from search.entry e
        where e.in_stock <> (select bool_or(k.shown > 0)
            from inventory.stock k where k.product_id = e.product_id)
        limit 5};
    none_is 'terms are those that are found out', q{
        select t.store_id || ' ' || t.country || ' ' || t.currency
        from cart.terms t
        cross join lateral cart.terms_of(t.store_id, nullif(t.country, ''),
            nullif(t.region, ''), null, nullif(t.currency, '')) as x
        where t is distinct from x limit 5};
    none_is 'pictures are among those that the pages bring', do {
        my $known = join ',', map {"'$_'"} map { (split)[0] }
          grep {/^[a-z]/} split /\n/,
          Mojo::File->new('html/media.txt')->slurp;
        qq{select distinct i.url from catalog.image i
            where i.url like '/media/emoji/%' and substring(i.url
                from '/media/emoji/(.*)[.]webp') <> all (array[$known])
            limit 5};
    };
};

subtest 'countries' => sub {
    my $check = Mojo::File->new('ngx_modules/core/ngx_shop_check_text.c');
    my ($known) = $check->slurp =~ /NGX_SHOP_COUNTRIES\s+\\\n(.*?"\n)/s;
    is join(' ', $known =~ /\b[A-Z]{2}\b/g), join(' ', @{
        $db->selectcol_arrayref('select code from store.country order by 1')}),
      'are the same here and there';
};

done_testing;
