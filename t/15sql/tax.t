#!/usr/bin/perl

# Taxes: postal codes, rates that begin and end, VAT ids, who pays none.

use Mojo::Base -signatures;

use lib 't/lib';

use ShopTest;
use ShopTest::Brand;

my $db    = shop->db;
my $brand = ShopTest::Brand->new(db => $db)->open;
my $book  = $brand->sell(price => 1190, prices => {USD => 1000});
my $id    = $brand->id;

sub one ($sql, @bind) { return $db->selectrow_array($sql, undef, @bind) }

sub tax (%with) {
    return $brand->quote(lines => [[$book, 1]], %with)->{body}{tax};
}

sub zone ($name, $rate, %area) {
    my $zone = one('insert into store.tax_zone (store_id, name, tax_included)'
          . ' values (?, ?, true) returning id', $id, $name);
    $db->do('insert into store.tax_rate (zone_id, store_id, tax_class, name,'
          . ' rate) values (?, ?, ?, ?, ?)', undef, $zone, $id, 'standard',
        $name, $rate);
    $db->do('insert into store.tax_area (store_id, country, region,'
          . ' postal_prefix, postal_last, zone_id)'
          . " values (?, 'DE', ?, ?, ?, ?)", undef, $id, $area{region} // '',
        $area{prefix} // '', $area{last}, $zone);
    return $zone;
}

subtest 'postal codes' => sub {
    zone('Isles',   1, prefix => '27498');
    zone('North',   2, prefix => '27');
    zone('Range',   3, prefix => '10000', last => '10999');
    zone('Quarter', 4, prefix => '10100', last => '10199');
    my %is = ('27498' => 1, '27499' => 2, '27 498' => 1, '10999' => 3,
        '10150' => 4, '10-150' => 4, '11000' => 19, '1' => 19, '' => 19);
    is tax(postal_code => $_)->{lines}[0]{rate}, $is{$_}, "to '$_'"
      for sort keys %is;
};

subtest 'a rate that begins and ends' => sub {
    $db->do('savepoint dates');
    my $rate = sub { tax()->{lines}[0]{rate} };
    $db->do('delete from store.tax_area where store_id = ?'
          . " and postal_prefix <> ''", undef, $id);
    $db->do('update store.tax_rate set valid_until = now() + interval'
          . " '1 hour' where name = 'VAT' and store_id = ?", undef, $id);
    $db->do('insert into store.tax_rate (zone_id, store_id, tax_class,'
          . ' position, name, rate, valid_from) select zone_id, store_id,'
          . " 'standard', 9, 'VAT', 16, valid_until from store.tax_rate"
          . " where store_id = ? and rate = 19", undef, $id);
    is $rate->(), 19, 'until then';
    my ($until, $exact) = $db->selectrow_array('select until is not null,'
          . ' exact from cart.terms where store_id = ? and country = ?'
          . " and currency = 'EUR'", undef, $id, 'DE');
    ok $until && $exact, 'it is known when the terms end';
    # an hour later: what is kept is out of date and isn't taken
    $db->do('update store.tax_rate set valid_until = now() - interval'
          . " '1 second' where rate = 19 and store_id = ?", undef, $id);
    $db->do('update store.tax_rate set valid_from = now() - interval'
          . " '1 second' where rate = 16 and store_id = ?", undef, $id);
    is $rate->(), 16, 'from then';
    $db->do("update cart.terms set rates = '{99}', until = now()"
          . ' where store_id = ?', undef, $id);
    is $rate->(), 16, 'terms that have ended are found out anew';
    $db->do('rollback to dates');
};

subtest 'VAT ids' => sub {
    my @good = qw(ATU13585627 BE0428759497 BG175074752 CY10259033P CZ25123891
      DE136695976 DK13585628 EE100931558 EL094259216 ES54362315K FI20774740
      FR40303265045 HR33392005961 HU12892312 IE6433435F IE6433435OA
      IT00743110157 LT119511515 LU15027442 LV40003521600 MT11679112
      NL004495445B01 PL8567346215 PT501964843 RO18547290 SE123456789701
      SI50223054 SK2022749619);
    ok one('select store.vat_valid(?)', $_), $_ for @good;
    # another last sign is another number
    for my $id (grep { !/^(?:NL|SE)/ } @good) {
        my $bad = $id =~ s/([0-9])$/($1 + 1) % 10/er;
        $bad =~ s/([A-Z])$/$1 eq 'A' ? 'B' : 'A'/e;
        ok !one('select store.vat_valid(?)', $bad), "not $bad";
    }
    ok !one('select store.vat_valid(?)', $_), "not '$_'"
      for 'GR094259216', 'DE12345678', 'XX123456789', 'DE', '', 'US123456789',
      'DE13669597A', 'FRIO303265045', 'CHE123456788';
    is one('select store.vat_normal(?)', 'de 136.695-976'), 'DE136695976',
      'as people write them';
};

# numbers of companies, of people and of others, as they are published
subtest 'VAT ids whose rule depends on who holds them' => sub {
    my %good = (
        BG => [qw(103873594 131272009 200950556 7501020018 7523169263
              7542011030 8032056031 7111042925 7153849522)],
        CY => [qw(10246672X 10263870R 10285193Z 10008489A 00632993F)],
        CZ => [qw(25123891 00023205 60727772 7103192745 6402294448 8058012314
              7652046248 991231123 640903926 654123789 682127228)],
        ES => [qw(A28184661 B58378431 J99216582 Q0818001J Q2818015F W4003922D
              R9600075G 11111111H X5253868R Y5277343F Z5277343K X2482300W
              L1111111G)],
        IE => [qw(0005306C 6433435F 9502346O 6433435IH 6433435OA 8D79739I
              9Y71814N 6599001W)],
        IT => [qw(01404480202 00118439991 09596821000 12920760159)],
        LT => [qw(119511515 757118413 100001919017 100004801610 290068995116)],
        LV => [qw(40003521600 90000528023 50003993021 16117519997
              32012345678)],
    );
    my %bad = (
        BG => [qw(175074751 131172009 147147471 7501020019)],
        CY => [qw(10246672F 10009489A 12259033P 00632893F)],
        CZ => [qw(25557481 48207726 640913926 8058018314 95123891 7103192746
              1103492745 590312123)],
        ES => [qw(54362415K K2814015F X2322300W A48951310 11111111T X1111111A
              L1111111C O1234567L T1234567L)],
        IE => [qw(4731823H 6323421C 5339273F 8D79729I 6433435OB)],
        IT => [qw(00743110158 00687129980 00000000000 12345671016)],
        LT => [qw(100001354 100001509922 119511516 100001919018)],
        LV => [qw(40003189715 90000528022 42103048181 16137519997
              16117519998)],
    );
    ok one('select store.vat_valid(?)', $_), $_
      for map { my $in = $_; map {"$in$_"} @{$good{$in}} } sort keys %good;
    ok !one('select store.vat_valid(?)', $_), "not $_"
      for map { my $in = $_; map {"$in$_"} @{$bad{$in}} } sort keys %bad;
};

subtest 'reverse charge' => sub {
    $db->do("update store.store set countries = '{DE,AT,US}' where id = ?",
        undef, $id);
    $db->do('insert into store.tax_area (store_id, country, zone_id)'
          . " select ?, 'AT', zone_id from store.tax_area where store_id = ?"
          . " and country = 'DE' and postal_prefix = ''", undef, $id, $id);
    my $quote = sub (%with) {
        return $brand->quote(lines => [[$book, 2]], country => 'AT',
            vat_id => 'ATU13585627', %with)->{body};
    };
    is $quote->()->{tax}{total}{amount}, 380 + 78, 'not unless the store says';
    $db->do("update store.store set vat_check = 'format' where id = ?", undef,
        $id);
    my $body = $quote->();
    is $body->{items}[0]{unit_price}{amount}, 1000, 'the price without tax';
    is $body->{shipping}{amount}, 412, 'and shipping: 490 / 1.19';
    is_deeply $body->{tax}{lines}, [{name => 'Reverse charge', rate => 0,
            amount => {amount => 0, currency => 'EUR'}}], 'and why';
    is $body->{total}{amount}, 2412, 'total';
    is $quote->(country => 'DE')->{tax}{total}{amount}, 380 + 78, 'at home';
    is $quote->(vat_id => 'DE136695976')->{tax}{total}{amount}, 380 + 78,
      'a number of the seller\'s country';
    is $quote->(vat_id => 'ATU13585628')->{tax}{total}{amount}, 380 + 78,
      'a wrong number';
    is $quote->(country => 'US', currency => 'USD')->{tax}{lines}[0]{name},
      undef, 'outside there is nothing to turn around';

    $db->do("update store.store set vat_check = 'registry' where id = ?",
        undef, $id);
    is $quote->()->{tax}{total}{amount}, 380 + 78, 'not known yet';
    $db->do("insert into store.vat_id (vat_id, state)"
          . " values ('ATU13585627', 'invalid')");
    is $quote->()->{tax}{total}{amount}, 380 + 78, 'not valid';
    $db->do("update store.vat_id set state = 'valid'");
    is $quote->()->{tax}{total}{amount}, 0, 'the registry knows it';
    is $quote->(vat_id => 'at u135 85627')->{tax}{total}{amount}, 0,
      'however it is written';
};

subtest 'exemption' => sub {
    my $user  = one('select gen_random_uuid()');
    my $total = sub (%with) {
        return $brand->quote(lines => [[$book, 1]], user => $user, %with)
          ->{body};
    };
    is $total->()->{total}{amount}, 1190 + 490, 'everybody';
    my $put = sub ($countries, $from, $until) {
        $db->do('delete from store.tax_exemption where store_id = ?', undef,
            $id);
        $db->do('insert into store.tax_exemption (store_id, user_id, reason,'
              . ' countries, valid_from, valid_until) values (?, ?, ?, ?,'
              . ' now() + ?::interval, now() + ?::interval)', undef, $id,
            $user, 'Embassy', $countries, $from, $until);
    };
    $put->(undef, undef, undef);
    is $total->()->{total}{amount}, 1000 + 412, 'who is exempt';
    is $total->()->{tax}{lines}[0]{name}, 'Exempt', 'and told so';
    is $total->(user => one('select gen_random_uuid()'))->{total}{amount},
      1680, 'another';
    is $total->(country => 'US', region => 'CA', currency => 'USD')
      ->{total}{amount}, 1500, 'where prices hold no tax';
    $put->(['US'], undef, undef);
    is $total->()->{total}{amount}, 1680, 'in other countries';
    $put->(undef, '1 hour', undef);
    is $total->()->{total}{amount}, 1680, 'not yet';
    $put->(undef, '-2 hours', '-1 hour');
    is $total->()->{total}{amount}, 1680, 'not any more';
};

subtest 'a zone that says nothing of prices is as the store' => sub {
    $db->do('update store.tax_zone set tax_included = null where store_id = ?',
        undef, $id);
    ok tax()->{included}, 'they hold the tax';
    $db->do('update store.store set tax_included = false where id = ?', undef,
        $id);
    ok !tax()->{included}, 'they do not';
    is tax()->{total}{amount}, 226 + 93, 'on top';
};

$brand->close;

done_testing;
