#!/usr/bin/env python3
"""What a decision costs from each language, against the C++ call of the same minutes, in one table; or whether memory
stays flat over many calls.

    embedding.py BUILD             times
    embedding.py BUILD CALLS       memory, over so many calls of each kind: a million takes some minutes

BUILD is a folder that has the benchmarks (-DASSENT_BENCH=ON), the command and the shared library. Programs of different
languages meet the same machine at different moments: so each is run many times for a second or two, in turns, and of
each row the best run counts."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

RUNS, CALLS = 9, 11_000
source = pathlib.Path(__file__).resolve().parents[3]
bindings = source / "tests" / "bindings"


def node_package(folder):
    """The Node package with its dependency, or None where there is no npm or nothing to be had."""
    if not shutil.which("node") or not shutil.which("npm"):
        return None
    package = folder / "node"
    shutil.copytree(source / "tools" / "bindings" / "node", package, ignore=shutil.ignore_patterns("node_modules"))
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=package, capture_output=True)
    return package if done.returncode == 0 else None


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1]).resolve()
    soak = len(sys.argv) > 2
    calls = sys.argv[2] if soak else str(CALLS)
    example = source / "examples" / "discount-desk"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        artifact = folder / "desk.assentc"
        subprocess.run([build / "tools" / "assent", "compile", example / "policy.assent", "-o", artifact], check=True,
                       stdout=subprocess.DEVNULL)
        inputs = [build / "runtime" / "libassent.so.1", artifact, example / "quotes" / "steep.json",
                  example / "directory.json", "2026-03-02", calls]
        programs = {"native": [build / "tests" / "bench" / "embed_bench", *inputs],
                    "python": [sys.executable, bindings / "python_bench.py", *inputs]}
        package = node_package(folder)
        if package:
            programs["node"] = ["node", "--expose-gc", shutil.copy(bindings / "node_bench.mjs", package), *inputs]
        best = {}
        for _ in range(1 if soak else RUNS):
            for program, command in programs.items():
                done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
                line = done.stdout.splitlines()[-1]
                for key, value in json.loads(line).items():
                    known = best.setdefault(program, {})
                    known[key] = min(known.get(key, value), value) if key.endswith("_ns") else value
        (memory if soak else table)(best)


def memory(best):
    for language, of in best.items():
        print(f"{language}: {of['calls']} calls, resident from {of['rss_start_kib']} to {of['rss_end_kib']} KiB")


def table(best):
    native = best["native"]
    base = native["cpp_json_ns"]
    rows = [("C++, decide", native["cpp_ns"], "native"), ("C++, decide and its JSON: the baseline", base, "native"),
            ("C, assent_decide", native["c_ns"], "native")]
    words = {"call_ns": "the bare call", "decide_json_ns": "text in, text out", "decide_ns": "text in, records out"}
    for language in ("python", "node"):
        for key, value in best.get(language, {}).items():
            if key.endswith("_ns"):
                rows.append((f"{language}, {words.get(key, 'an object of the language in, records out')}", value, language))
    print(f"{'':52}{'ns a call':>10}{'ratio':>8}{'on top, µs':>12}")
    for label, value, _ in rows:
        print(f"{label:52}{value:10.0f}{value / base:8.2f}{(value - base) / 1000:12.2f}")


main()
