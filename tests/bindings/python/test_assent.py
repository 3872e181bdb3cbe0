"""The Python binding, from the outside.

Usage: test_assent.py LIBRARY ARTIFACTS SOURCE [unittest's own]. ARTIFACTS: a folder with desk, later, rollout, monitors
and exact.assentc, as python_test.sh compiles them.
"""
import copy
import dataclasses
import gc
import json
import os
import pathlib
import pickle
import re
import subprocess
import sys
import threading
import types
import unittest
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

LIBRARY, ARTIFACTS, SOURCE = (os.path.abspath(name) for name in sys.argv[1:4])
PACKAGE = os.path.join(SOURCE, 'tools/bindings/python')
os.environ['ASSENT_LIBRARY'] = LIBRARY
sys.path.insert(0, PACKAGE)
import assent  # noqa: E402
from assent._handle import taken  # noqa: E402
from assent._json import dumps, exact  # noqa: E402
from assent._library import library  # noqa: E402
from assent._record import read  # noqa: E402

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)


def file(*parts):
    return pathlib.Path(SOURCE, 'examples', *parts).read_bytes()


def artifact(name):
    return pathlib.Path(ARTIFACTS, name + '.assentc')


def desk_quote(**changes):
    return {**assent.loads(file('discount-desk/quotes/q-00024.json')), **changes}


STEEP = file('discount-desk/quotes/steep.json')
PEOPLE = assent.Directory.from_json(file('discount-desk/directory.json'))
WORLD = assent.World(TODAY, directory=PEOPLE)
AT_WORK = dataclasses.replace(WORLD, now=NOW)
DESK = assent.Policy.load(artifact('desk'))
EXACT = assent.Policy.load(artifact('exact'))
SUM = {'a': 1, 'b': 2, 'on': TODAY, 'name': 'n', 'lines': []}


def resident_kib():
    return int(pathlib.Path('/proc/self/statm').read_text().split()[1]) * os.sysconf('SC_PAGE_SIZE') // 1024


class Numbers(unittest.TestCase):
    def total(self, **quote):
        evaluator = assent.Evaluator(EXACT)
        evaluator.decide({**SUM, **quote}, assent.World(TODAY))
        return evaluator.fact('total')

    def test_a_tenth_and_two_tenths(self):
        self.assertEqual('0.3', self.total(a=Decimal('0.1'), b=Decimal('0.2')))

    def test_34_digits_are_kept(self):
        most = Decimal('1234567890123456789012345678901233')
        self.assertEqual('1234567890123456789012345678901234', self.total(a=most, b=1))
        self.assertEqual('1.000000000000000000000000000000001', self.total(a=Decimal('1E-33'), b=1))

    def test_exponents(self):
        self.assertEqual(Decimal('1.23E+7'), Decimal(self.total(a=Decimal('1.23E+7'), b=Decimal('0E-9'))))

    def test_a_large_integer_is_no_float(self):
        self.assertEqual('9007199254740993', self.total(a=2 ** 53, b=1))

    def test_a_float_is_refused_where_it_stands(self):
        quote = desk_quote()
        quote['lines'][0]['discount'] = 0.1
        with self.assertRaises(TypeError) as caught:
            assent.Evaluator(DESK).decide(quote, WORLD)
        self.assertEqual("lines[0].discount is a float, 0.1: give a Decimal, as Decimal('0.1')", str(caught.exception))

    def test_what_json_has_not(self):
        circle = {}
        circle['again'] = {'and': [circle]}
        deep = current = []
        for _ in range(64):
            current.append([])
            current = current[0]
        for kind, value, message in (
                (ValueError, {'a': Decimal('NaN')}, 'a is NaN, which is no number of JSON'),
                (ValueError, [1, Decimal('-Infinity')], '[1] is -Infinity, which is no number of JSON'),
                (ValueError, circle, 'the value has more than 64 levels, or contains itself'),
                (ValueError, deep, 'the value has more than 64 levels, or contains itself'),
                (TypeError, 0.5, "the value is a float, 0.5: give a Decimal, as Decimal('0.5')"),
                (TypeError, {'a': {1, 2}}, 'a is a set, which JSON has not'),
                (TypeError, {'a': {1: 2}}, 'a has the key 1: keys are texts'),
                (TypeError, {'a': datetime(2026, 3, 2)},
                 'a is an instant without a time zone: give it one, as `timezone.utc`')):
            with self.subTest(message), self.assertRaises(kind) as caught:
                dumps(value)
            self.assertEqual(message, str(caught.exception))

    def test_what_json_has(self):
        self.assertEqual(
            b'{"t":"\\u00e4\\"\\u0000","i":-3,"d":12.50,"e":1E+3,"b":[true,false,null],"l":[],"m":{},"s":"draft",'
            b'"on":"2026-03-02","at":"2026-03-02T08:00:00.250Z"}',
            dumps({'t': 'ä"\0', 'i': -3, 'd': Decimal('12.50'), 'e': Decimal('1E+3'), 'b': (True, False, None), 'l': [],
                   'm': types.MappingProxyType({}), 's': assent.State.DRAFT, 'on': TODAY,
                   'at': datetime(2026, 3, 2, 9, 0, 0, 250000, tzinfo=timezone(timedelta(hours=1)))}))
        deep = []
        for _ in range(63):
            deep = [deep]
        self.assertEqual(deep, assent.loads(dumps(deep)))

    def test_loads_has_each_key_once(self):
        with self.assertRaisesRegex(ValueError, 'the key `discount` is given twice'):
            assent.loads('{"lines": [{"discount": 5, "note": "", "discount": 50}]}')

    def test_loads_has_no_float(self):
        self.assertEqual([Decimal('0.10'), 1, 'ä'], assent.loads('[0.10, 1, "ä"]'.encode()))
        self.assertEqual('0.10', str(assent.loads('0.10')))
        for wrong in ('NaN', '[Infinity]', '[' * 200_000, '1 2', ''):
            with self.subTest(wrong[:10]), self.assertRaises(ValueError):
                assent.loads(wrong)

    def test_texts_of_elements_are_kept(self):
        text = ' { "a" : [ {"n": 1.50 , "t":"],"} , 2 ] ,"b":"x", "c":[ ] } '
        self.assertEqual({'a': [({'n': Decimal('1.50'), 't': '],'}, '{"n": 1.50 , "t":"],"}'), (2, '2')], 'b': 'x',
                          'c': []}, exact(text))
        self.assertEqual({}, exact('{}'))


