#!/usr/bin/perl

# Each directive that there is is in docs/directives.md, and nginx -t refuses
# it, with a sentence that names it: in a wrong place, with too many words, with
# a wrong value.  Tests of one part (pg_directives.t, token_conf.t, limit.t ...)
# have more values.

use Mojo::Base -signatures;

use Mojo::File qw(tempdir);
use ShopTest;
use ShopTest::File qw(write_file);

my $shop = shop;
my $root = ShopTest::root();
my $dir  = tempdir(CLEANUP => 1);
my $few  = write_file($dir->child('few.key'), "short\n");

# name => {context, words}, as they are told
my %told;
for (split /\n/, $root->child('docs/directives.md')->slurp) {
    my ($name, $words, $context) = /^\| `(shop_\w+)([^`]*)` \| ([^|]+?) \|/
      or next;
    $told{$name} = {words => $words =~ s/^ //r, context => $context};
}
$told{shop_oidc}  = {words => 'NAME issuer=URL ...', context => 'http'};
$told{shop_fetch} = {words => '', context => 'location'};

# as the code has them
my %there;
for my $file ($root->child('ngx_modules')->list_tree->each) {
    next unless $file =~ /\.c$/;
    my $text = $file->slurp;
    $there{$1}++
      while $text =~ /\{ ngx_string\("(shop_\w+)"\),\n\s+NGX_\w+_CONF\b/g;
}
is_deeply [sort keys %told], [sort keys %there],
  'what is there is told, and the other way round';

my %context = (
    http     => sub ($text) { return (http   => $text) },
    server   => sub ($text) { return (server => $text) },
    location => sub ($text) {
        return (server => "location /x/ { $text }");
    },
    main => sub ($text) { return (main => $text) },
    signs_in => sub ($text) {
        return (http => $text, server => 'location /x/ { shop_identity; }');
    },
);

sub said ($context, $text) {
    return $shop->nginx_refusal($context{$context}->($text));
}

for my $name (sort keys %told) {
    my ($words, $context) = @{$told{$name}}{qw(words context)};
    my $right = $context =~ /^http$/ ? 'http' : 'location';
    my $wrong = $context eq 'http' ? 'server'
      : $context eq 'location'     ? 'http'
      :                              'main';
    like said($wrong, "$name;"), qr/"$name" directive is not allowed here/,
      "$name in $wrong";
    next if $name =~ /^shop_(?:lockout|oidc)$/;    # any number of words
    like said($right, "$name a b c d e f g h;"),
      qr/invalid number of arguments in "$name" directive/,
      "$name with eight words";
}

# the flags of a location
for my $name (grep { $told{$_}{context} eq 'location' && !$told{$_}{words} }
    sort keys %told)
{
    like said(location => "$name; $name;"),
      qr/"$name" directive is duplicate/, "$name twice";
    next if $name =~ /^shop_(?:nested|fetch)$/;
    like said(server => "location ~ ^/x/ { $name; }"),
      qr/"$name" directive needs a location given by a prefix/,
      "$name by a pattern";
}

my @wrong = (
    [location => 'shop_nested;',  qr/is not in a location with endpoints/],
    [location => 'shop_pages /none;', qr/"shop_pages" needs the built pages/],
    [location => 'shop_pictures bucket;', qr/takes a named location/],
    [http => 'shop_problems 1;',           qr/it must be "on" or "off"/],
    [http => 'shop_debug_trips maybe;',    qr/it must be "on" or "off"/],
    [http => 'shop_postgres "hots=x";',         qr/bad conninfo: .*"hots"/],
    [http => 'shop_postgres_replica "hots=x";', qr/bad conninfo: .*"hots"/],
    [http => 'shop_postgres_connections read=65;', qr/N from 1 to 64/],
    [http => 'shop_postgres_queue many;',  qr/invalid number/],
    [http => 'shop_postgres_timeout 2h;',  qr/must be between 100ms and 1h/],
    [http => 'shop_order_commit both;',    qr/invalid value "both"/],
    [http => 'shop_order_slots 3;',        qr/must be between 1 and 2/],
    [http => 'shop_order_batch 1025;',     qr/must be between 1 and 1024/],
    [http => 'shop_media_store /tmp size=1;', qr/knows "name=" only/],
    [http => 'shop_media_limits pixels=0;', qr/is no limit/],
    [http => 'shop_media_s3 http://h/b region=r key=k key=l;',
        qr/needs "region="/],
    [http => 'shop_zone shop big;',        qr/"big" is not a size of 1m/],
    [http => 'shop_cache c 1k;',           qr/"1k" is not a size of 1m/],
    [http => 'shop_redis unix:;',          qr/shop_redis: .* in "unix:"/],
    [http => 'shop_redis_timeout soon;',   qr/invalid value/],
    [http => 'shop_limits sometimes;',     qr/it must be "on" or "off"/],
    (map { ([http => "$_ 10;",             qr/"$_" wants a rate such as/],
            [http => "$_ 1r/s burst=0;",   qr/"$_": rate and burst must be/],
            [http => "$_ 1r/s bust=1;",    qr/"$_"/]) }
          qw(shop_limit_requests shop_limit_signins shop_limit_signins_all
          shop_limit_keys)),
    [http => 'shop_limit_zone 1k;',        qr/must be at least \d+ bytes/],
    [http => 'shop_lockout 0;',            qr/wants a number of attempts/],
    [http => 'shop_kafka "";',             qr/"shop_kafka" .*""/],
    [http => 'shop_kafka a:9092,;',        qr/"shop_kafka" .*""/],
    [http => 'shop_kafka a:99999;',        qr/"shop_kafka" .*"a:99999"/],
    [http => 'shop_kafka http://a/;',      qr/"shop_kafka" .*"http:\/\/a\/"/],
    [http => 'shop_kafka_queue 1;',        qr/must be between 100 and 1000000/],
    [http => 'shop_kafka_window often;',   qr/invalid value/],
    [http => 'shop_kafka_drain never;',    qr/invalid value/],
    [http => 'shop_token_key /none.pem;',  qr/"\/none.pem" cannot be opened/],
    [http => 'shop_token_issuer "";',      qr/"shop_token_issuer" .*empty/],
    [http => 'shop_token_ttl 2d;',         qr/"shop_token_ttl" must be/],
    [http => 'shop_token_cache 9999999;',  qr/"shop_token_cache" must be|must be between/],
    [http => 'shop_token_cache -1;',       qr/invalid number/],
    [http => "shop_refresh_key $few;",     qr/holds less than 32 bytes/],
    [http => 'shop_refresh_key /none;',    qr/"\/none" cannot be opened/],
    [http => "shop_secret_key $few;",      qr/holds less than 32 bytes/],
    [http => 'shop_refresh_ttl 10m;',      qr/"shop_refresh_ttl" must be longer/],
    [http => 'shop_hash bcrypt;',          qr/"shop_hash" knows "argon2id" only/],
    [signs_in => 'shop_hash_queue 0;',     qr/"shop_hash_queue" must be/],
    [http => 'shop_oidc A issuer=https://x.test client_id=c;',
        qr/shop_oidc.*is no name/],
);
my %tried;
for my $case (@wrong) {
    my ($where, $text, $why) = @$case;
    my $said = said($where, $text);
    like $said, $why, $text;
    $tried{$1}++ if $text =~ /^(\w+)/;
}
is_deeply [grep { $told{$_}{words} && !$tried{$_} } sort keys %told], [],
  'wrong values of all that take some';

done_testing;
