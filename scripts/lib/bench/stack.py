"""The instance that is measured, and further nginx beside its own."""

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request

TICK = os.sysconf("SC_CLK_TCK")


def settings(path):
    with open(path, encoding="utf-8") as f:
        return dict(line.rstrip("\n").split("=", 1)
                    for line in f if "=" in line)


class Stack:
    def __init__(self, state):
        self.state = state
        self.env = settings(f"{state}/env")
        self.chosen = settings(f"{state}/settings")
        self.home = state
        if os.path.exists(f"{state}/home"):
            with open(f"{state}/home", encoding="utf-8") as f:
                self.home = f.read().strip()
        self.run = os.path.realpath(f"{self.home}/run")
        self.extra = []
        self.tmp = tempfile.mkdtemp(prefix="shop-bench.")
        os.chmod(self.tmp, 0o755)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for nginx in self.extra:
            nginx.stop()
        shutil.rmtree(self.tmp, ignore_errors=True)

    def nginx(self, **with_):
        nginx = Nginx(self, **with_)
        self.extra.append(nginx)
        return nginx

    # --- PostgreSQL and Redis ---------------------------------------------

    @property
    def conninfo(self):
        return (f"host={self.run} port={self.chosen['port_pg']}"
                " user=shop_admin dbname=shop")

    def sql(self, statement):
        done = subprocess.run(
            ["psql", "-XAtq", "-F", "\t", "-c", statement, self.conninfo],
            check=True, capture_output=True, text=True)
        return [line.split("\t") for line in done.stdout.splitlines()]

    def quiet(self):
        """Waits until nothing runs of what nginx was asked for: a generator
        that ends leaves what it did not wait for in the pipelines."""
        seen, end = 0, time.monotonic() + 60
        while seen < 3 and time.monotonic() < end:
            busy = self.sql("select count(*) from pg_stat_activity"
                            " where usename = 'shop_gateway'"
                            " and state <> 'idle'")
            seen = seen + 1 if busy == [["0"]] else 0
            time.sleep(0.05)

    def redis(self, commands):
        """Many commands at once, each a list of words."""
        data = b"".join(
            b"*%d\r\n" % len(words) + b"".join(
                b"$%d\r\n%s\r\n" % (len(w.encode()), w.encode())
                for w in words)
            for words in commands)
        subprocess.run(
            ["redis-cli", "-p", self.chosen["port_redis"], "--pipe"],
            input=data, check=True, stdout=subprocess.DEVNULL)

    # --- CPU time ----------------------------------------------------------

    def pid(self, service):
        with open(f"{self.home}/service/{service}/supervise/pid",
                  encoding="ascii") as f:
            return int(f.read())

    def cpu(self, *roots):
        """Seconds of the processes below these pids, and of them."""
        children = {}
        times = {}
        for entry in os.listdir("/proc"):
            if not entry.isdigit():
                continue
            with contextlib.suppress(OSError, IndexError):
                with open(f"/proc/{entry}/stat", encoding="utf-8") as f:
                    fields = f.read().rpartition(")")[2].split()
                children.setdefault(int(fields[1]), []).append(int(entry))
                # with what its ended children took
                times[int(entry)] = sum(map(int, fields[11:15]))
        total, todo = 0, list(roots)
        while todo:
            pid = todo.pop()
            total += times.get(pid, 0)
            todo += children.get(pid, [])
        return total / TICK

    def private_memory(self, *roots):
        """Bytes that the processes below these pids have for themselves."""
        total = 0
        for pid in self.tree(*roots):
            with contextlib.suppress(OSError):
                with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as f:
                    total += sum(int(line.split()[1]) * 1024 for line in f
                                 if line.startswith("Private_"))
        return total

    def resident_memory(self, *roots):
        """Bytes of these processes and those below, shared ones once."""
        total = 0
        for pid in self.tree(*roots):
            with contextlib.suppress(OSError):
                with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as f:
                    total += sum(int(line.split()[1]) * 1024 for line in f
                                 if line.startswith("Pss:"))
        return total

    def tree(self, *roots):
        children = {}
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                with contextlib.suppress(OSError, IndexError):
                    with open(f"/proc/{entry}/stat", encoding="utf-8") as f:
                        parent = int(f.read().rpartition(")")[2].split()[1])
                    children.setdefault(parent, []).append(int(entry))
        found, todo = [], list(roots)
        while todo:
            pid = todo.pop()
            found.append(pid)
            todo += children.get(pid, [])
        return found


