"""Every block of Python in a README, run one after the other in one folder.

Usage: readme_test.py README FOLDER
"""
import os
import pathlib
import re
import sys

BLOCK = re.compile(r'^```python\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def main():
    readme = pathlib.Path(sys.argv[1]).resolve()
    text = readme.read_text(encoding='utf-8')
    os.chdir(sys.argv[2])
    names = {'__name__': 'readme'}
    blocks = list(BLOCK.finditer(text))
    for block in blocks:
        line = text.count('\n', 0, block.start(1))
        exec(compile('\n' * line + block[1], str(readme), 'exec'), names)  # a failure names the README's own line
    print(f'{len(blocks)} blocks of {readme.name} do what they say')
    return not blocks


if __name__ == '__main__':
    sys.exit(main())
