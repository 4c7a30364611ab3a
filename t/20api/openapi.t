use ShopTest;

# The tables of endpoints and the OpenAPI document say the same: paths,
# methods, parameters, fields of bodies.

use Mojo::File qw(path);
use Mojo::JSON qw(decode_json);

my $doc = decode_json(
    path(__FILE__)->dirname->child('..', '..', 'docs', 'openapi.json')->slurp);

my $domains = join ' ', map {"shop_$_;"}
  qw(identity catalog search review wishlist recommendation notification
  inventory store cart shipping pricing order payment live media
  ops);

my $nginx = shop->nginx(
    http   => 'shop_cache test 1m;',
    server => "location /api/v1/ { $domains }"
      . 'location /.well-known/ { shop_identity; } location / { shop_ops; }'
      . 'location /oauth/ { shop_identity; }'
      . 'location /media/i/ { shop_pictures; }'
);
my $routes = $nginx->t->get_ok('/routes')->status_is(200)->value;

# a parameter's name is the document's to choose
sub form { return $_[0] =~ s/\{\w+\}/{}/gr }

sub resolve {
    my $part = shift // {};
    while (my $ref = $part->{'$ref'}) {
        my $at = $doc;
        $at   = $at->{$_} for split m{/}, $ref =~ s{^#/}{}r;
        $part = $at;
    }
    return $part;
}

my %documented;
for my $path (keys %{$doc->{paths}}) {
    my $item = $doc->{paths}{$path};
    for my $method (qw(get post put patch delete)) {
        next unless $item->{$method};
        my %parameters = map { $_->{name} => $_ }
          map { resolve($_) } @{$item->{parameters} // []},
          @{$item->{$method}{parameters} // []};
        $documented{uc($method) . ' ' . form($path)} =
          {%{$item->{$method}}, named => \%parameters};
    }
}

my %served = map { ("$_->{method} " . form($_->{path}) => $_) } @$routes;

# what the operator alone sees, and what is a file
my %elsewhere = map { $_ => 1 } 'GET /routes', 'GET /openapi.json',
  'GET /docs/';

is_deeply [grep { !$documented{$_} && !$elsewhere{$_} } sort keys %served], [],
  'all that is served is documented';
is_deeply [grep { !$served{$_} && !$elsewhere{$_} } sort keys %documented], [],
  'all that is documented is served';

# a schema's properties, through its parts
sub properties {
    my ($schema) = @_;
    $schema = resolve($schema);
    my (%all, @required);
    for my $part ($schema, map { resolve($_) } @{$schema->{allOf} // []}) {
        %all = (%all, %{$part->{properties} // {}});
        push @required, @{$part->{required} // []};
    }
    return (\%all, \@required);
}

for my $name (sort keys %served) {
    my $operation = $documented{$name} or next;
    my $route     = $served{$name};
    next if $route->{raw};

    my @query = grep { $_->{in} eq 'query' } @{$route->{fields}};
    is_deeply [sort map { $_->{name} =~ s/\.$//r } @query],
      [sort grep { $operation->{named}{$_}{in} eq 'query' }
          keys %{$operation->{named}}], "$name: parameters";

    my @body = grep { $_->{in} eq 'body' } @{$route->{fields}};
    my $content = resolve($operation->{requestBody})->{content};
    my ($properties, $required) =
      properties($content->{'application/json'}{schema});
    is_deeply [sort map { $_->{name} } @body], [sort keys %$properties],
      "$name: fields";
    is_deeply [sort map { $_->{name} } grep { $_->{required} } @body],
      [sort @$required], "$name: what is required";
}

done_testing;
