/*
 * The scripts of carts.  Each change moves the revision; a change answers
 * { what the fields held before, all fields after it }, or one word of why
 * not.
 */

#include "ngx_shop_cart.h"


/* how many lines and how many seconds come after a script's own arguments */

#define NGX_SHOP_CART_ARGS                                                   \
    "local ttl = table.remove(ARGV) "                                        \
    "local room = tonumber(table.remove(ARGV)) "

#define NGX_SHOP_CART_BUMP                                                   \
    "local k = KEYS[#KEYS] "                                                 \
    "local function bump() "                                                 \
    "  local now = redis.call('TIME') "                                      \
    "  local rev = now[1] * 1000000 + now[2] "                               \
    "  local old = tonumber(redis.call('HGET', k, 'rev') or '0') "           \
    "  if rev <= old then rev = old + 1 end "                                \
    "  redis.call('HSET', k, 'rev', string.format('%.0f', rev)) "            \
    "  redis.call('EXPIRE', k, ttl) "                                        \
    "end "                                                                   \
    "local function line(field) return string.byte(field) == 118 end "       \
    "local function put(field, value) "                                      \
    "  if value ~= '' then redis.call('HSET', k, field, value) "             \
    "  elseif line(field) then "                                             \
    "    redis.call('HDEL', k, field, '$' .. string.sub(field, 2)) "         \
    "  else redis.call('HDEL', k, field) end "                               \
    "end "                                                                   \
    "local function full(field) "                                            \
    "  if redis.call('HEXISTS', k, field) == 1 "                             \
    "     or redis.call('HLEN', k) < room then return false end "            \
    "  local n = 0 "                                                         \
    "  for _, name in ipairs(redis.call('HKEYS', k)) do "                    \
    "    if line(name) then n = n + 1 end "                                  \
    "  end "                                                                 \
    "  return n >= room "                                                    \
    "end "

#define NGX_SHOP_CART_CHANGE  NGX_SHOP_CART_ARGS NGX_SHOP_CART_BUMP

#define NGX_SHOP_CART_DUMP  " redis.call('HGETALL', k)} "


typedef struct {
    ngx_str_t                name;
    ngx_str_t                text;
} ngx_shop_cart_source_t;


