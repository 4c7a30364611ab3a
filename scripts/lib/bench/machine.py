"""What the processes take: memory, and the time until they answer."""

import contextlib
import os
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request

from load import wrk
from stack import free_port

MB = 1e6


def memory(stack, seconds, _number):
    nginx = stack.nginx()
    yield after_load(stack, nginx, seconds)
    workers = [p for p in stack.tree(nginx.pid) if p != nginx.pid]
    sockets = []
    for wanted in (0, 1000, 10000):
        try:
            while len(sockets) < wanted:
                s = socket.create_connection(("127.0.0.1", nginx.port))
                s.sendall(b"GET /api/v1/store HTTP/1.1\r\nHost: x\r\n\r\n")
                s.recv(65536)
                sockets.append(s)
        except OSError as error:
            yield {"what": f"{len(sockets):,} connections, then: {error}"}
            break
        private = sum(stack.private_memory(p) for p in workers)
        yield {"what": f"{wanted:,} connections, MB a worker: "
                       f"{private / len(workers) / MB:.1f}",
               "bytes": private // len(workers)}
    for s in sockets:
        s.close()
    nginx.stop()


def after_load(stack, nginx, seconds):
    """Resident pages, what several processes share counted once."""
    slugs = stack.sql("select slug from catalog.product where store_id = 1"
                      " order by id limit 1000")
    paths = ",".join(f"'/api/v1/products/{slug}'" for slug, in slugs)
    wrk(nginx.url, seconds, script=(
        f"local paths = {{{paths}}}\nlocal n = 0\nfunction request()\n"
        "  n = n % #paths + 1\n  return wrk.format('GET', paths[n])\nend\n"))
    gateway = stack.resident_memory(nginx.pid)
    worker = stack.resident_memory(stack.pid("worker"))
    return {"what": f"after load, MB: gateway {gateway / MB:.0f}, "
                    f"worker {worker / MB:.0f}",
            "bytes": gateway + worker}


def start(stack, _seconds, number):
    """From the start of the program to its first good answer."""
    path = "/api/v1/products?limit=1"
    took = {"gateway": [], "worker": []}
    for _ in range(max(number, 5)):
        nginx = stack.nginx(wait=False)
        nginx.start()
        took["gateway"].append(answered(f"{nginx.url}{path}", nginx.started))
        nginx.stop()
        with another_worker(stack) as (url, started):
            took["worker"].append(answered(f"{url}/health", started))
    for name, seconds in took.items():
        middle = statistics.median(seconds)
        yield {"what": f"{name}, start to first answer: {middle * 1e3:.0f} ms",
               "seconds": middle, "all": [round(s, 4) for s in seconds]}


@contextlib.contextmanager
def another_worker(stack):
    """It stands by: the instance's own is the one that works."""
    port = free_port()
    with open(f"{stack.home}/lib/worker.conf", encoding="utf-8") as f:
        lines = [line for line in f if "SHOP_WORKER_HEALTH=" not in line]
    with tempfile.NamedTemporaryFile("w", dir=stack.tmp) as conf:
        conf.writelines([*lines, f"SHOP_WORKER_HEALTH=127.0.0.1:{port}\n"])
        conf.flush()
        started = time.monotonic()
        with subprocess.Popen([f"{stack.home}/lib/shop-worker", "-c",
                               conf.name], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:
            try:
                yield f"http://127.0.0.1:{port}", started
            finally:
                process.send_signal(signal.SIGTERM)


def answered(url, since, patience=15):
    """Seconds until an answer of 200."""
    while time.monotonic() < since + patience:
        with contextlib.suppress(OSError):
            with urllib.request.urlopen(url, timeout=patience):
                return time.monotonic() - since
        os.sched_yield()
    raise SystemExit(f"no answer of {url}")
