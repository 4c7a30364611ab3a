"""What is measured, and against what."""

import contextlib
import json
import statistics
import time
import uuid

from imports import imports
from load import (beside, figure, measured, paced, pgbench, redis_benchmark,
                  rounds, spread_get, wrk)
from logins import Spin, Storm
from machine import memory, start
from million import search

ADDRESS = {"name": "Ada Example", "line1": "Teststr. 1", "city": "Berlin",
           "postal_code": "10115", "country": "DE"}
ORDER = json.dumps({"shipping_address": ADDRESS, "email": "bench@demo.test",
                    "payment": {"provider": "sandbox"}})


def products(stack, number=500):
    """Ids of products with one variant and stock."""
    rows = stack.sql(
        "select o.product_id from catalog.offer o where o.store_id = 1"
        " and o.variants = 1 and o.currency = 'EUR'"
        f" order by o.product_id limit {number}")
    return [row[0] for row in rows]


def stock_up(stack):
    stack.sql("update inventory.stock set on_hand = 100000000")


# --- reads ------------------------------------------------------------------

def product(stack, seconds, number):
    ids = products(stack)
    paths = [f"/api/v1/products/{i}" for i in ids]
    cached = stack.nginx()
    _, headers, body = cached.get(paths[0])
    bare = stack.nginx(server=bare_location(stack, len(body.decode()),
                                            headers))
    plain = stack.nginx(cache=False)
    statement = "select body, etag, tags from catalog.product_show(" \
        "1::bigint, :id::text, null::text, null::text, null::uuid, false);"
    some = contiguous(ids)
    script = f"\\set id random({some[0]}, {some[-1]})\n{statement}"
    postgres = stack.pid("postgres")
    get = spread_get(paths)
    done = rounds(
        number,
        bare=lambda: measured(stack, [bare.pid],
                              lambda: wrk(f"{bare.url}/bare", seconds)),
        cached=lambda: measured(stack, [cached.pid, postgres],
                                lambda: wrk(cached.url, seconds, script=get)),
        plain=lambda: measured(stack, [plain.pid, postgres],
                               lambda: wrk(plain.url, seconds, script=get)),
        pg4=lambda: measured(stack, [postgres],
                             lambda: pgbench(stack, script, seconds, 4)),
        pg8=lambda: measured(stack, [postgres],
                             lambda: pgbench(stack, script, seconds, 8)))
    best = max((done["pg4"], done["pg8"]),
               key=lambda s: figure("", s)["rate"])
    yield figure("return 200, same body", done["bare"])
    yield figure("cached", done["cached"], done["bare"], "return 200")
    yield figure("uncached", done["plain"], done["bare"], "return 200")
    yield figure("pgbench, same SQL, 4 clients", done["pg4"])
    yield figure("pgbench, same SQL, 8 clients", done["pg8"])
    yield figure("uncached", done["plain"], best, "best pgbench")
    for nginx in (cached, bare, plain):
        nginx.stop()


def bare_location(stack, size, headers):
    """A body of the same size by nginx alone, with the same headers."""
    own = {"date", "server", "connection", "content-type", "content-length",
           "x-request-id"}
    with open(f"{stack.home}/nginx/conf/include/headers.conf",
              encoding="utf-8") as f:
        own.update(line.split()[1].lower() for line in f
                   if line.startswith("add_header "))
    more = "".join(f" add_header {name} '{value}';"
                   for name, value in headers.items()
                   if name.lower() not in own)
    return ("location = /bare { default_type application/json;"
            f' include "{stack.home}/nginx/conf/include/headers.conf";{more}'
            f" return 200 '{'x' * size}'; }}")


def lists(stack, seconds, number):
    """Uncached, each address is another one: equal misses share one trip."""
    cached, plain = stack.nginx(), stack.nginx(cache=False)
    postgres = stack.pid("postgres")
    words = [row[0] for row in stack.sql(
        "select word from search.word where store_id = 1"
        " and documents between 5 and 200 order by word limit 200")]
    slugs = [row[0] for row in stack.sql(
        "select slug from catalog.category where store_id = 1")]

    def get(nginx, paths):
        script = spread_get(paths)
        return lambda: measured(stack, [nginx.pid, postgres],
                                lambda: wrk(nginx.url, seconds, script=script))

    listing = [f"/api/v1/products?category={slug}&sort={sort}&limit=20"
               for slug in slugs
               for sort in ("price", "-price", "newest", "rating")]
    search = [f"/api/v1/products/search?query={word}&limit=20"
              for word in words]
    done = rounds(number, cached=get(cached, listing[:1]),
                  plain=get(plain, listing), search=get(plain, search))
    yield figure("list of 20, cached", done["cached"])
    yield figure("list of 20, uncached", done["plain"])
    yield figure("text search, uncached", done["search"])
    cached.stop()
    plain.stop()