class Decisions(unittest.TestCase):
    def setUp(self):
        self.evaluator = assent.Evaluator(DESK)

    def test_a_path(self):
        decision = self.evaluator.decide(STEEP, WORLD)
        self.assertIs(assent.Outcome.NEEDS_APPROVAL, decision.outcome)
        self.assertEqual((DESK.name, DESK.hash), (decision.policy, decision.policy_hash))
        step = decision.path[1]
        self.assertEqual('steep_discount/deal_desk', step.step)
        self.assertEqual(assent.Quorum('any', 1, 2), step.quorum)
        self.assertEqual((assent.Seat('d.chen', 1), assent.Seat('s.roy', 1, absent=True)), step.seats)
        self.assertEqual(('remind', 'escalate', 'expire'), tuple(timer.kind for timer in step.timers))
        self.assertEqual('rejected', step.timers[2].as_)
        self.assertIs(assent.RuleStatus.PENDING, decision.rules[0].status)
        self.assertIn('site survey', decision.warnings[0].text)

    def test_the_same_in_each_form(self):
        wanted = self.evaluator.decide_json(STEEP, WORLD)
        self.assertEqual(json.loads(file('discount-desk/expected/steep.json')), json.loads(wanted))
        for form in (STEEP.decode(), assent.loads(STEEP), types.MappingProxyType(assent.loads(STEEP))):
            self.assertEqual(wanted, self.evaluator.decide_json(form, WORLD))

    def test_each_outcome(self):
        clouds = file('discount-desk/quotes/clouds.json')
        for quote, outcome in ((desk_quote(), 'auto_approved'), (STEEP, 'needs_approval'), (clouds, 'denied'),
                               (desk_quote(net_total=0), 'blocked')):
            self.assertEqual(outcome, self.evaluator.decide(quote, WORLD).outcome.value)
        blocked = self.evaluator.decide(desk_quote(net_total=0), WORLD)
        self.assertEqual('division-by-zero', blocked.troubles[0].fault)
        self.assertEqual('within the rep\'s authority', self.evaluator.decide(desk_quote(), WORLD).otherwise)

    def test_the_proof(self):
        decision = self.evaluator.decide(STEEP, WORLD)
        proof = self.evaluator.explain()
        self.assertEqual(decision, dataclasses.replace(proof, why=()))
        steep = proof.why[0]
        self.assertEqual((assent.Condition('hardware_discount > 15%', 'yes', {'hardware_discount': '22%'}),),
                         steep.conditions)
        self.assertEqual('hardware_discount > 40%', steep.skipped[0].condition)
        self.assertEqual('22%', self.evaluator.fact('hardware_discount'))
        self.assertIsNone(self.evaluator.fact('no such fact'))

    def test_no_decision_no_proof(self):
        for call in (self.evaluator.explain, lambda: self.evaluator.fact('margin')):
            with self.assertRaises(assent.AssentError) as caught:
                call()
            self.assertIs(assent.ErrorCode.BAD_REQUEST, caught.exception.code)

    def test_all_problems_at_once(self):
        quote = desk_quote(net_total='much', total_cost=None)
        quote['lines'][2]['discount'] = []
        with self.assertRaises(assent.AssentError) as caught:
            self.evaluator.decide(quote, WORLD)
        error = caught.exception
        self.assertIs(assent.ErrorCode.BAD_QUOTE, error.code)
        self.assertEqual({'/net_total', '/total_cost', '/lines/2/discount'}, {each.where for each in error.problems})
        self.assertEqual(error.problems[0].where, error.where)
        for each in error.problems:
            self.assertIn(f'{each.where}: {each.message}', str(error))
        self.assertIs(assent.Outcome.AUTO_APPROVED, self.evaluator.decide(desk_quote(), WORLD).outcome)

    def test_no_json(self):
        for quote in (b'', '', b'{', b'\xff', '[]', 'null', 7, None, True, b'{}{}', '\0'):
            with self.subTest(quote), self.assertRaises(assent.AssentError) as caught:
                self.evaluator.decide(quote, WORLD)
            self.assertIs(assent.ErrorCode.BAD_QUOTE, caught.exception.code)

    def test_texts_of_any_language(self):
        evaluator = assent.Evaluator(EXACT)
        for form in (dict, dumps, lambda quote: json.dumps(quote, default=str, ensure_ascii=False)):
            decision = evaluator.decide(form({**SUM, 'name': 'ä €'}), assent.World(TODAY))
            self.assertIn('the name came through', [message.text for message in decision.warnings])

    def test_limits(self):
        for limits in (assent.Limits(quote_bytes=100), assent.Limits(rows=3), assent.Limits(memory=100)):
            with self.subTest(limits), self.assertRaises(assent.AssentError) as caught:
                assent.Evaluator(DESK, limits).decide(STEEP, WORLD)
            self.assertIs(assent.ErrorCode.LIMIT_EXCEEDED, caught.exception.code)
        self.assertIs(assent.Outcome.BLOCKED,
                      assent.Evaluator(DESK, assent.Limits(work=1)).decide(STEEP, WORLD).outcome)
        for wrong in (-1, 2 ** 64, 1.5, None):
            with self.assertRaises(ValueError):
                assent.Limits(rows=wrong)

    def test_what_a_newer_library_adds(self):
        self.assertEqual(assent.Quorum('any', 1, 2),
                         read(assent.Quorum, {'kind': 'any', 'needed': 1, 'total': 2, 'colour': 'red'}))
        self.assertIs(assent.ErrorCode.UNKNOWN, assent.ErrorCode('never-heard-of'))
        with self.assertRaises(ValueError):
            assent.Outcome('perhaps')


