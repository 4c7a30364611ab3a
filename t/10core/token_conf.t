#!/usr/bin/perl

# Directives of tokens and hashing: what nginx -t says of wrong ones.

use Mojo::Base -signatures;

use Mojo::File qw(tempdir);

use ShopTest;

my $shop = shop;
my $dir  = tempdir;
chmod 0755, $dir;

sub key ($name, @args) {
    my $file = $dir->child($name);
    system("openssl @args -out $file 2>/dev/null") == 0
      or die "openssl @args";
    chmod 0644, $file;
    return $file;
}

sub file ($name, $text) {
    my $file = $dir->child($name);
    print { $file->open('>') } $text;
    return $file;
}

my $good = key('good.pem', qw(ecparam -name prime256v1 -genkey -noout));
my $pub  = key('pub.pem', qw(ec -pubout -in), $good);
my $p384 = key('p384.pem', qw(ecparam -name secp384r1 -genkey -noout));
my $rsa  = key('rsa.pem', qw(genpkey -algorithm RSA));
my $text = file("text.pem", "not a key\n");
my $few  = file("few.key", "too few\n");
my $on   = 'location / { shop_identity; }';

sub refused ($http, $pattern, $server = $on) {
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    like $shop->nginx_refusal(http => $http, server => $server), $pattern,
      $http;
    return;
}

is $shop->nginx_refusal(http => "shop_token_key $good; shop_token_key $pub;",
    server => '') =~ /same key/ ? '' : 'taken', '', 'a key twice';
is $shop->nginx_refusal(http => "shop_token_key $good; shop_token_ttl 10m;
    shop_token_cache 0; shop_hash argon2id memory=8192 passes=3;
    shop_hash_queue 1; shop_refresh_ttl 1d;", server => $on), '',
  'good ones are taken';
is $shop->nginx_refusal(main => 'thread_pool shop_hash threads=1;',
    http => '', server => $on), '', 'a thread pool of the operator\'s';
is $shop->nginx_refusal(http => "shop_token_key $pub;",
    server => 'location / { return 204; }'), '',
  'a node that only verifies needs no private key';

refused("shop_token_key $dir/none.pem;", qr/none\.pem" cannot be opened/);
refused("shop_token_key $p384;",  qr/p384\.pem" holds a key that is not EC P-256/);
refused("shop_token_key $rsa;",   qr/rsa\.pem" holds a key that is not EC P-256/);
refused("shop_token_key $text;",  qr/text\.pem" holds no key in PEM/);
refused("shop_token_key $pub;",   qr/"shop_identity" needs "shop_token_key" with a private key/);
refused("shop_refresh_key $few;", qr/few\.key" holds less than 32 bytes/);
refused('shop_token_ttl 2d;',     qr/"shop_token_ttl" must be between 1s and 1d/);
refused('shop_token_ttl 0;',      qr/"shop_token_ttl" must be between 1s and 1d/);
refused('shop_refresh_ttl 10m;',  qr/"shop_refresh_ttl" must be longer/);
refused('shop_hash bcrypt;',      qr/"shop_hash" knows "argon2id" only, not "bcrypt"/);
refused('shop_hash argon2id memory=64;', qr/"memory=64" of "shop_hash" must be between 8192/);
refused('shop_hash argon2id passes=0;',  qr/"passes=0" of "shop_hash" must be between 1/);
refused('shop_hash argon2id share=5;',   qr/"share=5" of "shop_hash" must be between 10/);
refused('shop_hash argon2id share=50 share=x;', qr/"share=x" of "shop_hash" must be/);
refused('shop_hash argon2id turbo=1;',   qr/unknown parameter "turbo=1"/);
refused('shop_hash_queue 0;',            qr/"shop_hash_queue" must be at least 1/);

done_testing;
