#!/usr/bin/env python3
"""`assent decide --ndjson` from outside: a quote a line, a decision a line.

    tests/command/ndjson_test.py ASSENT
"""
import json
import os
import select
import signal
import subprocess
import sys
import tempfile

ASSENT = os.path.abspath(sys.argv[1])
checked = failed = 0

POLICY = '''policy desk "Desk"
record Line { price: Money }
record Quote money in currency { currency: Currency  discount: Percent  total: Money  lines: list of Line else empty }
input quote: Quote
approver manager = role "manager"
approver vp "VP" = person "vp"
rule steep "Steep" { when quote.discount > 15%  requires manager then vp when quote.discount > 40% }
rule lost "Lost" { when quote.discount > 90%  denies "too much" }
rule odd "Odd" { when quote.total / quote.total > 2  requires vp }
rule dear { for each line in quote.lines where line.price > 100 USD  requires vp }
otherwise approve "fine"
'''
PEOPLE = '{"people": [{"id": "m", "roles": ["manager"]}, {"id": "n", "roles": ["manager"]}, {"id": "vp"}]}'
WORLD = ['--directory', 'people.json', '--today', '2026-03-02']


def check(what, found, wanted):
    global checked, failed
    checked += 1
    if found != wanted:
        failed += 1
        print(f'FAILED: {what}\n  found    {str(found)[:2000]}\n  expected {str(wanted)[:2000]}')


def quote(discount, total=1, lines=0):
    return json.dumps({'currency': 'USD', 'discount': discount, 'total': total,
                       'lines': [{'price': 90 + i} for i in range(lines)]})


def run(arguments, given=b''):
    return subprocess.run([ASSENT, 'decide', *arguments], input=given, capture_output=True, check=False)


def decide(lines, *arguments):
    """The answers to lines, the exit code."""
    ran = run(['desk.assentc', '-', '--ndjson', *WORLD, *arguments], ''.join(line + '\n' for line in lines).encode())
    check(f'nothing on the other output for {arguments}', ran.stderr, b'')
    return [json.loads(line) for line in ran.stdout.splitlines()], ran.returncode


def one_by_one(lines, *arguments):
    answers = []
    for line in lines:
        ran = run(['desk.assentc', '-', '--format', 'json', *WORLD, *arguments], line.encode())
        answers.append(json.loads(ran.stdout))
    return answers


def test_answers():
    kinds = [quote(0), quote(18), quote(41), quote(95), quote(7, total=0), quote(3, lines=30), quote(15.01),
             quote(15)[:-1] + ', "discount_": 1}', quote(0, lines=12)]
    apart = one_by_one(kinds)
    outcomes = {each['outcome'] for each in apart}
    check('what can come about', outcomes, {'auto_approved', 'needs_approval', 'denied', 'blocked'})
    answers, code = decide(kinds)
    check('as decided one by one', answers, apart)
    check('exit code where some are denied', code, 1)
    check('with proofs', decide(kinds, '--why')[0], one_by_one(kinds, '--why'))
    changed = ['--set', 'discount=50', '--state', 'pending']
    check('with a change', decide(kinds[:2], *changed)[0], one_by_one(kinds[:2], *changed))
    check('exit code where all can be approved', decide(kinds[:3])[1], 0)
    check('exit code of nothing', decide([]), ([], 0))

    # Blocks of all threads, and back in order: each answer tells which quote it is of.
    many = [kinds[i * i % len(kinds)] for i in range(20_000)]
    wanted = [apart[i * i % len(kinds)] for i in range(20_000)]
    for jobs in '1', '2', '5':
        answers, code = decide(many, '--jobs', jobs)
        check(f'many with {jobs} threads', (answers == wanted, len(answers), code), (True, len(many), 1))
    ran = run(['desk.assentc', 'many.ndjson', '--ndjson', *WORLD])
    with open('many.ndjson', 'wb') as file:
        file.write('\n'.join(many).encode())  # without an end of the last line
    check('a file that is not there', (ran.returncode, b'many.ndjson' in ran.stderr, ran.stdout), (2, True, b''))
    ran = run(['desk.assent', 'many.ndjson', '--ndjson', '--format', 'json', *WORLD])
    check('a file', [json.loads(line) for line in ran.stdout.splitlines()] == wanted, True)


