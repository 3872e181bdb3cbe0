"""No two types have one name: the linker would take one's functions for the other's, and say nothing.

Usage: definitions_test.py SOURCE
"""
import collections
import pathlib
import re
import sys

OPENS = re.compile(r'^(?:inline )?namespace\s*([\w:]*)\s*\{')
CLOSES = re.compile(r'^\}  // namespace')
DEFINES = re.compile(r'^(?:struct|class|union|enum class|enum)\s+(\w+)(?:\s+final)?\s*(?:\{|:(?!:))')


def definitions(text):
    """Of types that other files could mean: (namespace, name)."""
    inside = []
    for line in text.splitlines():
        if opens := OPENS.match(line):
            if '}' not in line:
                inside.append(opens[1])
        elif CLOSES.match(line):
            inside.pop()
        elif (defines := DEFINES.match(line)) and '' not in inside:
            yield '::'.join(inside), defines[1]
    if inside:
        raise ValueError('a namespace is not closed by `}  // namespace`')


def main():
    known = 'namespace a {\nstruct B {};\nnamespace {\nstruct C : B {\n};\n}  // namespace\n}  // namespace a\n'
    assert list(definitions(known)) == [('a', 'B')], 'what is looked for is not seen'
    root = pathlib.Path(sys.argv[1])
    where = collections.defaultdict(list)
    for part in ('compiler', 'runtime', 'tools', 'tests', 'stdlib'):
        for path in sorted((root / part).rglob('*')):
            if path.suffix not in ('.h', '.cpp', '.def'):
                continue
            for defined in definitions(path.read_text()):
                where[defined].append(path.relative_to(root))
    doubled = {name: paths for name, paths in where.items() if len(paths) > 1}
    for (namespace, name), paths in sorted(doubled.items()):
        print(f'{namespace}::{name} is defined in {" and in ".join(map(str, paths))}')
    print(f'{len(where)} types, {len(doubled)} of one name')
    return bool(doubled)


sys.exit(main())
