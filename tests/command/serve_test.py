#!/usr/bin/env python3
"""`assent serve --stdio` as a host talks to it: a request a line, an answer a line.

    tests/command/serve_test.py ASSENT SOURCES
"""
import datetime
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

ASSENT = os.path.abspath(sys.argv[1])
EXAMPLES = os.path.join(os.path.abspath(sys.argv[2]), 'examples')
checked = failed = 0

LIMITS = '''policy limits "Limits"
record Line { price: Money }
record Quote money in currency { currency: Currency  total: Money  note: Text?  lines: list of Line else empty }
input quote: Quote
approver boss = person "ann"
fact large = quote.total > THRESHOLD USD
rule huge "Huge" { when large  requires boss }
rule dear { for each line in quote.lines where line.price > 100 USD  requires boss }
otherwise approve
'''
THRESHOLD = '1_000_000_000_000_000_000_000.000_000_000_000'  # a double cannot tell the next one from it
WORLD = ['--directory', 'people.json', '--today', '2026-03-02']
PARSE, INVALID, UNKNOWN, PARAMS, PROBLEMS = -32700, -32600, -32601, -32602, 1


def check(what, found, wanted):
    global checked, failed
    checked += 1
    if found != wanted:
        failed += 1
        print(f'FAILED: {what}\n  found    {str(found)[:2000]}\n  expected {str(wanted)[:2000]}')


def write(name, text):
    with open(name, 'w', encoding='utf-8') as file:
        file.write(text)


