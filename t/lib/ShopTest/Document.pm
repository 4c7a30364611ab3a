package ShopTest::Document;
use Mojo::Base -base, -signatures;

# docs/openapi.json as a source of requests: each operation, and for its input
# every value that the document does not allow.
#
#   my $document = ShopTest::Document->new;
#   for my $operation ($document->operations) {
#       ...  $operation->{method}, {path}, {body}, {files}, {query}, {signed_in}
#       my @bad = $document->bad($operation->{body});   # [pointer, value]
#   }

use Mojo::JSON qw(decode_json true);

use ShopTest ();

has tree => sub {
    decode_json(ShopTest::root()->child('docs', 'openapi.json')->slurp);
};

sub operations ($self) {
    my $paths = $self->tree->{paths};
    my @operations;
    for my $path (sort keys %$paths) {
        for my $method (grep {/^(?:get|post|patch|put|delete)$/}
            sort keys %{$paths->{$path}})
        {
            push @operations,
              $self->_operation($method, $path, $paths->{$path}{$method});
        }
    }
    return @operations;
}

sub _operation ($self, $method, $path, $what) {
    my $security = $what->{security} // $self->tree->{security} // [];
    my @all      = map { $self->resolve($_) } @{$what->{parameters} // []};
    my $content  = ($what->{requestBody} // {})->{content} // {};
    my $json     = $content->{'application/json'};
    return {
        name      => uc($method) . " $path",
        method    => uc $method,
        path      => $path,
        signed_in => !!grep({ $_->{bearer} } @$security),
        query     => [grep { $_->{in} eq 'query' } @all],
        headers   => [grep { $_->{in} eq 'header' } @all],
        body      => $json && $self->resolve($json->{schema}),
        files     => [grep { $_ ne 'application/json' } sort keys %$content],
        answers   => [sort keys %{$what->{responses}}],
    };
}

sub resolve ($self, $schema) {
    while (my $ref = $schema->{'$ref'}) {
        my $node = $self->tree;
        $node   = $node->{$_} for grep {length} split m{/}, $ref =~ s/^#//r;
        $schema = $node;
    }
    return $schema;
}

# --- values that are not allowed ------------------------------------------

my @SAMPLES = (
    [boolean => true],
    [integer => 7],
    [number  => 1.5],
    [string  => 'text'],
    [array   => []],
    [object  => {}],
    [null    => undef],
);

# Pairs of a JSON pointer and a value for the whole; each has one mistake.
sub bad ($self, $schema, $pointer = '') {
    $schema = $self->resolve($schema);
    return ($self->_wrong_types($schema, $pointer),
        $self->_beyond($schema, $pointer), $self->_inside($schema, $pointer));
}

sub _wrong_types ($self, $schema, $pointer) {
    return if $pointer eq '';
    my %allowed = map { $_ => 1 } $self->_types($schema) or return;
    $allowed{integer} = 1 if $allowed{number};
    return map { [$pointer, $_->[1]] }
      grep { !$allowed{$_->[0]} } @SAMPLES;
}

sub _types ($self, $schema) {
    $schema = $self->resolve($schema);
    if (my $any = $schema->{anyOf} // $schema->{oneOf}) {
        return map { $self->_types($_) } @$any;
    }
    my $type = $schema->{type} // return;
    return ref $type ? @$type : $type;
}

sub _beyond ($self, $schema, $pointer) {
    my @bad;
    push @bad, $schema->{minimum} - 1, -9_223_372_036_854_775_807
      if defined $schema->{minimum};
    push @bad, $schema->{maximum} + 1, 9_223_372_036_854_775_807
      if defined $schema->{maximum};
    push @bad, '' if $schema->{minLength};
    push @bad, 'x' x ($schema->{maxLength} + 1) if $schema->{maxLength};
    push @bad, 'no such word' if $schema->{enum};
    push @bad, 'not this form', "\x{1}\x{7f}\x{fffd}"
      if $schema->{pattern} || $schema->{format};
    return map { [$pointer, $_] } @bad;
}

sub _inside ($self, $schema, $pointer) {
    my @bad;
    my $fields = $schema->{properties} // {};
    for my $name (sort keys %$fields) {
        push @bad, map { [$_->[0], {$name => $_->[1]}] }
          $self->bad($fields->{$name}, "$pointer/$name");
    }
    if (%$fields && !$schema->{additionalProperties}) {
        push @bad, ["$pointer/surprise", {surprise => 1}];
    }
    if ($schema->{items}) {
        push @bad, map { [$_->[0], [$_->[1]]] }
          $self->bad($schema->{items}, "$pointer/0");
    }
    return @bad;
}

1;
