/** What the history page has beyond the report's style. */
export const TREND_STYLE = `
.series{background:var(--card);border:1px solid var(--rule);border-radius:12px;padding:18px 24px;scroll-margin-top:12px}
.series .heading{margin-bottom:6px}
.trend{display:block;width:100%;min-width:760px;height:auto;font-size:11px}
.trend .grid{stroke:var(--grid)}.trend .tick{fill:var(--soft);text-anchor:middle;font-variant-numeric:tabular-nums}
.trend .tick.left{text-anchor:end}.trend .tick.right{text-anchor:start}
.trend .budget{fill:none;stroke:var(--ink);stroke-width:1.4;stroke-dasharray:6 4}
.trend .median{fill:none;stroke:var(--n0);stroke-width:1.6;opacity:.8}
.trend .dot{fill:var(--n0);fill-opacity:.55;stroke:var(--n0)}
.trend .miss{fill:none;stroke:var(--fail);stroke-width:2;stroke-linecap:round}.trend .endless{fill:var(--fail)}
.trend .changed{fill:var(--invalid)}
.trend .level line{stroke-width:1.6;stroke-dasharray:2 3}.trend .level text{text-anchor:middle;font-weight:650;font-size:12px}
.trend .slower line{stroke:var(--fail)}.trend .slower text{fill:var(--fail)}.trend .faster line{stroke:var(--pass)}.trend .faster text{fill:var(--pass)}
.series details{margin-top:10px}.series summary{cursor:pointer;font-weight:600;font-size:14px}
.series .changes{list-style:none;padding:0;margin:0}.series .changes li{overflow-wrap:anywhere;font-size:13px}
@media print{.scroll{overflow:visible}.trend{min-width:0}}
`;