class Host:
    def __init__(self, *arguments):
        self.process = subprocess.Popen([ASSENT, 'serve', '--stdio', *arguments], bufsize=0, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.rest = b''
        self.number = 0

    def send(self, line):
        data = line if isinstance(line, bytes) else line.encode()
        while data:
            data = data[self.process.stdin.write(data):]

    def line(self):
        """The next answer, as it is written; b'' for none within some time, or at the end."""
        while b'\n' not in self.rest:
            if not select.select([self.process.stdout], [], [], 60)[0]:
                return b''
            piece = os.read(self.process.stdout.fileno(), 1 << 20)
            if not piece:
                return b''
            self.rest += piece
        line, self.rest = self.rest.split(b'\n', 1)
        return line

    def raw(self, line):
        self.send(line + (b'\n' if isinstance(line, bytes) else '\n'))
        return json.loads(self.line() or b'{}')

    def call(self, method, params=None, text=None):
        """The result, or the error. `text`: of params, instead."""
        self.number += 1
        request = f'{{"jsonrpc":"2.0","id":{self.number},"method":{json.dumps(method)}'
        if params is not None or text is not None:
            request += ',"params":' + (text or json.dumps(params))
        answer = self.raw(request + '}')
        if (answer.get('jsonrpc'), answer.get('id')) != ('2.0', self.number):
            check(f'frame of the answer to {method}', answer, self.number)
        return answer.get('result', answer.get('error'))

    def fails(self, what, code, words, method, params=None, text=None):
        """The call fails with this code, and with these words in its message."""
        error = self.call(method, params, text) or {}
        check(what, (error.get('code'), [word for word in words if word not in error.get('message', '')]), (code, []))
        if code == PROBLEMS:
            problems = error.get('data', {}).get('problems', [{}])
            check(f'{what}: the first problem', problems[0].get('message'), error.get('message'))
        return error

    def end(self, code=0):
        self.process.stdin.close()
        check('how it ends', (self.process.wait(60), self.process.stderr.read()), (code, b''))


def decided(policy, quote, *options):
    ran = subprocess.run([ASSENT, 'decide', policy, '-', '--format', 'json', *options], input=quote.encode(),
                         capture_output=True, check=False)
    return json.loads(ran.stdout)


def test_decisions():
    desk = os.path.join(EXAMPLES, 'discount-desk')
    policy, people = os.path.join(desk, 'policy.assent'), os.path.join(desk, 'directory.json')
    host = Host(policy, '--directory', people, '--today', '2026-03-02')
    for name in sorted(os.listdir(os.path.join(desk, 'quotes'))):
        with open(os.path.join(desk, 'quotes', name), encoding='utf-8') as file:
            quote = file.read()
        line = quote.replace('\n', ' ')
        options = ['--directory', people, '--today', '2026-03-02']
        check(f'decision of {name}', host.call('decide', text=f'{{"quote":{line}}}'), decided(policy, quote, *options))
        check(f'proof of {name}', host.call('decide', text=f'{{"explain":true,"quote":{line}}}'),
              decided(policy, quote, *options, '--why'))
        check(f'{name} on another day', host.call('decide', text=f'{{"quote":{line},"today":"2026-03-20"}}'),
              decided(policy, quote, *options[:2], '--today', '2026-03-20'))
    check('version', list(host.call('version')), ['version'])
    check('what is loaded', host.call('policies')['policies'][0]['policy'], 'deal_desk')
    error = host.fails('a quote that is none', PROBLEMS, ['owner'], 'decide', {'quote': {'id': 3, 'lines': []}})
    check('all problems', len(error['data']['problems']) > 2, True)
    check('where a problem is', error['data']['problems'][0]['where'].startswith('/'), True)
    host.end()


def test_exact_numbers():
    """A hair above the threshold is above it: 34 digits, written in each way that JSON has."""
    host = Host('limits.assent', *WORLD)
    at, above = THRESHOLD.replace('_', ''), THRESHOLD.replace('_', '')[:-1] + '1'
    check('digits', (sum(c.isdigit() for c in above), float(at) == float(above)), (34, True))
    for number, outcome in ((at, 'auto_approved'), (above, 'needs_approval'),
                            (above.replace('.', '') + 'e-12', 'needs_approval')):
        quote = f'{{"quote":{{"currency":"USD","total":{number}}}}}'
        check(f'a total of {number}', host.call('decide', text=quote)['outcome'], outcome)
    check('a fact', host.call('fact', {'name': 'large'}), {'fact': 'large', 'value': 'yes'})
    check('no such fact', host.call('fact', {'name': 'lagre'}), {'fact': 'lagre'})
    check('in a session', host.call('session.open', text=f'{{"session":"s","quote":{{"currency":"USD","total":{at}}}}}')
          ['outcome'], 'auto_approved')
    check('set in a session', host.call('session.set', text=f'{{"session":"s","path":"total","value":{above}}}')['after'],
          'needs_approval')
    host.end()


def test_frames():
    host = Host('limits.assent', *WORLD)

    def error(line, code, identity=None, words=''):
        answer = host.raw(line)
        found = answer.get('error', {})
        check(f'frame {line[:60]!r}', (answer.get('id', 'none'), found.get('code'), words in found.get('message', '')),
              (identity, code, True))

    for line in ('hello', '{', '{"id"', '"', '{]', 'nul', '1 2', "{'a': 1}", '{"a":01}', '{"a":1.}', '{"a":+1}', '{"a":.5}',
                 '{"a":1e}', '{"a":"\\x"}', '{"a":"\\u12g4"}', '{"a":1,}', '[1,]', '{"a":\t"\t"}', '{"a" 1}', '{"a":NaN}',
                 '{"a":tru}', '{"a":1}}', b'{"a":"\xff"}', b'{"a":"\xc0\xaf"}', b'{"a":"\xed\xa0\x80"}', b'\xef\xbb\xbf{}',
                 b'\0', b'{"a":\0}', '{"\\ud800":1}', '{"a":1,"a":2}', '{"a":1,"\\u0061":2}',
                 '{' + ','.join(f'"m{i}":1' for i in range(101)) + '}'):
        error(line, PARSE)
    error('{"jsonrpc":"2.0","id":7,"method":"decide","params":{"quote":{"currency', PARSE, 7)
    error('{"id":"x","id":"y"}', PARSE, 'x', 'twice')
    error('[' * 5_000_000, PARSE, None, 'inside each other')
    error('{"jsonrpc":"2.0","id":8,"method":"decide","params":' + '{"a":' * 2_000_000, PARSE, 8, 'inside each other')
    for line in ('[]', '[{"jsonrpc":"2.0","id":1,"method":"version"}]'):
        error(line, INVALID, None, 'batch')
    for line in ('5', '"text"', 'null', 'true', '-0.5e+3', '{}', '{"jsonrpc":"1.0","method":"version"}',
                 '{"jsonrpc":2.0,"method":"version"}', '{"jsonrpc":"2.0"}', '{"jsonrpc":"2.0","method":7}',
                 '{"jsonrpc":"2.0","id":[1],"method":"version"}', '{"jsonrpc":"2.0","id":{},"method":"version"}',
                 '{"jsonrpc":"2.0","id":true,"method":"version"}', '{"jsonrpc":"2.0","method":"version","parms":{}}'):
        error(line, INVALID)
    error('{"jsonrpc":"2.0","id":"q","method":7}', INVALID, 'q')
    error('{"jsonrpc":"2.0","id":1,"method":"decde"}', UNKNOWN, 1, 'did you mean `decide`?')
    error('{"jsonrpc":"2.0","id":1,"method":"sesion.open"}', UNKNOWN, 1, 'did you mean `session.open`?')
    error('{"jsonrpc":"2.0","id":1,"method":"' + 'x' * 1_000_000 + '"}', UNKNOWN, 1)
    for params in ('[]', '[1]', '5', 'null', '"quote"', '{"qoute":{}}', '{}', '{"quote":{},"policy":5}',
                   '{"quote":{},"explain":"yes"}', '{"quote":{},"today":20260302}', '{"quote":{},"state":"drafft"}',
                   '{"quote":{},"quote":{}}', '{"quote":{},"policy":"\\ud800"}'):
        error(f'{{"jsonrpc":"2.0","id":1,"method":"decide","params":{params}}}', PARAMS, 1)
    error('{"jsonrpc":"2.0","id":1,"method":"decide","params":{"qoute":{}}}', PARAMS, 1, 'did you mean `quote`?')
    for quote in ('null', '5', '[]', '"text"', '{"total":{}}', '{"currency":"USD","currency":"USD","total":1}'):
        error(f'{{"jsonrpc":"2.0","id":1,"method":"decide","params":{{"quote":{quote}}}}}', PROBLEMS, 1)
    for quote in '{"currency":"USD","total":1e999999}', '{"currency":"USD","total":' + '9' * 100_000 + '}':
        error(f'{{"jsonrpc":"2.0","id":1,"method":"decide","params":{{"quote":{quote}}}}}', PROBLEMS, 1)

    # What a request may look like.
    for identity in '1', '"a\\"b"', 'null', '-1.5e3', '12345678901234567890123':
        host.send(f' {{ "id" : {identity} , "method" : "version" , "jsonrpc" : "2.0" }} \r\n')
        check(f'the id {identity} comes back as it is',
              host.line().startswith(f'{{"jsonrpc":"2.0","id":{identity},"result":{{'.encode()), True)
    # Notifications and blank lines have no answer, whatever becomes of them.
    host.send('\n  \n{"jsonrpc":"2.0","method":"version"}\n{"jsonrpc":"2.0","method":"nonsense"}\n'
              '{"jsonrpc":"2.0","method":"decide","params":{"quote":5}}\n')
    check('the next answer is that of the next request', list(host.call('version')), ['version'])
    # Many at once come back in order, and half a line waits for its other half.
    many = ''.join(f'{{"jsonrpc":"2.0","id":{i},"method":"version"}}\n' for i in range(5000)) + '{"jsonrpc":"2.0",'
    sender = threading.Thread(target=host.send, args=[many])  # answers are read while requests are written
    sender.start()
    check('in order', [json.loads(host.line())['id'] for _ in range(5000)], list(range(5000)))
    sender.join()
    check('half a line', select.select([host.process.stdout], [], [], 0.2)[0], [])
    check('its other half', host.raw('"id":"half","method":"version"}')['id'], 'half')
    # A line without an end is refused in bounded memory, and what comes next is answered.
    host.send(b'{"jsonrpc":"2.0","id":1,"method":"decide","params":{"quote":"')
    for _ in range(100):
        host.send(b'x' * (1 << 20))
    error('"}}', INVALID, None, 'bytes')
    check('and goes on', list(host.call('version')), ['version'])
    with open(f'/proc/{host.process.pid}/status', encoding='ascii') as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith('VmHWM'))
    with open(f'/proc/{host.process.pid}/maps', encoding='utf-8') as maps:
        sanitized = 'libasan' in maps.read()  # which keeps what was given back for a while
    check('its memory is bounded', peak < (2_000_000 if sanitized else 400_000), True)
    # A quote of more than it may have, in a request that has not.
    error('{"jsonrpc":"2.0","id":1,"method":"decide","params":{"quote":{"note":"' + 'x' * (64 << 20) + '"}}}', PROBLEMS, 1)
    host.send('{"jsonrpc":"2.0","id":"last","method":"version"}')  # the end of the input ends the line
    host.process.stdin.close()
    check('the last line', json.loads(host.line())['id'], 'last')
    host.end()


