use ShopTest;

# What nginx -t says of wrong directives of PostgreSQL, orders and zones.

my %refused = (
    'shop_postgres "host";'            => qr/bad conninfo: it must be "key=/,
    'shop_postgres "hots=x";'          => qr/bad conninfo: .*"hots"/,
    'shop_postgres "service=x";'       => qr/"service" must not be in/,
    'shop_postgres "host=a,b port=1,2,3";' => qr/differ in length/,
    'shop_postgres "host=,";'          => qr/a host is empty/,
    'shop_postgres "host=/tmp"; shop_postgres "host=/tmp";' =>
      qr/"shop_postgres" directive is duplicate/,
    'shop_postgres_replica "host=/tmp";' => qr/needs shop_postgres/,
    'shop_postgres_connections reads=1;' => qr/"reads=1" is not read=N/,
    'shop_postgres_connections read=0;'  => qr/N from 1 to 64/,
    'shop_postgres_connections read=1 read=2;' => qr/duplicate/,
    'shop_postgres_queue 0;' => qr/must be equal to or greater than 1|must be between/,
    'shop_postgres_timeout 1ms;' => qr/must be between 100ms and 1h/,
    'shop_order_commit both;'    => qr/invalid value "both"/,
    'shop_order_slots 3;'        => qr/must be between 1 and 2/,
    'shop_order_batch 0;'        => qr/must be between 1 and 1024/,
    'shop_zone small 4k;'        => qr/"4k" is not a size of 1m or more/,
    'shop_cache c huge;'         => qr/"huge" is not a size of 1m or more/,
    'shop_postgres "host=/tmp"; shop_zone z 1m;' =>
      qr/shop_zone "z" is too small for "\w+", which takes \d+ bytes/,
);

for my $http (sort keys %refused) {
    like shop->nginx_refusal(bare => 1, http => $http), $refused{$http},
      $http;
}

my $said = shop->nginx_refusal(bare => 1,
    http => 'shop_postgres "host=/tmp password=my secret";');
like $said, qr/bad conninfo/, 'a password with a space';
unlike $said, qr/secret/, 'is not printed';

is shop->nginx_refusal(bare => 1,
    http => 'shop_postgres "postgresql:///shop?host=/tmp"; shop_cache c 4m;
        shop_postgres_connections slow=2 read=2; shop_order_slots 2;'), '',
  'what is right is taken';

done_testing;
