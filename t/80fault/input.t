#!/usr/bin/perl

# Bad input for every endpoint of docs/openapi.json: the right 4xx as
# problem+json, never 5xx, and nothing has changed.

use Mojo::Base -signatures;

use lib 't/lib';

use IO::Socket::INET;
use Mojo::JSON qw(encode_json);
use Mojo::URL;
use Socket qw(IPPROTO_TCP TCP_NODELAY);

use ShopTest;
use ShopTest::Buyer qw(new_product address);
use ShopTest::Document;
use ShopTest::Picture qw(jpeg png webp);

my $document = ShopTest::Document->new;

# the callback of OpenID and webhooks have rules of their own
my @all = grep { $_->{path} =~ m{^/api/(?!.*/(?:callback|webhook)$)} }
  $document->operations;
my $t        = shop->t;
my $url      = Mojo::URL->new(shop->url);
$t->ua->cookie_jar->ignore(sub {1});

# --- what the requests are about ------------------------------------------

my $admin   = shop->accounts->sign_in('admin@demo.test', 'demo-password-1');
my $product = new_product(shop);
my $buyer   = ShopTest::Buyer->new(stack => shop);
$buyer->add($product);
my $order = $buyer->place->{json};
$buyer->add($product);

my $address = $t->call(POST => '/api/v1/users/me/addresses' =>
      $admin->{headers} => json => address())->json('/id');
my $category = $t->call(GET => '/api/v1/categories')->json('/items/0/id');

my %headers = (%{$admin->{headers}}, %{$buyer->headers});
my %value   = (
    product  => $product,
    category => $category,
    order    => $order->{id},
    payment  => $order->{payment}{id},
    item     => $product,
    user     => $admin->{user}{id},
    code     => 'none',
    currency => 'USD',
    type     => shop->sql('select min(id) from catalog.product_type'),
    review   => shop->sql("select min(id) from review.review
        where store_id = 1 and status = 'published'"),
);

# whatever else a path names is not there
my $none   = '00000000-0000-4000-8000-000000000000';
my $number = '999999999999';

# bodies that are good but for one mistake
my %base = (
    'POST /api/v1/auth/register' =>
      {email => unique_email(), password => 'correct-horse', name => 'Bad'},
    'POST /api/v1/auth/login' =>
      {email => $admin->{email}, password => 'demo-password-1'},
    'POST /api/v1/users/me/addresses' => address(),
    'POST /api/v1/products'           => {name => 'Bad input', price => 100},
    'POST /api/v1/categories'         => {name => 'Bad input'},
    'POST /api/v1/roles' => {name => 'bad-input', permissions => []},
    'POST /api/v1/inventory/update' =>
      {product_id => $product, on_hand => 77, reason => 'count'},
    'POST /api/v1/product-types' => {code => 'bad-input', name => 'Bad'},
    'POST /api/v1/tax-classes'   => {code => 'bad-input', name => 'Bad'},
    'POST /api/v1/warehouses'    => {code => 'bad-input', name => 'Bad'},
    'POST /api/v1/cart/add'     => {product_id => $product},
    'POST /api/v1/cart/coupons' => {code       => 'none'},
    'POST /api/v1/orders' => $buyer->order_json,
);

sub path_with ($operation, $other) {
    return $operation->{path} =~ s/addresses\K\/\{id\}/\/$address/r
      =~ s/\{(\w+)\}/$value{$1} \/\/ $other/ger;
}

# an id is a number where one gets past the path's own check
my %path;

sub path_of ($operation) {
    return $path{$operation->{name}} //= do {
        my $path = path_with($operation, $number);
        my $res  = $t->call($operation->{method}, "$path?surprise=1",
            \%headers, $operation->{body} ? (json => {}) : ());
        $res->code == 422 ? $path : path_with($operation, $none);
    };
}

# Rows of the tables that jobs shorten meanwhile: they may only not grow.
sub cleaned {
    return {map { $_ => shop->sql("select count(*) from $_") } @{
        shop->db->selectcol_arrayref(q{select distinct m[1] from pg_proc,
            regexp_matches(prosrc, 'delete from ([a-z]+\.[a-z_]+)', 'g') m
            where proname ~ 'clean' and pronamespace::regnamespace::text
                in ('api', 'identity', 'store')})
    }};
}

