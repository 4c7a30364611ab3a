use ShopTest -private;

# Pages without the database: the last copy, or the error page.

my $t = shop->t;

ok wait_for(
    sub { $t->call(GET => '/')->headers->header('X-Cache') },
    10, 'a kept page'
  ),
  'the home page is kept';

shop->expect(qr/pg: /);
shop->service_stop('postgres');

ok wait_for(
    sub {
        ($t->call(GET => '/')->headers->header('X-Cache') // '') eq 'STALE';
    },
    10,
    'an old page'
  ),
  'the home page is shown as it was';
$t->get_ok('/')->status_is(200)->text_like('script#data' => qr/"newest"/);

$t->get_ok('/search?q=never+asked')->status_is(503)
  ->content_type_like(qr{^text/html})->header_like('Retry-After' => qr/^\d+$/)
  ->text_is(title => 'Out of order');

shop->service_start('postgres');
ok wait_for(
    sub { $t->call(GET => '/search?q=tea')->code == 200 },
    20, 'the database'
  ),
  'all is back';

done_testing;
