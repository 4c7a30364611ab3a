#!/usr/bin/python3
"""The benchmarks of scripts/bench, against a running instance.

    main.py [--state DIR] [--seconds N] [--rounds N] [--json FILE] [NAME...]

Without an instance the arguments are judged, and that is all.
"""

import argparse
import json
import sys

import cases
from stack import Stack
from table import Table


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--state", help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json")
    parser.add_argument("name", nargs="*")
    args = parser.parse_args()
    unknown = set(args.name) - set(cases.ALL)
    if unknown:
        parser.error("unknown: " + " ".join(sorted(unknown)))
    if not args.state:
        return

    table = Table()
    try:
        with Stack(args.state) as stack:
            for name in args.name or [n for n in cases.ALL
                                      if n not in cases.LONG]:
                print(f"bench: {name}", file=sys.stderr, flush=True)
                for figure in cases.ALL[name](stack, args.seconds,
                                              args.rounds):
                    table.add(name, figure)
    finally:
        report(table, args.json)


def report(table, path):
    """What was measured, also when a later case failed."""
    table.print()
    lines = [json.dumps(row) for row in table.rows]
    print("\n".join(lines))
    if path:
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