class Worlds(unittest.TestCase):
    def test_the_day_matters(self):
        evaluator = assent.Evaluator(EXACT)
        late = [message.text for message in evaluator.decide(SUM, assent.World(TODAY)).warnings]
        self.assertIn('it is late', late)
        for day in (date.min, date.max):
            evaluator.decide(SUM, assent.World(day))

    def test_the_state_matters(self):
        evaluator = assent.Evaluator(EXACT)
        for state in assent.State:
            warnings = evaluator.decide(SUM, assent.World(TODAY, state=state)).warnings
            self.assertEqual(state is assent.State.RECALLED, 'it was recalled' in [each.text for each in warnings])

    def test_nobody_is_there(self):
        decision = assent.Evaluator(DESK).decide(STEEP, assent.World(TODAY))
        self.assertIs(assent.Outcome.BLOCKED, decision.outcome)

    def test_what_makes_no_sense(self):
        for kind, arguments in (
                (TypeError, {'today': '2026-03-02'}), (TypeError, {'today': NOW}), (TypeError, {'directory': {}}),
                (TypeError, {'directory': DESK}), (TypeError, {'rates': PEOPLE}), (ValueError, {'state': 'lost'}),
                (ValueError, {'now': datetime(2026, 3, 2)}), (ValueError, {'utc_offset': 1440})):
            with self.subTest(arguments), self.assertRaises(kind):
                assent.World(**{'today': TODAY, **arguments})
        with self.assertRaises(TypeError):
            assent.Evaluator(DESK).decide(STEEP, None)

    def test_bad_people(self):
        with self.assertRaises(assent.AssentError) as caught:
            assent.Directory.from_json({'people': [{'id': 'ana', 'manager': 'nobody'}, {'id': 'ana'}]})
        self.assertIs(assent.ErrorCode.BAD_DIRECTORY, caught.exception.code)
        self.assertLessEqual(2, len(caught.exception.problems))

    def test_rates_and_deputies(self):
        assent.Rates.from_json({'base': 'USD', 'rates': {'EUR': Decimal('1.0823')}})
        with self.assertRaises(assent.AssentError) as caught:
            assent.Rates.from_json('{"base": "USD", "rates": {"EUR": -1}}')
        self.assertIs(assent.ErrorCode.BAD_RATES, caught.exception.code)
        with self.assertRaises(assent.AssentError):
            assent.Deputies.from_json({'delegations': [{'from': 'ana'}], 'nonsense': 1})


class Artifacts(unittest.TestCase):
    def test_about(self):
        self.assertEqual(('deal_desk', 'Acme deal desk', 64), (DESK.name, DESK.title, len(DESK.hash)))
        self.assertEqual('object', DESK.schema()['type'])
        self.assertEqual(DESK.hash, assent.Policy.load(artifact('desk').read_bytes()).hash)
        self.assertEqual(DESK.hash, assent.Policy.load(str(artifact('desk'))).hash)

    def test_damaged(self):
        good = artifact('desk').read_bytes()
        for bad in (b'', b'nonsense', good[:-1], good[:100] + b'\0' + good[101:], good + b'\0'):
            with self.assertRaises(assent.AssentError) as caught:
                assent.Policy.load(bad)
            self.assertIn(caught.exception.code, (assent.ErrorCode.BAD_ARTIFACT, assent.ErrorCode.WRONG_VERSION))
        with self.assertRaises(FileNotFoundError):
            assent.Policy.load(artifact('none'))