static const ngx_shop_cart_source_t  ngx_shop_cart_sources[] = {

    { ngx_string("cart_read"),
      ngx_string("return {{}, redis.call('HGETALL', KEYS[1])}") },

    { ngx_string("cart_add"), ngx_string(
      NGX_SHOP_CART_CHANGE
      "if full(ARGV[1]) then return {'full'} end "
      "local before = redis.call('HGET', k, ARGV[1]) "
      "redis.call('HINCRBY', k, ARGV[1], ARGV[2]) "
      "bump() "
      "return {{before}," NGX_SHOP_CART_DUMP) },

    { ngx_string("cart_set"), ngx_string(
      NGX_SHOP_CART_CHANGE
      "if ARGV[1] == '1' and redis.call('HEXISTS', k, ARGV[2]) == 0 then "
      "  return {'missing'} "
      "end "
      "local before = {} "
      "for i = 2, #ARGV, 2 do "
      "  before[i / 2] = redis.call('HGET', k, ARGV[i]) "
      "  put(ARGV[i], ARGV[i + 1]) "
      "end "
      "bump() "
      "return {before," NGX_SHOP_CART_DUMP) },

    { ngx_string("cart_coupon"), ngx_string(
      NGX_SHOP_CART_CHANGE
      "local before = redis.call('HGET', k, ARGV[3]) "
      "local codes, found = {}, false "
      "for _, code in ipairs(cjson.decode(before or '[]')) do "
      "  if code == ARGV[2] then found = true "
      "  else codes[#codes + 1] = code end "
      "end "
      "if ARGV[1] == '+' then "
      "  if #codes >= 10 then return {'full'} end "
      "  codes[#codes + 1] = ARGV[2] "
      "elseif not found then return {'missing'} end "
      "put(ARGV[3], #codes > 0 and cjson.encode(codes) or '') "
      "bump() "
      "return {{before}," NGX_SHOP_CART_DUMP) },

    { ngx_string("cart_clear"), ngx_string(
      NGX_SHOP_CART_CHANGE
      "for _, field in ipairs(redis.call('HKEYS', k)) do "
      "  if line(field) or string.byte(field) == 36 or field == 'coupons' "
      "     or field == 'gifts' or field == 'm' or field == 'ship' "
      "     or field == 'point' "
      "  then redis.call('HDEL', k, field) end "
      "end "
      "bump() "
      "return {{}," NGX_SHOP_CART_DUMP) },

    /* revision of the change, what it added, pairs of field and before; when
       another change came between, only an addition can be taken back */

    { ngx_string("cart_undo"), ngx_string(
      NGX_SHOP_CART_CHANGE
      "local same = redis.call('HGET', k, 'rev') == ARGV[1] "
      "for i = 3, #ARGV, 2 do "
      "  if same then put(ARGV[i], ARGV[i + 1]) "
      "  elseif ARGV[2] ~= '' then "
      "    if redis.call('HINCRBY', k, ARGV[i], '-' .. ARGV[2]) <= 0 then "
      "      redis.call('HDEL', k, ARGV[i]) "
      "    end "
      "  end "
      "end "
      "if redis.call('HLEN', k) > 1 then bump() "
      "else redis.call('DEL', k) end "
      "return {{}," NGX_SHOP_CART_DUMP) },

    { ngx_string("cart_cap"), ngx_string(
      NGX_SHOP_CART_CHANGE
      "if redis.call('HGET', k, 'rev') == ARGV[1] then "
      "  for i = 2, #ARGV, 2 do "
      "    put(ARGV[i], ARGV[i + 1] ~= '0' and ARGV[i + 1] or '') "
      "  end "
      "  redis.call('HDEL', k, 'm') "
      "  bump() "
      "end "
      "return {{}," NGX_SHOP_CART_DUMP) },

    /* pairs of field and price, of lines that are still there */

    { ngx_string("cart_seen"), ngx_string(
      "local k = KEYS[1] "
      "for i = 1, #ARGV, 2 do "
      "  if redis.call('HEXISTS', k, 'v' .. string.sub(ARGV[i], 2)) == 1 "
      "  then redis.call('HSET', k, ARGV[i], ARGV[i + 1]) end "
      "end "
      "return 1") },

    /* where the shopper lives stays, the lines go */

    { ngx_string("cart_take"), ngx_string(
      "local ttl = redis.call('TTL', KEYS[1]) "
      "local room = 0 "
      NGX_SHOP_CART_BUMP
      "if redis.call('HGET', k, 'rev') ~= ARGV[1] then return 0 end "
      "local names = {'c', 'country', 'region', 'postal', 'taxid'} "
      "local kept = redis.call('HMGET', k, unpack(names)) "
      "redis.call('DEL', k) "
      "for i, field in ipairs(names) do "
      "  if kept[i] then put(field, kept[i]) end "
      "end "
      "if redis.call('EXISTS', k) == 1 then bump() end "
      "return 1") },

    /* from KEYS[1] into KEYS[2] */

    { ngx_string("cart_merge"), ngx_string(
      NGX_SHOP_CART_CHANGE
      "local from = redis.call('HGETALL', KEYS[1]) "
      "local lines, held = 0, 0 "
      "for _, name in ipairs(redis.call('HKEYS', k)) do "
      "  if line(name) then held = held + 1 end "
      "end "
      "for i = 1, #from, 2 do "
      "  local field = from[i] "
      "  if line(field) then "
      "    local known = redis.call('HEXISTS', k, field) "
      "    if known == 1 or held < room then "
      "      redis.call('HINCRBY', k, field, from[i + 1]) "
      "      held = held + 1 - known "
      "      lines = lines + 1 "
      "    end "
      "  elseif field ~= 'rev' and (string.byte(field) ~= 36 or "
      "    redis.call('HEXISTS', k, 'v' .. string.sub(field, 2)) == 1) then "
      "    redis.call('HSETNX', k, field, from[i + 1]) "
      "  end "
      "end "
      "if lines > 0 then redis.call('HSET', k, 'm', '1') end "
      "if #from > 0 then bump() end "
      "redis.call('DEL', KEYS[1]) "
      "return lines") },
};


static ngx_shop_redis_script_t  *ngx_shop_cart_scripts[NGX_SHOP_CART_OPS];


ngx_int_t
ngx_shop_cart_init(ngx_conf_t *cf)
{
    ngx_uint_t  i;
    ngx_str_t   name, text;

    for (i = 0; i < NGX_SHOP_CART_OPS; i++) {
        name = ngx_shop_cart_sources[i].name;
        text = ngx_shop_cart_sources[i].text;

        if (ngx_shop_keep(cf, &ngx_shop_cart_scripts[i],
                          ngx_shop_redis_script_add(cf, &name, &text))
            != NGX_OK)
        {
            return NGX_ERROR;
        }
    }

    return NGX_OK;
}


ngx_shop_redis_script_t *
ngx_shop_cart_script(ngx_uint_t op)
{
    return ngx_shop_cart_scripts[op];
}
