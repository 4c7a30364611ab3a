#!/usr/bin/perl

# Reviews: who may write them, moderation, votes, complaints, replies, lists.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::Promise;
use ShopTest;
use ShopTest::Buyer qw(new_product);
use ShopTest::Customer;
use ShopTest::Picture qw(png);

my $shop   = shop;
my $t      = $shop->t;
my $admin  = $shop->admin;
my $seller = $shop->seller;
my ($yes, $no) = (Mojo::JSON->true, Mojo::JSON->false);
$t->ua->cookie_jar->ignore(sub {1});

sub customer (%with) {
    return ShopTest::Customer->new(stack => $shop, with => \%with);
}

sub reviews ($product) { return "/api/v1/products/$product/reviews" }

# a published review of a product by somebody who has bought it: its path
sub reviewed ($product, %with) {
    my $author = customer();
    $author->buy($product);
    $t->post_ok(reviews($product) => $author->headers => json =>
          {rating => 4, body => 'Good.', %with})->status_is(201);
    return ('/api/v1/reviews/' . $t->value('/id'), $author);
}

sub rating_is ($product, $average, %stars) {
    $t->get_ok("/api/v1/products/$product")
      ->json_is('/rating/average' => $average)
      ->json_is('/rating/histogram' => {map { $_ => $stars{$_} // 0 } 1 .. 5});
    return;
}

subtest 'a buyer writes one' => sub {
    my $product = new_product($shop);
    my $ada     = customer(name => 'Ada Example');
    $t->post_ok(reviews($product) => json => {rating => 5, body => 'x'})
      ->problem_is(401 => 'unauthenticated');
    $t->post_ok(reviews($product) => $ada->headers => json =>
          {rating => 5, body => 'I only looked at it.'})
      ->problem_is(403 => 'not_bought');
    $ada->order($product);
    $t->post_ok(reviews($product) => $ada->headers => json =>
          {rating => 5, body => 'Ordered, not paid.'})
      ->problem_is(403 => 'not_bought');
    my $order = $ada->buy($product);

    $t->post_ok(reviews($product) => $ada->headers => json =>
          {rating => 5, title => 'Fine', body => " It shines.\n"})
      ->status_is(201)->trips_is('sql=1 redis=0')
      ->json_is('/rating' => 5)->json_is('/title' => 'Fine')
      ->json_is('/body' => 'It shines.')->json_is('/author' => 'Ada E.')
      ->json_is('/verified' => $yes)->json_is('/status' => 'published')
      ->json_is('/product/id' => $product)->json_hasnt('/user_id')
      ->json_is('/helpful' => 0)->json_is('/reply' => undef);
    my $mine = $t->value;
    $t->header_is(Location => "/api/v1/reviews/$mine->{id}");
    rating_is($product, 5, 5 => 1);

    $t->post_ok(reviews($product) => $ada->headers => json =>
          {rating => 1, body => 'Again.'})
      ->problem_is(409 => 'already_reviewed');
    $t->get_ok('/api/v1/reviews/mine' => $ada->headers)->status_is(200)
      ->json_is('/items' => [$mine])->json_is('/next_cursor' => undef);
    $t->get_ok(reviews($product))->status_is(200)
      ->json_is('/items/0/id' => $mine->{id})
      ->json_hasnt('/items/0/status')
      ->json_is('/rating/histogram/5' => 1);
    is $shop->sql('select order_id from review.review where id = ?',
        $mine->{id}), $order->{id}, 'by the order';
};

subtest 'one a customer, though all ask at once' => sub {
    my $product = new_product($shop);
    my $ada     = customer();
    $ada->buy($product);
    my (%codes, @ua);
    push @ua, Mojo::UserAgent->new->insecure(1) for 1 .. 8;
    Mojo::Promise->all(map {
        $_->post_p($shop->url . reviews($product) => $ada->headers => json =>
              {rating => 3, body => 'At once.'})
          ->then(sub ($tx) { $codes{$tx->res->code}++ })
    } @ua)->wait;
    is_deeply \%codes, {201 => 1, 409 => 7};
    rating_is($product, 3, 3 => 1);
};

subtest 'the same key, the same answer' => sub {
    my $product = new_product($shop);
    my $ada     = customer();
    $ada->buy($product);
    my %key = (%{$ada->headers}, 'Idempotency-Key' => unique_id);
    my $json = {rating => 4, body => 'Once.'};
    $t->post_ok(reviews($product) => \%key => json => $json)->status_is(201);
    my $first = $t->value;
    $t->post_ok(reviews($product) => \%key => json => $json)->status_is(201)
      ->header_is('Idempotent-Replayed' => 'true')->json_is('' => $first);
};

subtest 'bad input' => sub {
    my $product = new_product($shop);
    my $ada     = customer();
    $ada->buy($product);
    for my $bad (
        [{},                              ['/body', '/rating']],
        [{rating => 6, body => 'x'},      ['/rating']],
        [{rating => 0, body => 'x'},      ['/rating']],
        [{rating => '5', body => 'x'},    ['/rating']],
        [{rating => 4.5, body => 'x'},    ['/rating']],
        [{rating => 5, body => ''},       ['/body']],
        [{rating => 5, body => "  \n "},  ['/body']],
        [{rating => 5, body => 'x' x 10_001}, ['/body']],
        [{rating => 5, body => 'x', title => 'x' x 201}, ['/title']],
        [{rating => 5, body => 'x', author => 'me@x.test'}, ['/author']],
        [{rating => 5, body => 'x', stars => 5},         ['/stars']],
        [{rating => 5, body => 'x', status => 'published'}, ['/status']],
      )
    {
        $t->post_ok(reviews($product) => $ada->headers => json => $bad->[0])
          ->problem_is(422 => 'invalid_input');
        is_deeply [sort map { $_->{pointer} } @{$t->value('/errors')}],
          $bad->[1], join ' ', @{$bad->[1]};
    }
    for my $query ('sort=best', 'rating=6', 'rating=x', 'limit=0',
        'limit=101', 'cursor=x', 'page=2')
    {
        $t->get_ok(reviews($product) . "?$query")
          ->problem_is(422 => 'invalid_input')
          ->json_is('/errors/0/parameter' => $query =~ s/=.*//r);
    }
    $t->post_ok(reviews($product) =>
          {%{$ada->headers}, 'Content-Type' => 'application/json'} => '{')
      ->problem_is(400 => 'invalid_json');
    $t->post_ok(reviews('none') => $ada->headers => json =>
          {rating => 5, body => 'x'})->problem_is(404 => 'not_found');
    $t->get_ok(reviews('none'))->problem_is(404 => 'not_found');
    $t->get_ok('/api/v1/reviews/none')->problem_is(404 => 'not_found');
    $t->get_ok('/api/v1/reviews/999999999999')
      ->problem_is(404 => 'not_found');
};

subtest 'doubtful texts wait for a moderator' => sub {
    my $product = new_product($shop);
    my $spam    = 'Better ones at www.bargain.test!';
    my ($path, $author) = reviewed($product, rating => 1, body => $spam);
    $t->json_is('/status' => 'pending');
    my ($id) = $path =~ /(\d+)$/;
    $t->get_ok(reviews($product))->json_is('/items' => []);
    rating_is($product, undef);
    $t->get_ok($path)->problem_is(404 => 'not_found');
    $t->get_ok($path => customer()->headers)->problem_is(404 => 'not_found');
    $t->get_ok($path => $author->headers)->status_is(200)
      ->json_is('/status' => 'pending');
    $t->get_ok("/api/v1/reviews?status=pending&product=$product" => $admin)
      ->status_is(200)->json_is('/items/0/id' => $id)
      ->json_is('/items/0/user_id' => $author->id)
      ->json_hasnt('/items/1');

    $t->patch_ok($path => $author->headers => json => {status => 'published'})
      ->problem_is(403 => 'forbidden');
    $t->patch_ok($path => $seller => json => {status => 'published'})
      ->problem_is(404 => 'not_found');
    $t->patch_ok($path => $admin => json =>
          {status => 'rejected', reason => 'It is advertising.'})
      ->status_is(200)->json_is('/status' => 'rejected');
    $t->get_ok($path => $author->headers)
      ->json_is('/reason' => 'It is advertising.');
    $t->patch_ok($path => $author->headers => json =>
          {body => 'I was not happy.'})->status_is(200)
      ->json_is('/status' => 'pending', 'it does not come back by itself');
    $t->patch_ok($path => $admin => json => {status => 'published'})
      ->status_is(200)->json_is('/reason' => undef);
    rating_is($product, 1, 1 => 1);
    $t->get_ok(reviews($product))->json_is('/items/0/id' => $id);
    $t->patch_ok($path => $author->headers => json => {rating => 2})
      ->status_is(200)->json_is('/status' => 'published');
    rating_is($product, 2, 2 => 1);
    ok $shop->sql("select count(*) > 0 from ops.audit
        where subject = ? and action = 'review.change'", "review:$id"),
      'recorded';
};

subtest 'versions' => sub {
    my ($path, $author) = reviewed(new_product($shop));
    $t->get_ok($path)->status_is(200);
    my $etag = $t->tx->res->headers->etag;
    $t->get_ok($path => {'If-None-Match' => $etag})->status_is(304);
    $t->post_ok("$path/votes" => customer()->headers => json =>
          {helpful => $yes})->status_is(200);
    $t->get_ok($path => {'If-None-Match' => $etag})->status_is(200);
    $t->patch_ok($path => {%{$author->headers}, 'If-Match' => $etag} =>
          json => {title => 'New'})
      ->status_is(200, 'a vote makes no new version')
      ->json_is('/title' => 'New');
    $t->patch_ok($path => {%{$author->headers}, 'If-Match' => $etag} =>
          json => {title => 'Newer'})
      ->problem_is(412 => 'precondition_failed');
    $t->delete_ok($path => {%{$author->headers}, 'If-Match' => $etag})
      ->problem_is(412 => 'precondition_failed');
};

subtest 'votes' => sub {
    my $product = new_product($shop);
    my ($path, $author) = reviewed($product);
    my ($ada, $bob) = (customer(), customer());
    $t->post_ok("$path/votes" => json => {helpful => $yes})
      ->problem_is(401 => 'unauthenticated');
    $t->post_ok("$path/votes" => $author->headers => json =>
          {helpful => $yes})->problem_is(403 => 'forbidden');
    $t->post_ok("$path/votes" => $ada->headers => json => {})
      ->problem_is(422 => 'invalid_input');
    $t->post_ok("$path/votes" => $ada->headers => json => {helpful => 'yes'})
      ->problem_is(422 => 'invalid_input');
    $t->post_ok("$path/votes" => $_->headers => json => {helpful => $yes})
      ->status_is(200)->trips_is('sql=1 redis=0')
      for $ada, $bob, $bob;
    $t->json_is('' => {helpful => 2, unhelpful => 0});
    $t->post_ok("$path/votes" => $bob->headers => json => {helpful => $no})
      ->json_is('' => {helpful => 1, unhelpful => 1});
    $t->get_ok(reviews($product))->json_is('/items/0/helpful' => 1)
      ->json_is('/items/0/unhelpful' => 1);
    $t->delete_ok("$path/votes" => $bob->headers)->status_is(204);
    $t->delete_ok("$path/votes" => $bob->headers)->status_is(204);
    $t->get_ok($path)->json_is('/unhelpful' => 0);
    $t->post_ok('/api/v1/reviews/999999999999/votes' => $ada->headers =>
          json => {helpful => $yes})->problem_is(404 => 'not_found');
};

subtest 'complaints' => sub {
    my $product = new_product($shop);
    my ($path) = reviewed($product);
    my $ada = customer();
    $t->post_ok("$path/reports" => $ada->headers => json =>
          {reason => 'dull'})->problem_is(422 => 'invalid_input');
    $t->post_ok("$path/reports" => $ada->headers => json =>
          {reason => 'spam', comment => 'Look at it.'})->status_is(201)
      ->json_is('/reason' => 'spam')->json_is('/resolved_at' => undef)
      ->json_hasnt('/user_id');
    $t->post_ok("$path/reports" => $ada->headers => json =>
          {reason => 'other'})->problem_is(409 => 'already_reported');
    $t->post_ok("$path/reports" => json => {reason => 'offensive'})
      ->status_is(201) for 1 .. 3;
    $t->get_ok(reviews($product))->json_has('/items/0', 'guests hide nothing');

    $t->get_ok("$path/reports" => $ada->headers)->problem_is(403 => 'forbidden');
    $t->get_ok("$path/reports?limit=3" => $admin)->status_is(200)
      ->json_has('/items/2')->json_hasnt('/items/3');
    my $cursor = $t->value('/next_cursor');
    $t->get_ok("$path/reports?cursor=$cursor" => $admin)
      ->json_is('/items/0/user_id' => $ada->id)
      ->json_is('/items/0/comment' => 'Look at it.')
      ->json_is('/next_cursor' => undef);
    $t->get_ok("/api/v1/reviews?reported=true&product=$product" => $admin)
      ->json_is('/items/0/reports' => 4);

    for (1 .. 2) {
        $t->post_ok("$path/reports" => customer()->headers => json =>
              {reason => 'false'})->status_is(201);
    }
    $t->get_ok(reviews($product))
      ->json_is('/items' => [], 'three accounts hide it');
    rating_is($product, undef);

    $t->patch_ok($path => $admin => json => {status => 'published'})
      ->status_is(200)->json_is('/reports' => 0);
    rating_is($product, 4, 4 => 1);
    for (1 .. 3) {
        $t->post_ok("$path/reports" => customer()->headers => json =>
              {reason => 'false'})->status_is(201);
    }
    $t->get_ok(reviews($product))
      ->json_has('/items/0', 'what was looked at is not hidden again');
};

subtest 'the merchant replies' => sub {
    my $product = $t->post_ok('/api/v1/products' => $seller => json =>
          {name => 'Own ' . unique_id, price => 1000, stock => 9})
      ->status_is(201)->value('/id');
    my ($path, $author) = reviewed($product);
    my ($other) = reviewed(new_product($shop));
    $t->patch_ok($path => $seller => json => {reply => ' Thank you! '})
      ->status_is(200)->json_is('/reply/body' => 'Thank you!')
      ->json_has('/user_id');
    $t->get_ok(reviews($product))
      ->json_is('/items/0/reply/body' => 'Thank you!')
      ->json_like('/items/0/reply/at' => qr/Z$/);
    $t->patch_ok($path => $seller => json => {body => 'It is great.'})
      ->problem_is(403 => 'forbidden');
    $t->patch_ok($path => $seller => json => {status => 'rejected'})
      ->problem_is(403 => 'forbidden');
    $t->patch_ok($path => $author->headers => json => {reply => 'x'})
      ->problem_is(403 => 'forbidden');
    $t->patch_ok($other => $seller => json => {reply => 'x'})
      ->problem_is(403 => 'forbidden');
    $t->patch_ok($other => $admin => json => {reply => 'Sorry.'})
      ->status_is(200);
    $t->patch_ok($other => $admin => json => {reply => undef})
      ->status_is(200)->json_is('/reply' => undef);
    $t->get_ok('/api/v1/reviews' => $seller)->status_is(200);
    my ($foreign) = $other =~ /(\d+)$/;
    is $t->value('/items/0/product_id'), $product, 'of its own products';
    ok !grep({ $_->{id} eq $foreign } @{$t->value('/items')}),
      'not of others';
    $t->get_ok('/api/v1/reviews' => $author->headers)
      ->problem_is(403 => 'forbidden');
};

subtest 'order and pages of a list' => sub {
    my $product = new_product($shop);
    my %path;
    for my $stars (3, 5, 1, 5) {
        my ($path) = reviewed($product, rating => $stars);
        push @{$path{$stars}}, $path;
    }
    $t->post_ok("$path{1}[0]/votes" => customer()->headers => json =>
          {helpful => $yes})->status_is(200);
    my %order = (newest => [5, 1, 5, 3], rating => [5, 5, 3, 1],
        '-rating' => [1, 3, 5, 5], helpful => [1, 5, 5, 3]);
    for my $sort (sort keys %order) {
        my (@seen, %ids, $cursor);
        do {
            my $next = $cursor ? "&cursor=$cursor" : '';
            $t->get_ok(reviews($product) . "?sort=$sort&limit=3$next")
              ->status_is(200);
            push @seen, map { $_->{rating} } @{$t->value('/items')};
            $ids{$_->{id}}++ for @{$t->value('/items')};
            $cursor = $t->value('/next_cursor');
        } while ($cursor && @seen < 10);
        is_deeply \@seen, $order{$sort}, $sort;
        is keys %ids, 4, 'each once';
    }
    $t->get_ok(reviews($product) . '?rating=5&limit=1')
      ->json_is('/items/0/rating' => 5)->json_hasnt('/items/1');
    my $cursor = $t->value('/next_cursor');
    $t->get_ok(reviews($product) . "?rating=5&cursor=$cursor")
      ->json_is('/items/0/rating' => 5)->json_hasnt('/items/1')
      ->json_is('/next_cursor' => undef);
    $t->get_ok(reviews($product) . "?sort=rating&cursor=$cursor")
      ->problem_is(422 => 'invalid_input');
    rating_is($product, 3.5, 1 => 1, 3 => 1, 5 => 2);
    $t->get_ok('/api/v1/products?q=' . $t->value('/variants/0/sku'))
      ->json_is('/items/0/rating/histogram/5' => 2, 'on lists too');
};

subtest 'pictures' => sub {
    my $product = new_product($shop);
    my $ada     = customer();
    $ada->buy($product);
    my $side   = 100 + time % 800;
    my $upload = sub ($who) {
        $t->post_ok('/api/v1/media?purpose=review' =>
              {%{$who->headers}, 'Content-Type' => 'image/png'} =>
              png(++$side, 77))->status_is(201);
        return $t->value('/id');
    };
    my ($one, $two) = map { $upload->($ada) } 1, 2;
    my $foreign = $upload->(customer());
    my %review  = (rating => 5, body => 'See how it shines.');
    for my $bad ([$foreign], [$one, $one], ['none'], [1], [($one) x 7], $one,
        ['00000000-0000-4000-8000-000000000000'])
    {
        $t->post_ok(reviews($product) => $ada->headers => json =>
              {%review, images => $bad})->problem_is(422 => 'invalid_input')
          ->json_like('/errors/0/pointer' => qr{^/images});
    }
    $t->post_ok(reviews($product) => $ada->headers => json =>
          {%review, images => [$one, $two]})->status_is(201)
      ->json_is('/status' => 'pending', 'only eyes can judge a picture')
      ->json_is('/images/0/id' => $one)->json_is('/images/1/id' => $two)
      ->json_like('/images/0/url' => qr{^/media/i/[0-9a-f]{32}[.]webp$});
    my $path = '/api/v1/reviews/' . $t->value('/id');
    $t->patch_ok($path => $admin => json => {status => 'published'})
      ->status_is(200);
    ok wait_for(sub {
        $t->get_ok(reviews($product));
        return ($t->value('/items/0/images/1/status') // '') eq 'ready';
    }, 30, 'the worker'), 'shown on the list, once they are made';
    $t->json_like('/items/0/images/0/srcset' => qr/[?]w=160 /);
    $t->get_ok($t->value('/items/0/images/0/url') . '?w=160')->status_is(200)
      ->content_type_is('image/webp');

    $t->patch_ok($path => $ada->headers => json => {title => 'Shiny'})
      ->json_is('/status' => 'published', 'what was looked at stays')
      ->json_has('/images/1');
    $t->patch_ok($path => $admin => json => {images => []})
      ->problem_is(403 => 'forbidden');
    $t->patch_ok($path => $ada->headers => json => {images => [$two]})
      ->status_is(200)->json_is('/images/0/id' => $two)
      ->json_hasnt('/images/1')->json_is('/status' => 'pending');
    $t->delete_ok($path => $ada->headers)->status_is(204);
    is $shop->sql('select count(*) from media.asset where subject is not null
        and id = any (?)', [$one, $two]), 0, 'nothing shows them any more';
};

subtest 'removing' => sub {
    my $product = new_product($shop);
    my ($path, $author) = reviewed($product);
    $t->delete_ok($path)->problem_is(401 => 'unauthenticated');
    $t->delete_ok($path => customer()->headers)
      ->problem_is(403 => 'forbidden');
    $t->post_ok("$path/votes" => customer()->headers => json =>
          {helpful => $yes})->status_is(200);
    $t->delete_ok($path => $author->headers)->status_is(204);
    $t->delete_ok($path => $author->headers)->problem_is(404 => 'not_found');
    $t->get_ok(reviews($product))->json_is('/items' => []);
    rating_is($product, undef);
    $t->post_ok(reviews($product) => $author->headers => json =>
          {rating => 2, body => 'On second thoughts.'})->status_is(201);
    $t->delete_ok('/api/v1/reviews/' . $t->value('/id') => $admin)
      ->status_is(204);
};

subtest 'settings' => sub {
    my $path = '/api/v1/reviews/settings';
    my %other = (%$admin, Host => 'northlight.localhost');
    $t->get_ok($path => $seller)->problem_is(403 => 'forbidden');
    $t->get_ok($path => \%other)->status_is(200)->json_is('' => {
        moderation => 'doubtful', hide_reports => 3, request_days => 7
    });
    my $etag = $t->tx->res->headers->etag;
    $t->patch_ok($path => {%other, 'If-Match' => $etag} => json =>
          {moderation => 'all', request_days => undef})->status_is(200)
      ->json_is('/moderation' => 'all')->json_is('/request_days' => undef)
      ->json_is('/hide_reports' => 3);
    $t->patch_ok($path => {%other, 'If-Match' => $etag} => json =>
          {moderation => 'none'})->problem_is(412 => 'precondition_failed');
    for my $bad ({moderation => 'some'}, {hide_reports => 0},
        {request_days => 366}, {days => 1})
    {
        $t->patch_ok($path => \%other => json => $bad)
          ->problem_is(422 => 'invalid_input');
    }
    is $shop->sql("select review.state_for(2, null, '{}')"), 'pending',
      'every review waits';
    $t->patch_ok($path => \%other => json =>
          {moderation => 'doubtful', request_days => 7})->status_is(200);
};

subtest 'requests' => sub {
    my $path = '/api/v1/reviews/preferences';
    my $ada  = customer();
    $t->get_ok($path)->problem_is(401 => 'unauthenticated');
    $t->get_ok($path => $ada->headers)
      ->json_is('' => {request_mails => $yes});
    for my $wanted ($no, $no, $yes) {
        $t->patch_ok($path => $ada->headers => json =>
              {request_mails => $wanted})->status_is(200)
          ->json_is('/request_mails' => $wanted);
    }
    $t->patch_ok($path => $ada->headers => json => {request_mails => 1})
      ->problem_is(422 => 'invalid_input');
};

subtest 'another brand' => sub {
    my ($path) = reviewed(new_product($shop));
    $t->get_ok($path => {Host => 'northlight.localhost'})
      ->problem_is(404 => 'not_found');
};

subtest 'erasure' => sub {
    my $product = new_product($shop);
    my ($path, $author) = reviewed($product);
    my $ada = customer();
    $t->post_ok("$path/votes" => $ada->headers => json => {helpful => $yes});
    $t->post_ok("$path/reports" => $ada->headers => json =>
          {reason => 'other', comment => 'Mine.'})->status_is(201);
    $t->get_ok('/api/v1/users/me/export' => $ada->headers)->status_is(200)
      ->json_is('/review_votes/0/helpful' => $yes)
      ->json_is('/review_reports/0/comment' => 'Mine.');
    for my $who ($ada, $author) {
        $t->delete_ok('/api/v1/users/me' => $who->headers => json =>
              {current_password => $who->account->{password}})->status_is(204);
    }
    $t->get_ok($path)->status_is(200)->json_is('/author' => 'erased')
      ->json_is('/helpful' => 0, 'votes go with the account');
    $t->get_ok("$path/reports" => $admin)
      ->json_is('/items/0/user_id' => undef);
    rating_is($product, 4, 4 => 1);
};

done_testing;