class Handles(unittest.TestCase):
    def everything(self):
        policy, people = assent.Policy.load(artifact('desk')), assent.Directory.from_json({'people': []})
        world = assent.World(TODAY, now=NOW)
        evaluator, case = assent.Evaluator(policy), assent.Case('Q')
        session = assent.Session.open(policy, desk_quote(), WORLD)
        return {
            policy: (policy.schema, lambda: assent.Evaluator(policy),
                     lambda: assent.Session.open(policy, STEEP, WORLD)),
            people: (lambda: assent.World(TODAY, directory=people),),
            evaluator: (lambda: evaluator.decide(STEEP, WORLD), evaluator.explain, lambda: evaluator.fact('margin'),
                        lambda: evaluator.orders(STEEP, WORLD), lambda: assent.Case('C').advance(evaluator, {}, world)),
            session: (lambda: session.set('net_total', 1), lambda: session.decision, session.explain),
            case: (case.json, lambda: case.version, lambda: case.next_due, lambda: case.state,
                   lambda: case.apply('{}'), lambda: case.advance(assent.Evaluator(DESK), {}, world),
                   lambda: assent.Evaluator(DESK).orders(STEEP, WORLD, case)),
        }

    def test_closed_is_closed(self):
        for handle, uses in self.everything().items():
            with handle:
                pass
            handle.close()
            for number, use in enumerate(uses):
                with self.subTest(type(handle).__name__, use=number), self.assertRaises(ValueError) as caught:
                    use()
                self.assertEqual(f'the {type(handle).__name__} is closed', str(caught.exception))
            with self.assertRaises(ValueError), handle:
                pass

    def test_what_was_made_goes_on(self):
        policy = assent.Policy.load(artifact('desk'))
        people = assent.Directory.from_json(file('discount-desk/directory.json'))
        evaluator, world = assent.Evaluator(policy), assent.World(TODAY, directory=people)
        wanted = evaluator.decide_json(STEEP, world)
        session = assent.Session.open(policy, STEEP, world)
        policy.close()
        people.close()
        del policy, people
        gc.collect()
        assent.Directory.from_json({'people': []}).close()
        self.assertEqual(wanted, evaluator.decide_json(STEEP, world))
        del world
        gc.collect()
        self.assertEqual(assent.loads(wanted)['plan_hash'], session.decision.plan_hash)

    def test_one_is_not_taken_for_another(self):
        evaluator, case = assent.Evaluator(DESK), assent.Case('Q')
        for wrong in (lambda: assent.Evaluator(PEOPLE), lambda: assent.Session.open(evaluator, STEEP, WORLD),
                      lambda: evaluator.orders(STEEP, WORLD, evaluator), lambda: case.advance(DESK, {}, AT_WORK)):
            with self.assertRaises(TypeError):
                wrong()

    def test_no_copies(self):
        for handle in self.everything():
            for make in (copy.deepcopy, pickle.dumps):
                with self.assertRaises(TypeError):
                    make(handle)
        self.assertEqual(DESK.schema(), copy.copy(DESK).schema())  # which shares it

    def test_another_library(self):
        def imported(library):
            return subprocess.run([sys.executable, '-c', 'import assent'], capture_output=True, text=True,
                                  env={**os.environ, 'ASSENT_LIBRARY': library, 'PYTHONPATH': PACKAGE})
        self.assertEqual('', imported(LIBRARY).stderr)
        self.assertIn('ImportError: cannot load `libassent.so.1`', imported('/nowhere/libassent.so.1').stderr)
        self.assertIn('is not the library of Assent', imported('libc.so.6').stderr)


class Sessions(unittest.TestCase):
    def test_each_change_as_a_fresh_decision(self):
        quote = desk_quote()
        evaluator = assent.Evaluator(DESK)
        line = {**copy.deepcopy(quote['lines'][0]), 'id': 'L9', 'discount': Decimal('41.5')}

        def set_discount(number, value):
            quote['lines'][number]['discount'] = value
            return session.set(f'lines[{number}].discount', value)

        def insert(number):
            quote['lines'].insert(number, line)
            return session.insert(f'lines[{number}]', line)

        def remove(number):
            del quote['lines'][number]
            return session.remove(f'lines[{number}]')

        def set_total(value):
            quote['net_total'] = value
            return session.set('net_total', value)

        with assent.Session.open(DESK, quote, WORLD) as session:
            before = session.decision
            self.assertEqual(evaluator.decide(quote, WORLD), before)
            for change in (lambda: set_discount(0, 20), lambda: set_discount(0, Decimal('20.5')), lambda: insert(1),
                           lambda: set_total(600_000), lambda: remove(0), lambda: insert(len(quote['lines'])),
                           lambda: set_total(0), lambda: set_total(Decimal('100000.01')), lambda: remove(1)):
                difference, after = change(), session.decision
                self.assertEqual(evaluator.decide(quote, WORLD), after)
                self.assertEqual(evaluator.explain(), session.explain())
                self.assertEqual((before.outcome, after.outcome), (difference.before, difference.after))
                old, new = ([step.step for step in decision.path] for decision in (before, after))
                self.assertEqual([key for key in new if key not in old], list(difference.steps_added))
                self.assertEqual([key for key in old if key not in new], list(difference.steps_removed))
                before = after

    def test_what_is_refused_changes_nothing(self):
        with assent.Session.open(DESK, STEEP, WORLD) as session:
            before = session.decision
            for path, value, code in (('net_total', 'much', 'bad-quote'), ('no.such', 1, 'bad-request'),
                                      ('lines[99].discount', 1, 'bad-request')):
                with self.subTest(path), self.assertRaises(assent.AssentError) as caught:
                    session.set(path, value)
                self.assertEqual(code, caught.exception.code.value)
            self.assertEqual(before, session.decision)

    def test_texts_and_json(self):
        with assent.Session.open(DESK, STEEP, WORLD) as session:
            self.assertFalse(session.set('lines[0].product', 'SRV-1U'))
            self.assertTrue(session.set('lines[0].family', b'"Software"'))
            with self.assertRaises(TypeError):
                session.set('net_total', 0.1)

    def test_a_bad_quote(self):
        with self.assertRaises(assent.AssentError) as caught:
            assent.Session.open(DESK, {}, WORLD)
        self.assertIs(assent.ErrorCode.BAD_QUOTE, caught.exception.code)


