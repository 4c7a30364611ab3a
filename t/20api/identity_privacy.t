#!/usr/bin/perl

# Sessions that one sees and ends, consents, the personal data of an account
# and their erasure.

use Mojo::Base -signatures;

use lib 't/lib';

use Mojo::JSON qw(decode_json encode_json false true);

use ShopTest;
use ShopTest::Buyer qw(address new_product);

my $shop = shop;
my $t    = $shop->t;
$t->ua->cookie_jar->ignore(sub {1});

my $password = 'correct-horse-battery';

sub sign_in ($user, $agent = 'Test') {
    my $res = $t->call(POST => '/api/v1/auth/login' =>
          {'User-Agent' => $agent} => json =>
          {email => $user->{email}, password => $password});
    return {Authorization => 'Bearer ' . $res->json('/access_token')};
}

sub code ($headers) {
    return $t->call(GET => '/api/v1/auth/validate-token' => $headers)->code;
}

subtest 'sessions' => sub {
    my $path  = '/api/v1/users/me/sessions';
    my $user  = $shop->register;
    my $other = sign_in($user, 'Lynx/2.9');

    $t->get_ok($path)->problem_is(401 => 'unauthenticated');
    $t->get_ok($path => $user->{headers})->status_is(200);
    my @items = @{$t->value('/items')};
    is @items, 2, 'two';
    $t->json_has('/next_cursor', 'a list as others');
    is_deeply [sort keys %{$items[0]}],
      [qw(address agent created_at current id renewed_at)], 'as told';
    my ($mine)   = grep { $_->{current} } @items;
    my ($theirs) = grep { !$_->{current} } @items;
    is $theirs->{agent},   'Lynx/2.9',  'another device';
    is $theirs->{address}, '127.0.0.1', 'its address';
    isnt $mine->{id}, $theirs->{id}, 'this one is marked';

    my $stranger = $shop->register;
    $t->delete_ok("$path/$theirs->{id}" => $stranger->{headers})
      ->problem_is(404 => 'not_found');
    $t->delete_ok("$path/nonsense" => $user->{headers})
      ->problem_is(404 => 'not_found');
    $t->delete_ok("$path/$theirs->{id}" => $user->{headers})->status_is(204);
    ok wait_for(sub { code($other) == 401 }, 5), 'ended soon';
    is code($user->{headers}), 200, 'this one stands';
    $t->delete_ok("$path/$theirs->{id}" => $user->{headers})
      ->problem_is(404 => 'not_found');
    $t->get_ok($path => $user->{headers})->json_is('/items/1' => undef);
};

