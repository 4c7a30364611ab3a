"""A thousand sign-ins that are sent at the same moment."""

import json
import multiprocessing
import os
import selectors
import socket
import time


class Storm:
    """Its connections are open before it breaks, in a process of its own:

        with Storm(port, 1000) as storm:
            storm.send()
            ...
            answers = storm.answers()      # {200: 66, 503: 934}
    """

    def __init__(self, port, number, patience=60):
        self.ours, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.Process(
            target=clients, args=(port, number, patience, theirs))
        self.process.start()
        theirs.close()

    def __enter__(self):
        self.ours.recv()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.join()

    def send(self):
        self.ours.send("go")

    def answers(self):
        return self.ours.recv()


class Spin:
    """What keeps a core as busy as the hashes of a storm, or as other work,
    and does nothing: how the machine itself takes it.  In a session of its
    own it has the weight of all that shares one: the kernel groups them."""

    def __init__(self, number=18, seconds=0.029, rest=0.029, session=False):
        self.process = multiprocessing.Process(
            target=spin, args=(number, seconds, rest, session))

    def __enter__(self):
        self.process.start()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.join()


def spin(number, seconds, rest, session):
    if session:
        os.setsid()
    else:
        os.nice(10)
    for _ in range(number):
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            pass
        time.sleep(rest)


def clients(port, number, patience, pipe):
    os.nice(10)                     # they would be on other machines
    body = json.dumps({"email": "customer@demo.test",
                       "password": "demo-password-1"}).encode()
    request = (b"POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n"
               b"Content-Type: application/json\r\nContent-Length: %d\r\n"
               b"Connection: close\r\n\r\n%s" % (len(body), body))
    sockets = [socket.create_connection(("127.0.0.1", port))
               for _ in range(number)]
    pipe.send("ready")
    pipe.recv()

    selector = selectors.DefaultSelector()
    for s in sockets:
        s.sendall(request)
        s.setblocking(False)
        selector.register(s, selectors.EVENT_READ, bytearray())
    answers = {}
    left = number
    while left:
        ready = selector.select(patience)
        if not ready:
            answers["none"] = left
            break
        for key, _ in ready:
            data = key.fileobj.recv(65536)
            key.data.extend(data)
            if not data:
                left -= 1
                selector.unregister(key.fileobj)
                status = judged(bytes(key.data))
                answers[status] = answers.get(status, 0) + 1
    pipe.send(answers)


def judged(answer):
    """The status; a refusal has to say when to come again."""
    head = answer.partition(b"\r\n\r\n")[0]
    words = head.split(b" ", 2)
    if len(words) < 2:
        return "none"
    if words[1] == b"503" and b"\r\nretry-after:" not in head.lower():
        return "503 without Retry-After"
    return int(words[1])
