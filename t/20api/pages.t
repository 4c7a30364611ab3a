use ShopTest;

# Pages as the gateway serves them: status, head, data, sheets, files.

use Mojo::JSON qw(encode_json from_json);

my $t = shop->t;

my $html = qr{^text/html; charset=utf-8$};

sub page {
    my ($path, $status, $headers) = @_;
    return $t->get_ok($path => $headers // {})->status_is($status // 200)
      ->content_type_like($html);
}

sub data { return from_json($t->tx->res->dom->at('script#data')->text) }

sub head { return $t->tx->res->dom->at('head') }

my $admin = shop->admin;
my $name  = 'Page <b>"&</b> ' . unique_id();
$t->post_ok('/api/v1/products' => $admin => json => {
        name        => $name,
        price       => 1999,
        description => 'Ends </script><script>alert(1)</script> nowhere.',
        stock       => 3
    })->status_is(201);
my $product = $t->tx->res->json;

subtest 'a product' => sub {
    page("/products/$product->{slug}")->trips_is('sql=1 redis=0');
    unlike $t->tx->res->body, qr/<script>alert|<b>/, 'nothing is markup';
    is data()->{product}{id}, $product->{id}, 'its data is that of the API';
    is data()->{product}{name}, $name, '... unchanged by escaping';
    is data()->{cart}, Mojo::JSON::false, 'no cart yet';
    like head()->at('title')->text, qr/^\Q$name\E · /, 'its title';
    like head()->at('meta[name=description]')->{content}, qr/^Ends/,
      'its description';
    like head()->at('link[rel=canonical]')->{href},
      qr{^http://[^/]+/products/\Q$product->{slug}\E$}, 'its address';

    my $ld = from_json(
        head()->at('script[type="application/ld+json"]')->text);
    is $ld->[0]{'@type'}, 'Product', 'JSON-LD: the product';
    is $ld->[0]{offers}[0]{price}, '19.99', '... with its price';
    is $ld->[0]{offers}[0]{availability}, 'https://schema.org/InStock',
      '... in stock';
    is $ld->[1]{'@type'}, 'BreadcrumbList', 'JSON-LD: the way to it';
};

subtest 'addresses' => sub {
    $t->get_ok("/products/$product->{id}")->status_is(301)
      ->header_is(Location => "/products/$product->{slug}");
    page("/products/none-$$", 404);
    page('/categories/none',  404);
    page('/none',             404);
    page('/none/at/all',      404);
    page('/orders/none',      404);
    is head()->at('meta[name=robots]')->{content}, 'noindex', 'not indexed';
    $t->head_ok("/products/$product->{slug}")->status_is(200)->content_is('');
    $t->get_ok('/account')->status_is(303)
      ->header_is(Location => '/sign-in?next=/account');
    page($_) for '/', '/cart', '/checkout', '/sign-in', '/register';
    for (qw(forgot-password reset-password verify-email accept-invitation)) {
        page("/$_");
        is head()->at('meta[name=robots]')->{content}, 'noindex',
          "/$_ is not indexed";
    }
    for (qw(/account/addresses /account/security /account/privacy)) {
        $t->get_ok($_)->status_is(303)
          ->header_is(Location => "/sign-in?next=$_");
    }
    $t->get_ok('/consent?request=a-b_C9')->status_is(303)
      ->header_is(Location => '/sign-in?next=/consent%3Frequest%3Da-b_C9');
    $t->get_ok('/consent?request=x%0d%0ay%26z')->status_is(303)
      ->header_is(Location => '/sign-in?next=/consent');
    $t->post_ok('/cart')->status_is(405);
};

subtest 'whatever is in the address' => sub {
    page("/?utm_source=x&q=%ff");
    page('/search?min_price=abc&sort=wrong&attr.color=none&x=y&x=z');
    page('/search?' . join '&', map {"a$_=1"} 1 .. 300);
    page('/search?cursor=wrong', 404);
    page("/search?q=" . ('x' x 499));
    page('/search?category=none');
    is_deeply data()->{products}{items}, [], 'nothing is in no category';
};

subtest 'the same data as the API' => sub {
    page('/search?sort=price&in_stock=true');
    my $shown = data()->{products}{items};
    $t->get_ok('/api/v1/products?sort=price&in_stock=true&limit=24');
    is_deeply [map { $_->{slug} } @$shown],
      [map { $_->{slug} } @{$t->tx->res->json->{items}}],
      'the list is the same';
    page('/');
    ok @{data()->{categories}}, 'categories';
    ok @{data()->{newest}{items}}, 'products';
};

subtest 'the shared cache' => sub {
    my $path = "/products/$product->{slug}";
    wait_for(
        sub {
            $t->call(GET => $path)->headers->header('X-Cache');
        },
        5,
        'a kept page'
    );
    page($path)->header_is('X-Cache' => 'HIT')->trips_is('sql=0 redis=0');
    $t->patch_ok("/api/v1/products/$product->{id}" => $admin => json =>
          {name => 'Renamed'})->status_is(200);
    ok wait_for(
        sub {
            $t->call(GET => $path)->body =~ /Renamed/;
        },
        5,
        'the new name'
      ),
      'a change is seen at once';
};

subtest 'who looks' => sub {
    my $account = shop->register;
    page('/account', 200, $account->{headers});
    is data()->{account}{email}, $account->{email}, 'the account';
    for (qw(/account/addresses /account/security /account/privacy /consent)) {
        page($_, 200, $account->{headers});
        is data()->{account}{id}, $account->{user}{id}, "$_ has it too";
    }
    page('/account', 200, $account->{headers});
    is data()->{user}{email},    $account->{email}, 'the viewer';
    $t->header_is('Cache-Control' => 'no-store');
    page('/', 200, {Cookie => 'access=nonsense; scheme=dark'});
    is data()->{user}, undef, 'a bad cookie is nobody';
    is $t->tx->res->dom->at('html')->{'data-scheme'}, 'dark',
      'the choice of colours';
    page('/', 200, {Cookie => 'scheme="><x'});
    is $t->tx->res->dom->at('html')->{'data-scheme'}, 'auto', '... or none';
};

subtest 'an order' => sub {
    my $buyer = shop->t;
    $buyer->post_ok('/api/v1/cart/add' => json =>
          {product_id => $product->{id}})->status_is(200);
    $buyer->post_ok('/api/v1/orders' => json => {
            email            => 'ada@example.test',
            payment          => {provider => 'sandbox'},
            shipping_address => {
                name        => 'Ada',
                line1       => 'Street 1',
                city        => 'Berlin',
                postal_code => '10115',
                country     => 'DE'
            }
        })->status_is(201);
    my $id = $buyer->tx->res->json->{id};
    $buyer->get_ok("/orders/$id")->status_is(200);
    my $shown =
      from_json($buyer->tx->res->dom->at('script#data')->text);
    is $shown->{order}{id}, $id, 'its buyer sees it';
    is $shown->{cart}, Mojo::JSON::true, 'and has a cart';
    page("/orders/$id", 404);
    is data()->{order}, undef, 'others do not';
};

subtest 'sheets of two brands' => sub {
    my %sheet;
    for my $host ('localhost', 'brand2.localhost') {
        page('/', 200, {Host => $host});
        my ($link) = map { $_->{href} }
          @{head()->find('link[rel=stylesheet][href^="/theme."]')->to_array};
        $sheet{$host} = $link;
        $t->get_ok($link => {Host => $host})->status_is(200)
          ->content_type_is('text/css; charset=utf-8')
          ->content_like(qr/^:root\{.*--accent:/)
          ->header_is(
            'Cache-Control' => 'public, max-age=31536000, immutable');
    }
    $t->get_ok($sheet{localhost} => {Host => 'brand2.localhost'})
      ->status_is(404);
    $t->get_ok('/theme.0.css')->status_is(404);
};

subtest 'a theme is no CSS' => sub {
    is shop->sql('select page.theme_css($1::jsonb)', encode_json({
                colors => {
                    accent => '#000;} body{display:none',
                    bg     => {light => '#ffffff', dark => 'url(x)'},
                    fg     => '#123456',
                    wrong  => '#123456'
                },
                fonts  => {body => 'x";}'},
                radius => '1px;color:red'
            }
        )), ':root{--fg:#123456}', 'known tokens of known forms only';
};

subtest 'files' => sub {
    $t->get_ok('/robots.txt')->status_is(200)
      ->content_like(qr{^Disallow: /cart$}m)
      ->content_like(qr{^Sitemap: http://[^/]+/sitemap\.xml$}m);
    $t->get_ok('/sitemap.xml')->status_is(200)
      ->content_type_is('application/xml')
      ->content_like(qr{<loc>http://[^<]+/products/\Q$product->{slug}\E</loc>});
    $t->get_ok('/docs/')->status_is(200)->text_like(h1 => qr/API/);
    $t->get_ok('/openapi.json')->status_is(200)
      ->json_is('/openapi' => '3.1.0');
    $t->get_ok('/media/emoji/teapot.webp')->status_is(200)
      ->content_type_is('image/webp');
    page('/');
    for my $link ($t->tx->res->dom->find('[src^="/assets/"]')->each) {
        $t->get_ok($link->{src})->status_is(200)
          ->header_like('Cache-Control' => qr/immutable/);
    }
    unlike $t->tx->res->dom->to_string, qr/\sstyle=/, 'no style attribute';
};

subtest 'wrong directives' => sub {
    my $dir = shop->state;
    like shop->nginx_refusal(server => 'location /s/ { shop_pages none; }'),
      qr/needs the built pages/, 'pages that are not built';
    like shop->nginx_refusal(server => 'location ~ x { shop_pages none; }'),
      qr/./, 'a location of another kind';
};

done_testing;