def token(stack, seconds, number):
    nginx = stack.nginx()
    answer = json.loads(nginx.call(
        "POST", "/api/v1/auth/login",
        {"email": "customer@demo.test", "password": "demo-password-1"})[2])
    headers = {"Authorization": f"Bearer {answer['access_token']}"}
    paths = [f"/api/v1/products/{i}" for i in products(stack, 50)]

    def get(extra):
        script = spread_get(paths, extra)
        return lambda: measured(stack, [nginx.pid],
                                lambda: wrk(nginx.url, seconds, script=script))

    done = rounds(number, without=get({}), with_=get(headers))
    yield figure("cached product, no token", done["without"])
    yield figure("cached product, token", done["with_"], done["without"],
                 "no token")
    nginx.stop()


def login(stack, seconds, number):
    """Reads at a fifth of what is possible: alone, beside a thousand sign-ins
    that are sent at the same moment, and beside as much work of nobody."""
    nginx = stack.nginx()
    paths = [f"/api/v1/products/{i}" for i in products(stack)]
    script = spread_get(paths)
    most = wrk(nginx.url, seconds, script=script).rate
    connections = 64
    slowly = paced(script, connections, most / 5)
    seen = []

    def reads():
        return wrk(nginx.url, seconds, connections, slowly)

    def storm_reads():
        with Storm(nginx.port, 1000) as storm:
            storm.send()
            sample = reads()
            seen.append(storm.answers())
        return sample

    def idle_work():
        with Spin():
            return reads()

    done = rounds(max(number, 5), quiet=reads, storm=storm_reads,
                  spin=idle_work)
    answers = {}
    for counts in seen:
        for status, count in counts.items():
            answers[status] = answers.get(status, 0) + count
    yield figure("cached product, a fifth of the rate", done["quiet"])
    yield beside("1,000 sign-ins at once", done["storm"], done["quiet"])
    yield beside("a loop as busy as their hashes", done["spin"],
                 done["quiet"])
    told = ", ".join(f"{count} of {status}"
                     for status, count in sorted(answers.items(), key=str))
    yield {"what": f"sign-ins answered: {told}", "answers": answers}
    nginx.stop()


# --- carts and orders -------------------------------------------------------

def cart(stack, seconds, number):
    nginx = stack.nginx()
    stock_up(stack)
    ids = products(stack)
    script = ("local ids = {" + ",".join(ids) + "}\nlocal n = 0\n"
              "wrk.headers['Content-Type'] = 'application/json'\n"
              "function request()\n  n = n % #ids + 1\n"
              "  return wrk.format('POST', '/api/v1/cart/add', nil,\n"
              "    '{\"product_id\":\"' .. ids[n] .. '\"}')\nend\n")
    roots = [nginx.pid, stack.pid("postgres"), stack.pid("redis")]
    full = spread_get(["/api/v1/cart"], {"X-Cart-Id": long_cart(stack)})
    done = rounds(
        number,
        redis=lambda: measured(
            stack, [stack.pid("redis")],
            lambda: redis_benchmark(
                stack, int(20000 * seconds),
                ["hincrby", "bench:cart:__rand_int__", "v1", "1"])),
        cart=lambda: measured(
            stack, roots, lambda: wrk(nginx.url, seconds, script=script)),
        some=lambda: measured(
            stack, roots, lambda: wrk(nginx.url, seconds, 32, script=script)),
        full=lambda: measured(
            stack, roots, lambda: wrk(nginx.url, seconds, 1, script=full)))
    yield figure("redis-benchmark hincrby", done["redis"])
    yield figure("add to a new cart", done["cart"], done["redis"],
                 "redis-benchmark")
    yield figure("add to a new cart, 32 clients", done["some"])
    yield figure("show a cart of 1,000 lines, one client", done["full"])
    nginx.stop()


def long_cart(stack):
    """A cart with as many lines as it may have: its id."""
    rows = stack.sql(
        "select o.variant_id, o.price from catalog.offer o"
        " where o.store_id = 1 and o.currency = 'EUR'"
        " order by o.variant_id limit 1000")
    made = str(uuid.uuid4())
    fields = ["rev", "1", "c", "EUR"]
    for variant, price in rows:
        fields += [f"v{variant}", "1", f"${variant}", f"EUR{price}"]
    stack.redis([["HSET", f"cart:{{1:g:{made}}}", *fields]])
    return made


def carts(stack, number, ids):
    """Fills new carts with one piece each, in place of all others: their
    ids."""
    stack.redis([["FLUSHDB"]])
    made = [str(uuid.uuid4()) for _ in range(number)]
    stamp = int(time.time() * 1e6)
    stack.redis(["HSET", f"cart:{{1:g:{c}}}", "rev", str(stamp + n), "c", "EUR",
                 f"v{ids[n % len(ids)]}", "1"] for n, c in enumerate(made))
    return made


def order_script(ids):
    table = ",".join(f'"{i}"' for i in ids)
    return (f"local carts = {{{table}}}\nlocal n = 0\n"
            f"local body = {json.dumps(ORDER)}\n"
            "function request()\n  n = n + 1\n"
            "  return wrk.format('POST', '/api/v1/orders',\n"
            "    {['Content-Type'] = 'application/json',\n"
            "     ['X-Cart-Id'] = carts[(n - 1) % #carts + 1]}, body)\nend\n")


