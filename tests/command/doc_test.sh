#!/usr/bin/env bash
# `assent doc` from outside: both formats, where they go, exit codes, hostile policies, and all examples.
#
#   tests/command/doc_test.sh build/tools/assent EXAMPLES
examples=$(realpath "$2")
page_check=$(realpath "$(dirname "$0")/page_check.py")
. "$(dirname "$0")/checks.sh"
subcommand=(doc)
is_page() {  # is_page FILE: a sound page, by the end of its name
  checked=$((checked + 1))
  "$python" "$page_check" "$1" >wrong || complain "$1 is no sound page: $(head -5 wrong)"
}
same() {
  checked=$((checked + 1))
  cmp -s "$1" "$2" || complain "$1 and $2 differ"
}

# ── where it goes, and exit codes ───────────────────────────────────────────────────────────────
cp "$examples/discount-desk/policy.assent" desk.assent
run 0 desk.assent
mv out page.html
is_page page.html
run 0 desk.assent --format md
mv out page.md
is_page page.md
run 0 desk.assent -o other.html
is_empty out
same other.html page.html
run 0 desk.assent -o other.md
same other.md page.md
run 0 desk.assent -o - --format html
same out page.html
run 0 desk.assent -o other.md --format html
same other.md page.html
input=desk.assent run 0 - --format md
has out '# Acme deal desk'
run 2
run 2 nowhere.assent
has err 'nowhere.assent: there is no such file'
run 2 desk.assent --format pdf
run 2 desk.assent -o nowhere/page.html
printf 'policy p\nrule r {' >broken.assent
run 2 broken.assent
is_empty out
has err 'error[E0004]'
printf 'module m\n' >module.assent
run 2 module.assent
has err 'is a module'

# ── a source, its artifact, another folder: the same bytes ──────────────────────────────────────
"$assent" compile desk.assent >/dev/null
run 0 desk.assentc
same out page.html
run 0 desk.assentc --format md
same out page.md
mkdir -p far/away
cp desk.assent far/away
run 0 far/away/desk.assent
same out page.html
head -c 500 desk.assentc >damaged.assentc
run 2 damaged.assentc
is_empty out

# ── chains ──────────────────────────────────────────────────────────────────────────────────────
cat >inner.assent <<'POLICY'
policy inner
record Quote { n: Integer }
input quote: Quote
approver desk = role "desk"
approver vp = role "vp"
chain up = desk then vp when quote.n > 8
chain around = up and vp
rule a { when quote.n > 4  requires vp then around }
otherwise approve
POLICY
run 0 inner.assent --format md
has out 'box0(["Chain: up"])'
has out 'box0 --> box1'
lacks out 'Chain: around'   # whose own is one step
run 0 inner.assent
has out '>Chain: up<'

# ── what is said ────────────────────────────────────────────────────────────────────────────────
has page.md '**Applies when:** hardware discount is more than 15%'
has page.md 'rep manager, then deal desk and finance together, then vp sales when hardware discount is more than 40%'
has page.md '| more than 100,000 USD | up to 500,000 USD | rep manager |'
has page.md '**Is asked again:** when hardware discount is more than the approved value of hardware discount + 2%'
has page.md 'after 3 business days in us federal, vp sales is asked too'
has page.md '**May veto:** the person “cfo”'
has page.md '| `quote.total_cost` | the fact margin | Less than a quarter of the price is left after cost |'
has page.md '```mermaid'
has page.html '<svg role="img"'
has page.html 'prefers-color-scheme: dark'

