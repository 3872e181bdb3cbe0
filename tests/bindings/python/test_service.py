"""The example service, as its clients see it.

Usage: test_service.py ARTIFACTS SOURCE
"""
import http.client
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest

ARTIFACTS, SOURCE = map(pathlib.Path, sys.argv[1:3])
DESK = SOURCE / 'examples/discount-desk'


class Service(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.artifact = pathlib.Path(self.folder.name, 'policy.assentc')
        shutil.copy(ARTIFACTS / 'desk.assentc', self.artifact)
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, str(SOURCE / 'tools/bindings/python/example/service.py'), str(self.artifact),
             str(DESK / 'directory.json'), str(pathlib.Path(self.folder.name, 'cases.db')), '--port', '0'],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(self.stop)
        self.port = int(self.process.stdout.readline().split()[-1])

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def command(self, case, person, **command):
        return self.ask('POST', f'/cases/{case}/commands', json.dumps(command), **{'X-Person': person})

    def submit(self, case, quote):
        return self.command(case, 'm.ortiz', id='submit', kind='submit', what={'quote': quote})

    def quote(self, **changes):
        return {**json.loads((DESK / 'quotes/q-00024.json').read_bytes()), **changes}

    def test_decides(self):
        status, decision = self.ask('POST', '/decide', (DESK / 'quotes/steep.json').read_bytes())
        self.assertEqual((200, 'needs_approval'), (status, decision['outcome']))

    def test_says_all_that_is_wrong(self):
        status, answer = self.ask('POST', '/decide', json.dumps(self.quote(net_total='much', total_cost=None)))
        self.assertEqual(422, status)
        self.assertEqual({'/net_total', '/total_cost'}, {each['where'] for each in answer['problems']})

    def test_bounds_what_it_reads(self):
        status, answer = self.ask('POST', '/decide', b'', **{'Content-Length': str((1 << 20) + 1)})
        self.assertEqual((413, 'limit-exceeded'), (status, answer['problems'][0]['code']))

    def test_a_body_that_is_no_command(self):
        for body in (b'', b'[]', b'{"id": ', b'{"id": "c", "kind": "dance", "what": {}}'):
            status, answer = self.ask('POST', '/cases/Q/commands', body)
            self.assertIn(status, (400, 422), body)
            self.assertTrue(answer['problems'])

    def test_what_is_not_there(self):
        for method, path in (('GET', '/'), ('GET', '/cases/nobody'), ('POST', '/dance')):
            self.assertEqual(404, self.ask(method, path)[0])

    def test_a_case_outlives_the_service(self):
        self.assertEqual(200, self.submit('Q-1', self.quote(total_cost=70000))[0])
        self.stop()
        self.start()
        self.assertEqual('pending', self.ask('GET', '/cases/Q-1')[1]['state'])
        status, answer = self.command('Q-1', 'm.ortiz', id='c-2', kind='vote', what={'vote': 'approve'})
        self.assertEqual((409, 'no-seat'), (status, answer['refusal']['code']))
        for person in ('f.ngo', 't.berg'):
            status, answer = self.command('Q-1', person, id=person, kind='vote', what={'vote': 'approve'})
            self.assertEqual(200, status, answer)
        self.assertEqual('approved', self.ask('GET', '/cases/Q-1')[1]['state'])
        again = self.command('Q-1', 't.berg', id='t.berg', kind='vote', what={'vote': 'approve'})[1]
        self.assertEqual((answer['version'], []), (again['repeats'], again['events']))

    def test_a_new_policy_is_for_new_cases(self):
        self.submit('old', self.quote(total_cost=70000))
        shutil.copy(ARTIFACTS / 'later.assentc', self.artifact)
        status, about = self.ask('POST', '/reload')
        self.assertEqual(200, status)
        self.submit('new', self.quote(total_cost=70000))
        old, new = (self.ask('GET', f'/cases/{name}')[1]['policy_hash'] for name in ('old', 'new'))
        self.assertNotEqual(old, new)
        self.assertEqual(about['policy_hash'], new)
        for name in ('old', 'new'):
            self.assertEqual(200, self.command(name, 'f.ngo', id='v', kind='vote', what={'vote': 'approve'})[0])

    def test_a_bad_artifact_leaves_the_old_policy(self):
        self.artifact.write_bytes(b'no artifact')
        status, answer = self.ask('POST', '/reload')
        self.assertEqual((422, 'bad-artifact'), (status, answer['problems'][0]['code']))
        self.assertEqual(200, self.ask('POST', '/decide', json.dumps(self.quote()))[0])

    def test_many_at_once(self):
        """Whoever comes second to a case is told so, and nothing is lost or doubled."""
        found = []

        def work(number):
            found.append(self.submit('Q-9', self.quote(total_cost=70000)) if number % 2 else
                         self.ask('POST', '/decide', json.dumps(self.quote())))
        threads = [threading.Thread(target=work, args=(number,)) for number in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(24, len(found))
        self.assertLessEqual({status for status, _ in found}, {200, 409})
        case = self.ask('GET', '/cases/Q-9')[1]
        self.assertEqual((1, 'pending'), (case['submission'], case['state']))


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
