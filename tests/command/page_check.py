#!/usr/bin/env python3
"""Whether a page of `assent doc` is sound: page_check.py PAGE.html|PAGE.md. Says what is wrong, and ends with 1.

HTML: tags are balanced, ids are there once and links lead to them, headings skip no level, each row of a table has as
many cells as its head, pictures have a title and words, and nothing is run or fetched. Markdown: rows, fences, no HTML.
"""
import html.parser
import re
import sys

VOID = {"meta", "br", "hr", "link", "img", "input"}
FORBIDDEN = {"script", "link", "img", "iframe", "object", "embed", "form", "base"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.wrong, self.ids, self.wanted = [], [], [], []
        self.level = self.columns = self.cells = 0
        self.pictures = []

    def complain(self, what):
        self.wrong.append(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag not in VOID:
            self.open.append(tag)
        if tag in FORBIDDEN or any(name.startswith("on") or name in ("src", "style") for name in given):
            self.complain(f"<{tag}> with {sorted(given)}")
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            if not given["href"].startswith("#"):
                self.complain(f"a link to {given['href']}")
            self.wanted.append(given["href"][1:])
        self.wanted += given.get("aria-labelledby", "").split()
        if re.fullmatch("h[1-6]", tag):
            level = int(tag[1])
            if level > self.level + 1 or (level == 1 and self.level > 0):
                self.complain(f"<{tag}> after h{self.level}")
            self.level = level
        if tag == "table":
            self.columns = 0
        if tag == "tr":
            self.cells = 0
        if tag in ("td", "th"):
            self.cells += 1
            if tag == "th" and "scope" not in given:
                self.complain("<th> without a scope")
        if tag == "svg":
            self.pictures.append(set())
            if given.get("role") != "img":
                self.complain("<svg> is no img")
        if tag in ("title", "desc") and "svg" in self.open:
            self.pictures[-1].add(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.complain(f"</{tag}> closes nothing")
            return
        if tag == "tr":
            self.columns = self.columns or self.cells
            if self.cells != self.columns:
                self.complain(f"a row of {self.cells} cells in a table of {self.columns}")

    def finish(self):
        self.close()
        if self.open:
            self.complain(f"never closed: {self.open}")
        if len(set(self.ids)) != len(self.ids):
            self.complain("an id stands twice")
        for missing in sorted(set(self.wanted) - set(self.ids)):
            self.complain(f"nothing has the id {missing}")
        if any(picture != {"title", "desc"} for picture in self.pictures):
            self.complain("a picture without a title and words")
        return self.wrong


def html_wrong(text):
    page = Page()
    page.feed(text)
    wrong = page.finish()
    if not text.startswith("<!DOCTYPE html>\n<html lang="):
        wrong.append("no doctype, or no language")
    if "://" in re.sub(r">[^<]*<", "><", text):
        wrong.append("an address outside of the text")
    return wrong


def markdown_wrong(text):
    wrong, columns, fenced, level = [], 0, False, 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            fenced = not fenced
        if fenced or line.startswith("```"):
            continue
        if line.startswith("|"):
            cells = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) - 1
            columns = columns or cells
            if cells != columns:
                wrong.append(f"line {number}: a row of {cells} cells in a table of {columns}")
        else:
            columns = 0
        if heading := re.match("(#+) ", line):
            if len(heading[1]) > level + 1:
                wrong.append(f"line {number}: a heading skips a level")
            level = len(heading[1])
        if "<" in re.sub("`[^`]*`", "", line):
            wrong.append(f"line {number}: HTML")
        if re.search(r"(?<!\\)\]\(", line):
            wrong.append(f"line {number}: a link")
    if fenced:
        wrong.append("a fence is never closed")
    return wrong


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    wrong = html_wrong(text) if sys.argv[1].endswith(".html") else markdown_wrong(text)
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


sys.exit(main())
