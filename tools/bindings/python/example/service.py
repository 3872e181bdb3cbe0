r"""A service that decides quotes and runs their cases, of the standard library alone.

    assent compile examples/discount-desk/policy.assent -o desk.assentc
    python3 service.py desk.assentc examples/discount-desk/directory.json cases.db --port 8080

    curl localhost:8080/decide --data-binary @examples/discount-desk/quotes/steep.json
    curl localhost:8080/cases/Q-1/commands -H 'X-Person: m.ortiz' \
      -d '{"id": "c-1", "kind": "submit", "what": {"quote": '"$(cat examples/discount-desk/quotes/steep.json)"'}}'
    curl localhost:8080/cases/Q-1/commands -H 'X-Person: k.lind' \
      -d '{"id": "c-2", "kind": "vote", "what": {"vote": "approve"}}'
    curl localhost:8080/cases/Q-1
    curl -X POST localhost:8080/reload          # the artifact has been replaced

Put it behind what knows who is calling: X-Person is believed. Effects wait in a table for whoever tells people.
"""
import argparse
import contextlib
import dataclasses
import http.server
import json
import pathlib
import sqlite3
import sys
import threading
import urllib.parse
from datetime import datetime, timezone

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))  # the package beside, where it is not installed
import assent  # noqa: E402

MAX_BODY = 1 << 20  # bytes of a request: a quote of some thousand lines
LIMITS = assent.Limits(quote_bytes=MAX_BODY, rows=20_000, work=20_000_000)  # for some tenths of a second

TABLES = '''
CREATE TABLE IF NOT EXISTS policies (hash TEXT PRIMARY KEY, artifact BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS events (case_id TEXT, version INTEGER, event TEXT NOT NULL, PRIMARY KEY (case_id, version));
CREATE TABLE IF NOT EXISTS effects (id TEXT PRIMARY KEY, effect TEXT NOT NULL);
'''


class Desk:
    """What all threads share: the policy of the day, the people, the file of the cases."""

    def __init__(self, artifact, directory, database):
        self.artifact = pathlib.Path(artifact)
        self.database = database
        self.directory = assent.Directory.from_json(pathlib.Path(directory).read_bytes())
        self.mine = threading.local()
        with self.transaction() as store:
            store.executescript(TABLES)
        self.reload()

    @contextlib.contextmanager
    def transaction(self):
        """All of what is done in it, or nothing."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=10)) as store, store:
            yield store

    def reload(self):
        artifact = self.artifact.read_bytes()
        policy = assent.Policy.load(artifact)
        with self.transaction() as store:  # cases that are pinned to it will need it
            store.execute('INSERT OR IGNORE INTO policies VALUES (?, ?)', (policy.hash, artifact))
        self.policy = policy  # who decides just now goes on with the old one

    def evaluator(self, policy):
        """This thread's own."""
        evaluators = self.mine.__dict__
        if policy.hash not in evaluators:
            evaluators[policy.hash] = assent.Evaluator(policy, LIMITS)
        return evaluators[policy.hash]

    def world(self):
        now = datetime.now(timezone.utc)
        return assent.World(now.date(), directory=self.directory, now=now)

    def decide(self, quote):
        return self.evaluator(self.policy).decide_json(quote, self.world())

    def case(self, store, case_id):
        rows = store.execute('SELECT event FROM events WHERE case_id = ? ORDER BY version', (case_id,))
        return assent.Case.replay(case_id, (event for event, in rows))

    def pinned(self, store, case):
        """The policy that a case was submitted under."""
        policy_hash = json.loads(case.json()).get('policy_hash', self.policy.hash)
        if policy_hash == self.policy.hash:
            return self.policy
        artifact, = store.execute('SELECT artifact FROM policies WHERE hash = ?', (policy_hash,)).fetchone()
        return assent.Policy.load(artifact)

    def advance(self, case_id, command):
        """IntegrityError where another has advanced the case meanwhile: its version is taken."""
        with self.transaction() as store:
            case = self.case(store, case_id)
            new = command.get('kind') in ('submit', 'migrate')
            policy = self.policy if new else self.pinned(store, case)
            advance = case.advance(self.evaluator(policy), command, self.world())
            store.executemany('INSERT INTO events VALUES (?, ?, ?)',
                              [(case_id, event.version, event.json) for event in advance.events])
            store.executemany('INSERT OR IGNORE INTO effects VALUES (?, ?)',
                              [(effect.id, effect.json) for effect in advance.effects])
        return advance


class Request(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    timeout = 30  # seconds that a client may be silent

    def do_GET(self):
        self.answer(self.get)

    def do_POST(self):
        self.answer(self.post)

    def get(self, desk, parts):
        if len(parts) != 2 or parts[0] != 'cases':
            return 404, problem('not-found', 'there is nothing here')
        with desk.transaction() as store:
            case = desk.case(store, parts[1])
        return (200, case.json()) if case.version else (404, problem('not-found', 'there is no such case'))

    def post(self, desk, parts):
        size = self.headers.get('Content-Length', '0')
        if not size.isdecimal() or int(size) > MAX_BODY:
            self.close_connection = True  # the body is not read
            return 413, problem('limit-exceeded', f'a request has at most {MAX_BODY} bytes')
        body = self.rfile.read(int(size))
        if parts == ['decide']:
            return 200, desk.decide(body)
        if parts == ['reload']:
            desk.reload()
            return 200, json.dumps({'policy': desk.policy.name, 'policy_hash': desk.policy.hash})
        if len(parts) == 3 and parts[0] == 'cases' and parts[2] == 'commands':
            command = assent.loads(body)
            if not isinstance(command, dict):
                raise ValueError('a command is an object')
            advance = desk.advance(parts[1], {**command, 'actor': self.headers.get('X-Person', '')})
            return 409 if advance.refusal else 200, advance_json(advance)
        return 404, problem('not-found', 'there is nothing here')

    def answer(self, act):
        parts = [urllib.parse.unquote(part) for part in self.path.split('/')[1:]]
        try:
            status, body = act(self.server.desk, parts)
        except assent.AssentError as error:
            status = 413 if error.code is assent.ErrorCode.LIMIT_EXCEEDED else 422
            body = json.dumps({'problems': [dataclasses.asdict(each) for each in error.problems]})
        except (TypeError, ValueError) as error:
            status, body = 400, problem('bad-request', str(error))
        except sqlite3.IntegrityError:
            status, body = 409, problem('store-busy', 'the case has moved meanwhile: try again')
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Service(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # connections that may wait to be accepted: five, as it would be, are reset in a rush


def problem(code, message):
    return json.dumps({'problems': [{'code': code, 'where': '', 'message': message}]})


def advance_json(advance):
    answer = {'version': advance.version, 'events': [json.loads(event.json) for event in advance.events],
              'effects': [json.loads(effect.json) for effect in advance.effects]}
    if advance.refusal:
        answer['refusal'] = dataclasses.asdict(advance.refusal)
    if advance.repeats is not None:
        answer['repeats'] = advance.repeats
    return json.dumps(answer)


def main():
    parser = argparse.ArgumentParser(description='decides quotes and runs their cases')
    parser.add_argument('artifact', help='a compiled policy')
    parser.add_argument('directory', help='the people, as JSON')
    parser.add_argument('database', help='the file of the cases')
    parser.add_argument('--port', type=int, default=8080, help='0 for any that is free')
    given = parser.parse_args()
    with Service(('127.0.0.1', given.port), Request) as server:
        server.desk = Desk(given.artifact, given.directory, given.database)
        print(f'listening on port {server.server_port}', flush=True)
        server.serve_forever()


if __name__ == '__main__':
    main()
