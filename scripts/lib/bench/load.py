"""Load generators, and what they said as a Sample."""

import json
import os
import re
import statistics
import subprocess
import tempfile
from dataclasses import dataclass

PGBENCH = "/usr/lib/postgresql/15/bin/pgbench"


@dataclass
class Sample:
    rate: float                 # requests a second
    count: float                # requests in all
    p50: float | None = None    # milliseconds
    p99: float | None = None
    bad: int = 0                # answers that were no success
    cpu: float = 0.0            # seconds of the measured processes


def measured(stack, roots, run):
    """Runs a generator and counts the CPU time of the processes below."""
    before = stack.cpu(*roots)
    sample = run()
    sample.cpu = stack.cpu(*roots) - before
    return sample


def wrk(url, seconds, connections=64, script=None, threads=1):
    command = ["wrk", f"-t{threads}", f"-c{connections}",
               f"-d{max(1, round(seconds))}s", "--latency", "--timeout", "10s"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as f:
        if script:
            f.write(script)
            f.flush()
            command += ["-s", f.name]
        text = subprocess.run([*command, url], check=True,
                              capture_output=True, text=True).stdout
    count = int(re.search(r"(\d+) requests in", text)[1])
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    lost = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+),"
                     r" timeout (\d+)", text)
    return Sample(
        rate=float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        count=count, p50=latency(text, 50), p99=latency(text, 99),
        bad=(int(bad[1]) if bad else 0)
        + (sum(map(int, lost.groups())) if lost else 0))


def spread_get(paths, headers=None):
    """wrk's script: the paths in turn."""
    table = ",".join(json.dumps(p) for p in paths)
    extra = "".join(f"wrk.headers[{json.dumps(k)}] = {json.dumps(v)}\n"
                    for k, v in (headers or {}).items())
    return (f"local paths = {{{table}}}\nlocal n = 0\n{extra}"
            "function request()\n  n = n % #paths + 1\n"
            "  return wrk.format('GET', paths[n])\nend\n")


def paced(script, connections, rate):
    """The script at about that many requests a second."""
    pause = max(1, round(1000 * connections / rate))
    return (f"{script}function delay()\n"
            f"  return math.random(0, {2 * pause})\nend\n")


def latency(text, percent):
    found = re.search(rf"\s{percent}%\s+([\d.]+)(us|ms|s)\b", text)
    if not found:
        return None
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


def pgbench(stack, script, seconds, clients, prepared=True, options=""):
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as f:
        f.write(script)
        f.flush()
        done = subprocess.run(
            [PGBENCH, "-n", "-c", str(clients), "-j", "1", "-T",
             str(max(1, round(seconds))), "-f", f.name,
             *(["-M", "prepared"] if prepared else []), stack.conninfo],
            check=False, capture_output=True, text=True,
            env={**os.environ, "PGOPTIONS": options})
    text = done.stdout
    rate = re.search(r"tps = ([\d.]+)", text)
    if not rate:
        raise SystemExit(f"pgbench: {done.stderr[-2000:]}")
    count = int(re.search(r"actually processed: (\d+)", text)[1])
    average = re.search(r"latency average = ([\d.]+) ms", text)
    return Sample(rate=float(rate[1]), count=count,
                  p50=float(average[1]) if average else None)


def redis_benchmark(stack, count, words, clients=64):
    text = subprocess.run(
        ["redis-benchmark", "-p", stack.chosen["port_redis"], "-c",
         str(clients), "-n", str(count), "-r", "1000000", "--csv", *words],
        check=True, capture_output=True, text=True).stdout
    row = text.splitlines()[-1].split('","')
    return Sample(rate=float(row[1]), count=count, p50=float(row[4]),
                  p99=float(row[6].rstrip('"')))


def rounds(number, **runs):
    """Each run in turn, several times over: {name: [Sample, ...]}."""
    samples = {name: [] for name in runs}
    for _ in range(number):
        for name, run in runs.items():
            samples[name].append(run())
    return samples


def figure(what, samples, base=None, to=None, factor=1):
    """The median of the samples, with its ratio to that of the base."""
    def median(get):
        values = [get(s) for s in samples if get(s) is not None]
        return statistics.median(values) if values else None
    rate = median(lambda s: s.rate) * factor
    row = {
        "what": what,
        "rate": round(rate, 1),
        "rates": [round(s.rate * factor, 1) for s in samples],
        "cpu_us": median(lambda s: s.cpu * 1e6 / s.count / factor
                         if s.count and s.cpu else None),
        "p50_ms": median(lambda s: s.p50),
        "p99_ms": median(lambda s: s.p99),
        "failed": sum(s.bad for s in samples),
    }
    if base:
        row["ratio"] = rate / statistics.median(s.rate for s in base)
        row["to"] = to
    return row


def beside(what, samples, quiet):
    """What reads notice of other work: their p99 to that without it."""
    row = figure(f"the same, {what}", samples)
    row["ratio"] = row["p99_ms"] / statistics.median(s.p99 for s in quiet)
    row["to"] = "p99 without"
    return row
