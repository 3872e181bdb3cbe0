"""A receiver of posted messages for the tests, on 127.0.0.1, that fails in the way that it is told to.

    http_server.py FOLDER KEY

Prints its port on the first line. Each request becomes FOLDER/1.json: its line, fields and body, what it thinks of the
signature, and whether it took the message before, by its Idempotency-Key. A line of input changes what it does, and is
answered with "ok":

    answer CODE     say this status (200 at the start); below 300 the message is taken
    redirect        say 302, to /elsewhere
    large           take the message, and send a body that does not end
    slow            take the message, say 200, and never finish the body
    hang            take the message, and never say so
    reset           take the message, and reset the connection instead of saying so

Ends with its input, so that it never outlives the tests.
"""
import base64
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import socket
import struct
import sys
import threading
import time

FOLDER = pathlib.Path(sys.argv[1])
KEY = sys.argv[2].encode()
LOCK = threading.Lock()
TAKEN = set()
STATE = {"mode": ["answer", "200"], "count": 0}


def is_signed(header, body):
    """Receivers are written in other languages: this is their side, from the documentation alone."""
    try:
        sent, signature = (part.split("=", 1)[1] for part in header.split(","))
    except (ValueError, IndexError):
        return False
    expected = hmac.new(KEY, sent.encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(signature, expected)


class Receiver(http.server.BaseHTTPRequestHandler):
    def record(self, body, takes):
        key = self.headers.get("Idempotency-Key")
        with LOCK:
            STATE["count"] += 1
            seen = {
                "method": self.command,
                "path": self.path,
                "fields": list(self.headers.items()),
                "body": base64.b64encode(body).decode(),
                "signed": is_signed(self.headers.get("Assent-Signature", ""), body),
                "repeated": key is not None and key in TAKEN,
            }
            if takes:
                TAKEN.add(key)
            (FOLDER / f"{STATE['count']}.json").write_text(json.dumps(seen))

    def answer(self, status, text=b"noted", fields=()):
        self.send_response(status)
        for name, value in fields:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        mode = STATE["mode"]
        status = int(mode[1]) if mode[0] == "answer" else 302 if mode[0] == "redirect" else 200
        self.record(body, status < 300)
        if mode[0] == "answer":
            self.answer(status)
        elif mode[0] == "redirect":
            self.answer(302, fields=[("Location", "/elsewhere")])
        elif mode[0] == "large":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 4096)
            except OSError:
                pass
        elif mode[0] == "slow":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.flush()
            time.sleep(3600)
        elif mode[0] == "hang":
            time.sleep(3600)
        elif mode[0] == "reset":
            # A linger of zero seconds: the kernel sends RST instead of FIN.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True

    do_GET = do_POST

    def log_message(self, *_):
        pass

    def finish(self):
        try:
            super().finish()
        except (OSError, ValueError):
            pass  # the connection was reset on purpose


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    for line in sys.stdin:
        STATE["mode"] = line.split()
        print("ok", flush=True)
    os._exit(0)  # requests that hang are not waited for


main()
