"""`assent lsp` as an editor talks to it: conversations, message for message.

Usage: lsp_test.py ASSENT
"""
import json
import os
import subprocess
import sys
import tempfile
import urllib.parse

ASSENT = os.path.abspath(sys.argv[1])
checked = failed = 0

POLICY = '''policy desk "Desk"
use regional
record Line { id: Text  price: Money }
# What a customer asks for.
record Quote money in currency { currency: Currency  discount: Percent  lines: list of Line }
input quote: Quote
# Who looks first.
approver desk "Deal desk" = role "desk"
fact deep = quote.discount > limit
fact idle = 1
rule steep "Steep 🎿 discount" { when deep  requires desk }
otherwise approve
test "t" { given "q.json"  expect rule steep applies }
'''
MODULE = 'module regional\nfact limit = 10%\n'


def check(what, found, wanted):
    global checked, failed
    checked += 1
    if found != wanted:
        failed += 1
        print(f'FAILED: {what}\n  found    {json.dumps(found, ensure_ascii=False)}'
              f'\n  expected {json.dumps(wanted, ensure_ascii=False)}')


class Client:
    def __init__(self):
        self.server = subprocess.Popen([ASSENT, 'lsp'], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE)
        self.next_id = 0
        self.published = {}  # by document: the last diagnostics
        self.messages = []   # for the person

    def send(self, message):
        body = json.dumps({'jsonrpc': '2.0', **message}).encode()
        self.server.stdin.write(b'Content-Length: %d\r\n\r\n' % len(body) + body)
        self.server.stdin.flush()

    def receive(self):
        length = 0
        while (line := self.server.stdout.readline()) not in (b'\r\n', b''):
            if line.lower().startswith(b'content-length:'):
                length = int(line.split(b':')[1])
        message = json.loads(self.server.stdout.read(length))
        if message.get('method') == 'textDocument/publishDiagnostics':
            self.published[message['params']['uri']] = message['params']
        if message.get('method') == 'window/showMessage':
            self.messages.append(message['params'])
        return message

    def request(self, method, **params):
        self.next_id += 1
        self.send({'id': self.next_id, 'method': method, 'params': params})
        while (message := self.receive()).get('id') != self.next_id:
            pass
        return message.get('result', message.get('error'))

    def notify(self, method, **params):
        self.send({'method': method, 'params': params})

    def wait_for(self, uri, version):
        while self.published.get(uri, {}).get('version') != version:
            self.receive()
        return self.published[uri]['diagnostics']

    def start(self, **capabilities):
        return self.request('initialize', processId=None, rootUri=None, capabilities=capabilities)

    def open(self, uri, text, version=1):
        self.notify('textDocument/didOpen',
                    textDocument={'uri': uri, 'languageId': 'assent', 'version': version, 'text': text})

    def at(self, uri, text, what, offset=0, method='', **more):
        return self.request(method, textDocument={'uri': uri}, position=position(text, text.index(what) + offset), **more)

    def end(self):
        check('shutdown', self.request('shutdown'), None)
        self.notify('exit')
        return self.finish()

    def finish(self):
        self.server.stdin.close()
        code = self.server.wait(20)
        self.server.stdout.close()
        check('nothing is said on the standard error', self.server.stderr.read().decode(), '')
        self.server.stderr.close()
        return code


