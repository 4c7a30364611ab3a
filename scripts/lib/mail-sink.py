#!/usr/bin/python3
"""A mail server that keeps what it gets, for development and tests.

    mail-sink.py --smtp HOST:PORT --http HOST:PORT [--keep FILE]

SMTP: a recipient whose local part begins with "defer" is refused with 451 (with
"defer2" twice, then taken), one with "reject" by 550.  HTTP:

    GET    /                    a page with the messages
    GET    /messages[?to=ADDR]  JSON: {"items": [{id, from, to, subject,
                                date, headers, text, html}]}, oldest first
    GET    /messages/ID         one message
    GET    /messages/ID/raw     as it came
    DELETE /messages            forgets all
"""

import argparse
import email
import email.policy
import html
import json
import os
import re
import signal
import threading
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller

MESSAGES_MAX = 2000
MESSAGE_BYTES = 4 * 1024 * 1024

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 56rem; padding: 1rem }
article { border: 1px solid #8886; border-radius: .5rem; margin: 1rem 0 }
summary { cursor: pointer; padding: .75rem 1rem }
summary small { opacity: .7 }
pre { margin: 0; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere;
      border-top: 1px solid #8886 }
"""


class Box:
    """The messages, in memory and in a file that survives a restart."""

    def __init__(self, path):
        self.lock = threading.Lock()
        self.path = path
        self.items = []
        self.next = 1
        if path and os.path.exists(path):
            with open(path, encoding="utf-8") as f:
                for line in f:
                    try:
                        self.items.append(json.loads(line))
                    except ValueError:
                        continue  # the last line of a killed process
            if self.items:
                self.next = int(self.items[-1]["id"]) + 1

    def add(self, item):
        with self.lock:
            item["id"] = str(self.next)
            self.next += 1
            self.items.append(item)
            del self.items[:-MESSAGES_MAX]
            if self.path:
                with open(self.path, "a", encoding="utf-8") as f:
                    f.write(json.dumps(item) + "\n")

    def clear(self):
        with self.lock:
            self.items.clear()
            if self.path:
                with open(self.path, "w", encoding="utf-8"):
                    pass

    def list(self, to=None):
        with self.lock:
            items = list(self.items)
        if to:
            items = [i for i in items if to.lower() in i["to"]]
        return items

    def get(self, ident):
        return next((i for i in self.list() if i["id"] == ident), None)


class Handler:
    """What aiosmtpd calls."""

    def __init__(self, box):
        self.box = box
        self.deferred = {}

    async def handle_RCPT(self, _server, _session, envelope, address, _opts):
        defer = re.match(r"defer(\d*)", address)
        if defer:
            seen = self.deferred[address] = self.deferred.get(address, 0) + 1
            if not defer[1] or seen <= int(defer[1]):
                return "451 try again later"
        if address.startswith("reject"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        message = email.message_from_bytes(envelope.content,
                                           policy=email.policy.default)
        self.box.add({
            "id": "",
            "from": envelope.mail_from,
            "to": [a.lower() for a in envelope.rcpt_tos],
            "subject": str(message["subject"] or ""),
            "date": datetime.now(timezone.utc).isoformat(
                timespec="milliseconds").replace("+00:00", "Z"),
            "headers": {k.lower(): str(v) for k, v in message.items()},
            "text": part(message, "plain"),
            "html": part(message, "html"),
            "raw": envelope.content.decode("utf-8", "replace"),
        })
        return "250 OK"


def part(message, subtype):
    body = message.get_body(preferencelist=(subtype,))
    return body.get_content() if body is not None else None


def page(items):
    rows = [
        f"<article><details><summary><b>{html.escape(i['subject'])}</b><br>"
        f"<small>to {html.escape(', '.join(i['to']))}, {i['date']}</small>"
        f"</summary><pre>{html.escape(i['text'] or i['raw'])}</pre>"
        "</details></article>" for i in reversed(items)]
    return ("<!doctype html><html lang=en><meta charset=utf-8>"
            "<meta name=viewport content='width=device-width'>"
            f"<title>Mail sink</title><style>{STYLE}</style>"
            f"<h1>Mail sink</h1><p>{len(items)} messages, newest first</p>"
            + "".join(rows))


class Http(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    box = None

    def do_GET(self):
        url = urlsplit(self.path)
        path = url.path.strip("/").split("/")
        if path == [""]:
            self.send(200, page(self.box.list()), "text/html; charset=utf-8")
        elif path == ["messages"]:
            to = parse_qs(url.query).get("to", [None])[0]
            self.json(200, {"items": [public(i) for i in self.box.list(to)]})
        elif path[0] == "messages" and len(path) in (2, 3):
            item = self.box.get(path[1])
            if item is None or path[2:] not in ([], ["raw"]):
                self.json(404, {"title": "not found"})
            elif path[2:]:
                self.send(200, item["raw"], "text/plain; charset=utf-8")
            else:
                self.json(200, public(item))
        else:
            self.json(404, {"title": "not found"})

    def do_DELETE(self):
        if self.path.strip("/") != "messages":
            self.json(404, {"title": "not found"})
            return
        self.box.clear()
        self.send(204, "", None)

    def json(self, status, value):
        self.send(status, json.dumps(value), "application/json")

    def send(self, status, body, content_type):
        data = body.encode("utf-8")
        self.send_response(status)
        if content_type:
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args):
        pass


def public(item):
    return {k: v for k, v in item.items() if k != "raw"}


def address(value):
    host, _, port = value.rpartition(":")
    return host, int(port)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--smtp", type=address, required=True)
    parser.add_argument("--http", type=address, required=True)
    parser.add_argument("--keep")
    args = parser.parse_args()

    box = Box(args.keep)
    smtp = Controller(Handler(box), hostname=args.smtp[0], port=args.smtp[1],
                      data_size_limit=MESSAGE_BYTES, ident="mail sink")
    smtp.start()

    Http.box = box
    server = ThreadingHTTPServer(args.http, Http)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()

    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    smtp.stop()


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    main()