def place_script(ids):
    """The same function, called by pgbench with one order at a time."""
    item = {"store": "1", "by": "guest", "currency": "EUR",
            "provider": "sandbox", "email": "bench@demo.test",
            "shipping_address": ADDRESS, "country": "DE",
            "postal_code": "10115"}
    low, high = min(map(int, ids)), max(map(int, ids))
    return (f"\\set v random({low}, {high})\n"
            "select status from \"order\".place_orders(array["
            f"'{json.dumps(item)}'::jsonb || jsonb_build_object("
            "'id', gen_random_uuid(), 'payment', gen_random_uuid(),"
            " 'cart_id', gen_random_uuid(), 'revision', '1',"
            " 'lines', jsonb_build_array(jsonb_build_array(:v::bigint, 1)))"
            "]);\n")


@contextlib.contextmanager
def slow_flush(stack, slow):
    """A disk of 1 ms, as a pause before each flush."""
    def set_(siblings, delay):
        stack.sql(f"alter system set commit_siblings = {siblings}")
        stack.sql(f"alter system set commit_delay = {delay}")
        stack.sql("select pg_reload_conf()")
    if slow:
        set_(0, 1000)
    try:
        yield
    finally:
        if slow:
            set_(5, 0)


def orders(stack, seconds, number):
    stock_up(stack)
    ids = contiguous(products(stack))
    nginx = {n: stack.nginx(workers=n) for n in (2, 8)}
    for slow in (False, True):
        flush = "1 ms flush" if slow else "fast flush"
        for spread in (True, False):
            some = ids if spread else ids[:1]
            what = "spread" if spread else "one product"
            with slow_flush(stack, slow):
                yield from orders_round(stack, seconds, number, nginx, some,
                                        f"{what}, {flush}")
    for each in nginx.values():
        each.stop()


def contiguous(ids):
    """The longest run of ids without a gap: pgbench draws from a range."""
    best, run = [], []
    for i in sorted(map(int, ids)):
        run = [*run, i] if run and i == run[-1] + 1 else [i]
        best = max(best, run, key=len)
    return [str(i) for i in best]


def orders_round(stack, seconds, number, nginx, ids, what):
    postgres = stack.pid("postgres")

    def place(workers):
        def run():
            made = carts(stack, int(seconds * 15000), ids)
            return measured(
                stack, [nginx[workers].pid, postgres, stack.pid("redis")],
                lambda: wrk(nginx[workers].url, seconds,
                            script=order_script(made)))
        return run

    def bench(clients):
        return lambda: measured(
            stack, [postgres],
            lambda: pgbench(stack, place_script(ids), seconds, clients))

    runs = {f"pg{c}": bench(c) for c in (1, 2, 8)}
    done = rounds(number, w2=place(2), w8=place(8), **runs)
    best = max((done[r] for r in runs), key=lambda s: figure("", s)["rate"])
    for clients in (1, 2, 8):
        yield figure(f"pgbench, {clients} clients, {what}",
                     done[f"pg{clients}"])
    for workers in (2, 8):
        yield figure(f"POST /orders, {workers} workers, {what}",
                     done[f"w{workers}"], best, "best pgbench")


def flow(stack, seconds, number):
    """Cart, order and payment by the same guest: a third is an order."""
    stock_up(stack)
    ids = products(stack)
    nginx = stack.nginx()
    roots = {"nginx": nginx.pid, **{name: stack.pid(name) for name in (
        "postgres", "redis", "worker", "kafka", "mail")}}
    samples, parts = [], {name: [] for name in roots}
    for _ in range(number):
        before = {name: stack.cpu(pid) for name, pid in roots.items()}
        sample = flows(nginx, ids, seconds)
        settle(stack)
        for name, pid in roots.items():
            spent = stack.cpu(pid) - before[name]
            parts[name].append(spent * 1e6 / max(1, sample.count))
            if name != "mail":          # stands for the world outside
                sample.cpu += spent
        samples.append(sample)
    yield figure("cart, order, payment: orders", samples)
    for name, spent in parts.items():
        yield {"what": f"CPU of {name} an order",
               "cpu_us": statistics.median(spent)}
    nginx.stop()


def settle(stack, seconds=30):
    """Waits for what an order leaves to do: events, calls, mails."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if stack.sql("select exists (select from ops.outbox) or exists ("
                     "select from payment.attempt"
                     " where state in ('due', 'running')) or exists ("
                     "select from notification.delivery"
                     " where state in ('due', 'running'))") == [["f"]]:
            return
        time.sleep(0.1)


def flows(nginx, ids, seconds, clients=32):
    """A keep-alive connection a client, requests one after the other."""
    # wrk can't carry an answer into the next request of its connection
    from flow import run
    return run(nginx.port, ids, seconds, clients, ORDER)


ALL = {"product": product, "list": lists, "cart": cart, "orders": orders,
       "token": token, "login": login, "flow": flow, "memory": memory,
       "start": start, "search": search, "import": imports}

# only when they are named
LONG = {"search", "import"}
