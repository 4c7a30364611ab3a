use ShopTest;

# What shoppers look at is told to Kafka, without naming anybody.

use ShopTest::Buyer qw(new_product);

my $shop    = shop;
my $t       = $shop->t;
my $product = new_product($shop);
my $word    = 'lamp ' . unique_id();

$t->get_ok("/api/v1/products/$product" => $shop->customer)->status_is(200);
$t->get_ok('/api/v1/products/search' => form => {query => $word})
  ->status_is(200);

my ($view) = @{wait_for(sub {
    my @seen = $shop->events('shop.clicks', $product);
    return @seen ? \@seen : undef;
}, 20, 'the view') || []};
is $view->{type},          'product.viewed', 'a view';
is $view->{specversion},   '1.0',            'as CloudEvents has it';
is $view->{subject},       $product,         'of the product';
is $view->{data}{product}, $product,         'told once more';
is $view->{data}{count},   1,                'seen once';
like $view->{source}, qr{^/stores/\d+$},                    'where';
like $view->{time},   qr/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/, 'when';
like $view->{id},     qr/^[0-9a-f-]{36}$/,                  'which';

# alike ones are counted, and none is lost
my $popular = new_product($shop);
$t->get_ok("/api/v1/products/$popular")->status_is(200) for 1 .. 25;
my @views;
ok wait_for(sub {
    my $sum = 0;
    @views = $shop->events('shop.clicks', $popular);
    $sum += $_->{data}{count} for @views;
    return $sum == 25;
}, 20, 'the views'), 'every view is counted';
cmp_ok scalar(@views), '<', 25, 'in fewer events';

my ($search) = @{wait_for(sub {
    my @seen = $shop->events('shop.clicks', $word);
    return @seen ? \@seen : undef;
}, 20, 'the search') || []};
is $search->{type}, 'catalog.searched', 'a search';

# a product that is not there was not seen
$t->get_ok('/api/v1/products/999999999')->status_is(404);
is scalar($shop->events('shop.clicks', '999999999')), 0, 'nothing seen';

done_testing;
