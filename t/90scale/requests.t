#!/usr/bin/perl

# Ten million mixed requests (SHOP_REQUESTS): no worker exits, no 5xx, and the
# workers' memory is what it was after a tenth of them.

use Mojo::Base -signatures;

use lib 't/lib';

use List::Util qw(max);
use Mojo::File qw(path tempfile);
use Mojo::JSON qw(encode_json);

use ShopTest;
use ShopTest::Buyer qw(new_product);
use ShopTest::File  qw(write_file);

my $wanted  = $ENV{SHOP_REQUESTS} // 10_000_000;
my $round   = max 1, $ENV{SHOP_ROUND} // 20;        # seconds
my $slack   = 4 * 1024;                             # kB a worker
my $shop    = shop;
my $t       = $shop->t;
my $stocked = new_product($shop, stock => 900_000_000);
my $items   = $t->call(GET => '/api/v1/products?limit=100')->json('/items');
my @ids     = map { $_->{id} } @$items;
my @slugs   = map { $_->{slug} } @$items;
my @carts = @{$shop->db->selectcol_arrayref(
    'select gen_random_uuid() from generate_series(1, 500)')};
my @pids = $shop->children('nginx');

# --- the mixture ------------------------------------------------------------

sub lua (@strings) {
    return '{' . join(',', map { encode_json($_) } @strings) . '}';
}

sub script {
    my $order = encode_json({
        email            => 'guest@example.test',
        shipping_address => ShopTest::Buyer::address(),
        payment          => {provider => 'sandbox'}
    });
    my $token = $shop->register->{headers}{Authorization};
    return <<"EOT";
local ids, carts = @{[lua(@ids)]}, @{[lua(@carts)]}
local slugs = @{[lua(@slugs)]}
local order, token = @{[encode_json($order)]}, "$token"
local function id() return ids[math.random(#ids)] end
local function slug() return slugs[math.random(#slugs)] end
local function cart(more)
    local h = more or {}
    h["X-Cart-Id"] = carts[math.random(#carts)]
    return h
end
local function post(path, body, more)
    local h = cart(more)
    h["Content-Type"] = h["Content-Type"] or "application/json"
    return wrk.format("POST", "/api/v1" .. path, h, body)
end
local function get(path, h)
    return wrk.format("GET", "/api/v1" .. path, h)
end
local kinds = {
    {500, function() return get("/products/" .. id()) end},
    {100, function()
        return get("/products?limit=" .. math.random(20)) end},
    {40, function()
        return get("/products/search?query="
            .. string.char(96 + math.random(26))) end},
    {30, function() return get("/inventory/" .. id()) end},
    {100, function() return get("/cart", cart()) end},
    {100, function() return post("/cart/add",
        '{"product_id":"$stocked"}') end},
    {50, function() return get("/users/me", {Authorization = token}) end},
    {20, function() return wrk.format("GET", "/products/" .. slug()) end},
    {20, function() return get("/nothing/here") end},
    {10, function() return get("/products?limit=x&y=z") end},
    {10, function() return post("/cart/add", '{"product_id":') end},
    {10, function() return post("/cart/add", "{}",
        {["Content-Type"] = "text/plain"}) end},
    {5, function() return get("/users/me",
        {Authorization = "Bearer a.b." .. math.random(1000)}) end},
    {2, function() return post("/orders", order) end},
    {3, function() return wrk.format("DELETE", "/api/v1/cart", cart()) end},
}
local sum = 0
for _, kind in ipairs(kinds) do sum = sum + kind[1] end
function init() math.randomseed(os.time()) end
function request()
    local at = math.random(sum)
    for _, kind in ipairs(kinds) do
        at = at - kind[1]
        if at <= 0 then return kind[2]() end
    end
end
EOT
}

# --- measuring --------------------------------------------------------------

my $lua = write_file(tempfile(SUFFIX => '.lua'), script());

sub load {
    my $said = qx(wrk -t1 -c64 -d${round}s --timeout 20s -s $lua @{[$shop->url]});
    my ($count) = $said =~ /(\d+) requests in/ or die "wrk: $said";
    diag $said if $said =~ /Socket errors/;
    return $count;
}

sub memory {
    return map {
        path("/proc/$_/status")->slurp =~ /^RssAnon:\s+(\d+)/m
    } @pids;
}

# answers by class, of all routes
sub statuses {
    my %count;
    my $text = $t->call(GET => '/metrics')->body;
    while ($text =~ /^shop_http_requests_total\{.*status="(\d)\d\d"\} (\d+)$/mg)
    {
        $count{$1} += $2;
    }
    return \%count;
}

my $failed = statuses()->{5} // 0;
my ($count, @early) = (0);
while ($count < $wanted) {
    $count += load();
    my @now = memory();
    @early = @now if !@early && $count >= $wanted / 10;
    note "$count requests, @now kB";
}

is_deeply [grep { !kill 0, $_ } @pids], [], 'no worker has exited';
is +(statuses()->{5} // 0) - $failed, 0, "no 5xx in $count requests";
my @late = memory();
for my $n ($shop->sanitized ? () : 0 .. $#pids) {
    cmp_ok $late[$n], '<', $early[$n] + $slack,
      "a worker has $late[$n] kB, had $early[$n] kB";
}

done_testing;