subtest 'consents' => sub {
    my $path = '/api/v1/users/me/consents';
    my $user = $shop->register;
    my $own  = $user->{headers};

    $t->get_ok($path)->problem_is(401 => 'unauthenticated');
    $t->get_ok($path => $own)->status_is(200)->json_is('/items/0' =>
          {purpose => 'marketing_email', granted => false, at => undef});
    $t->patch_ok($path => $own => json => {marketing_email => 'yes'})
      ->problem_is(422 => 'invalid_input');
    $t->patch_ok($path => $own => json => {telepathy => true})
      ->problem_is(422 => 'invalid_input');
    $t->patch_ok($path => $own => json => {marketing_email => true})
      ->status_is(200)->json_is('/items/0/granted' => true)
      ->json_like('/items/0/at' => qr/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
      ->json_is('/items/1/at' => undef);
    my $at = $t->value('/items/0/at');
    $t->patch_ok($path => $own => json => {marketing_email => true})
      ->json_is('/items/0/at' => $at);
    $t->patch_ok($path => $own => json => {marketing_email => false})
      ->json_is('/items/0/granted' => false)
      ->json_unlike('/items/0/at' => qr/^\Q$at\E$/);
    is $shop->sql('select string_agg(granted::text, \' \' order by id)
        from identity.consent where user_id = ?', $user->{user}{id}),
      'true false', 'each yes and no is kept';
};

# an account with an order, a review, an address, mails
sub customer ($name) {
    my $user  = $shop->register(name => $name);
    my $own   = $user->{headers};
    my $buyer = ShopTest::Buyer->new(stack => $shop);
    my $id    = new_product($shop, price => 1500, stock => 9);
    $t->post_ok('/api/v1/users/me/addresses' => $own => json =>
          {%{address()}, line1 => "$name Road"})->status_is(201);
    $t->post_ok('/api/v1/cart/add' => $own => json => {product_id => $id})
      ->status_is(200);
    $t->post_ok('/api/v1/orders' => {%$own, 'Idempotency-Key' => unique_id()}
          => json => {
            shipping_address => address(name => $name),
            billing_address  => address(line1 => "$name Street"),
            payment          => {provider => 'sandbox'}
        })->status_is(201);
    $user->{order} = $t->value;
    $t->post_ok("/api/v1/payments/$user->{order}{payment}{id}/sandbox" => $own
          => json => {outcome => 'success'})->status_is(200);
    $shop->db->do("insert into review.review (store_id, product_id, user_id,
        author, rating, body) values (1, ?, ?, ?, 5, 'Splendid.')",
        undef, $id, $user->{user}{id}, $name);
    $t->patch_ok('/api/v1/users/me/consents' => $own => json =>
          {analytics => true})->status_is(200);
    wait_for(sub { $shop->mails($user->{email}) >= 2 }, 30, 'its mails');
    return $user;
}

subtest 'export' => sub {
    my $user = customer('Grace Hopper');
    my $path = '/api/v1/users/me/export';
    $t->get_ok($path)->problem_is(401 => 'unauthenticated');
    $t->get_ok($path => $user->{headers})->status_is(200)
      ->header_is('Cache-Control' => 'no-store')
      ->json_is('/user/email' => $user->{email})
      ->json_is('/user/name'  => 'Grace Hopper')
      ->json_is('/addresses/0/line1' => 'Grace Hopper Road')
      ->json_is('/consents/0/purpose' => 'analytics')
      ->json_has('/sessions/0/agent')
      ->json_is('/orders/0/number' => $user->{order}{number})
      ->json_is('/orders/0/shipping_address/name' => 'Grace Hopper')
      ->json_is('/orders/0/payment/provider' => 'sandbox')
      ->json_is('/reviews/0/body' => 'Splendid.')
      ->json_is('/passkeys' => [])->json_is('/totp' => false)
      ->json_is('/grants' => [])->json_is('/api_keys' => [])
      ->json_is('/mails/0/recipient' => $user->{email})
      ->json_is('/audit/0/action' => 'user.registered');
    unlike $t->tx->res->body, qr/argon2|password_hash/, 'no hash';
    is scalar @{$t->value('/orders')}, 1, 'no order of others';
};

subtest 'erasure' => sub {
    my $name  = 'Person ' . unique_id();
    my $user  = customer($name);
    my $id    = $user->{user}{id};
    my $order = $user->{order}{id};
    my $other = sign_in($user);
    my $path  = '/api/v1/users/me';

    $t->delete_ok($path)->problem_is(401 => 'unauthenticated');
    $t->delete_ok($path => $user->{headers})
      ->problem_is(422 => 'invalid_input')
      ->json_is('/errors/0/pointer' => '/current_password');
    $t->delete_ok($path => $user->{headers} => json =>
          {current_password => 'wrong-password'})
      ->problem_is(401 => 'invalid_credentials');
    $t->delete_ok($path => $user->{headers} => json =>
          {current_password => $password})->status_is(204);

    is code($user->{headers}), 401, 'signed out';
    ok wait_for(sub { code($other) == 401 }, 5), 'everywhere';
    is $t->call(POST => '/api/v1/auth/login' => json =>
          {email => $user->{email}, password => $password})->code, 401,
      'there is no account';

    $t->get_ok("/api/v1/orders/$order" => $shop->admin)->status_is(200)
      ->json_is('/number' => $user->{order}{number})
      ->json_is('/total'  => $user->{order}{total})
      ->json_is('/email'  => undef)
      ->json_is('/shipping_address/name'    => 'erased')
      ->json_is('/shipping_address/country' => 'DE');
    $t->get_ok("/api/v1/orders/$order" => {'X-Cart-Id' => $id})
      ->problem_is(404 => 'not_found');

    my @hits;
    my $tables = $shop->db->selectcol_arrayref("select
        quote_ident(table_schema) || '.' || quote_ident(table_name)
        from information_schema.tables where table_type = 'BASE TABLE'
        and table_schema not in ('pg_catalog', 'information_schema')");
    for my $table (@$tables) {
        my $n = $shop->sql("select count(*) from $table x
            where x::text ~* ?", quotemeta($user->{email}) . "|$name");
        push @hits, "$table: $n" if $n;
    }
    is_deeply \@hits, [], 'no table holds a word of it';
    is $shop->sql('select count(*) from ops.audit where (actor = ?
        or subject = ?) and address is not null', $id, "user:$id"), 0,
      'no address in the audit';
    is $shop->sql("select count(*) from ops.audit where subject = ? and
        action = 'user.erased'", "user:$id"), 1, 'the erasure is in the audit';
    is $shop->sql("select author from review.review where body = 'Splendid.'
        and user_id is null order by id desc limit 1"), 'erased',
      'the review stays';
    ok wait_for(sub {
        grep { $_->{type} eq 'user.erased' } $shop->events('shop.users', $id);
    }, 15), 'user.erased';
    $shop->register(email => $user->{email});
};

subtest 'orders as a guest, under the same address' => sub {
    my $user   = $shop->register;
    my $buyer  = ShopTest::Buyer->new(stack => $shop);
    my $export = sub {
        $t->get_ok('/api/v1/users/me/export' => $user->{headers})
          ->status_is(200);
        return [map { $_->{id} } @{$t->value('/orders')}];
    };
    $buyer->add(new_product($shop, price => 1500, stock => 9));
    my $order = $buyer->place(email => ucfirst $user->{email})->{json};
    my $other = $shop->register;
    $shop->db->do('update identity.account set email_verified_at = now()
        where id = ?', undef, $other->{user}{id});

    is_deeply $export->(), [], 'anybody may register with an address';
    $shop->db->do('update identity.account set email_verified_at = now()
        where id = ?', undef, $user->{user}{id});
    is_deeply $export->(), [$order->{id}], 'whose it is has read a mail there';
    $t->get_ok('/api/v1/users/me/export' => $other->{headers})
      ->json_is('/orders' => []);

    $t->delete_ok('/api/v1/users/me' => $user->{headers} => json =>
          {current_password => $password})->status_is(204);
    $t->get_ok("/api/v1/orders/$order->{id}" => $shop->admin)->status_is(200)
      ->json_is('/email' => undef)
      ->json_is('/shipping_address/name' => 'erased');
    is $shop->sql('select count(*) from "order".orders
        where lower(email) = ?', $user->{email}), 0, 'of nobody any more';
};

subtest 'erasure without a password, of the last administrator' => sub {
    my $user = $shop->register;
    my $path = '/api/v1/users/me';
    $shop->db->do('update identity.account set password_hash = null
        where id = ?', undef, $user->{user}{id});
    $shop->db->do("update identity.session set created_at = now() - interval
        '6 minutes' where user_id = ?", undef, $user->{user}{id});
    $t->delete_ok($path => $user->{headers})
      ->problem_is(403 => 'recent_sign_in_required');
    $shop->db->do('update identity.session set created_at = now()
        where user_id = ?', undef, $user->{user}{id});
    $t->delete_ok($path => $user->{headers})->status_is(204);

    $shop->db->begin_work;
    $shop->db->do("delete from identity.account_role where role = 'admin'
        and user_id <> (select id from identity.account
                        where email = 'admin\@demo.test')");
    local $shop->db->{RaiseError} = 0;
    ok !$shop->db->do("select identity.erase(id, password_hash, null)
        from identity.account where email = 'admin\@demo.test'"), 'refused';
    like $shop->db->errstr, qr/has to be an administrator/, 'for its reason';
    $shop->db->rollback;
};

done_testing;
