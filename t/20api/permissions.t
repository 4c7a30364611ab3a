#!/usr/bin/perl

# The table of permissions is that of the endpoints, no more and no less.

use Mojo::Base -signatures;

use ShopTest;

my $domains = join ' ', map {"shop_$_;"}
  qw(identity catalog search review wishlist recommendation notification
  inventory store cart shipping pricing order payment live media
  ops);

my $nginx = shop->nginx(
    http   => 'shop_cache test 1m;',
    server => "location /api/v1/ { $domains } location / { shop_ops; }"
);
my $routes = $nginx->t->get_ok('/routes')->status_is(200)->value;

my %asked;
for my $route (@$routes) {
    $asked{$_}++
      for grep { length && $_ ne '*' } $route->{permission},
      @{$route->{asked}};
}

is_deeply [sort keys %asked], shop->db->selectcol_arrayref(
    'select name from identity.permission order by name collate "C"'),
  'what endpoints ask for';

is_deeply shop->db->selectcol_arrayref(q{
    select p.name from identity.permission p
    where (p.reach = 'store') <> exists (
        select from identity.scope s where s.name = p.name and s.permission)}),
  [], 'those of a store are scopes of OAuth, no other is';

is_deeply shop->db->selectcol_arrayref(q{
    select r.name || ' ' || p from identity.role r
    cross join unnest(r.permissions) as p
    where r.built_in and p <> '*' and not exists (
        select from identity.permission k where k.name = p)}), [],
  'built-in roles are made of known permissions';

done_testing;
