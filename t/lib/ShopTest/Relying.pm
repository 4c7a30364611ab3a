package ShopTest::Relying;
use Mojo::Base -strict, -signatures;

# An nginx that trusts outside issuers, and a browser in front of it.

use Exporter qw(import);
use Mojo::File qw(path);
use Mojo::URL;

our @EXPORT = qw(fetch_location relying begin come_back);

# conf/include/fetch.conf as scripts/run renders it
sub fetch_location ($ca = '/etc/ssl/certs/ca-certificates.crt') {
    my $text
      = ShopTest::root()->child(qw(conf include fetch.conf))->slurp;
    $text =~ s/\@resolver\@/127.0.0.1/;
    $text =~ s/\@ca\@/$ca/;
    return $text;
}

# the directives of shop_oidc, one a line
sub relying ($shop, $directives, %with) {
    my $nginx = $shop->nginx(
        http   => $directives . ($with{http} // ''),
        server => fetch_location($with{ca} // ()) . <<'CONF',
location /api/v1/ { shop_identity; shop_catalog; shop_cart; }
CONF
        workers => $with{workers} // 1,
        $with{port} ? (port => $with{port}) : (),
    );
    ShopTest::wait_for(
        sub {
            ($nginx->t->call(GET => '/api/v1/auth/oidc')->code // 0) == 200;
        },
        10, 'the stores to be known');
    return $nginx;
}

# Begins a sign-in: the query that the provider is sent, and its address.
sub begin ($t, $provider, %query) {
    my $headers = delete $query{headers} // {};
    my $url     = Mojo::URL->new("/api/v1/auth/oidc/$provider");
    $url->query(%query) if %query;
    $t->get_ok($url->to_string => $headers)->status_is(303)
      ->header_is('Cache-Control' => 'no-store');
    my $to = Mojo::URL->new($t->tx->res->headers->location);
    return ($to->query->to_hash, $to);
}

# The browser comes back with a code.
sub come_back ($t, $provider, $query, %with) {
    my $headers = delete $with{headers} // {};
    my %query = (state => $query->{state}, code => 'the-code', %with);
    delete @query{grep { !defined $query{$_} } keys %query};
    my $url = Mojo::URL->new("/api/v1/auth/oidc/$provider/callback")
      ->query(%query);
    return $t->get_ok($url->to_string => $headers)->status_is(303);
}

1;