def test_policies():
    host = Host(*WORLD)
    quote = {'currency': 'USD', 'total': 50}
    host.fails('without a policy', PROBLEMS, ['load one'], 'decide', {'quote': quote})
    check('none', host.call('policies'), {'policies': []})
    write('desk.assent', LIMITS.replace('THRESHOLD', '100'))
    first = host.call('load', {'file': 'desk.assent'})
    check('loaded', (first['policy'], first['title'], len(first['policy_hash'])), ('limits', 'Limits', 64))
    check('decided', host.call('decide', {'quote': quote})['outcome'], 'auto_approved')
    host.call('session.open', {'session': 'old', 'quote': quote})

    # Reload: of the same name it takes the place, and open sessions go on with theirs.
    write('desk.assent', LIMITS.replace('THRESHOLD', '10'))
    subprocess.run([ASSENT, 'compile', 'desk.assent', '-o', 'desk.assentc'], check=True, capture_output=True)
    second = host.call('load', {'file': 'desk.assentc'})
    check('another one', second['policy_hash'] != first['policy_hash'], True)
    check('one is there', len(host.call('policies')['policies']), 1)
    host.fails('a fact before a decision of the new one', PROBLEMS, ['decide first'], 'fact', {'name': 'large'})
    check('decided anew', host.call('decide', {'quote': quote, 'policy': 'limits'})['outcome'], 'needs_approval')
    check('an open session', host.call('session.set', {'session': 'old', 'path': 'total', 'value': 60})['after'],
          'auto_approved')

    # What cannot be loaded leaves the old one.
    write('broken.assent', LIMITS.replace('THRESHOLD', '10').replace('quote.total', 'quote.totl'))
    error = host.fails('one that does not compile', PROBLEMS, ['totl'], 'load', {'file': 'broken.assent'})
    problem = error['data']['problems'][0]
    check('its problem', (problem['code'][0], problem['where'].split(':')[:2], 'total' in problem['help']),
          ('E', ['broken.assent', '6'], True))
    with open('desk.assentc', 'rb') as file:
        artifact = file.read()
    with open('cut.assentc', 'wb') as file:
        file.write(artifact[:-20])
    host.fails('a damaged artifact', PROBLEMS, [], 'load', {'file': 'cut.assentc'})
    host.fails('no such file', PARAMS, ['nowhere.assent'], 'load', {'file': 'nowhere.assent'})
    host.fails('the requests themselves', PARAMS, ['`-`'], 'load', {'file': '-'})
    check('the old one stays', host.call('decide', {'quote': quote})['policy_hash'], second['policy_hash'])

    write('other.assent', 'policy other\nrecord Quote { n: Integer }\ninput quote: Quote\notherwise approve\n')
    host.call('load', {'file': 'other.assent'})
    host.fails('which of two', PROBLEMS, ['several'], 'decide', {'quote': quote})
    host.fails('none of them', PROBLEMS, ['did you mean `limits`?'], 'decide', {'quote': quote, 'policy': 'limit'})
    check('one of two', host.call('decide', {'quote': {'n': 1}, 'policy': 'other'})['outcome'], 'auto_approved')
    host.end()


