"""A Tryton 6.0 of Debian's packages, on SQLite, in a folder of its own, that can be killed and started again.

    with TrytonServer() as server:
        server.rpc()("sale.sale.search", …)
"""
import ctypes
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error

from tryton_company import PASSWORD, Rpc

MODULES = pathlib.Path("/usr/lib/python3/dist-packages/trytond/modules")
PATIENCE = 120  # seconds, for the server to answer once it was started


def is_installed():
    return shutil.which("trytond") and shutil.which("trytond-admin") and (MODULES / "sale").is_dir()


def die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class TrytonServer:
    database = "company"

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="assent-tryton-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/"
        self.process = None
        (self.folder / f"{self.database}.sqlite").touch()
        (self.folder / "password").write_text(PASSWORD)
        (self.folder / "trytond.conf").write_text(
            f"[database]\nuri = sqlite://\npath = {self.folder}\n[web]\nlisten = 127.0.0.1:{self.port}\n")
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("TRYTON")}
        self.environment["TRYTONPASSFILE"] = str(self.folder / "password")

    def __enter__(self):
        try:
            self.run("trytond-admin", "-d", self.database, "-u", "sale", "--activate-dependencies",
                     "--email", "admin@example.com")
            self.start()
            self.rpc("admin", log_in=False).set_up()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process:
            self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program, *arguments):
        with open(self.folder / "log", "ab") as log:
            subprocess.run([program, "-c", str(self.folder / "trytond.conf"), *arguments], check=True,
                           env=self.environment, stdout=log, stderr=log, preexec_fn=die_with_parent)

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(["trytond", "-c", str(self.folder / "trytond.conf")],
                                            env=self.environment, stdout=log, stderr=log,
                                            preexec_fn=die_with_parent)
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return self.rpc("admin")
            except (OSError, urllib.error.URLError):
                if self.process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError("the server does not start: " + (self.folder / "log").read_text()[-2000:])
                time.sleep(0.1)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None

    def rpc(self, user="connector", log_in=True):
        rpc = Rpc(self.port, self.database)
        if log_in:
            rpc.login(user)
        return rpc

    def settings(self, **others):
        return {"url": self.url, "database": self.database, "user": "connector", "password": PASSWORD, **others}