cat >small.assent <<'POLICY'
policy small
record Line { n: Integer  m: Integer? }
record Quote { n: Integer  lines: list of Line }
input quote: Quote
approver a = person "a.b" else role "r"
group g "The group" = 60% of role "x", a, veto role "y"
step a { approve by silence after 2 days  reject collects  submitter may decide }
rule first_one {
  effective from 2026-02-01
  states except expired
  for each line in quote.lines where line.m is absent
  requires ((a then g) when line.n > 2) and (a when quote.n = 1)
  reapprove always
}
rule never { when quote.n > 5 denies "too many" }
chain ch = g
rule last { when quote.n > 4 requires ch }
path { a before ch  first_one before last }
POLICY
run 0 small.assent --format md
has out '# small'
has out '**When no rule asks anybody:** the quote is blocked'
has out '**Valid:** from 2026-02-01; what counts is the day of the decision'
has out '**Only while the quote is:** draft, pending, approved, rejected or recalled'
has out "**Looks at:** each line of the quote's lines where the line's m is not given"
has out '**Is asked again:** whenever the quote is submitted again'
has out '**Needs:** 60% of the votes, rounded up'
has out 'after 2 days without a rejection, silence counts as approval'
has out 'whoever submitted the quote has a vote all the same'
has out 'whoever owns or edited the quote has no vote'
has out 'the quote is denied: “too many”'
has out '**Is the first to be found of:**'
has out '  - one of those with the role “r”'
has out '  - everybody with the role “x”'
has out '**Comes before:** ch'
has out '**Comes after:** first one'
has out '| ch | The group | last | a |  |'

# ── hostile texts ───────────────────────────────────────────────────────────────────────────────
cat >hostile.assent <<'POLICY'
policy hostile "# <script>alert(1)</script> | \"a\" & `b`\n- c ```"
record Quote { n: Integer  t: Text }
input quote: Quote
approver a "1. <img src=x onerror=alert(1)> | [x](javascript:alert(1)) \\" = person "<b>|\"'`\n# h" else role "]]>--><|"
chain c = a
rule r "| a | b |\n|---|---|\n</title></style></svg><script>" {
  when quote.t is "</dd><script>|`\n```" or quote.t contains "‮evil‬" ignoring case
  requires c and (a when quote.t is "x|\"><script>")
}
rule s "www.example.com https://example.com @everyone *b* _i_ ~s~ $m$" { when quote.n > 3  denies "<!-- |\n\n# out" }
rule naive "" { when quote.n > 4  warns "Grüße, 你好 ✓ &lt;" }
otherwise approve "</p>|"
POLICY
for format in html md; do
  run 0 hostile.assent -o "hostile.$format"
  is_page "hostile.$format"
  lacks "hostile.$format" '<script'
  lacks "hostile.$format" '<img'
  lacks "hostile.$format" '‮'
  has "hostile.$format" 'Grüße, 你好 ✓'
done
has hostile.html '&lt;script&gt;alert(1)&lt;/script&gt;'
has hostile.md '&lt;script&gt;alert(1)'
has hostile.md 'https\://example.com'

# ── hostile sizes ───────────────────────────────────────────────────────────────────────────────
{
  printf 'policy big\nrecord Quote { n: Integer }\ninput quote: Quote\napprover a = person "x"\nchain c0 = a and a\n'
  for i in $(seq 16); do printf 'chain c%d = c%d and c%d\n' "$i" $((i - 1)) $((i - 1)); done
  printf 'rule r { always requires c16 }\nrule s { always requires c16 }\notherwise approve\n'
} >chains.assent
run 0 chains.assent -o chains.html
is_page chains.html
has chains.html 'more steps than are listed here'
{
  printf 'policy wide\nrecord Quote { n: Integer }\ninput quote: Quote\napprover a = person "x"\nfact f = quote.n + 1\n'
  for i in $(seq 3000); do printf 'rule r%d { when f > %d requires a }\n' "$i" "$i"; done
  printf 'otherwise approve\n'
} >wide.assent
run 0 wide.assent -o wide.html
is_page wide.html
has wide.html 'and 2000 more'

# ── examples: all of a policy is there ──────────────────────────────────────────────────────────
for policy in "$examples"/*/policy.assent; do
  name=$(basename "$(dirname "$policy")")
  for format in html md; do
    run 0 "$policy" -o "$name.$format"
    is_page "$name.$format"
  done
  for each in $(sed -nE 's/^(rule|ladder|approver|group) +([a-z_0-9]+).*/\2/p' "$policy"); do
    has "$name.html" "<code>$each</code>"
    has "$name.md" "\`$each\`"
  done
  for field in $("$assent" dump --phase plan "$policy" | sed -nE 's/^column [0-9]+ ([^ ]+) from .*/\1/p'); do
    has "$name.html" "<code>$field</code>"
    has "$name.md" "| \`$field\` |"
  done
done
report