def test_world():
    write('managed.assent', '''policy managed
record Quote money in currency { currency: Currency  total: Money  owner: Person }
input quote: Quote
approver boss = quote.owner.manager else person "ann"
approver desk = role "desk"
rule large { when quote.total > 100 EUR  requires boss }
rule open { states pending  always  requires desk }
rule late { effective from 2026-06-01  always  requires desk }
otherwise approve
''')
    host = Host('managed.assent')
    quote = {'quote': {'currency': 'USD', 'total': 120, 'owner': 'rep'}, 'today': '2026-03-02'}
    check('nobody and no rates', host.call('decide', quote)['outcome'], 'blocked')
    check('rates', host.call('rates', {'rates': {'base': 'EUR', 'rates': {'USD': '0.9'}}}), {})
    people = {'people': [{'id': 'rep', 'manager': 'ann'}, {'id': 'ann', 'roles': ['desk']}]}
    check('people', host.call('directory', {'directory': people}), {})
    decision = host.call('decide', quote)
    check('with both', (decision['outcome'], [step['step'] for step in decision['path']]),
          ('needs_approval', ['large/boss']))
    check('in a state', len(host.call('decide', {**quote, 'state': 'pending'})['path']), 2)
    check('on a day', len(host.call('decide', {**quote, 'today': '2026-06-01'})['path']), 2)
    host.fails('no such day', PROBLEMS, [], 'decide', {**quote, 'today': '2026-02-30'})
    host.fails('people who are none', PROBLEMS, [], 'directory', {'directory': {'people': [{'id': 5}]}})
    host.fails('rates that are none', PROBLEMS, [], 'rates', {'rates': {'EUR': 1}})
    host.fails('deputies that are none', PROBLEMS, [], 'deputies', {'deputies': {'delegations': [{'from': 1}]}})
    check('what is refused changes nothing', host.call('decide', quote), decision)
    # Without a day, that of the clock.
    clock = host.call('decide', {'quote': quote['quote']})
    day = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    check('the day of the clock', clock, host.call('decide', {**quote, 'today': day}))
    host.end()


