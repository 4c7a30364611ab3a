"""A catalog of a million products, and what reading it costs."""

import concurrent.futures
import json
import os
import random
import statistics
import subprocess
import sys
import time
from urllib.parse import quote

from load import figure, measured, paced, rounds, wrk

HERE = __file__.rpartition("/")[0]
BATCH = 25000
CLIENTS = 32
SORTS = ("price", "-price", "newest", "rating")


def psql(stack, *args, **variables):
    flags = [f"--set={name}={value}" for name, value in variables.items()]
    done = subprocess.run(["psql", "-XAtq", *flags, *args, stack.conninfo],
                          check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def fill(stack, products):
    """Makes them in two sessions, then indexes and counts, and checks."""
    began = time.monotonic()
    base = int(psql(stack, "-f", f"{HERE}/catalog.sql", n=products))
    print(f"bench: {products:,} products", file=sys.stderr, flush=True)
    lows = range(1, products + 1, BATCH)

    def shelves(part):
        for low in lows[part::2]:
            psql(stack, "-f", f"{HERE}/shelf.sql", base=base, low=low,
                 high=min(low + BATCH - 1, products))

    both(lambda: shelves(0), lambda: shelves(1))
    print("bench: indexes and counts", file=sys.stderr, flush=True)
    both(lambda: psql(stack, "-f", f"{HERE}/found.sql"),
         lambda: psql(stack, "-f", f"{HERE}/counted.sql"))
    psql(stack, "-f", f"{HERE}/checked.sql")
    psql(stack, "-c", "checkpoint")
    return time.monotonic() - began


def both(*tasks):
    """Runs them side by side; the first failure is raised."""
    with concurrent.futures.ThreadPoolExecutor(len(tasks)) as pool:
        for done in [pool.submit(task) for task in tasks]:
            done.result()


class Questions:
    """Addresses of lists, texts and suggestions, each once, by how many
    products fit: at most 1,000, and more."""

    def __init__(self, stack, nginx, seed=1):
        self.stack = stack
        self.nginx = nginx
        self.random = random.Random(seed)

    def column(self, statement):
        return [row[0] for row in self.stack.sql(statement)]

    def some(self, paths, number):
        return self.random.sample(paths, min(number, len(paths)))

    def lists(self):
        """Any filter: a category, attributes, prices, stock, and some of
        them at once."""
        slugs = self.column("select slug from catalog.category"
                            " where slug like 'bench-%'")
        chosen = [f"attr.{quote(token, '=')}" for token in self.column(
            "select token from search.facet_count where store_id = 1"
            " and category_id = 0 and currency = 'EUR'"
            " and token like '%=%' and products > 0")]
        brands = [c for c in chosen if c.startswith("attr.brand")]
        others = [c for c in chosen if not c.startswith("attr.brand")]
        limits = ["in_stock=true", "in_stock=false", "min_price=20000",
                  "max_price=5000", "min_price=1000&max_price=3000",
                  "attr.weight=100..1000"]
        pick = self.random.choice
        found = [f"category={slug}" for slug in slugs]
        found += [c for c in self.some(chosen, 300)]
        for _ in range(400):
            found += [f"category={pick(slugs)}&{pick(limits)}",
                      f"category={pick(slugs)}&{pick(others)}",
                      f"category={pick(slugs)}&{pick(brands)}",
                      f"category={pick(slugs)}&{pick(others)}&{pick(limits)}",
                      f"{pick(brands)}&{pick(others)}",
                      f"{pick(chosen)}&{pick(limits)}"]
        return [f"/api/v1/products?{query}&sort={pick(SORTS)}"
                for query in sorted(set(found))]

    def texts(self):
        """Words of descriptions, two of them, and what products are called:
        two or three words of a name."""
        words = self.column("select word from search.word"
                            " where store_id = 1 and documents > 0")
        common = self.column("select word from search.word"
                             " where store_id = 1 and documents > 20000")
        found = self.some(words, 600)
        found += [" ".join(self.some(words, 2)) for _ in range(300)]
        found += [" ".join(self.some(common, 2)) for _ in range(300)]
        for name in self.column(
                "select lower(name) from catalog.product"
                " where slug like 'bench-%' order by hashint8(id) limit 600"):
            parts = name.split()
            found += [" ".join(parts[:2]), " ".join(parts[:3])]
        return [f"/api/v1/products/search?query={quote(words)}"
                for words in sorted(set(found)) if words]

    def typed(self):
        """Half a word, and a word and half of the next: {text: how many}."""
        texts = self.column(
            "select distinct left(word, 1 + length(word) * 2 / 3)"
            " from search.word where store_id = 1 and documents > 0")
        texts = self.some(texts, 400) + self.column(
            "select left(lower(name), strpos(name, ' ') + 4)"
            " from catalog.product where slug like 'bench-%'"
            " order by hashint8(id) limit 400")
        rows = ", ".join(f"('{text}')" for text in sorted(set(texts)))
        return {text: int(count) for text, count in self.stack.sql(
            "select t.text, (select count(*) from search.fact f"
            " where f.words @@ q.words) from store.store s,"
            f" (values {rows}) as t (text), search.question(1,"
            " search.languages(s.locales), t.text, true) as q"
            " where s.id = 1")}

    def details(self):
        return [f"/api/v1/products/{i}" for i in self.column(
            "select product_id from catalog.rendered where store_id = 1"
            " and currency = 'EUR' order by hashint8(product_id)"
            " limit 4000")]

    def counted(self, paths):
        """Asks each once: those that few products fit, and many."""
        few, many = [], []
        for path in paths:
            status, _, body = self.nginx.get(path)
            if status != 200:
                raise SystemExit(f"bench: {path}: {status}")
            count = json.loads(body)["count"]
            if count > 0:
                (few if count <= 1000 else many).append(path)
        self.random.shuffle(few)
        self.random.shuffle(many)
        return few, many


def script(paths):
    """wrk's script: the paths in an order of its own for each thread."""
    table = ",".join(json.dumps(p) for p in paths)
    return (f"local paths = {{{table}}}\nlocal n\n"
            "function init() n = math.random(#paths) end\n"
            "function request()\n  n = n % #paths + 1\n"
            "  return wrk.format('GET', paths[n])\nend\n")


def search(stack, seconds, number):
    """32 clients on lists, texts, suggestions and details, each address
    another one and nothing cached, but for the case that is; then at a fifth
    of the rate, as shoppers pause."""
    products = int(os.environ.get("SHOP_BENCH_PRODUCTS", "1000000"))
    took = fill(stack, products)
    yield {"what": f"{products:,} products made in {took:.0f} s"}
    cached, plain = stack.nginx(), stack.nginx(cache=False)
    asked = Questions(stack, plain)
    print("bench: asking each once", file=sys.stderr, flush=True)
    lists, texts = asked.counted(asked.lists()), asked.counted(asked.texts())
    typed = [[f"/api/v1/products/suggest?query={quote(text)}"
              for text, count in asked.typed().items()
              if 0 < count and (count <= 1000) == few]
             for few in (True, False)]
    sets = {}
    for place, fit in enumerate(("at most 1,000 fit", "more than 1,000 fit")):
        sets[f"{fit}: lists"] = (plain, lists[place])
        sets[f"{fit}: texts"] = (plain, texts[place])
        sets[f"{fit}: suggestions"] = (plain, typed[place])
    sets["details"] = (plain, asked.details())
    sets["any of these, cached"] = (cached, [
        path for _, paths in sets.values() for path in paths[:20]])
    sets = {what: which for what, which in sets.items() if which[1]}
    postgres = stack.pid("postgres")

    def get(nginx, paths, rate=None):
        text = script(paths)
        if rate:
            text = paced(text, CLIENTS, rate)

        def run():
            stack.quiet()               # what the last one left
            return measured(stack, [nginx.pid, postgres],
                            lambda: wrk(nginx.url, seconds, CLIENTS, text))

        return run

    for nginx, paths in sets.values():
        get(nginx, paths)()                     # plans, buffers, the cache
    done = rounds(number, **{what: get(*which)
                             for what, which in sets.items()})
    for what, samples in done.items():
        yield figure(f"{what} ({len(sets[what][1])} addresses)", samples)
    calm = {}
    for what, (nginx, paths) in sets.items():
        if what.endswith(("lists", "texts")):
            most = statistics.median(s.rate for s in done[what])
            calm[what] = get(nginx, paths, most / 5)
    for what, samples in rounds(number, **calm).items():
        yield figure(f"{what}, a fifth of that rate", samples)
    cached.stop()
    plain.stop()