class Nginx:
    """nginx with the instance's configuration, but for what is given.

    cache=False: no shared cache.  server: text added to server {}.
    wait=False: not started yet.
    """

    def __init__(self, stack, workers=2, cache=True, server="",
                 order_commit=None, wait=True):
        self.stack = stack
        self.port = free_port()
        self.dir = tempfile.mkdtemp(prefix="nginx.", dir=stack.tmp)
        os.chmod(self.dir, 0o755)
        shutil.copytree(f"{stack.home}/nginx/conf", f"{self.dir}/conf")
        os.mkdir(f"{self.dir}/tmp")
        self.change("conf/include/main.conf",
                    (r"worker_processes .*;", f"worker_processes {workers};"),
                    (r'error_log "[^"]+"', f'error_log "{self.dir}/error.log"'))
        self.change("conf/nginx.conf",
                    (r'pid "[^"]+"', f'pid "{self.dir}/nginx.pid"'),
                    (r'access_log "[^"]+"',
                     f'access_log "{self.dir}/access.log"'),
                    (r"\n +listen \[[^;]*;", ""),
                    (r"listen [^;]*;", f"listen 127.0.0.1:{self.port}"
                                       " backlog=4096;"),
                    (r"(server_name _;)", r"\1\n" + server))
        shop = []
        if not cache:
            shop.append((r"\n *shop_cache [^;]*;", ""))
        if order_commit:
            shop.append((r"shop_order_commit [^;]*;",
                         f"shop_order_commit {order_commit};"))
        self.change("conf/include/shop.conf", *shop)
        for name in os.listdir(f"{self.dir}/conf/include"):
            self.change(f"conf/include/{name}",
                        (re.escape(f"{stack.home}/nginx/"), f"{self.dir}/"))
        self.change("conf/nginx.conf",
                    (re.escape(f"{stack.home}/nginx/"), f"{self.dir}/"))
        if wait:
            self.start()
            self.wait()

    def start(self):
        self.started = time.monotonic()
        subprocess.run([self.binary(), "-p", self.dir, "-e", "stderr", "-c",
                        "conf/nginx.conf"], check=True)

    def change(self, name, *pairs):
        path = f"{self.dir}/{name}"
        with open(path, encoding="utf-8") as f:
            text = f.read()
        for pattern, new in pairs:
            text = re.sub(pattern, new, text)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)

    def binary(self):
        with open(f"{self.stack.home}/service/nginx/run",
                  encoding="utf-8") as f:
            return re.search(r'^\s*"([^"]+)" -p', f.read(), re.M)[1]

    def wait(self):
        end = time.monotonic() + 15
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                with urllib.request.urlopen(f"{self.url}/ready", timeout=2):
                    return
            time.sleep(0.05)
        with open(f"{self.dir}/error.log", encoding="utf-8") as f:
            raise SystemExit("nginx is not ready:\n" + f.read()[-2000:])

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self):
        with open(f"{self.dir}/nginx.pid", encoding="ascii") as f:
            return int(f.read())

    def get(self, path, **headers):
        return self.call("GET", path, None, headers)

    def call(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port,
                                                timeout=30)
        data = None if body is None else json.dumps(body)
        headers = dict(headers or {})
        if data is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, data, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, answer.headers, text

    def stop(self):
        with contextlib.suppress(OSError):
            os.kill(self.pid, signal.SIGTERM)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]