# Rows of the tables that requests add to, and the test's own rows.  What the
# worker adds to (mails, expired reservations) is left out.
sub state_of_all {
    my ($cleaned) = @_;
    my $tables = shop->db->selectcol_arrayref(
        "select format('%I.%I', schemaname, tablename) from pg_tables
         where schemaname in ('api', 'cart', 'catalog', 'identity', 'review',
             'shipping', 'store') or tablename in ('orders', 'line', 'stock',
             'payment') order by 1");
    my %state = map { $_ => shop->sql("select count(*) from $_") }
      grep { !exists $cleaned->{$_} } @$tables;
    my %rows  = (
        'catalog.product'  => $product,
        'catalog.category' => $category,
        '"order".orders'   => $order->{id},
        'payment.payment'  => $order->{payment}{id},
    );
    $state{"$_ $rows{$_}"} =
      shop->sql("select t::text from $_ t where id::text = ?", $rows{$_})
      for keys %rows;
    $state{'store.store'} = shop->sql(
        'select string_agg(s::text, \'\' order by id) from store.store s');
    $state{cart} = join ' ',
      map {"$_->{product_id} $_->{quantity}"}
      @{$t->call(GET => '/api/v1/cart' => $buyer->headers)->json('/items')};
    return \%state;
}

# --- judging --------------------------------------------------------------

my @wrong;

# a problem that names the field, or what it is a part of; of an element that
# lacks something, too, what it lacks
sub names ($problem, $field) {
    my @named = map { $_->{pointer} // $_->{parameter} }
      @{$problem->{errors} // []};
    my ($element) = $field =~ m{^(.*/\d+)/};
    return scalar grep {
        "$field/" =~ m{^\Q$_\E(?:/|$)}
          || defined $element && m{^\Q$element\E/}
    } @named;
}

# what takes files takes no JSON
sub status_of ($operation, $status) {
    return $operation->{body} || $operation->{method} ne 'POST'
      ? $status
      : "$status|415";
}

# an answer against the status and the code that it may have
sub judge ($name, $res, %want) {
    my $status  = $res->code // 0;
    my $problem = ($res->headers->content_type // '')
      =~ m{^application/problem\+json};
    my $json = $problem ? $res->json // {} : {};
    my $good = $status =~ /^(?:$want{status})$/ && $problem
      && ($json->{status} // 0) == $status
      && ($json->{code} // '') eq ($want{code} // $json->{code})
      && (!defined $want{field} || names($json, $want{field}));
    push @wrong, "$name: " . substr $status . ' ' . $res->body, 0, 300
      unless $good;
    return;
}

sub verdict ($name) {
    is scalar @wrong, 0, $name or diag join "\n", splice @wrong, 0, 20;
    @wrong = ();
    return;
}

sub ask ($operation, $path, $headers = {}, @body) {
    return $t->call($operation->{method}, $path, {%headers, %$headers}, @body);
}

my %json = ('Content-Type' => 'application/json');

# --- bodies ---------------------------------------------------------------

my %unreadable = (
    'nothing of it'       => ' ',
    'truncated'           => '{"name": "Lamp", "price":',
    'not closed'          => '{"a": [1, 2',
    'a string open'       => '{"a": "b',
    'an array'            => '["Lamp"]',
    'null'                => 'null',
    'a number'            => '1',
    'two documents'       => '{} {}',
    'a comma too much'    => '{"a": 1,}',
    'a key twice'         => '{"name": "a", "name": "b"}',
    'a key twice, inside' => '{"a": {"b": 1, "b": 2}}',
    'invalid UTF-8'       => qq({"name": "\xff\xfe"}),
    'overlong UTF-8'      => qq({"name": "\xc0\xaf"}),
    'a surrogate'         => qq({"name": "\xed\xa0\x80"}),
    'half a pair'         => '{"name": "\ud800"}',
    'NUL'                 => qq({"name": "a\0b"}),
    'NUL, escaped'        => '{"name": "a\u0000b"}',
    'NUL in a key'        => '{"a\u0000b": 1}',
    'too large a number'  => '{"quantity": 1e999}',
    'beyond 64 bits'      => '{"quantity": 99999999999999999999}',
    'a huge integer'      => '{"quantity": ' . '9' x 400 . '}',
    '40 levels'           => '{"a":' x 40 . '1' . '}' x 40,
    'very deep'           => '{"a":' . '[' x 50_000,
);

sub bodies ($operation) {
    my $path = path_of($operation);
    judge("$operation->{name}, $_", ask($operation, $path, \%json,
        $unreadable{$_}), status => 400, code => 'invalid_json')
      for sort keys %unreadable;
    verdict('what is no JSON');

    for my $type ('text/plain', 'application/jsonx', 'text/json',
        'application/x-www-form-urlencoded', 'multipart/form-data', '')
    {
        judge("$operation->{name}, $type",
            ask($operation, $path, {'Content-Type' => $type}, '{"a":1}'),
            status => 415, code => 'unsupported_media_type');
    }
    # as large as a picture may be
    my $large = $path =~ m{/images$} ? 12_000_000 : 1_100_000;
    judge("$operation->{name}, too large", ask($operation, $path, \%json,
        '{"a":"' . 'a' x $large . '"}'), status => 413,
        code => 'too_large');
    verdict('what is not taken');

    for my $bad ($document->bad($operation->{body})) {
        my ($field, $value) = @$bad;
        my $text = encode_json({%{$base{$operation->{name}} // {}}, %$value});
        my $res  = ask($operation, $path, \%json, $text);
        # a row is refused by itself
        next if $field =~ m{^/items/0/} && $res->code == 200
          && ($res->json('/taken') // 1) == 0;
        judge("$operation->{name}, " . substr($text, 0, 200), $res,
            status => 422, code => 'invalid_input', field => $field);
    }
    verdict('what the document forbids');
    return;
}

# --- files ----------------------------------------------------------------

my $svg  = '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>';
my %file = (
    'image/png' => {
        nothing          => '',
        text             => 'hello',
        SVG              => $svg,
        truncated        => substr(png(40, 30), 0, -7),
        JPEG             => jpeg(9, 9),
        'HTML behind it' => png(9, 9) . '<script>',
        'a bomb'         => png(16_000, 16_000, data => 'x'),
    },
    'image/jpeg' => {
        PNG         => png(9, 9),
        truncated   => substr(jpeg(400, 400), 0, 300),
        'no pixels' => "\xff\xd8\xff\xd9",
    },
    'image/webp' => {truncated => substr(webp(9, 9), 0, -1), NUL => "\0" x 99},
    'multipart/form-data' => {
        nothing            => '',
        'an open part'     => "--b\r\n",
        'headers only'     => "--b\r\nContent-Disposition: form-data; name=",
        'no end'           => part('file', png(9, 9)),
        'no file'          => part('alt', 'x') . '--b--',
        'two files'        => part('file', png(9, 9)) x 2 . '--b--',
        'a field twice'    => part('alt', 'x') x 2 . part('file', png(9, 9))
          . '--b--',
        'an unknown field' => part('file', png(9, 9)) . part('surprise', 1)
          . '--b--',
        'invalid UTF-8'    => part('alt', "\xff") . part('file', png(9, 9))
          . '--b--',
        NUL                => part('alt', "a\0b") . part('file', png(9, 9))
          . '--b--',
        'a name of 5,000'  => part('x' x 5000, 1) . '--b--',
        'SVG'              => part('file', $svg) . '--b--',
        '10,000 parts'     => part('x', '') x 10_000 . '--b--',
    },
    'text/csv' => {
        nothing         => '',
        NUL             => "name\n\0\n",
        'invalid UTF-8' => "name\n\xff\xfe\n",
    },
);
my %end = ('multipart/form-data' => '; boundary=b');

sub part ($name, $value) {
    return "--b\r\nContent-Disposition: form-data; name=\"$name\"\r\n\r\n"
      . "$value\r\n";
}

# each of its types with what is none
sub files ($operation) {
    my $path = path_of($operation);
    for my $type (@{$operation->{files}}) {
        my %bad = %{$file{$type} // {nothing => ''}};
        judge("$operation->{name}, $type: $_",
            ask($operation, $path, {'Content-Type' => $type . ($end{$type}
                // '')}, $bad{$_}), status => '400|413|415|422')
          for sort keys %bad;
        push @wrong, "$operation->{name}, $type: byte by byte"
          unless raw({%$operation, type => $type . ($end{$type} // '')},
            "Transfer-Encoding: chunked\r\n",
            map({"1\r\n$_\r\n"} split //, "\0\xff--b\r\n\""), "0\r\n\r\n")
          =~ m{^HTTP/1\.1\ 4\d\d\ .*?^Content-Type:\ application/problem\+json}xsmi;
    }
    judge("$operation->{name}, $_",
        ask($operation, $path, {'Content-Type' => $_}, '{"a":1}'),
        status => 415, code => 'unsupported_media_type')
      for 'application/octet-stream', 'image/svg+xml', 'text/html';
    verdict('files that are none');
    return;
}

# --- parameters -----------------------------------------------------------

my @ids = ('no-such-thing', '0', '-1', '1.5', '9' x 30, '1%27--', '%ff%fe',
    '%00', '%2e%2e%2fmetrics', 'a' x 3000, '%F0%9F%92%A9', '%25', '%',
    '00000000-0000-0000-0000-000000000000', '{product}');

sub paths ($operation) {
    for my $id (@ids) {
        my $path = $operation->{path} =~ s/\{\w+\}/$id/gr;
        judge("$operation->{method} " . substr($path, 0, 80),
            ask($operation, $path,
                $operation->{body} ? (\%json, json => {}) : ()),
            status => status_of($operation, '400|404|405|414|422'))
          # an account, or a till that has sold nothing yet
          unless $id =~ /^0{8}-/ && $operation->{path} =~ m{/user/|/carts/};
    }
    verdict('ids of nothing');
    return;
}

sub parameters ($operation) {
    my $path = path_of($operation);
    my %bad  = (surprise => ['1', '', '%00', '%ff'], "a'b" => [1]);
    for my $parameter (@{$operation->{query}}) {
        my $schema = $document->resolve($parameter->{schema});
        my @values = ('%00', '%ff', '%ed%a0%80');
        push @values, 'x', '1.5', '9' x 30, '-1', '1e3', ''
          if ($schema->{type} // '') eq 'integer';
        push @values, 'maybe', '2' if ($schema->{type} // '') eq 'boolean';
        push @values, 'no%20such%20word' if $schema->{enum};
        $bad{$parameter->{name}} = \@values
          unless ($schema->{type} // '') eq 'object';
    }
    for my $name (sort keys %bad) {
        judge("$operation->{name}?$name=$_",
            ask($operation, "$path?$name=$_",
                $operation->{body} ? (\%json, json => {}) : ()),
            status => 422, code => 'invalid_input', field => $name)
          for @{$bad{$name}};
    }
    verdict('parameters');
    return;
}

# --- headers --------------------------------------------------------------

sub headers ($operation) {
    my $path = path_of($operation);
    for my $value ('Bearer', 'Bearer ', 'Bearer x', 'Bearer a.b.c', 'Basic a',
        'Bearer ' . 'a' x 8000, 'Bearer ' . '.' x 500, "Bearer \xff\xfe",
        $admin->{headers}{Authorization} . 'x')
    {
        judge("$operation->{name}, $value",
            ask($operation, $path, {Authorization => $value}), status => 401)
          if $operation->{signed_in};
    }
    for my $header (@{$operation->{headers}}) {
        my $name = $header->{name};
        next unless $name =~ /^(?:Idempotency-Key|If-Match)$/;
        judge("$operation->{name}, $name",
            ask($operation, $path, {%json, $name => $_}, '{"surprise":1}'),
            status => status_of($operation, '400|412|422'))
          for '', 'a' x 300, "\xff\xfe", '"', 'W/"x', '9' x 40;
    }
    judge("$operation->{name}, a long header",
        ask($operation, $path, {'X-Long' => 'a' x 70_000}), status => 431);
    verdict('headers');
    return;
}

# --- as it comes over the wire ---------------------------------------------

# one request in pieces: the answer, without waiting for the end after it
sub raw ($operation, $extra, @parts) {
    my $socket = IO::Socket::INET->new(PeerAddr => '127.0.0.1',
        PeerPort => $url->port, Timeout => 10) or die "connect: $!";
    setsockopt $socket, IPPROTO_TCP, TCP_NODELAY, 1;
    local $SIG{PIPE} = 'IGNORE';
    my $head = "$operation->{method} " . path_of($operation)
      . " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
      . join '', map {"$_: $headers{$_}\r\n"} sort keys %headers;
    my $type = $operation->{type} // 'application/json';
    for my $part ("${head}Content-Type: $type\r\n$extra\r\n",
        @parts)
    {
        $socket->syswrite($part) or last;
    }
    my $answer = '';
    while ($socket->sysread($answer, 65536, length $answer)) {
        my ($head, $body) = split /\r\n\r\n/, $answer, 2;
        last if ($head =~ /^Content-Length: (\d+)/mi)
          && length($body // '') >= $1;
    }
    return $answer;
}

sub wire ($operation) {
    my $chunked = "Transfer-Encoding: chunked\r\n";
    my %sent    = (
        'byte by byte' => [qr/422/, raw($operation, $chunked,
            map({"1\r\n$_\r\n"} split //, '{"surprise":1}'), "0\r\n\r\n")],
        'a broken chunk' => [qr/400/, raw($operation, $chunked, "zz\r\n")],
        'a huge chunk'   => [qr/4\d\d/,
            raw($operation, $chunked, "ffffffffffffffff\r\n{")],
        'a body of length -1' =>
          [qr/400/, raw($operation, "Content-Length: -1\r\n")],
        'two lengths' => [qr/400/,
            raw($operation, "Content-Length: 2\r\nContent-Length: 3\r\n",
                '{}')],
        'a length too large' =>
          [qr/413/, raw($operation, "Content-Length: 99999999999\r\n")],
        'NUL in a header' => [qr/400/, raw($operation, "X-Nul: a\0b\r\n")],
    );
    for my $name (sort keys %sent) {
        my ($status, $answer) = @{$sent{$name}};
        push @wrong, "$operation->{name}, $name: " . substr $answer, 0, 300
          unless $answer =~ m{^HTTP/1\.1\ $status\ .*?
            ^Content-Type:\ application/problem\+json}xsmi;
    }
    verdict('pieces');
    return;
}

# --- the sweep ------------------------------------------------------------

ok wait_for(sub {
    $buyer->show($order)->{payment}{status} eq 'requires_action';
}, 20, 'the worker'), 'an order that nobody works on';
# a slow machine needs longer than a reservation lasts
shop->db->do(q{update "order".orders
    set reserved_until = now() + interval '1 day' where id = ?}, undef,
    $order->{id});
my $cleaned = cleaned();
my $before  = state_of_all($cleaned);

for my $operation (@all) {
    subtest $operation->{name} => sub {
        parameters($operation) unless $operation->{path} =~ m{/live$};
        headers($operation);
        paths($operation)  if $operation->{path} =~ /\{/;
        bodies($operation) if $operation->{body};
        wire($operation)   if $operation->{body};
        files($operation)  if @{$operation->{files}};
        $t = shop->t;
        $t->ua->cookie_jar->ignore(sub {1});
    };
}

subtest 'methods' => sub {
    my %paths = map { $_->{path} => $_ } @all;
    for my $path (sort keys %paths) {
        judge("$_ $path", $t->call($_ => path_of($paths{$path}), \%headers),
            status => 405, code => 'method_not_allowed')
          for qw(PUT PROPFIND FROB);
    }
    verdict('not allowed');
};

is_deeply state_of_all($cleaned), $before, 'nothing has changed';
my $now = cleaned();
is_deeply [grep { $now->{$_} > $cleaned->{$_} } sort keys %$now], [],
  'nor has what jobs clean grown';

done_testing;
