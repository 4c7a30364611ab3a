"""An import of 100,000 rows, and what reads beside it notice of it."""

import json
import os
import time
import urllib.request
import uuid

from load import figure, wrk

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


def reads(nginx, paths, rate, seconds):
    """At a fifth of what is possible."""
    pause = max(1, round(1000 * 64 / (rate / 5)))
    table = ",".join(json.dumps(p) for p in paths)
    script = (f"local paths = {{{table}}}\nlocal n = 0\n"
              "function request()\n  n = n % #paths + 1\n"
              "  return wrk.format('GET', paths[n])\nend\n"
              "function delay()\n"
              f"  return math.random(0, {2 * pause})\nend\n")
    return wrk(nginx.url, seconds, 64, script)


def imports(stack, seconds, _number):
    rows = int(os.environ.get("SHOP_BENCH_ROWS", "100000"))
    nginx = stack.nginx()
    paths = [f"/api/v1/products/{row[0]}" for row in stack.sql(
        "select product_id from catalog.offer where store_id = 1"
        " and currency = 'EUR' order by product_id limit 500")]
    token = request(
        nginx.url, "POST", "/api/v1/auth/login",
        {"Content-Type": "application/json"},
        json.dumps({"email": "admin@demo.test",
                    "password": "demo-password-1"}).encode())
    allowed = {"Authorization": f"Bearer {token['access_token']}"}
    most = wrk(nginx.url + paths[0], seconds).rate
    quiet = reads(nginx, paths, most, seconds)

    body = file(rows)
    parts = ("postgres", "worker", "kafka")
    before = {part: stack.cpu(stack.pid(part)) for part in parts}
    began = time.monotonic()
    # the installation's own gateway: it takes files of that size
    job = request(f"http://127.0.0.1:{stack.chosen['port']}", "POST", "/api/v1/imports/products",
                  {**allowed, "Content-Type": "text/csv"}, body)
    sent = time.monotonic() - began
    beside = []
    while not job["finished_at"]:
        beside.append(reads(nginx, paths, most, seconds))
        job = request(nginx.url, "GET", f"/api/v1/imports/{job['id']}", allowed)
    took = time.monotonic() - began
    cpu = {part: stack.cpu(stack.pid(part)) - before[part] for part in parts}
    told = job["rows"]
    yield {"what": f"{rows:,} rows ({len(body) >> 20} MB) imported in"
           f" {took:.0f} s ({rows / took:,.0f} a second), sent in"
           f" {sent:.1f} s, {told['failed']} refused",
           "seconds": took, "rows": told}
    yield {"what": "CPU of it: " + ", ".join(
               f"{part} {cpu[part]:.0f} s" for part in parts), "cpu": cpu}
    yield figure("cached product, a fifth of the rate", [quiet])
    row = figure("the same, while rows are imported", beside)
    row["ratio"] = row["p99_ms"] / quiet.p99
    row["to"] = "p99 without"
    yield row
    nginx.stop()
