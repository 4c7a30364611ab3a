"""A catalog of a million products, and what reading it costs."""

import json
import os
import random
import subprocess
import sys
import threading
import time

from load import figure, measured, rounds, wrk

HERE = __file__.rpartition("/")[0]
BATCH = 2000
CLIENTS = 32


def psql(stack, *args, **variables):
    flags = [f"--set={name}={value}" for name, value in variables.items()]
    done = subprocess.run(["psql", "-XAtq", *flags, *args, stack.conninfo],
                          check=True, capture_output=True, text=True)
    return done.stdout


def fill(stack, products):
    """Makes them, renders them in two sessions, and counts."""
    began = time.monotonic()
    low, high = map(int, psql(stack, "-f", f"{HERE}/catalog.sql",
                              n=products).split())
    print(f"bench: {products} products, rendering", file=sys.stderr,
          flush=True)
    parts = [range(low + i * BATCH, high + 1, 2 * BATCH) for i in (0, 1)]
    threads = [threading.Thread(target=render, args=(stack, part, high))
               for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("bench: counting", file=sys.stderr, flush=True)
    psql(stack, "-f", f"{HERE}/counted.sql")
    return time.monotonic() - began


def render(stack, part, high):
    lines = ["set synchronous_commit = off;",
             "set session_replication_role = replica;"]
    for first in part:
        last = min(first + BATCH - 1, high)
        ids = (f"array(select id from catalog.product where id between"
               f" {first} and {last} order by id)")
        lines += [f"select catalog.render_offers({ids});",
                  f"select search.index({ids});"]
        # what a detail reads is not what takes long: one in fifty will do
        lines.append("select catalog.render_bodies(array(select i from"
                     f" unnest({ids}) as i where i % 50 = 0));")
    subprocess.run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", stack.conninfo],
                   input="\n".join(lines), check=True, text=True,
                   stdout=subprocess.DEVNULL)


class Questions:
    """Addresses by how many products fit: at most 1,000, and more."""

    def __init__(self, stack, seed=1):
        self.stack = stack
        self.random = random.Random(seed)
        self.few, self.many = [], []

    def rows(self, statement):
        return self.stack.sql(statement)

    def put(self, count, path):
        if 0 < count <= 1000:
            self.few.append(path)
        elif count > 1000:
            self.many.append(path)

    def lists(self):
        sorts = ("price", "-price", "newest", "rating")
        for token, slug, count in self.rows(
                "select f.token, c.slug, f.products from search.facet_count f"
                " join catalog.category c on c.id = f.category_id"
                " where f.store_id = 1 and f.currency = 'EUR'"
                " and f.token like '%=%' and c.slug like 'bench-%'"
                " order by hashtext(f.token || c.slug) limit 4000"):
            name, _, value = token.partition("=")
            self.put(int(count), f"/api/v1/products?category={slug}"
                     f"&attr.{name}={value}&sort={self.random.choice(sorts)}")
        for slug, count in self.rows(
                "select c.slug, f.products from search.facet_count f"
                " join catalog.category c on c.id = f.category_id"
                " where f.store_id = 1 and f.currency = 'EUR'"
                " and f.token = '' and c.slug like 'bench-%'"):
            for extra in ("", "&in_stock=true", "&in_stock=false",
                          f"&min_price={self.random.randrange(40000)}"):
                self.put(int(count), f"/api/v1/products?category={slug}"
                         f"&sort={self.random.choice(sorts)}{extra}")
        for token, count in self.rows(
                "select f.token, f.products from search.facet_count f"
                " where f.store_id = 1 and f.currency = 'EUR'"
                " and f.category_id = 0 and f.token like '%=%'"):
            name, _, value = token.partition("=")
            for sort in sorts:
                self.put(int(count), f"/api/v1/products?attr.{name}={value}"
                         f"&sort={sort}")

    def texts(self):
        for word, count in self.rows(
                "select word, documents from search.word where store_id = 1"
                " and documents > 0 order by hashtext(word) limit 4000"):
            self.put(int(count), f"/api/v1/products/search?query={word}")
        words = [row[0] for row in self.rows(
            "select word from search.word where store_id = 1"
            " and documents > 20000 order by hashtext(word) limit 200")]
        for _ in range(400):
            two = "%20".join(self.random.sample(words, 2))
            self.many.append(f"/api/v1/products/search?query={two}")

    def typed(self):
        return [f"/api/v1/products/suggest?query={row[0]}"
                for row in self.rows(
                    "select distinct left(word, 1 + length(word) * 2 / 3)"
                    " from search.word where store_id = 1 and documents > 0"
                    " limit 4000")]

    def details(self):
        return [f"/api/v1/products/{row[0]}" for row in self.rows(
            "select product_id from catalog.rendered where store_id = 1"
            " and currency = 'EUR' order by hashint8(product_id)"
            " limit 4000")]


def script(paths):
    """wrk's script: the paths in an order of its own for each thread."""
    table = ",".join(json.dumps(p) for p in paths)
    return (f"local paths = {{{table}}}\nlocal n\n"
            "function init() n = math.random(#paths) end\n"
            "function request()\n  n = n % #paths + 1\n"
            "  return wrk.format('GET', paths[n])\nend\n")


def search(stack, seconds, number):
    """32 clients on lists, texts, suggestions and details, each address
    another one and nothing cached, but for the case that is."""
    products = int(os.environ.get("SHOP_BENCH_PRODUCTS", "1000000"))
    took = fill(stack, products)
    yield {"what": f"{products:,} products made in {took:.0f} s"}
    asked = Questions(stack)
    asked.lists()
    asked.texts()
    asked.random.shuffle(asked.few)
    asked.random.shuffle(asked.many)
    cached, plain = stack.nginx(), stack.nginx(cache=False)
    postgres = stack.pid("postgres")

    def get(nginx, paths):
        text = script(paths)
        return lambda: measured(
            stack, [nginx.pid, postgres],
            lambda: wrk(nginx.url, seconds, CLIENTS, text))

    sets = {"at most 1,000 fit": (plain, asked.few),
            "more than 1,000 fit": (plain, asked.many),
            "suggestions": (plain, asked.typed()),
            "details": (plain, asked.details()),
            "cached": (cached, (asked.few + asked.many)[:50])}
    for nginx, paths in sets.values():
        get(nginx, paths)()                     # plans, buffers, the cache
    done = rounds(number, **{what: get(*which)
                             for what, which in sets.items()})
    for what, samples in done.items():
        yield figure(f"{what}, 32 clients", samples)
    cached.stop()
    plain.stop()