def test_sessions():
    host = Host('limits.assent', *WORLD)
    quote = {'currency': 'USD', 'total': 5, 'lines': [{'price': 1}]}
    opened = host.call('session.open', {'session': 'a', 'quote': quote})
    check('opened', opened, decided('limits.assent', json.dumps(quote), *WORLD))
    check('another', host.call('session.open', {'session': 'b', 'quote': quote})['outcome'], 'auto_approved')
    host.fails('the name is taken', PROBLEMS, ['close it first'], 'session.open', {'session': 'a', 'quote': quote})
    difference = host.call('session.set', {'session': 'a', 'path': 'total', 'value': 2e21})
    check('a change', difference, {'before': 'auto_approved', 'after': 'needs_approval', 'steps_added': ['huge/boss'],
                                   'rules_added': ['huge']})
    check('the other one is as it was', host.call('session.decision', {'session': 'b'})['outcome'], 'auto_approved')
    check('a line', host.call('session.insert', {'session': 'a', 'path': 'lines[1]', 'value': {'price': 2}})['after'],
          'needs_approval')
    check('the line goes', host.call('session.remove', {'session': 'a', 'path': 'lines[1]'})['after'], 'needs_approval')
    host.fails('no such line', PROBLEMS, [], 'session.remove', {'session': 'a', 'path': 'lines[1]'})
    host.fails('no such field', PROBLEMS, ['toatl'], 'session.set', {'session': 'a', 'path': 'toatl', 'value': 1})
    why = host.call('session.decision', {'session': 'a', 'explain': True})
    check('the proof', [rule['rule'] for rule in why['why']], ['huge', 'dear'])
    check('closed', host.call('session.close', {'session': 'a'}), {})
    host.fails('closed already', PROBLEMS, ['no session `a`'], 'session.close', {'session': 'a'})
    check('the name is free', host.call('session.open', {'session': 'a', 'quote': quote})['outcome'], 'auto_approved')
    host.fails('a quote that is none', PROBLEMS, [], 'session.open', {'session': 'c', 'quote': {}})
    host.fails('which is not there', PROBLEMS, ['no session `c`'], 'session.decision', {'session': 'c'})
    for i in range(998):
        host.call('session.open', {'session': f's{i}', 'quote': quote})
    error = host.fails('too many', PROBLEMS, ['1000 open sessions'], 'session.open', {'session': 'd', 'quote': quote})
    check('their code', error['data']['problems'][0]['code'], 'limit-exceeded')
    host.end()