class Cases(unittest.TestCase):
    def setUp(self):
        self.evaluator = assent.Evaluator(DESK)
        self.quote = desk_quote(total_cost=70_000)  # asks finance, which is two people
        self.case = assent.Case('Q-00024')
        self.log = []

    def do(self, id, actor, what, world=AT_WORK, version=None):
        done = self.case.advance(self.evaluator, assent.Command(id, actor, what, version), world)
        self.log += done.events
        self.assertEqual(done.version, self.case.version)
        return done

    def approve(self):
        self.do('c-1', 'm.ortiz', assent.Submit(self.quote))
        for person in ('f.ngo', 't.berg'):
            self.assertIsNone(self.do(person, person, assent.Vote('approve', comment='fine ✓')).refusal)

    def test_a_life(self):
        self.assertEqual((0, assent.State.DRAFT, None), (self.case.version, self.case.state, self.case.next_due))
        done = self.do('c-1', 'm.ortiz', assent.Submit(self.quote, editors=('d.chen',)))
        self.assertEqual(['decided', 'opened'], [event.kind for event in done.events])
        self.assertEqual({'f.ngo', 't.berg'}, {effect.to for effect in done.effects})
        self.assertEqual(NOW, done.events[0].at)
        self.assertEqual(json.loads(done.effects[0].json)['id'], done.effects[0].id)
        self.assertIs(assent.State.PENDING, self.case.state)
        self.approve()
        self.assertIs(assent.State.APPROVED, self.case.state)
        self.assertEqual([event.version for event in self.log], list(range(1, self.case.version + 1)))
        for form in (self.log, [event.json for event in self.log], [event.json.encode() for event in self.log],
                     [json.loads(event.json) for event in self.log]):
            self.assertEqual(self.case.json(), assent.Case.replay('Q-00024', form).json())

    def test_refusals_are_answers(self):
        self.do('c-1', 'm.ortiz', assent.Submit(self.quote))
        before = self.case.json()
        for what, actor, code in ((assent.Vote(), 'm.ortiz', 'no-seat'),
                                  (assent.Answer(3, 'yes'), 'f.ngo', 'unknown-question'),
                                  (assent.Submit(self.quote), 'm.ortiz', 'nothing-to-do')):
            done = self.do('c-' + code, actor, what)
            self.assertEqual((code, ()), (done.refusal.code, done.events))
            self.assertTrue(done.refusal.message)
        self.assertEqual('stale-version', self.do('c-9', 'f.ngo', assent.Vote(), version=1).refusal.code)
        self.assertEqual(before, self.case.json())

    def test_once(self):
        self.approve()
        again = self.do('f.ngo', 'f.ngo', assent.Vote('approve', comment='fine ✓'))
        self.assertLess(again.repeats, again.version)
        self.assertEqual(((), ()), (again.events, again.effects))

    def test_every_kind_of_command_is_known(self):
        """None of them is one that the library cannot read: at worst it is refused."""
        lines = (assent.Portion('L1', Decimal('2.50')),)
        change = assent.OrderChange('moved', TODAY, '0123456789abcdef', True, lines, 'why')
        report = assent.OrderReport('0123456789abcdef', NOW, 'accepted', 2, 'PO-1', 'fine')
        for what in (assent.Submit(STEEP, 'x', ('d.chen',)), assent.Submit(STEEP.decode()),
                     assent.Vote('reject', 's', 'b', 'c', 'h'), assent.Recall('why'),
                     assent.Reassign('s', 'b', 'a', 'why'), assent.Replace('a', 'b', 'why'),
                     assent.Ask('s', 'b', 'what?'), assent.Answer(0, 'that'), assent.Comment('hm'),
                     assent.AddApprover('cfo', 's', 'why'), assent.Override('s', 'why'), assent.Tick(),
                     assent.Migrate(self.quote), assent.ChangeOrders(self.quote, change), assent.ReportOrder(report)):
            with self.subTest(what):
                done = assent.Case('Q').advance(self.evaluator, assent.Command('c', 'cfo', what), AT_WORK)
                self.assertTrue(done.refusal or done.events)

    def test_what_is_no_command(self):
        for command in ('', '{}', b'[]', {'id': 'c', 'actor': 'a', 'kind': 'dance', 'what': {}}):
            with self.subTest(command), self.assertRaises(assent.AssentError) as caught:
                self.case.advance(self.evaluator, command, AT_WORK)
            self.assertIs(assent.ErrorCode.BAD_COMMAND, caught.exception.code)
        with self.assertRaises(TypeError):
            self.case.advance(self.evaluator, assent.Command('c', 'a', 'dance'), AT_WORK)
        with self.assertRaises(ValueError):
            self.case.advance(self.evaluator, assent.Command('c', 'a', assent.Tick()), WORLD)
        with self.assertRaises(TypeError):
            assent.Portion('L1', 0.5)
        self.assertEqual(0, self.case.version)

    def test_a_quote_cannot_become_another_command(self):
        for quote in ('{}},"actor":"cfo","more":{"x":{}', '{} {}', '', '{"a":1'):
            with self.subTest(quote), self.assertRaises(ValueError):
                self.case.advance(self.evaluator, assent.Command('c', 'm.ortiz', assent.Submit(quote)), AT_WORK)

    def test_members_in_any_order(self):
        command = {'what': {'quote': self.quote}, 'kind': 'submit', 'actor': 'm.ortiz', 'id': 'c-1'}
        self.assertIsNone(self.case.advance(self.evaluator, command, AT_WORK).refusal)

    def test_events_of_another_kind_of_order(self):
        self.approve()
        for events in (self.log[1:], [self.log[0], self.log[0]], ['{}'], ['nonsense']):
            with self.assertRaises(assent.AssentError) as caught:
                assent.Case.replay('Q-00024', events)
            self.assertIs(assent.ErrorCode.BAD_EVENT, caught.exception.code)

    def test_time_passes(self):
        self.do('c-1', 'm.ortiz', assent.Submit(STEEP))
        self.do('c-2', 'k.lind', assent.Vote())
        due = self.case.next_due
        self.assertLess(NOW, due)
        self.assertFalse(self.do('c-3', 'clock', assent.Tick()).events)
        later = dataclasses.replace(AT_WORK, now=due, today=due.date())
        self.assertEqual({'remind'}, {effect.kind for effect in self.do('c-4', 'clock', assent.Tick(), later).effects})

    def test_local_time(self):
        """Friday evening in London is Saturday in Sydney; the next business day there is Monday, at that time."""
        due = []
        for offset in (0, 600):
            world = dataclasses.replace(AT_WORK, now=datetime(2026, 3, 6, 20, tzinfo=timezone.utc), utc_offset=offset)
            case = assent.Case('Q')
            for id, actor, what in (('c-1', 'm.ortiz', assent.Submit(STEEP)), ('c-2', 'k.lind', assent.Vote())):
                case.advance(self.evaluator, assent.Command(id, actor, what), world)
            due.append(case.next_due)
        self.assertEqual([datetime(2026, 3, day, 20, tzinfo=timezone.utc) for day in (9, 8)], due)

    def test_deputies(self):
        deputies = assent.Deputies.from_json({'delegations': [
            {'from': 'f.ngo', 'to': 'coo', 'first_day': TODAY, 'last_day': date(2026, 3, 6)}]})
        self.do('c-1', 'm.ortiz', assent.Submit(self.quote))
        self.assertEqual('no-seat', self.do('c-2', 'coo', assent.Vote()).refusal.code)
        done = self.do('c-3', 'coo', assent.Vote(), dataclasses.replace(AT_WORK, deputies=deputies))
        self.assertIsNone(done.refusal)

    def test_pinned(self):
        self.do('c-1', 'm.ortiz', assent.Submit(self.quote))
        self.evaluator = assent.Evaluator(assent.Policy.load(artifact('later')))
        self.assertEqual('wrong-policy', self.do('c-2', 'f.ngo', assent.Vote()).refusal.code)
        people = json.loads(file('discount-desk/directory.json'))
        people['people'].append({'id': 'admin', 'roles': ['assent-administrator']})
        world = dataclasses.replace(AT_WORK, directory=assent.Directory.from_json(people))
        self.assertIsNone(self.do('c-3', 'admin', assent.Migrate(self.quote), world).refusal)
        self.assertIsNone(self.do('c-4', 'f.ngo', assent.Vote()).refusal)

    def test_a_bad_name(self):
        for name in ('', 'x' * 257):
            with self.assertRaises(assent.AssentError):
                assent.Case(name)


