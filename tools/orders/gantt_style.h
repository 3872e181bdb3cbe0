// How the schedule of orders looks, light and dark. Entry: gantt_style.
#pragma once

#include <cstddef>
#include <string_view>

namespace assent::command {

inline constexpr std::size_t phase_colours = 6;  // .p0 to .p5

// Every rule is of .assent-orders, so that pages that hold the picture keep their own looks. Shapes are first and take
// the colours that follow, light, then dark. Red and amber are for what is late.
inline constexpr std::string_view gantt_style = R"css(<style>
.assent-orders text { font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif }
.assent-orders text { fill: currentColor }
.assent-orders .title { font-size: 20px; font-weight: 600 }
.assent-orders .name { font-size: 13px; font-weight: 600 }
.assent-orders .name, .assent-orders .amount { clip-path: url(#assent-orders-labels) }
.assent-orders .number, .assent-orders .before { text-anchor: end }
.assent-orders .note { stroke: #fff; stroke-width: 6px; stroke-linejoin: round; paint-order: stroke }
.assent-orders tspan { fill: currentColor; font-weight: 600 }
.assent-orders .grid, .assent-orders .rule { stroke: currentColor }
.assent-orders .arrow { stroke: currentColor; stroke-width: 1.5px; stroke-linejoin: round; fill: none }
.assent-orders .tip, .assent-orders .bar, .assent-orders .open { fill: currentColor }
.assent-orders .open { fill-opacity: .35 }
.assent-orders .edge { stroke: currentColor; stroke-width: 1.5px; stroke-dasharray: 4 3; fill: none }
.assent-orders .onward { stroke: currentColor; stroke-width: 1.5px; fill: none }
.assent-orders .hatched { fill: url(#assent-orders-hatches) }
.assent-orders .hatch { fill-opacity: .6 }
.assent-orders .mark { fill: currentColor; stroke: #fff; stroke-width: 3px; paint-order: stroke }
.assent-orders .pole { stroke: currentColor; stroke-width: 1.5px }
.assent-orders .delay { stroke: currentColor; stroke-width: 1.5px; stroke-dasharray: 2 3 }
.assent-orders { color: #1f2328 }
.assent-orders .paper, .assent-orders .hatch { fill: #fff }
.assent-orders .band { fill: #f6f8fa }
.assent-orders .dim, .assent-orders .amount, .assent-orders .number, .assent-orders .note { color: #59636e }
.assent-orders .grid { color: #e3e8ed }
.assent-orders .rule { color: #c8d1da }
.assent-orders .arrow, .assent-orders .tip { color: #818b98 }
.assent-orders .p0 { color: #0969da }
.assent-orders .p1 { color: #1a7f37 }
.assent-orders .p2 { color: #8250df }
.assent-orders .p3 { color: #1b7c83 }
.assent-orders .p4 { color: #bf3989 }
.assent-orders .p5 { color: #57606a }
.assent-orders .late { color: #9a6700 }
.assent-orders .missed { color: #cf222e }
@media (prefers-color-scheme: dark) {
.assent-orders { color: #e6edf3 }
.assent-orders .paper, .assent-orders .hatch { fill: #0d1117 }
.assent-orders .note, .assent-orders .mark { stroke: #0d1117 }
.assent-orders .band { fill: #151b23 }
.assent-orders .dim, .assent-orders .amount, .assent-orders .number, .assent-orders .note { color: #9198a1 }
.assent-orders .grid { color: #262c36 }
.assent-orders .rule { color: #3d444d }
.assent-orders .arrow, .assent-orders .tip { color: #7d8590 }
.assent-orders .p0 { color: #4493f8 }
.assent-orders .p1 { color: #3fb950 }
.assent-orders .p2 { color: #ab7df8 }
.assent-orders .p3 { color: #39c5cf }
.assent-orders .p4 { color: #db61a2 }
.assent-orders .p5 { color: #9198a1 }
.assent-orders .late { color: #d29922 }
.assent-orders .missed { color: #f85149 }
}
</style>
)css";

}  // namespace assent::command
