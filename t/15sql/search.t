#!/usr/bin/perl

# search: what queries mean, and that each way of looking finds the same.

use Mojo::Base -signatures;

use Mojo::JSON qw(encode_json);

use ShopTest;

my $db = shop->db;

sub value ($sql, @bind) { return scalar $db->selectrow_array($sql, undef, @bind) }

# what a list is asked for, as search.list() makes it
$db->do(q{
    create function pg_temp.ask(sort text, category text, query text,
        filters jsonb, low bigint default null, high bigint default null,
        stocked boolean default null, size int default 20)
        returns search.ask language plpgsql as $$
    declare
        a search.ask := search.asked_of(1, 'EUR', sort, size, null, query);
    begin
        a.category := catalog.category_find(1, category);
        a.level := (select cardinality(c.path) + 1 from catalog.category c
                    where c.id = a.category);
        a.low := low;
        a.high := high;
        a.stocked := stocked;
        a.picks := search.picks(a, filters);
        a.numbers := search.numbers_asked(a.picks, filters);
        return a;
    end $$});

subtest 'languages' => sub {
    for my $same (['en', 'running runners', 'run'],
        ['de-AT', 'Häuser', 'Haus'], ['fr', 'deux maisons', 'maison'],
        ['es', 'canciones', 'canción'], ['ru', 'книгами', 'книга'])
    {
        my ($locale, $text, $word) = @$same;
        ok value('select to_tsvector(search.language(?), search.normal(?))'
              . ' @@ plainto_tsquery(search.language(?), search.normal(?))',
            $locale, $text, $locale, $word), "$locale: $word finds $text";
    }
    is value("select search.language('xx')::text"), 'simple', 'unknown';
};

subtest 'numbers and their ranges' => sub {
    my %range = (
        0 => '0', 1 => '1..2', 1.5 => '1..2', 2 => '2..5', 7 => '5..10',
        10 => '10..20', 999 => '500..1000', -3 => '-5..-2', 0.02 => '0.02..0.05'
    );
    for my $n (sort keys %range) {
        is value('select search.number_range(search.number_step(?))', $n),
          $range{$n}, "n: $n is in $range{$n}";
    }
    for my $case (['7', 7, 7, 1], ['1.5..20', 1.5, 20, 0], ['..3', undef, 3, 0],
        ['-2..', -2, undef, 0])
    {
        my ($text, @wanted) = @$case;
        my $row = $db->selectrow_arrayref('select low, high, exact::int'
              . ' from search.number_ranges(?)', undef, encode_json [$text]);
        is_deeply [map { defined ? 0 + $_ : undef } @$row], \@wanted, "read: $text";
    }
    for my $none ('', 'red', '..x', '1..2..3', '-', '1e5') {
        is value('select count(*) from search.number_ranges(?)',
            encode_json [$none]), 0, "'$none' is none";
    }
};

subtest 'prices and the ranges that the index knows' => sub {
    is value('select count(*) from (select b, lag(b) over () as a'
          . ' from unnest(search.price_steps()) as b) as s where a >= b'), 0,
      'they grow';
    is value(q{
        select count(*) from search.fact f
        join search.entry e on e.product_id = f.product_id
            and e.store_id = f.store_id
        join store.store s on s.id = f.store_id
        where f.prices[array_position(s.currencies, e.currency)]
            is distinct from e.price
        or not f.keys && array(select k.id from search.key k
            where k.store_id = f.store_id and k.token = e.currency || '~'
                || width_bucket(e.price, search.price_steps()))}), 0,
      'every entry has its price in the fact';
};