def test_what_is_no_quote():
    lines = [quote(18), '', '{', quote(0), '   \t', '{"discount": "x"}', '[]', quote(0), '\x00', '"' + 'x' * 300_000,
             quote(41)]
    answers, code = decide(lines)
    check('exit code with lines that are none', code, 2)
    check('answers in their places', [each.get('line', each.get('outcome')) for each in answers],
          ['needs_approval', 3, 'auto_approved', 6, 7, 'auto_approved', 9, 10, 'needs_approval'])
    of_six = next(each for each in answers if each.get('line') == 6)
    ran = run(['desk.assentc', '-', *WORLD], lines[5].encode())
    told = [f"stdin: {each['where']}: {each['message']}".replace(': :', ':') for each in of_six['problems']]
    check('the same problems as of one', told, ran.stderr.decode().splitlines())
    check('problems have codes', {each['code'] for each in of_six['problems']}, {'bad-quote'})
    check('a wrong change', (decide([quote(0)], '--set', 'discuont=3')[0][0]['problems'][0]['code']), 'bad-request')
    # More than a quote may have: refused without all of it in memory, and those behind it are decided.
    ran = run(['desk.assentc', '-', '--ndjson', *WORLD], b'{"a":"' + b'x' * (70 << 20) + b'"}\n' + quote(18).encode())
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    check('a huge line', (ran.returncode, answers[0]['line'], answers[0]['problems'][0]['code'],
                          answers[1].get('outcome')), (2, 1, 'limit-exceeded', 'needs_approval'))


def next_line(process, seconds=20):
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    return process.stdout.readline() if ready else b'(nothing)'


def test_stream():
    """Each answer comes before the next line goes in; the last line has no end."""
    for jobs in '1', '3':
        filter_ = subprocess.Popen([ASSENT, 'decide', 'desk.assentc', '-', '--ndjson', *WORLD, '--jobs', jobs],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        for discount in 18, 0, 41, 95, 3:
            filter_.stdin.write(quote(discount).encode() + b'\n')
            answer = json.loads(next_line(filter_).decode().replace('(nothing)', '{}'))
            check(f'an answer at once with {jobs} threads', answer.get('outcome'),
                  one_by_one([quote(discount)])[0]['outcome'])
        line = quote(18).encode() + b'\n'
        filter_.stdin.write(line[:20])  # a line in pieces
        check('no answer to half a line', select.select([filter_.stdout], [], [], 0.2)[0], [])
        filter_.stdin.write(line[20:] + quote(0).encode())
        check('its other half', json.loads(next_line(filter_))['outcome'], 'needs_approval')
        filter_.stdin.close()
        check('the last line', json.loads(next_line(filter_))['outcome'], 'auto_approved')
        check('how it ends', filter_.wait(20), 1)

    # Whoever reads goes away: so does the filter, without a word.
    for restore in True, False:  # SIGPIPE as usual, or ignored by whoever started it
        with open('many.ndjson', 'rb') as many:
            filter_ = subprocess.Popen([ASSENT, 'decide', 'desk.assentc', '-', '--ndjson', *WORLD], stdin=many,
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, restore_signals=restore)
        filter_.stdout.readline()
        filter_.stdout.close()
        check('after the reader has gone', (filter_.wait(60), filter_.stderr.read()), (-signal.SIGPIPE, b''))


def test_usage():
    for arguments, word in ((['-', '--ndjson', '--format', 'text'], b'--format'),
                            (['-', '--ndjson', '--format', 'svg'], b'--format'),
                            (['one.json', '--ndjson'], b'.ndjson'),
                            (['-', '--ndjson', '--jobs', 'x'], b'--jobs'),
                            (['-', '--ndjson', '--today', 'never'], b'--today'),
                            (['-', '--ndjson', '--directory', '-'], b'standard input'),
                            (['--ndjson'], b'QUOTE')):
        ran = run(['desk.assentc', *arguments])
        check(f'usage {arguments}', (ran.returncode, word in ran.stderr, ran.stdout), (2, True, b''))


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name, text in (('desk.assent', POLICY), ('people.json', PEOPLE), ('one.json', quote(0))):
            with open(name, 'w', encoding='utf-8') as file:
                file.write(text)
        subprocess.run([ASSENT, 'compile', 'desk.assent', '-o', 'desk.assentc'], check=True, capture_output=True)
        test_answers()
        test_what_is_no_quote()
        test_stream()
        test_usage()
        os.chdir('/')
    print(f'{checked} checks, {failed} failed')
    return 1 if failed else 0


sys.exit(main())