class Orders(unittest.TestCase):
    def setUp(self):
        self.evaluator = assent.Evaluator(assent.Policy.load(artifact('rollout')))
        self.quote = file('software-rollout/quotes/bank.json')
        people = assent.Directory.from_json(file('software-rollout/directory.json'))
        self.world = assent.World(date(2026, 1, 12), people, now=datetime(2026, 1, 12, 9, tzinfo=timezone.utc))
        self.case = assent.Case('Q-00900')

    def do(self, id, actor, what):
        done = self.case.advance(self.evaluator, assent.Command(id, actor, what), self.world)
        self.assertIsNone(done.refusal)
        return done

    def approve(self):
        self.do('c-1', 'rep', assent.Submit(self.quote))
        for person in ('desk', 'legal'):
            self.do(person, person, assent.Vote())
        self.assertIs(assent.State.APPROVED, self.case.state)

    def test_a_preview(self):
        plan = self.evaluator.orders(self.quote, self.world)
        self.assertEqual(('branches', date(2026, 1, 12), ''), (plan.name, plan.planned_on, plan.quote_hash))
        setup, seats = plan.orders
        self.assertEqual([Decimal('5000.00'), Decimal('43999.99')], [setup.amount, seats.amount])
        self.assertEqual('43999.99', str(seats.amount))
        self.assertEqual((date(2026, 1, 12), date(2026, 1, 15)), (setup.starts, setup.ends))
        self.assertIs(assent.OrderState.DRAFT, seats.state)
        self.assertEqual(setup.key, seats.waits[0].last)
        self.assertEqual(date(2028, 1, 31), seats.items[0].entries[0].ends)

    def test_not_before_approval(self):
        self.do('c-1', 'rep', assent.Submit(self.quote))
        for ask in (self.evaluator.orders, self.evaluator.contracts, self.evaluator.revenue):
            with self.assertRaises(assent.AssentError) as caught:
                ask(self.quote, self.world, self.case)
            self.assertIs(assent.ErrorCode.NOT_APPROVED, caught.exception.code)

    def test_ordered_in_parts(self):
        self.approve()
        first = assent.OrderChange('ordered', date(2026, 1, 12),
                                   lines=(assent.Portion('setup', 1), assent.Portion('seats', Decimal('50'))))
        replanned = self.evaluator.replan(self.case, self.quote, first, self.world)
        self.assertEqual((None, 2), (replanned.before, len(replanned.after.orders)))
        self.do('o-1', 'back.office', assent.ChangeOrders(self.quote, first))
        plan = self.evaluator.orders(self.quote, self.world, self.case)
        self.assertEqual(replanned.after.orders, plan.orders)
        self.assertEqual(Decimal('500.00'), plan.orders[0].amount)
        self.assertEqual({'setup': Decimal(9), 'seats': Decimal(450)}, {each.line: each.quantity for each in plan.left})
        report = assent.OrderReport(plan.orders[0].key, datetime(2026, 1, 12, 10, 0, 0, 500000, tzinfo=timezone.utc),
                                    'accepted', reference='PO-1')
        self.do('o-2', 'back.office', assent.ReportOrder(report))
        told = self.evaluator.orders(self.quote, self.world, self.case).orders[0].report
        self.assertEqual((report.at, 'accepted', 'PO-1'), (told.at, told.status, told.reference))
        wrong = assent.OrderChange('delivered', date(2026, 1, 12), 'ffffffffffffffff')
        self.assertEqual('unknown-order', self.evaluator.replan(self.case, self.quote, wrong, self.world).refusal.code)

    def test_what_follows(self):
        self.approve()
        for case in (None, self.case):
            contract, = self.evaluator.contracts(self.quote, self.world, case)
            self.assertEqual(contract.amount, sum(each.amount for each in contract.subscriptions))
            for schedule in self.evaluator.revenue(self.quote, self.world, case):
                self.assertEqual(schedule.amount, sum(each.amount for each in schedule.periods))
                self.assertLessEqual(schedule.from_, schedule.periods[0].starts)
            self.assertEqual(Decimal(500), self.evaluator.entitlements(self.quote, self.world, case)[0].expected)
            self.assertEqual((), self.evaluator.assets(self.quote, self.world, case))

    def test_assets(self):
        evaluator = assent.Evaluator(assent.Policy.load(artifact('monitors')))
        quote = file('coloured-monitors/quotes/monitors.json')
        assets = evaluator.assets(quote, WORLD)
        plan = evaluator.orders(quote, WORLD)
        self.assertEqual(sum(order.amount for order in plan.orders), sum(asset.amount for asset in assets))
        self.assertTrue(all(isinstance(asset.quantity, Decimal) for asset in assets))
        self.assertIn(None, [value.value for order in plan.orders for value in order.split])

    def test_the_decision_is_gone(self):
        self.evaluator.decide(self.quote, self.world)
        self.evaluator.orders(self.quote, self.world)
        with self.assertRaises(assent.AssentError) as caught:
            self.evaluator.explain()
        self.assertIs(assent.ErrorCode.BAD_REQUEST, caught.exception.code)