subtest 'what facts hold is what entries hold' => sub {
    is value(q{
        select count(*) from search.entry e
        left join search.fact f on f.product_id = e.product_id
            and f.store_id = e.store_id
        where f.product_id is null or f.in_stock <> e.in_stock
        or f.newest <> e.newest or f.rating <> e.rating}), 0, 'scalars';
    is value(q{
        select count(*) from search.fact f
        where not exists (select from search.entry e
            where e.product_id = f.product_id
            and e.store_id = f.store_id)}), 0, 'none too many';
    is value(q{
        select count(*) from search.entry e
        join search.fact f on f.product_id = e.product_id
            and f.store_id = e.store_id
        cross join unnest(e.tokens) as t
        where t not like '$%' and not exists (
            select from search.key k where k.store_id = e.store_id
            and k.token = t and k.id = any (f.keys))}), 0, 'tokens';
    my $sold_out = sub {
        return value(q{
            select count(*) from search.fact f
            join search.key k on k.store_id = f.store_id and k.token = '!'
            where f.in_stock = (k.id = any (f.keys))});
    };
    is $sold_out->(), 0, 'what is sold out';
    $db->begin_work;
    $db->do('update inventory.stock set on_hand = on_hand + 5 where product_id'
          . ' in (select product_id from search.fact where not in_stock)');
    cmp_ok value('select count(*) from search.fact where not in_stock'), '==',
      0, 'is filled up';
    is $sold_out->(), 0, 'and known as that';
    $db->rollback;
    is value(q{
        select count(*) from search.fact f
        join search.entry e on e.product_id = f.product_id
            and e.store_id = f.store_id
        where f.path <> array(select k.id
            from unnest(e.category_path) with ordinality as c (id, n)
            join search.key k on k.store_id = f.store_id
                and k.token = '/' || c.id order by c.n)}), 0, 'categories';
    is value(q{
        select count(*) from (
            select array_agg(case when t like '$%' then e.currency || t
                                  else t end order by 1) as tokens, f.shown
            from search.entry e
            join search.fact f on f.product_id = e.product_id
                and f.store_id = e.store_id
            cross join unnest(e.tokens) as t
            where t like '$%' or t like '%=%' or t like '~%'
            group by f.product_id, f.store_id) as x
        where not (select array_agg(k.token) from search.key k
                   where k.id = any (x.shown)) <@ x.tokens
        or not x.tokens <@ (select array_agg(k.token) from search.key k
                            where k.id = any (x.shown))}), 0, 'facets';
    cmp_ok value(q{
        select pg_relation_size(c.reltoastrelid)::float / (
            select sum(pg_column_size(f.words)) from search.fact f)
        from pg_class c where c.oid = 'search.fact'::regclass}), '>', 1,
      'their words are out of the way';
};

# ids of a page, by an expression of the planned ask p
sub page_by ($page, @ask) {
    return $db->selectcol_arrayref(qq{
        with asked as materialized (
            select search.planned(pg_temp.ask(?, ?, ?, ?, ?, ?, ?)) as p
        ), page as materialized (select $page as g from asked)
        select u from page, unnest((g).products) with ordinality as x (u, n)
        where n <= 20 order by n}, undef, @ask[0 .. 2],
        $ask[3] ? encode_json($ask[3]) : undef, @ask[4 .. 6]);
}

