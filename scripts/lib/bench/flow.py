"""Shoppers: each puts a piece into a new cart, orders it and pays."""

import multiprocessing
import socket
import statistics
import time

from load import Sample


def run(port, ids, seconds, clients, order):
    queue = multiprocessing.Queue()
    end = time.monotonic() + seconds
    shoppers = [multiprocessing.Process(
        target=shopper, args=(port, ids[n % len(ids)], end, order, queue))
        for n in range(clients)]
    for each in shoppers:
        each.start()
    times, bad = [], 0
    for _ in shoppers:
        more, failed = queue.get()
        times += more
        bad += failed
    for each in shoppers:
        each.join()
    times.sort()
    return Sample(rate=len(times) / seconds, count=len(times), bad=bad,
                  p50=statistics.median(times) if times else None,
                  p99=times[len(times) * 99 // 100] if times else None)


def shopper(port, product, end, order, queue):
    times, bad = [], 0
    with socket.create_connection(("127.0.0.1", port)) as s:
        add = b'{"product_id":"%s"}' % product.encode()
        body = order.encode()
        while time.monotonic() < end:
            begin = time.monotonic()
            status, head, _ = post(s, b"/api/v1/cart/add", add)
            cart = header(head, b"x-cart-id")
            status2, _, text = post(s, b"/api/v1/orders", body, cart)
            payment = text.partition(b'"payment"')[2].partition(b'"id"')[2]
            payment = payment.split(b'"')[1] if b'"' in payment else b"none"
            status3, _, _ = post(s, b"/api/v1/payments/%s/sandbox" % payment,
                                 b'{"outcome":"success"}', cart)
            if (status, status2, status3) == (200, 201, 200):
                times.append((time.monotonic() - begin) * 1000)
            else:
                bad += 1
    queue.put((times, bad))


def post(s, path, body, cart=b""):
    s.sendall(b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n"
              b"Content-Type: application/json\r\n%s\r\n%s"
              % (path, len(body), b"X-Cart-Id: %s\r\n" % cart if cart else b"",
                 body))
    data = b""
    while b"\r\n\r\n" not in data:
        data += chunk(s)
    head, _, rest = data.partition(b"\r\n\r\n")
    length = header(head, b"content-length")
    if length:
        while len(rest) < int(length):
            rest += chunk(s)
    else:
        while not rest.endswith(b"0\r\n\r\n"):
            rest += chunk(s)
    return int(head.split(b" ", 2)[1]), head, rest


def chunk(s):
    data = s.recv(65536)
    if not data:
        raise ConnectionError("closed")
    return data


def header(head, name):
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.lower() == name:
            return value.strip()
    return b""