def test_case():
    """The life of a case: submitted, approved by two, ordered from; and the same again from its events."""
    shop = os.path.join(EXAMPLES, 'software-rollout')
    with open(os.path.join(shop, 'quotes', 'bank.json'), encoding='utf-8') as file:
        quote = json.load(file)
    with open(os.path.join(shop, 'directory.json'), encoding='utf-8') as file:
        people = json.load(file)
    host = Host(os.path.join(shop, 'policy.assent'))
    check('people', host.call('directory', {'directory': people}), {})
    check('opened', host.call('case.open', {'case': 'Q-1'}), {'version': 0})
    host.fails('twice', PROBLEMS, ['close it first'], 'case.open', {'case': 'Q-1'})
    on = {'quote': quote, 'today': '2026-01-12'}
    error = host.fails('orders before approval', PROBLEMS, [], 'orders', {**on, 'case': 'Q-1'})
    check('their code', error['data']['problems'][0]['code'], 'not-approved')
    check('a preview', len(host.call('orders', on)['orders']) > 1, True)
    events = []

    def advance(identity, actor, kind, what, at='2026-01-12T09:00:00Z'):
        command = {'id': identity, 'actor': actor, 'kind': kind, 'what': what}
        answer = host.call('case.advance', {'case': 'Q-1', 'command': command, 'now': at})
        events.extend(answer.get('events', []))
        return answer

    submitted = advance('c-1', 'rep', 'submit', {'quote': quote})
    check('submitted', ([event['kind'] for event in submitted['events']][:1], submitted.get('refusal')),
          (['decided'], None))
    check('who is told', len(submitted['effects']) > 0, True)
    check('the same command again', advance('c-1', 'rep', 'submit', {'quote': quote})['repeats'], submitted['version'])
    refused = advance('c-2', 'rep', 'vote', {'vote': 'approve'})
    check('a vote of nobody', (refused['refusal']['code'], refused.get('events', [])), ('no-seat', []))
    host.fails('a command that is none', PROBLEMS, [], 'case.advance',
               {'case': 'Q-1', 'command': {'id': 'c', 'actor': 'rep', 'kind': 'dance'}, 'now': '2026-01-12T09:00:00Z'})
    for now in '2026-01-12', 'soon', '':
        host.fails(f'now is {now!r}', PROBLEMS, ['`now`'], 'case.advance', {
            'case': 'Q-1', 'command': {}, 'now': now})
    host.fails('an offset', PROBLEMS, ['`utc_offset`'], 'case.advance', {
        'case': 'Q-1', 'command': {}, 'now': '2026-01-12T09:00:00Z', 'utc_offset': 100000})
    for number, person in enumerate(('desk', 'legal')):
        advance(f'v-{number}', person, 'vote', {'vote': 'approve'})
    kase = host.call('case.get', {'case': 'Q-1'})
    check('approved', (kase['state'], kase['version']), ('approved', len(events)))
    check('its version', host.call('case.version', {'case': 'Q-1'})['version'], len(events))

    plan = host.call('orders', {**on, 'case': 'Q-1'})
    check('orders of an approved case', (len(plan['orders']) > 1, len(plan['quote_hash'])), (True, 64))
    other = {'quote': {**quote, 'lines': quote['lines'][:1]}, 'today': '2026-01-12', 'case': 'Q-1'}
    host.fails('orders of another content', PROBLEMS, [], 'orders', other)
    change = {'kind': 'ordered', 'on': '2026-01-12'}
    made = host.call('replan', {**on, 'case': 'Q-1', 'change': change})
    check('what the first ordering would make', list(made), ['after'])
    refusal = host.call('replan', {**on, 'case': 'Q-1', 'change': {'kind': 'activated', 'order': 'none', 'on': '2026-01-12'}})
    check('what cannot be', list(refusal), ['refusal'])
    host.fails('a change that is none', PROBLEMS, [], 'replan', {**on, 'case': 'Q-1', 'change': {'kind': 'x'}})
    ordered = advance('o-1', 'rep', 'change-orders', {'quote': quote, 'change': change})
    check('ordered', ordered.get('refusal'), None)
    plan = host.call('orders', {**on, 'case': 'Q-1'})
    started = {'kind': 'activated', 'order': plan['orders'][0]['key'], 'on': '2026-01-14'}
    made = host.call('replan', {**on, 'case': 'Q-1', 'change': started})
    check('what a change would make', (made['before'], [each['state'] for each in made['after']['orders']][:2]),
          (plan, ['activated', 'draft']))
    for name in 'contracts', 'assets', 'entitlements', 'revenue':
        check(name, 'problems' not in str(host.call(name, {**on, 'case': 'Q-1'})), True)

    # The same events give the same case, which goes on from there.
    kase = host.call('case.get', {'case': 'Q-1'})
    check('closed', host.call('case.close', {'case': 'Q-1'}), {})
    host.fails('closed already', PROBLEMS, ['no case'], 'case.get', {'case': 'Q-1'})
    check('opened again', host.call('case.open', {'case': 'Q-1', 'events': events})['version'], len(events))
    check('the same', host.call('case.get', {'case': 'Q-1'}), kase)
    error = host.fails('a gap', PROBLEMS, [], 'case.open', {'case': 'Q-2', 'events': events[:1] + events[2:]})
    check('where', error['data']['problems'][0]['where'], '/events/1')
    error = host.fails('no event', PROBLEMS, [], 'case.open', {'case': 'Q-2', 'events': events[:1] + [{'version': 'x'}]})
    check('where it is none', error['data']['problems'][0]['where'].startswith('/events/1'), True)
    host.fails('no list', PARAMS, ['`events`'], 'case.open', {'case': 'Q-2', 'events': {}})
    host.fails('which is not there', PROBLEMS, ['no case'], 'case.get', {'case': 'Q-2'})
    for name in '', 'x' * 257, 'a\0b':
        host.fails('an id', PROBLEMS, ['256'], 'case.open', {'case': name})
    host.end()