class Threads(unittest.TestCase):
    def in_threads(self, count, work):
        """What each has found, or its error."""
        found = [None] * count

        def run(number):
            try:
                found[number] = work(number)
            except Exception as error:
                found[number] = error
        threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return found

    def test_an_evaluator_in_use(self):
        evaluator, case = assent.Evaluator(DESK), assent.Case('Q')
        session = assent.Session.open(DESK, STEEP, WORLD)
        for handle, kind, use in ((evaluator, 'evaluator', lambda: evaluator.decide(STEEP, WORLD)),
                                  (evaluator, 'evaluator', lambda: case.advance(evaluator, {}, AT_WORK)),
                                  (evaluator, 'evaluator', evaluator.close), (case, 'case', lambda: case.version),
                                  (session, 'session', lambda: session.set('net_total', 1))):
            with taken(handle, kind):
                error, = self.in_threads(1, lambda number: use())
            self.assertIsInstance(error, RuntimeError)
            self.assertIn(f'the {type(handle).__name__} is in use by another thread', str(error))
        self.assertIs(assent.Outcome.NEEDS_APPROVAL, evaluator.decide(STEEP, WORLD).outcome)

    def test_two_threads_on_one_evaluator(self):
        """The library works without the lock of Python, so they do meet; what each gets is right or an error."""
        evaluator = assent.Evaluator(EXACT)
        lines = [{'id': f'L{number}', 'amount': number} for number in range(2_000)]
        quotes = [dumps({**SUM, 'name': name, 'lines': lines}) for name in ('n', 'ä €')]
        world = assent.World(TODAY)
        wanted = [evaluator.decide_json(quote, world) for quote in quotes]
        self.assertNotEqual(*wanted)
        refused = [0, 0]

        def work(number):
            for _ in range(200):
                try:
                    self.assertEqual(wanted[number], evaluator.decide_json(quotes[number], world))
                except RuntimeError:
                    refused[number] += 1
        self.assertEqual([None, None], self.in_threads(2, work))
        self.assertLess(0, sum(refused))
        self.assertLess(sum(refused), 400)

    def test_a_new_policy_under_many_threads(self):
        policies = [assent.Policy.load(artifact('desk')), assent.Policy.load(artifact('later'))]
        quote = dumps(desk_quote(lines=[{**each, 'discount': 20} for each in desk_quote()['lines']]))
        wanted = {policy.hash: assent.Evaluator(policy).decide_json(quote, WORLD) for policy in policies}
        self.assertEqual({'auto_approved', 'needs_approval'},
                         {assent.loads(answer)['outcome'] for answer in wanted.values()})
        desk = types.SimpleNamespace(policy=policies[0])
        done = threading.Event()

        def work(number):
            if number == 0:
                for turn in range(200):
                    old, desk.policy = desk.policy, assent.Policy.load(artifact(('later', 'desk')[turn % 2]))
                    old.close()  # evaluators of it live, and may be made at this moment
                done.set()
                return set()
            seen, mine = set(), None
            while not done.is_set():
                current = desk.policy
                if mine is None or mine.policy is not current:
                    try:
                        mine = assent.Evaluator(current)
                    except ValueError:  # closed in between: the next one is there
                        continue
                self.assertEqual(wanted[current.hash], mine.decide_json(quote, WORLD))
                seen.add(current.hash)
            return seen
        found = self.in_threads(6, work)
        self.assertEqual([set] * 6, [type(each) for each in found], found)
        self.assertEqual(set(wanted), set().union(*found))


