package ShopTest::Brand;
use Mojo::Base -base, -signatures;

# A store of a test's own inside a transaction, with two tax zones, two ways
# to ship and variants made by sell(); nothing stays.
#
#   my $brand = ShopTest::Brand->new(db => shop->db)->open;
#   my $id    = $brand->sell(price => 1190, stock => 5);
#   my $quote = $brand->quote(lines => [[$id, 2]]);

use Mojo::JSON qw(encode_json decode_json);

use ShopTest ();

has [qw(db id)];

sub open ($self) {
    my $db = $self->db;
    $db->begin_work;
    my $code = 'brand-' . ShopTest::unique_id();
    $self->id($db->selectrow_array(
        'insert into store.store (code, name, currency, currencies, countries)'
          . " values (?, 'Brand', 'EUR', '{EUR,USD,JPY}', '{DE,US,JP}')"
          . ' returning id', undef, $code));
    my $id = $self->id;
    $db->do($_) for split /;\n/, <<"SQL";
insert into store.tax_class (store_id, code, name)
    select $id, c, c from unnest('{standard,reduced}'::text[]) as c
    on conflict do nothing;
insert into store.tax_zone (store_id, name, tax_included)
    values ($id, 'DE', true), ($id, 'US', false);
insert into store.tax_area (store_id, country, region, postal_prefix, zone_id)
    select $id, a.country, a.region, a.prefix, z.id
    from store.tax_zone z join (values ('DE', '', '', 'DE'),
        ('US', 'CA', '', 'US'), ('US', '', '90', 'US'))
        as a (country, region, prefix, zone) on a.zone = z.name
    where z.store_id = $id;
insert into store.tax_rate (zone_id, store_id, tax_class, position, name, rate)
    select z.id, $id, r.class, r.position, r.name, r.rate
    from store.tax_zone z join (values ('DE', 'standard', 0, 'VAT', 19),
        ('DE', 'reduced', 0, 'VAT', 7), ('US', 'standard', 0, 'State', 7.25),
        ('US', 'standard', 1, 'County', 2.5))
        as r (zone, class, position, name, rate) on r.zone = z.name
    where z.store_id = $id;
insert into inventory.warehouse (store_id, code, name, position)
    values ($id, 'far', 'Far', 2), ($id, 'near', 'Near', 1);
insert into shipping.zone (store_id, name) values ($id, 'All');
insert into shipping.area (store_id, country, zone_id)
    select $id, '*', id from shipping.zone where store_id = $id;
insert into shipping.method (store_id, code, name, tax_class, position)
    values ($id, 'slow', 'Slow', 'standard', 1),
           ($id, 'fast', 'Fast', 'standard', 2);
insert into shipping.rate (method_id, zone_id, currency, amount, min_subtotal,
                           max_grams)
    select m.id, z.id, r.currency, r.amount, r.min, r.grams
    from shipping.zone z, shipping.method m join (values
        ('slow', 'EUR', 490, 0, 10000), ('slow', 'EUR', 0, 10000, null),
        ('fast', 'EUR', 990, 0, null), ('slow', 'USD', 500, 0, null))
        as r (code, currency, amount, min, grams) on r.code = m.code
    where m.store_id = $id and z.store_id = $id
SQL
    return $self;
}

sub close ($self) { $self->db->rollback; return }

sub sell ($self, %with) {
    my ($db, $id) = ($self->db, $self->id);
    my $item = $db->selectrow_array("select nextval('catalog.item_id')");
    $db->do('insert into catalog.product (id, store_id, slug, name, tax_class)'
          . " values (?, ?, ?, ?, ?)", undef, $item, $id, "thing-$item",
        $with{name} // "Thing $item", $with{tax_class} // 'standard');
    $db->do('insert into catalog.variant (id, product_id, store_id, sku,'
          . ' weight_grams, requires_shipping) values (?, ?, ?, ?, ?, ?)',
        undef, $item, $item, $id, "SKU-$item", $with{grams} // 100,
        $with{ships} // 1);
    my %price = (EUR => $with{price} // 1000, %{$with{prices} // {}});
    $db->do('insert into catalog.price (variant_id, currency, amount)'
          . ' values (?, ?, ?)', undef, $item, $_, $price{$_})
      for keys %price;
    $db->do('update catalog.product set version = version + 1 where id = ?',
        undef, $item);
    $self->stock($item, near => $with{stock} // 10);
    $self->stock($item, far  => $with{far}) if defined $with{far};
    return $item;
}

sub stock ($self, $item, $warehouse, $on_hand) {
    $self->db->do(
        'insert into inventory.stock (variant_id, warehouse_id, product_id,'
          . ' store_id, on_hand) select ?, w.id, ?, w.store_id, ?'
          . ' from inventory.warehouse w where w.store_id = ? and w.code = ?'
          . ' on conflict (variant_id, warehouse_id)'
          . ' do update set on_hand = excluded.on_hand',
        undef, $item, $item, $on_hand, $self->id, $warehouse);
    return;
}

# (on_hand, reserved) of a warehouse
sub stocked ($self, $item, $warehouse = 'near') {
    return [$self->db->selectrow_array(
        'select k.on_hand, k.reserved from inventory.stock k'
          . ' join inventory.warehouse w on w.id = k.warehouse_id'
          . ' where k.variant_id = ? and w.code = ?', undef, $item,
        $warehouse)];
}

sub cart ($self, %with) {
    return {store => $self->id, currency => 'EUR', country => 'DE', %with};
}

# one quote: {problem, total, method, body}
sub quote ($self, %cart) {
    return $self->quotes($self->cart(%cart))->[0];
}

sub quotes ($self, @carts) {
    my $rows = $self->db->selectall_arrayref(
        # a planner that sees the array would compute it once more
        'select q.id, q.problem, q.total, q.method, q.body'
          . ' from (select cart.quote(?::jsonb[], true) as set offset 0) as s'
          . ' cross join lateral unnest(s.set) as q order by q.id',
        {Slice => {}},
        [map { encode_json $_ } @carts]);
    $_->{body} = decode_json $_->{body} for @$rows;
    return $rows;
}

# a batch of orders: rows of {ord, status, body, replayed}
sub place ($self, @items) {
    my $rows = $self->db->selectall_arrayref(
        'select ord, status, body, tags, replayed'
          . ' from "order".place_orders(?::jsonb[]) order by ord',
        {Slice => {}}, [map { encode_json $self->item(%$_) } @items]);
    $_->{body} = decode_json $_->{body} for @$rows;
    return $rows;
}

sub item ($self, %with) {
    my $uuid = sub { $self->db->selectrow_array('select gen_random_uuid()') };
    return {
        %{$self->cart},
        id               => $uuid->(),
        payment          => $uuid->(),
        cart_id          => $uuid->(),
        revision         => '1',
        provider         => 'sandbox',
        by               => 'guest',
        email            => 'guest@example.test',
        shipping_address => {country => 'DE'},
        %with
    };
}

1;
