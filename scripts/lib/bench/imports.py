"""An import of 100,000 rows, and what reads beside it notice of it."""

import json
import math
import os
import time
import urllib.request
import uuid

from load import beside, figure, paced, rounds, spread_get, wrk
from logins import Spin

CONNECTIONS = 64
STEP, REST = 0.25, 0.01         # seconds, of 500 rows and between them
COLUMNS = "slug,sku,name,description,category,price,stock,tags"
WORDS = ("red", "green", "blue", "small", "large", "light", "round", "soft")


def file(rows):
    """A row a product, each with words of its own."""
    mark = uuid.uuid4().hex[:8]
    lines = [COLUMNS]
    for n in range(rows):
        some = [WORDS[(n * 7 + k * 3) % 8] for k in range(5)]
        lines.append(
            f"import-{mark}-{n},{mark}-{n},Import {some[0]} {n},"
            f"A {' '.join(some)} thing.,clothes,{100 + n % 9000},{n % 50},"
            f"{some[1]}|{some[2]}")
    return "\n".join(lines).encode()


def request(url, method, path, headers, body=None):
    asked = urllib.request.Request(url + path, body, headers, method=method)
    with urllib.request.urlopen(asked, timeout=120) as answer:
        return json.loads(answer.read())


class Reads:
    """Cached products, at a fifth of what is possible."""

    def __init__(self, nginx, paths, seconds):
        self.nginx, self.seconds = nginx, seconds
        script = spread_get(paths)
        most = wrk(nginx.url, seconds, script=script).rate
        self.script = paced(script, CONNECTIONS, most / 5)

    def __call__(self):
        return wrk(self.nginx.url, self.seconds, CONNECTIONS, self.script)

    def beside_loop(self):
        """A process that keeps a core busy as PostgreSQL does for a step at
        a time, and does nothing."""
        with Spin(math.ceil(self.seconds / STEP) + 4, STEP, REST,
                  session=True):
            return self()


def admin(nginx):
    token = request(
        nginx.url, "POST", "/api/v1/auth/login",
        {"Content-Type": "application/json"},
        json.dumps({"email": "admin@demo.test",
                    "password": "demo-password-1"}).encode())
    return {"Authorization": f"Bearer {token['access_token']}"}


def imports(stack, seconds, number):
    """The reads in several windows without it, before and after, in turn with
    those beside a loop, and in as many as it takes beside it."""
    rows = int(os.environ.get("SHOP_BENCH_ROWS", "100000"))
    nginx = stack.nginx()
    paths = [f"/api/v1/products/{row[0]}" for row in stack.sql(
        "select product_id from catalog.offer where store_id = 1"
        " and currency = 'EUR' order by product_id limit 500")]
    reads = Reads(nginx, paths, seconds)
    number = max(number, 4)
    alone = rounds(number, quiet=reads, spin=reads.beside_loop)

    body = file(rows)
    parts = ("postgres", "worker", "kafka")
    allowed = admin(nginx)
    before = {part: stack.cpu(stack.pid(part)) for part in parts}
    began = time.monotonic()
    # the installation's own gateway: it takes files of that size
    job = request(f"http://127.0.0.1:{stack.chosen['port']}", "POST",
                  "/api/v1/imports/products",
                  {**allowed, "Content-Type": "text/csv"}, body)
    sent = time.monotonic() - began
    during = []
    while not job["finished_at"]:
        during.append(reads())
        job = request(nginx.url, "GET", f"/api/v1/imports/{job['id']}",
                      allowed)
    took = time.monotonic() - began
    cpu = {part: stack.cpu(stack.pid(part)) - before[part] for part in parts}
    for name, samples in rounds(number, quiet=reads,
                                spin=reads.beside_loop).items():
        alone[name] += samples

    told = job["rows"]
    yield {"what": f"{rows:,} rows ({len(body) >> 20} MB) imported in"
           f" {took:.0f} s ({rows / took:,.0f} a second), sent in"
           f" {sent:.1f} s, {told['failed']} refused",
           "seconds": took, "rows": told}
    yield {"what": "CPU of it: " + ", ".join(
               f"{part} {cpu[part]:.0f} s" for part in parts), "cpu": cpu}
    yield figure("cached product, a fifth of the rate", alone["quiet"])
    yield beside("while rows are imported", during, alone["quiet"])
    yield beside("a loop as busy as its steps", alone["spin"], alone["quiet"])
    for name, samples in {"without": alone["quiet"], "beside it": during,
                          "beside the loop": alone["spin"]}.items():
        p99 = sorted(sample.p99 for sample in samples)
        yield {"what": f"p99 of windows {name}: "
               + " ".join(f"{value:.1f}" for value in p99), "p99_ms_of": p99}
    nginx.stop()