subtest 'a walk finds what gathering finds' => sub {
    for my $sort ('newest', 'price', '-price', 'rating', 'popular') {
        for my $ask ([undef, undef, undef], [undef, undef, undef, 2000, 5000],
            ['clothes', undef, undef], ['clothes', undef, undef, undef, 5000],
            [undef, undef, {'Made in' => ['France', 'Italy']}],
            ['clothes', undef, {Size => 'M', 'Made in' => 'France'}],
            [undef, undef, undef, 2000, undef, 1])
        {
            my @ask = ($sort, @$ask);
            my $all = page_by('(search.gather(p)).page', @ask);
            is_deeply page_by('search.walk(p)', @ask), $all,
              join ' ', map { ref ? encode_json($_) : $_ // '-' } @ask;
            ok @$all, 'something';
        }
    }
};

subtest 'words alone find what gathering finds' => sub {
    # the most frequent words of a name, of which others have some as well
    my $name = value(q{
        select string_agg(k.word, ' ' order by k.documents desc) from (
            select w.word, w.documents
            from (select p.name from search.fact f
                  join catalog.product p on p.id = f.product_id
                  where f.store_id = 1
                  order by cardinality(string_to_array(p.name, ' ')) desc,
                           p.id limit 1) as n
            cross join lateral unnest(string_to_array(
                search.normal(n.name), ' ')) as g
            join search.word w on w.store_id = 1 and w.word = g) as k});
    my @words = split / /, $name;
    my @queries = map { join ' ', @words[0 .. $_] } 0 .. $#words;
    for my $query (@queries, 'qqq 123', 'the') {
        for my $sort ('relevance', '-price') {
            my $differ = value(q{
                with p as (
                    select case when after then jsonb_populate_record(a,
                        '{"place": {"rank": 5000, "product_id": 10}}')
                        else a end as p
                    from pg_temp.ask(?, null, ?, null) as a,
                        (values (false), (true)) as t (after)
                ), found as materialized (
                    select search.worded(p) as w, search.gather(p) as g from p
                )
                select count(*) from found
                where (w).page is distinct from (g).page
                or (w).products <> (g).products
                or (w).approximate <> (g).approximate
                or array(select i from unnest((w).items) as i order by i)
                    <> array(select i from unnest((g).items) as i
                             order by i)}, $sort, $query);
            is $differ, 0, "$query, $sort";
        }
    }
    cmp_ok value('select (search.worded(pg_temp.ask(?, null, ?, null))).products',
        'relevance', $name), '>', 0, 'all words';
};

subtest 'a sample tells how many, and of what' => sub {
    for my $ask ([undef, undef, undef, undef, 'true'],
        ['clothes', undef, 500], ['clothes', undef, undef, 5000, 'true'],
        [undef, '{"Made in": ["France", "Italy"]}', 1000, 9000],
        ['clothes', '{"Size": "M", "Made in": "France"}', 100])
    {
        my ($found, $all, $many) = $db->selectrow_array(q{
            with asked as materialized (
                select search.planned(pg_temp.ask('price', $1, null,
                    $2::jsonb, $3, $4, $5)) as p)
            select (search.sampled(p)).products, (search.gather(p)).products,
                   (search.sampled(p)).approximate
            from asked}, undef, @$ask[0 .. 4]);
        my $what = join ' ', map { $_ // '-' } @$ask;
        is $found, $all, "of a small store: all of it: $what";
        ok $all, 'something';
        ok !$many, 'not more than 10,000';
    }
};

subtest 'best sellers first' => sub {
    my @lamps = ('relevance', undef, 'lamp');
    $db->begin_work;
    $db->do('insert into search.sale (product_id, pieces)'
          . ' select distinct product_id, 1 from search.fact on conflict (product_id) do update'
          . ' set pieces = search.sale.pieces + 1');
    $db->do('update search.fact set sold = greatest(sold, 16)');
    $db->do('select search.mark_best()');
    my $all = page_by('(search.gather(p)).page', @lamps);
    is_deeply page_by('search.popular(p)', @lamps), $all,
      'the same where all are among them';
    my $sell = sub ($pieces) {
        $db->do('update search.sale set pieces = ? where product_id = ?',
            undef, $pieces, $all->[-1]);
        $db->do('update search.fact set sold = search.scale(?)'
              . ' where product_id = ?', undef, $pieces, $all->[-1]);
    };
    $sell->(1000);
    is page_by('(search.gather(p)).page', @lamps)->[0], $all->[-1],
      'what sells goes first';
    $sell->(0);
    is value('select search.mark_best()'), 1, 'one is none of the best';
    my $left = page_by('search.popular(p)', @lamps);
    ok !grep({ $_ == $all->[-1] } @$left), 'and not found among them';
    $db->do('select search.index(array[?::bigint, ?])', undef,
        @$all[0, -1]);
    is_deeply page_by('search.popular(p)', @lamps), $left,
      'when they are indexed anew, too';
    $db->do('delete from search.fact where product_id = any (?)', undef, $left);
    $db->do('select search.index(?::bigint[])', undef, $left);
    is_deeply page_by('search.popular(p)', @lamps), $left,
      'when they were away, too';
    $db->rollback;
};

subtest 'what is typed is looked up among best sellers and names' => sub {
    my $suggested = sub ($typed, $thorough = 'false') {
        return $db->selectcol_arrayref(q{
            with asked as materialized (
                select pg_temp.ask('relevance', null, ?, null) as a),
            page as materialized (
                select search.suggested(a, search.normal(?), ?) as g
                from asked)
            select u from page, unnest((g).products) with ordinality
                as x (u, n) order by n}, undef, ($typed) x 2, $thorough);
    };
    $db->begin_work;
    $db->do('update search.fact set best = false, sold = 0');
    my ($id, $name) = $db->selectrow_array(q{
        select f.product_id, lower(p.name) from search.fact f
        join catalog.product p on p.id = f.product_id
        where p.name like '% %' and f.start = lower(p.name)
        order by 1 limit 1});
    ok grep({ $_ == $id } @{$suggested->(substr $name, 0, -1)}), 'by its name';
    my ($first, $second) = split / /, $name;
    ok !grep({ $_ == $id } @{$suggested->("$second $first")}),
      'not by its words';
    ok grep({ $_ == $id } @{$suggested->("$second $first", 'true')}),
      'but among all that fit';
    $db->do('update search.fact set best = true, sold = 9 where product_id'
          . ' = ?', undef, $id);
    is $suggested->("$second $first")->[0], $id, 'but among best sellers';
    my $both = $suggested->($name);
    is grep({ $_ == $id } @$both), 1, 'once';
    $db->do(q{update catalog.product set name = 'Überzahn lost'
        where id = ?}, undef, $id);
    $db->do('select search.index(array[?::bigint])', undef, $id);
    is value('select start from search.fact where product_id = ? limit 1',
        $id), 'uberzahn lost', 'a new name';
    is value('select bool_and(best) from search.fact where product_id = ?',
        $id), 1, 'is as well sold';
    $db->rollback;
    is value(q{
        select count(*) from search.fact f
        join catalog.product p on p.id = f.product_id
        where f.start <> left(search.normal(p.name), 60)}), 0,
      'all names are known';
};

subtest 'what a facet says is what its choice gives' => sub {
    my $count = sub (@ask) {
        return value(qq{select (search.gather(search.planned(pg_temp.ask(
            'newest', ?, ?, ?)))).products}, @ask);
    };
    for my $base (['clothes', undef, {}], [undef, 'red', {}],
        ['clothes', undef, {'Made in' => ['France']}])
    {
        my ($category, $query, $filters) = @$base;
        my $items = $db->selectall_arrayref(q{
            select i.token, i.label, i.products from unnest((
                search.gather(search.planned(pg_temp.ask('newest', ?, ?, ?)))
                ).items) as i where i.token like '%=%'
            order by hashtext(i.token) limit 10}, undef, $category, $query,
            encode_json $filters);
        ok @$items, 'facets';
        for my $item (@$items) {
            my ($name, $value) = split /=/, $item->[1], 2;
            next if $filters->{$name};
            is $count->($category, $query,
                encode_json {%$filters, $name => [$value]}), $item->[2],
              $item->[1];
        }
    }
};

subtest 'several of one facet' => sub {
    my $beside = sub (@chosen) {
        my $rows = $db->selectall_arrayref(q{
            with asked as materialized (
                select pg_temp.ask('newest', 'clothes', null, ?,
                    stocked => true) as a),
            pick as (select a, p from asked, unnest((a).picks) as p
                     where (p).name = 'made in')
            select i.token, i.products from pick,
                unnest(search.beside(a, p)) as i}, undef,
            encode_json {'Made in' => \@chosen});
        return {map { @$_ } @$rows};
    };
    my $one = $beside->('France');
    ok keys %$one > 1, 'the others are told, too';
    is_deeply $beside->('France', 'Italy'), $one, 'whatever is chosen of it';
};

subtest 'a filter that each product is asked for' => sub {
    $db->do(q{
        create function pg_temp.rested(a search.ask) returns search.ask
            language plpgsql as $$
        begin
            a := search.planned(a);
            a.rest := search.also(a.drive, row(null, a.among, null, null,
                null, null, null)::search.pick);
            a.drive := null;
            a.among := null;
            return a;
        end $$});
    my $told = sub ($items) { return {map { @$_ } @$items} };
    for my $case (['size', {'Made in' => 'France', Size => 'M'}, undef],
        ['$', undef, 1], ['color', {Color => 'Blue'}, 1])
    {
        my ($name, $filters, $stocked) = @$case;
        my @ask = ('clothes', $filters ? encode_json $filters : undef,
            $name eq '$' ? (2000, 5000) : (undef, undef), $stocked);
        my $ask = q{pg_temp.ask('price', ?, null, ?, ?, ?, ?)};
        my $row = $db->selectrow_hashref(qq{
            with asked as materialized (select $ask as a),
            one as materialized (
                select search.gather(search.loosened(pg_temp.rested(a))) as g
                from asked),
            two as materialized (
                select search.gather(search.planned(a)) as g from asked)
            select (one.g).loose, (one.g).products as n, (two.g).products as m,
                   ((one.g).page).products::text as page,
                   ((two.g).page).products::text as paged
            from one, two}, undef, @ask);
        is $row->{loose}, $name, "$name is left to the products";
        is $row->{n}, $row->{m}, 'as many fit';
        is $row->{page}, $row->{paged}, 'the same';
        my $items = sub ($what, $is) {
            return $told->($db->selectall_arrayref(qq{
                with asked as materialized (select $ask as a),
                items as materialized (select unnest($what) as i from asked)
                select (i).token, (i).products from items
                where ((i).token like '%=%' or (i).token like '\$%')
                and (search.named((i).token) = ?) = ?}, undef, @ask, $name,
                $is));
        };
        my $one = '(search.gather(search.loosened(pg_temp.rested(a)))).items';
        is_deeply $items->($one, 0),
          $items->('(search.gather(search.planned(a))).items', 0),
          'counts of other facets';
        is_deeply $items->($one, 1), $items->('search.beside(a, (
            select p from unnest((a).picks) as p where (p).name = '
              . $db->quote($name) . '))', 1), 'and of its own';
    }
};

subtest 'a category by the index that has it in a row' => sub {
    my $told = sub ($row) {
        return {map { $_ => $row->{$_} } qw(products page items)};
    };
    my $found = sub ($from, @ask) {
        return $told->($db->selectrow_hashref(qq{
            with asked as materialized (
                select pg_temp.ask(?, ?, null, ?, ?, ?, ?) as a),
            found as materialized (select $from as f from asked)
            select (f).products, ((f).page).products::text as page,
                   array(select format('%s %s', i.token, i.products)
                         from unnest((f).items) as i
                         order by 1)::text as items
            from found}, undef, @ask));
    };
    for my $case (['newest', undef], ['price', undef, 2000, 5000],
        ['-price', {Color => 'Blue'}], ['rating', {Color => ['Blue', 'Black'],
            'Made in' => 'France'}, undef, 6000, 1])
    {
        my ($sort, $filters, $low, $high, $stocked) = @$case;
        my @ask = ($sort, 'clothes', $filters ? encode_json $filters : undef,
            $low, $high, $stocked);
        my $way = $db->selectcol_arrayref(
            'select search.shelf(pg_temp.ask(?, ?, null, ?, ?, ?, ?))::text',
            undef, @ask)->[0];
        like $way, qr/^[{]\d+(?:,\d+)*[}]$/, 'the way to it';
        is_deeply $found->('search.gathered(a, false)', @ask),
          $found->('search.gather(search.planned(a))', @ask),
          "$sort: the same is found";
    }
    my $page = sub {
        return value(q{select ((search.page_of_category(pg_temp.ask('rating',
            'clothes', null, null))).products)::text});
    };
    my $first = $page->();
    is $first, value(q{select ((search.gather(search.planned(pg_temp.ask(
        'rating', 'clothes', null, null)))).page).products::text}),
      'a page of it';
    $db->begin_work;
    $db->do(q{insert into catalog.rendering (category_id, place)
              values (1, 0)});
    is value(q{select search.shelf(pg_temp.ask('newest', 'clothes', null,
        null))}), undef, 'not while products are still on their old way';
    is $page->(), $first, 'which is the same page';
    $db->rollback;
    $db->begin_work;
    $db->do(q{update search.fact f
        set shown = search.sort(f.shown operator(search.+) array(
            select n from generate_series(1000000, 1000250) as n))
        where f.product_id = (
            select min(u.product_id) from search.fact u
            where u.path operator(search.@>) search.shelf(pg_temp.ask('newest', 'clothes',
                                                     null, null)))});
    is value(q{select search.shelf(pg_temp.ask('newest', 'clothes', null,
        null))}), undef, 'nor with one that is too long for the index';
    $db->rollback;
};

subtest 'sales are counted once, after they were paid' => sub {
    $db->begin_work;
    my $product = value('select min(product_id) from search.fact');
    my $before  = value('select pieces from search.sale where product_id = ?',
        $product) // 0;
    $db->do('update search.sales_mark set counted_to = now() - interval'
          . q{ '1 hour'});
    my $order = value('select gen_random_uuid()');
    $db->do('insert into "order".line (order_id, position, product_id,'
          . ' variant_id, quantity, unit_price, line_total)'
          . ' values (?, 1, ?, ?, 3, 1, 3)', undef, $order, $product, $product);
    for my $event ([1, 'order.created'], [2, 'order.paid']) {
        $db->do('insert into "order".event (order_id, seq, at, type, by)'
              . q{ values (?, ?, now() - interval '1 minute', ?, 'test')},
            undef, $order, @$event);
    }
    my $sold = sub { value('select pieces from search.sale'
            . ' where product_id = ?', $product) };
    $db->do('select search.count_sales()');
    cmp_ok $sold->(), '>=', $before + 3, 'counted';
    my $then = $sold->();
    is value('select sold from search.fact where product_id = ? limit 1',
        $product), value('select search.scale(?)', $then), 'and ranked by it';
    $db->do('select search.count_sales()');
    is $sold->(), $then, 'once';
    $db->rollback;
};

done_testing;
