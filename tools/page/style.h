// How a page looks, light and dark, on a screen and on paper. Entry: page_style.
#pragma once

#include <string_view>

namespace assent::command {

inline constexpr std::string_view page_style = R"css(<style>
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1f2328; --dim: #59636e; --line: #c8d1da; --band: #f6f8fa; --link: #0969da;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #0d1117; --ink: #e6edf3; --dim: #9198a1; --line: #3d444d; --band: #151b23; --link: #4493f8;
  }
}
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif;
}
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem }
h1, h2, h3 { line-height: 1.25; overflow-wrap: anywhere }
h2 { margin-top: 2.5rem; padding-bottom: .3rem; border-bottom: 1px solid var(--line) }
h3 { margin-top: 2rem }
a { color: var(--link) }
code { font: .875em ui-monospace, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem }
dt { grid-column: 1; color: var(--dim) }
dd { grid-column: 2; margin: 0; overflow-wrap: anywhere }
.wide { overflow-x: auto; margin: 1rem 0 }
table { border-collapse: collapse }
caption { text-align: left; color: var(--dim); padding-bottom: .25rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem; border: 1px solid var(--line) }
thead th { background: var(--band) }
tbody th { font-weight: 600 }
svg text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: var(--ink) }
svg .name { font-weight: 600 }
svg .when { font-size: 12px; fill: var(--dim) }
svg .box { fill: var(--band); stroke: var(--dim) }
svg .maybe { fill: var(--paper); stroke: var(--dim); stroke-dasharray: 5 3 }
svg .frame { fill: none; stroke: var(--line); stroke-dasharray: 5 3 }
svg .way { fill: none; stroke: var(--dim); stroke-width: 1.5px }
svg .tip { fill: var(--dim) }
svg .before { fill: var(--line) }
svg .after { fill: var(--link) }
svg .number { font-size: 12px; fill: var(--dim) }
@media (max-width: 40rem) {
  dl { display: block }
  dd { margin: 0 0 .5rem }
}
@media print {
  main { max-width: none; padding: 0 }
  nav { display: none }
  figure, tr { break-inside: avoid }
}
</style>
)css";

}  // namespace assent::command
