#!/usr/bin/perl

# Exchange rates: imported and the staff's own, prices that follow them, and
# the rate that an order keeps.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest -private => {};
use ShopTest::Buyer;

my $shop  = shop;
my $t     = $shop->t;
my $admin = $shop->admin;
$t->ua->cookie_jar->ignore(sub {1});

my $path = '/api/v1/exchange-rates/USD';

sub xml ($day, %rates) {
    my $cubes = join '', map {"<Cube currency='$_' rate='$rates{$_}'/>"}
      sort keys %rates;
    return qq{<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<Cube><Cube time='$day'>$cubes</Cube></Cube></gesmes:Envelope>};
}

sub take ($xml) { return $shop->sql('select store.rates_take(?)', $xml) }

sub add (%with) {
    $t->post_ok('/api/v1/products' => $admin => json =>
          {name => 'Rated ' . unique_id, price => 1000, %with})
      ->status_is(201);
    return $t->value('/id');
}

sub price ($id, $currency = 'USD') {
    my $res = $t->call(GET => "/api/v1/products/$id?currency=$currency");
    return $res->json('/price/currency') eq $currency
      ? $res->json('/price/amount') : undef;
}

# what a job has changed every node hears of a moment later
sub becomes ($id, $price, $name) {
    return ok wait_for(sub {
        (price($id) // 'none') eq ($price // 'none');
    }), $name;
}

sub settled {
    return wait_for(sub {
        !$shop->sql(q{select count(*) from ops.job
            where kind = 'prices.convert' and finished_at is null})
    }, 300, 'prices to be put right');
}

subtest 'as the European Central Bank tells them' => sub {
    $t->get_ok($path)->status_is(200)->json_is('/rate' => undef)
      ->json_is('/convert' => Mojo::JSON->false);
    is take(xml('2026-11-19', USD => '1.0500', GBP => '0.8401', XYZ => '7')),
      2, 'currencies that are known';
    is take(xml('2026-11-20', USD => '1.0600')), 1;
    is take(xml('2026-11-20', USD => '1.0600')), 0, 'once';
    $t->get_ok($path)->json_is('/rate' => '1.06')
      ->json_is('/source' => 'import')->json_is('/day' => '2026-11-20')
      ->json_is('/base' => 'EUR');
    $t->get_ok('/api/v1/exchange-rates')->status_is(200)
      ->json_is('/items/0/currency' => 'USD');
    $t->get_ok($path => {Host => 'brand2.localhost'})->status_is(404);
    $t->get_ok('/api/v1/exchange-rates/EUR' => {Host => 'brand2.localhost'})
      ->json_is('/rate' => '0.943396226415', 'the other way round');
    my $laughs = '<!ENTITY a "ha">' . join '', map {
        sprintf '<!ENTITY %s "%s">', chr(98 + $_),
          join '', ('&' . chr(97 + $_) . ';') x 20
    } 0 .. 10;
    for my $bad ('', '<x>', 'no xml', '<Cube time="2026-13-01"/>',
        '<html><body>Moved</body></html>', '<?xml version="1.0"?>',
        xml('2026-11-21', USD => '-1', GBP => '1e9'),
        xml('2026-11-21', USD => '1.1') =~ s/<\/Cube>.*//sr,
        "<!DOCTYPE x [$laughs]><x>&l;</x>",
        '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
          . xml('2026-11-21', USD => '&f;') =~ s/<\?.*?\?>//r)
    {
        local $shop->db->{PrintError} = 0;
        my $n = eval { take($bad) };
        ok !defined $n, 'refused: ' . substr $bad, 0, 60;
    }
    is $shop->sql(q{select count(*) from store.exchange_rate
        where day = '2026-11-21'}), 0, 'nothing was kept';
};

subtest 'the staff' => sub {
    $t->get_ok($path)->status_is(200);
    my $etag = $t->tx->res->headers->etag;
    $t->get_ok($path => {'If-None-Match' => $etag})->status_is(304);
    $t->patch_ok($path => $admin => json => {own_rate => '1.2'})
      ->status_is(200)->json_is('/rate' => '1.2')
      ->json_is('/source' => 'staff')->json_is('/day' => undef);
    $t->patch_ok($path => {%$admin, 'If-Match' => $etag} => json =>
          {own_rate => '1.3'})->problem_is(412 => 'precondition_failed');
    $t->patch_ok($path => $admin => json => {own_rate => undef})
      ->status_is(200)->json_is('/rate' => '1.06');
    for my $bad ([{own_rate => '0'}, '/own_rate'],
        [{own_rate => '1,5'}, '/own_rate'], [{own_rate => 1.5}, '/own_rate'],
        [{step => 0}, '/step'], [{ending => 1}, '/ending'],
        [{convert => 'yes'}, '/convert'], [{rate => '1'}, '/rate'])
    {
        $t->patch_ok($path => $admin => json => $bad->[0])
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/pointer' => $bad->[1]);
    }
    $t->patch_ok('/api/v1/exchange-rates/EUR' => $admin => json => {})
      ->problem_is(404 => 'not_found');
    $t->patch_ok('/api/v1/exchange-rates/JPY' => $admin => json => {})
      ->problem_is(404 => 'not_found');
    $t->get_ok('/api/v1/exchange-rates/nothing')->status_is(404);
    $t->patch_ok($path => {} => json => {})->status_is(401);
    $t->patch_ok($path => $shop->seller => json => {})->status_is(403);
};

subtest 'prices follow' => sub {
    my $plain = add();
    my $own   = add(prices => [{amount => 777, currency => 'USD'}]);
    is price($plain), undef, 'not before it is asked for';

    $t->patch_ok($path => $admin => json => {convert => Mojo::JSON->true})
      ->status_is(200)->json_like('/job_id' => qr/./);
    settled();
    becomes($plain, 1060, 'converted');
    is price($own),   777,  'a price of its own stays';
    is price(add(price => 1001)), 1061, 'half up: 1061.06';
    is price(add(price => 25)), 27, 'half up: 26.5';

    $t->patch_ok("/api/v1/products/$plain" => $admin => json =>
          {price => 2000})->status_is(200);
    is price($plain), 2120, 'at once';

    $t->patch_ok($path => $admin => json => {step => 100, ending => 1})
      ->status_is(200);
    settled();
    becomes($plain, 2099, '21.20 becomes 20.99');
    take(xml('2026-11-21', USD => '1.1'));
    settled();
    becomes($plain, 2199, 'the next day');

    $t->patch_ok("/api/v1/products/$plain" => $admin => json =>
          {prices => [{amount => 1, currency => 'USD'}]})->status_is(200);
    is price($plain), 1, 'its own from now on';
    $t->patch_ok("/api/v1/products/$plain" => $admin => json =>
          {price => 3000})->status_is(200);
    is price($plain), 1;

    my $last = add();
    is price($last), 1099;
    $t->patch_ok($path => $admin => json => {convert => Mojo::JSON->false})
      ->status_is(200);
    settled();
    becomes($last, undef, 'no more');
    is price($own),  777;
};

subtest 'an order keeps its rate' => sub {
    my $id = add(stock => 5, prices => [{amount => 1100, currency => 'USD'}]);
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    $buyer->add($id);
    my $order = $buyer->place->{json};
    is $order->{exchange_rate}, undef, 'none in the own currency';

    my $other = ShopTest::Buyer->new(stack => $shop);
    $other->add($id);
    $other->t->patch_ok('/api/v1/cart' => $other->headers => json =>
          {currency => 'USD'})->status_is(200);
    $order = $other->place->{json};
    is $order->{total}{currency}, 'USD';
    is $order->{exchange_rate}, '1.1';
    take(xml('2026-11-22', USD => '1.5'));
    $other->t->get_ok("/api/v1/orders/$order->{id}" => $other->headers)
      ->status_is(200)->json_is('/exchange_rate' => '1.1');
};

done_testing;