def test_life():
    host = Host('limits.assent')
    check('shut down', host.call('shutdown'), {})
    check('how that ends', host.process.wait(60), 0)
    host = Host('limits.assent')
    host.send('{"jsonrpc":"2.0","id":1,"method":"shutdown"}\n{"jsonrpc":"2.0","id":2,"method":"version"}\n')
    check('nothing is answered afterwards', (json.loads(host.line())['id'], host.line()), (1, b''))
    host = Host('limits.assent')
    host.process.stdout.close()
    host.send('{"jsonrpc":"2.0","id":1,"method":"version"}\n')
    check('when the host has gone', host.process.wait(60), -signal.SIGPIPE)
    for arguments, words in (([], b'--stdio'), (['--stdio', 'nowhere.assent'], b'nowhere.assent'),
                             (['--stdio', '-'], b'`-`'), (['--stdio', '--directory', '-'], b'`-`'),
                             (['--stdio', '--today', 'never'], b'--today')):
        ran = subprocess.run([ASSENT, 'serve', *arguments], stdin=subprocess.DEVNULL, capture_output=True, check=False)
        check(f'usage {arguments}', (ran.returncode, words in ran.stderr, ran.stdout), (2, True, b''))


def main():
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    write('people.json', '{"people": [{"id": "ann"}]}')
    write('limits.assent', LIMITS.replace('THRESHOLD', THRESHOLD))
    for test in (test_decisions, test_exact_numbers, test_frames, test_policies, test_world, test_sessions, test_case,
                 test_life):
        test()
    os.chdir('/')
    shutil.rmtree(folder)
    print(f'{checked} checks, {failed} failed')
    return 1 if failed else 0


sys.exit(main())
