"""What tests of the command share that talk to servers: the servers, and what is checked. Entries: Server, Runs."""
import pathlib
import subprocess
import sys


class Server:
    """A script that prints its port, does what it is told, and keeps what it heard in `folder`."""

    def __init__(self, script, folder, *arguments):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.process = subprocess.Popen([sys.executable, script, folder, *arguments],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = self.process.stdout.readline().strip()

    def tell(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "ok\n"

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Runs:
    """Runs the command, and counts what was checked and what was not so."""

    def __init__(self, assent, environment=None):
        self.assent = assent
        self.environment = environment
        self.checks = 0
        self.failed = 0

    def check(self, good, what):
        self.checks += 1
        if not good:
            self.failed += 1
            print(f"FAILED: {what}")

    def run(self, status, *arguments, stdin=None):
        done = subprocess.run([self.assent, *arguments], input=stdin, capture_output=True, text=True, env=self.environment)
        printed = done.stdout + done.stderr
        self.check(done.returncode == status,
                   f"{' '.join(arguments)}: {done.returncode} and not {status}\n{printed}")
        return printed

    def says(self, output, *parts):
        for part in parts:
            self.check(part in output, f"`{part}` is not in:\n{output}")

    def valid(self, told, schema, name):
        """Valid against a schema that needs every property of it."""
        for error in schema.iter_errors(told):
            self.check(False, f"{name}: /{'/'.join(map(str, error.absolute_path))}: {error.message}")
        for each in told if isinstance(told, dict) else []:
            less = {key: value for key, value in told.items() if key != each}
            self.check(not schema.is_valid(less), f"the schema of {name} does not need `{each}`")
