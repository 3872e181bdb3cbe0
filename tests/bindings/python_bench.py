"""What a decision costs from Python, and that its memory stays. Prints one line of JSON.

Usage: python_bench.py LIBRARY ARTIFACT QUOTE DIRECTORY TODAY [CALLS]

Times are of one call, on the processor, the median of rounds that take turns; `call_ns` is the bare call of the C
function, with everything prepared.
"""
import ctypes
import json
import os
import pathlib
import statistics
import sys
import time
from datetime import date

os.environ['ASSENT_LIBRARY'] = os.path.abspath(sys.argv[1])
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'tools/bindings/python'))
import assent  # noqa: E402
from assent._library import Text, library  # noqa: E402
from assent.world import address  # noqa: E402

ROUNDS = 20


def resident_kib():
    return int(pathlib.Path('/proc/self/statm').read_text().split()[1]) * os.sysconf('SC_PAGE_SIZE') // 1024


def nanoseconds(calls, function, *arguments):
    start = time.thread_time_ns()
    for _ in range(calls):
        function(*arguments)
    return (time.thread_time_ns() - start) / calls


def main():
    artifact, quote, directory = (pathlib.Path(name).read_bytes() for name in sys.argv[2:5])
    calls = max(int(sys.argv[6]) if len(sys.argv) > 6 else 20_000, ROUNDS)
    evaluator = assent.Evaluator(assent.Policy.load(artifact))
    world = assent.World(date.fromisoformat(sys.argv[5]), directory=assent.Directory.from_json(directory))
    read = assent.loads(quote)
    text = Text()
    bare = (evaluator._open().pointer, quote, len(quote), address(world), ctypes.addressof(text))

    for _ in range(100):
        evaluator.decide(read, world)
    start = resident_kib()
    timed = {
        'call_ns': (library.assent_decide, *bare),
        'decide_json_ns': (evaluator.decide_json, quote, world),
        'decide_ns': (evaluator.decide, quote, world),
        'decide_dict_ns': (evaluator.decide, read, world),
    }
    rounds = [{name: nanoseconds(calls // ROUNDS, *call) for name, call in timed.items()} for _ in range(ROUNDS)]
    times = {name: round(statistics.median(each[name] for each in rounds)) for name in timed}
    print(json.dumps({'calls': calls, **times, 'rss_start_kib': start, 'rss_end_kib': resident_kib()}))


if __name__ == '__main__':
    main()
