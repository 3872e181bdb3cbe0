#!/usr/bin/env python3
"""The sessions of tools/README.md, and of the examples' READMEs, run as they stand there.

    tests/command/readme_test.py ASSENT SOURCES

An indented block with lines `$ command` is a session: what follows a command is what it prints, on
the standard output and then on the other. In it `…` stands for anything. Each README has the files of
`tests/command/readme`, and `examples`, in a folder of its own, and begins in its own place there, that of tools at
the top; `cd` lasts to the end.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile


def sessions(text):
    """(line number, command, expected lines) of each command."""
    found = []
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("    $ "):
            found.append((number, line[6:], []))
            inside = True
        elif line.startswith("    ") and found and inside:
            found[-1][2].append(line[4:])
        elif line.strip() == "" and found and inside and found[-1][2]:
            found[-1][2].append("")
        elif line.strip():
            inside = False
    for _, _, expected in found:
        while expected and expected[-1] == "":
            expected.pop()
    return found


def pattern(expected):
    parts = []
    for line in expected:
        if line.strip() == "…":
            parts.append(r"(?:[^\n]*\n)*?")
        else:
            parts.append(r"[\s\S]*?".join(re.escape(piece) for piece in line.split("…")) + r"[ ]*\n")
    return re.compile("".join(parts) + r"\Z")


def run(readme, assent, sources):
    """How many commands it has, and how many of them do something else than it says."""
    with open(os.path.join(sources, readme), encoding="utf-8") as text:
        found = sessions(text.read())
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(os.path.join(sources, "examples"), os.path.join(folder, "examples"))
        shutil.copytree(os.path.join(sources, "tests/command/readme"), folder, dirs_exist_ok=True)
        os.symlink(assent, os.path.join(folder, "assent"))
        environment = dict(os.environ, PATH=folder + ":" + os.environ["PATH"])
        place = os.path.join(folder, os.path.dirname(readme.removeprefix("tools/")))
        for number, command, expected in found:
            if command.startswith("cd "):
                place = os.path.join(place, command[3:])
                continue
            ran = subprocess.run(command, shell=True, cwd=place, env=environment, text=True,
                                 capture_output=True, check=False)
            printed = ran.stdout + ran.stderr
            if expected and not pattern(expected).match(printed):
                failed += 1
                print(f"{readme}:{number}: {command}\n--- says\n" + "\n".join(expected) +
                      f"\n--- prints\n{printed}")
            elif not expected and ran.returncode != 0:
                failed += 1
                print(f"{readme}:{number}: {command}\n--- ends with {ran.returncode}\n{printed}")
    return len(found), failed


def main():
    assent, sources = (os.path.abspath(argument) for argument in sys.argv[1:3])
    readmes = ["tools/README.md", *sorted(glob.glob("examples/*/README.md", root_dir=sources))]
    found = {readme: run(readme, assent, sources) for readme in readmes}
    failed = sum(each for _, each in found.values())
    silent = [readme for readme in ("tools/README.md", "examples/life-of-a-quote/README.md") if found[readme][0] == 0]
    print(f"{sum(each for each, _ in found.values())} commands, {failed} failed", *silent)
    return 1 if failed or silent else 0


sys.exit(main())