def position(text, offset):
    """As editors count by default: units of UTF-16."""
    before = text[:offset]
    line = before.count('\n')
    return {'line': line, 'character': len(before[before.rfind('\n') + 1:].encode('utf-16-le')) // 2}


def span(text, what, offset=0, length=None):
    begin = text.index(what) + offset
    return {'start': position(text, begin), 'end': position(text, begin + (length or len(what)))}


def uri_of(path):
    return 'file://' + urllib.parse.quote(path)


def words(folder):
    policy, module = uri_of(f'{folder}/a desk.assent'), uri_of(f'{folder}/regional.assent')
    client = Client()
    started = client.start()
    check('encoding', started['capabilities']['positionEncoding'], 'utf-16')
    check('server', started['serverInfo']['name'], 'assent')
    client.open(policy, POLICY)
    found = client.wait_for(policy, 1)
    check('findings', [each['code'] for each in found], ['L0401'])
    check('where', found[0]['range'], span(POLICY, 'idle'))
    check('faded', found[0]['tags'], [1])

    hover = client.at(policy, POLICY, 'desk }', method='textDocument/hover')
    check('hover', hover['contents']['value'],
          '```assent\napprover desk\n```\n\nDeal desk\n\nWho looks first.\n\n'
          '```assent\napprover desk "Deal desk" = role "desk"\n```\n')
    check('hover of a field', client.at(policy, POLICY, 'discount > ', method='textDocument/hover')['contents']['value'],
          '```assent\nfield discount: Percent\n```\n')
    check('hover of nothing', client.at(policy, POLICY, 'requires', method='textDocument/hover'), None)

    check('definition', client.at(policy, POLICY, 'deep  requires', method='textDocument/definition'),
          {'uri': policy, 'range': span(POLICY, 'deep')})
    check('definition in a module', client.at(policy, POLICY, 'limit', method='textDocument/definition'),
          {'uri': module, 'range': span(MODULE, 'limit')})
    check('references', client.at(policy, POLICY, 'steep applies', method='textDocument/references',
                                  context={'includeDeclaration': True}),
          [{'uri': policy, 'range': span(POLICY, 'steep')}, {'uri': policy, 'range': span(POLICY, 'steep applies', length=5)}])
    check('highlights', len(client.at(policy, POLICY, 'deep', method='textDocument/documentHighlight')), 2)
    check('may be renamed', client.at(policy, POLICY, 'deep', method='textDocument/prepareRename'),
          {'range': span(POLICY, 'deep'), 'placeholder': 'deep'})
    renamed = client.at(policy, POLICY, 'limit', method='textDocument/rename', newName='most')
    check('rename across modules', {uri: len(edits) for uri, edits in renamed['changes'].items()}, {policy: 1, module: 1})
    check('no name', client.at(policy, POLICY, 'limit', method='textDocument/rename', newName='a b')['code'], -32602)
    check('nothing to rename', client.at(policy, POLICY, 'requires', method='textDocument/rename', newName='a')['code'], -32602)

    symbols = client.request('textDocument/documentSymbol', textDocument={'uri': policy})
    check('symbols', [each['name'] for each in symbols], ['Line', 'Quote', 'quote', 'desk', 'deep', 'idle', 'steep', 't'])
    check('fields of a record', [each['name'] for each in symbols[1]['children']], ['currency', 'discount', 'lines'])
    check('workspace', [each['name'] for each in client.request('workspace/symbol', query='li')], ['lines', 'limit'])
    actions = client.request('textDocument/codeAction', textDocument={'uri': policy}, range=span(POLICY, 'idle'),
                             context={'diagnostics': []})
    check('a cure', actions[0]['edit']['changes'][policy],
          [{'range': {'start': {'line': 9, 'character': 0}, 'end': {'line': 10, 'character': 0}}, 'newText': ''}])
    check('no cure', client.request('textDocument/codeAction', textDocument={'uri': policy}, range=span(POLICY, 'deep'),
                                    context={'diagnostics': []}), [])
    check('folds', client.request('textDocument/foldingRange', textDocument={'uri': policy}), [])
    edits = client.request('textDocument/formatting', textDocument={'uri': policy}, options={})
    check('formatting', 'fact idle = 1\nrule steep' in edits[0]['newText'], True)
    check('goodbye', client.end(), 0)


def typing(folder):
    policy, module = uri_of(f'{folder}/a desk.assent'), uri_of(f'{folder}/regional.assent')
    client = Client()
    client.start()
    client.open(policy, POLICY)
    client.wait_for(policy, 1)

    def change(text, version, *changes):
        client.notify('textDocument/didChange', textDocument={'uri': policy, 'version': version},
                      contentChanges=list(changes))
        return client.wait_for(policy, version)

    # behind a character of two units
    found = change(POLICY, 2, {'range': span(POLICY, 'when deep', 5, 4), 'text': 'deeper'})
    check('a word that is not known', [each['code'] for each in found], ['E0101'])
    check('its place', found[0]['range'], span(POLICY.replace('when deep', 'when deeper'), 'deeper'))
    check('how to mend it', 'did you mean `deep`?' in found[0]['message'], True)
    text = POLICY.replace('when deep', 'when quote.')
    found = change(text, 3, {'text': text})
    check('a mistake', found[0]['code'], 'E0004')
    names = client.at(policy, text, 'when quote.', 11, 'textDocument/completion')
    check('fields', [each['label'] for each in names], ['currency', 'discount', 'lines'])
    check('their types', names[1]['detail'], 'field discount: Percent')
    text = POLICY.replace('when deep', 'when any line in quote.lines has line.pri')
    change(text, 4, {'text': text})
    names = client.at(policy, text, 'line.pri', 8, 'textDocument/completion')
    check('fields of what is walked through', [each['label'] for each in names], ['id', 'price'])
    names = client.at(policy, text, 'otherwise', 0, 'textDocument/completion')
    check('names and words', {'deep', 'desk', 'limit', 'rule', 'fact'} <= {each['label'] for each in names}, True)

    change(POLICY, 5, {'text': POLICY})
    client.open(module, MODULE.replace('limit', 'most'))
    while [each['code'] for each in client.published[policy]['diagnostics']] != ['E0101']:
        client.receive()
    client.notify('textDocument/didClose', textDocument={'uri': module})
    check('closed', client.request('textDocument/hover', textDocument={'uri': module},
                                   position={'line': 0, 'character': 0})['code'], -32602)
    check('goodbye', client.end(), 0)


DESK = '''policy desk "Desk"
use regional
record Line { id: Text  price: Money }
record Quote money in currency { currency: Currency  discount: Percent  total: Money  lines: list of Line }
input quote: Quote
approver desk = role "desk"
approver vp "VP sales" = role "vp"
function half(of: Money, share: Percent) = of * share
fact deep = quote.discount
rule steep "Steep discount" { when deep > limit and quote.total < 500 USD  requires desk then vp }
ladder size "Size" by quote.total {
  up to 1_000 USD: no approval
  up to 5_000 USD: desk
  above: vp
}
rule halved "Halved" { when half(quote.total, 50%) > round(10.5 USD, 0)  requires desk }
otherwise approve
test "a large one" { given "q.json" with discount = 20%  directory "d.json"  expect path desk and (desk then vp) }
test "denied" { given "q.json"  expect denied }
test "no quote" { given "none.json"  expect approved }
'''


def tokens_of(text, answer, legend):
    """Each as (word, type, modifiers)."""
    lines, line, character, found = text.split('\n'), 0, 0, []
    data = answer['data']
    for down, right, length, kind, modifiers in zip(*[iter(data)] * 5):
        line, character = line + down, right + (0 if down else character)
        found.append((lines[line][character:character + length], legend['tokenTypes'][kind],
                      [name for bit, name in enumerate(legend['tokenModifiers']) if modifiers >> bit & 1]))
    return found


def desk(folder):
    uri = uri_of(f'{folder}/desk.assent')
    client = Client()
    started = client.start()
    client.open(uri, DESK)
    check('nothing is wrong', [each for each in client.wait_for(uri, 1) if each['severity'] == 1], [])

    hints = client.request('textDocument/inlayHint', textDocument={'uri': uri}, range=span(DESK, DESK))
    at = {DESK.split('\n')[each['position']['line']][:each['position']['character']].split()[-1]
          if each['position']['character'] > 2 else '': each['label'] for each in hints}
    check('hints', [each['label'] for each in hints],
          ['▲ is worse', '▼ is worse', 'over 1_000 USD,', 'over 5_000 USD,', '▲ is worse'])
    check('where', list(at), ['deep', 'quote.total', '', '50%)'])
    check('hints of a part', client.request('textDocument/inlayHint', textDocument={'uri': uri},
                                            range=span(DESK, 'ladder')), [])

    found = tokens_of(DESK, client.request('textDocument/semanticTokens/full', textDocument={'uri': uri}),
                      started['capabilities']['semanticTokensProvider']['legend'])
    check('a declaration', ('deep', 'variable', ['declaration', 'readonly']) in found, True)
    check('a use', ('deep', 'variable', ['readonly']) in found, True)
    check('a function', [each for each in found if each[1] == 'function'],
          [('half', 'function', ['declaration']), ('half', 'function', [])])
    check('a parameter', ('share', 'parameter', []) in found, True)

    help = client.at(uri, DESK, '50%)', 1, 'textDocument/signatureHelp')
    check('a call', (help['signatures'][0]['label'], help['activeParameter']),
          ('half(of: Money, share: Percent): Money', 1))
    help = client.at(uri, DESK, '10.5 USD', 0, 'textDocument/signatureHelp')
    check('one that every policy has', (help['signatures'][0]['label'], help['activeParameter'],
                                        [each['label'] for each in help['signatures'][0]['parameters']]),
          ('round(amount, places): amount', 0, ['amount', 'places']))
    check('no call', client.at(uri, DESK, 'quote.discount', 3, 'textDocument/signatureHelp'), None)
    check('what it does', 'halves away' in client.at(uri, DESK, 'round', 2, 'textDocument/hover')['contents']['value'], True)
    check('completed', 'round' in [each['label'] for each in client.at(uri, DESK, 'round', 2, 'textDocument/completion')], True)

    check('what a fact is', '`20%` in “a large one”' in client.at(uri, DESK, 'deep >', 0, 'textDocument/hover')['contents']['value'], True)
    check('what a rule does', 'applies in “a large one”' in client.at(uri, DESK, 'steep', 0, 'textDocument/hover')['contents']['value'], True)

    lenses = client.request('textDocument/codeLens', textDocument={'uri': uri})
    check('lenses', [(each['command']['title'], each['range']['start']['line']) for each in lenses],
          [(title, DESK[:DESK.index(test)].count('\n')) for test in ('test "a', 'test "d', 'test "n')
           for title in ('run', 'show the path')])

    def run(number):
        return client.request('workspace/executeCommand', command=lenses[number]['command']['command'],
                              arguments=lenses[number]['command']['arguments'])

    client.messages.clear()
    ran = run(0)
    check('a test that passes', (ran['passed'], ran['title']), (True, 'a large one'))
    check('is told', [each['type'] for each in client.messages], [3])
    path = run(1)
    check('a path', path['text'].split('\n')[0], 'path (desk then vp) and desk')
    check('and its picture', path['html'].count('<svg') == 1 and 'VP sales' not in path['html'], True)
    client.messages.clear()
    ran = run(2)
    check('a test that fails', (ran['passed'], 'expected denied' in ran['text'].replace('  ', ' ')), (False, True))
    check('is told as an error', [each['type'] for each in client.messages], [1])
    check('without a quote', 'none.json' in run(4)['text'], True)
    check('nor a path', 'none.json' in run(5)['message'], True)
    check('of no test', client.request('workspace/executeCommand', command='assent.test', arguments=[uri, 9])['code'], -32602)
    check('no command', client.request('workspace/executeCommand', command='assent.no', arguments=[uri, 0])['code'], -32602)
    def completed(line):
        text = DESK + line
        client.notify('textDocument/didChange', textDocument={'uri': uri, 'version': 2}, contentChanges=[{'text': text}])
        return client.request('textDocument/completion', textDocument={'uri': uri}, position=position(text, len(text)))

    roles = completed('approver cfo = role "d')
    check('roles of the directory', [(each['label'], each['detail']) for each in roles], [('desk', 'ann'), ('vp', 'bo')])
    check('in place of what is typed', roles[0]['textEdit'],
          {'range': span(DESK + 'approver cfo = role "d', 'cfo = role "d', 12, 1), 'newText': 'desk'})
    check('people', [each['label'] for each in completed('group g = all of people "ann", "')], ['ann', 'bo'])
    check('files', [each['label'] for each in completed('test "x" { given "')], ['d.json', 'q.json'])
    check('no other text', completed('rule r "'), [])
    check('not in a comment', len(completed('# role "')) > 10, True)
    completed('')
    check('a title is no name', client.at(uri, DESK, '"a large', 2, 'textDocument/prepareRename'), None)
    check('goodbye', client.end(), 0)

    client = Client()
    client.request('initialize', processId=None, rootUri=None, capabilities={}, initializationOptions={'showsResults': True})
    client.open(uri, DESK)
    client.request('workspace/executeCommand', command='assent.test', arguments=[uri, 0])
    check('who shows results is told none', client.messages, [])
    check('goodbye', client.end(), 0)


def protocol():
    client = Client()
    check('before the beginning', client.request('textDocument/hover')['code'], -32002)
    check('utf-8', client.start(general={'positionEncodings': ['utf-16', 'utf-8']})['capabilities']['positionEncoding'], 'utf-8')
    client.open('untitled:one', 'policy p\nrecord Ä { n: Integer }\n')
    check('a document without a file', client.wait_for('untitled:one', 1)[0]['code'], 'E0110')
    check('not understood', client.request('textDocument/no')['code'], -32601)
    check('not open', client.request('textDocument/formatting', textDocument={'uri': 'file:///x'})['code'], -32602)
    check('no parameters', client.request('textDocument/hover')['code'], -32602)
    client.notify('textDocument/no')
    client.send({'id': 77, 'result': None})
    client.server.stdin.write(b'Content-Length: 3\r\n\r\n{x}')
    client.server.stdin.flush()
    check('no JSON', client.receive()['error']['code'], -32700)
    check('shutdown', client.request('shutdown'), None)
    check('after the end', client.request('textDocument/hover')['code'], -32600)
    client.notify('exit')
    check('goodbye', client.finish(), 0)

    client = Client()
    client.start()
    check('the stream ends', client.finish(), 1)
    client = Client()
    client.notify('exit')
    check('without shutdown', client.finish(), 1)
    for bad in (b'Content-Length: x\r\n\r\n', b'Content-Length: 99999999999\r\n\r\n', b'x' * 5000):
        server = subprocess.run([ASSENT, 'lsp'], input=bad, capture_output=True)
        check(f'{bad[:30]} is no header', (server.returncode, b'a message' in server.stderr), (2, True))


with tempfile.TemporaryDirectory() as folder:
    with open(f'{folder}/regional.assent', 'w') as file:
        file.write(MODULE)
    words(folder)
    typing(folder)
    with open(f'{folder}/q.json', 'w') as file:
        json.dump({'currency': 'USD', 'discount': 5, 'total': 400, 'lines': []}, file)
    with open(f'{folder}/d.json', 'w') as file:
        json.dump({'people': [{'id': 'ann', 'roles': ['desk']}, {'id': 'bo', 'roles': ['vp']}]}, file)
    desk(folder)
    protocol()
print(f'{checked} checks, {failed} failed')
sys.exit(failed > 0)