class Header(unittest.TestCase):
    """What is declared here is what assent.h declares."""
    text = pathlib.Path(SOURCE, 'runtime/include/assent.h').read_text(encoding='utf-8')

    def test_functions(self):
        declared = re.findall(r'^ASSENT_API [^;]*?assent_(\w+)\(([^;]*)\);', self.text, re.MULTILINE)
        self.assertLess(30, len(declared))
        for name, takes in declared:
            if name in ('set_allocator', 'date'):  # not for Python: its memory is its own, and it has dates
                continue
            with self.subTest(name):
                function = getattr(library, 'assent_' + name)
                count = 0 if takes == 'void' else takes.count(',') + 1
                self.assertEqual(count, len(function.argtypes or ()))

    def test_words(self):
        def enumeration(name):
            body = re.search(rf'typedef enum {name} \{{(.*?)\}} {name};', self.text, re.DOTALL)[1]
            return re.findall(r'ASSENT_(\w+) = \d+', body)
        _, *statuses = enumeration('assent_status')
        self.assertEqual([*statuses, 'UNKNOWN'], [code.name for code in assent.ErrorCode])
        self.assertEqual(list(assent.ErrorCode), [assent.ErrorCode(library.assent_status_name(number).decode())
                                                  for number in range(1, len(statuses) + 2)])
        self.assertEqual([state.name for state in assent.State], enumeration('assent_state'))

    def test_version(self):
        self.assertIn(f'#define ASSENT_VERSION "{assent.library_version()}"', self.text)


class Memory(unittest.TestCase):
    def flat(self, call, calls, bound_kib):
        for _ in range(calls // 10):
            call()
        gc.collect()
        before = resident_kib()
        for _ in range(calls):
            call()
        gc.collect()
        self.assertLessEqual(resident_kib() - before, bound_kib)

    def test_decisions(self):
        evaluator, quote = assent.Evaluator(DESK), assent.loads(STEEP)
        self.flat(lambda: evaluator.decide_json(STEEP, WORLD), 20_000, 512)
        self.flat(lambda: evaluator.decide(quote, WORLD), 2_000, 512)

    def test_failures(self):
        evaluator = assent.Evaluator(DESK)

        def fail():
            with self.assertRaises(assent.AssentError):
                evaluator.decide_json(b'{}', WORLD)
        self.flat(fail, 20_000, 512)

    def test_handles_that_nobody_closes(self):
        small = {'people': [{'id': 'ana'}]}

        def live():
            world = assent.World(TODAY, directory=assent.Directory.from_json(small), now=NOW)
            evaluator = assent.Evaluator(DESK)
            evaluator.decide_json(STEEP, world)
            case = assent.Case('Q')
            case.advance(evaluator, assent.Command('c', 'ana', assent.Submit(STEEP)), AT_WORK)
            assent.Case.replay('Q', []).json()
            assent.Session.open(DESK, STEEP, world).set('net_total', 1)
        self.flat(live, 1_000, 1_024)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1] + sys.argv[4:])
