/** The style of a test's page, as text. Colours, tables and what else the night page has too are in style.ts, which comes first. */
export const TEST_STYLE = `
.test-head{display:flex;gap:16px;align-items:flex-start;justify-content:space-between;margin-bottom:18px}
.trial+.trial{border-top:1px solid var(--rule);margin-top:28px;padding-top:24px}
.trial-title{color:var(--ink);font-size:15px}
.lead{max-width:76ch}
.reason{color:var(--tone);margin-top:6px;max-width:76ch}
figure.time{margin:20px 0 26px;border-radius:8px}
.tools{display:flex;gap:6px;align-items:center;justify-content:flex-end;min-height:30px;margin-bottom:4px}
.tools .help{color:var(--soft);font-size:12.5px;margin-right:6px}
.readout{margin-right:auto;font-variant-numeric:tabular-nums;font-size:13px;font-weight:600}
.scroll{overflow-x:auto}
.timeline{display:block;width:100%;min-width:860px;height:auto;font-size:11px}
.timeline .plot{cursor:crosshair;touch-action:pan-x pan-y}
.timeline rect{shape-rendering:crispEdges}
.timeline text{fill:var(--ink)}
.timeline .lane{font-weight:650;font-size:12px}.timeline .row{text-anchor:end;fill:var(--soft)}
.timeline .rule{stroke:var(--rule)}
.timeline .tick{text-anchor:middle;fill:var(--soft);font-variant-numeric:tabular-nums}.timeline .tick.zero{fill:var(--ink);font-weight:650}
.timeline .grid{stroke:var(--grid)}.timeline line.zero{stroke:var(--ink);stroke-width:1.2;opacity:.75}
.timeline .dark{fill:var(--dark)}.timeline .cursor{stroke:var(--accent);pointer-events:none}.timeline .brush{fill:var(--accent);opacity:.18;pointer-events:none}
.timeline .in{pointer-events:none;font-size:10px}
.timeline .in.own{fill:var(--own-ink);font-weight:600;paint-order:stroke;stroke:var(--card);stroke-width:0}
.t-n0{fill:var(--n0)}.t-n1{fill:var(--n1)}.t-n2{fill:var(--n2)}.t-n3{fill:var(--n3)}.t-n4{fill:var(--n4)}.t-n5{fill:var(--n5)}
.t-fail{fill:var(--fail)}.t-warn{fill:var(--invalid)}.t-mute,.t-plain{fill:var(--soft)}.t-calm{fill:var(--track)}
.t-n0+text.in{fill:var(--i0)}.t-n1+text.in,.t-n2+text.in,.t-n4+text.in{fill:var(--i1)}
.t-own{fill-opacity:.34;stroke:var(--soft);stroke-width:.6}.told{stroke:var(--card);stroke-width:1.6}.faint{opacity:.55}.hatch{fill:url(#p-hatch);pointer-events:none}.stripe{fill:var(--stripe)}
.cross{fill:none;stroke:var(--fail);stroke-width:1.8;stroke-linecap:round}
figcaption{display:flex;flex-wrap:wrap;gap:6px 28px;justify-content:space-between;color:var(--soft);font-size:12.5px;margin-top:10px}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px}
.key{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:6px;vertical-align:-1px}
.k-n0{background:var(--n0)}.k-n1{background:var(--n1)}.k-n2{background:var(--n2)}.k-n3{background:var(--n3)}.k-n4{background:var(--n4)}.k-n5{background:var(--n5)}
.k-fail{background:var(--fail);width:3px}.k-half{background:var(--fail);width:3px;height:6px;vertical-align:-1px}.k-dark{background:var(--dark);outline:1px solid var(--rule)}
.columns h3:not(:first-child){margin-top:26px}
.constraints{list-style:none;padding:0}
.constraints>li{padding:11px 0;border-top:1px solid var(--rule)}.constraints>li:first-child{border-top:0;padding-top:0}
.constraints .line{display:flex;gap:10px;align-items:baseline}
.constraints .what{flex:1;min-width:0}
.constraints p{color:var(--soft);font-size:14px;margin-top:2px;overflow-wrap:anywhere}
.rest{padding-top:10px;border-top:1px solid var(--rule)}abbr{text-decoration:underline dotted}
.evidence{list-style:none;padding:0;margin-top:6px;font-size:13px}.evidence li{padding:2px 0 2px 12px;border-left:2px solid var(--rule);overflow-wrap:anywhere}
.topo{overflow-x:auto;border-radius:8px}
.topology{display:block;width:100%;min-width:460px;height:auto;font-size:14px}
.topology text{fill:var(--ink)}
.topology .box{fill:var(--page);stroke:var(--soft);stroke-width:1.2}
.topology .b-n0{stroke:var(--n0);stroke-width:2.4}.topology .b-n1{stroke:var(--n1);stroke-width:2.4}.topology .b-n2{stroke:var(--n2);stroke-width:2.4}.topology .b-n3{stroke:var(--n3);stroke-width:2.4}.topology .b-n4{stroke:var(--n4);stroke-width:2.4}.topology .b-n5{stroke:var(--n5);stroke-width:2.4}
.topology .name{font-size:17px;font-weight:650}.topology .small,.topology .nic{fill:var(--soft);font-size:13px}.topology .mid{text-anchor:middle;font-size:14px}.topology .strong{font-weight:600}
.topology .wire{stroke:var(--soft);stroke-width:1.6}.topology .wire.dead{stroke:var(--fail);stroke-dasharray:3 5;opacity:.75}
.topology .port{fill:var(--card);stroke:var(--soft);stroke-width:1.4}
.topology .x{fill:none;stroke:var(--fail);stroke-width:3;stroke-linecap:round}
.topology .cut circle{fill:var(--card);stroke:var(--fail);stroke-width:1.6}.topology .cut .x{stroke-width:2.4}
.topology .flag rect{fill:var(--pass-bg);stroke:var(--pass)}.topology .flag text{fill:var(--pass);text-anchor:middle;font-size:13px;font-weight:600}
.topology .flag.was rect{fill:none;stroke:var(--soft);stroke-dasharray:3 3}.topology .flag.was text{fill:var(--soft);font-weight:400;font-size:12px}
.topology .killed rect{fill:var(--fail-bg);stroke:var(--fail)}.topology .killed text{text-anchor:middle;font-size:13px}.topology .killed .x{stroke-width:2}
.topology .broken .box{fill:var(--fail-bg);stroke:var(--fail);stroke-dasharray:5 4}.topology .broken .x{opacity:.4}
.topology .silent{stroke:var(--fail);stroke-dasharray:5 4}.topology .note{fill:var(--fail);font-size:13px}
.phase{display:block;width:100%;margin-top:5px}.phase .track{fill:var(--track)}.phase .fill{fill:var(--n0)}
.waterfall td:nth-child(2){width:46%}
.warning{background:var(--invalid-bg);color:var(--invalid);border-radius:8px;padding:9px 14px;font-size:13.5px;margin-top:10px}
.log>summary{cursor:pointer;font-weight:600;font-size:14px}.log>summary .sub{margin-left:8px}
.log .scroll{max-height:480px;overflow:auto;margin-top:10px;border:1px solid var(--rule);border-radius:8px}
.log table{font-size:12.5px;line-height:1.45}.log .mono{font-size:12px}.log th,.log td{padding:4px 12px;text-align:left;vertical-align:top;white-space:nowrap}.log td.num,.log th.num{text-align:right}
.log td:last-child{white-space:pre-wrap;overflow-wrap:anywhere;min-width:340px;width:100%}
.log thead th{position:sticky;top:0;background:var(--card);color:var(--soft);font-weight:500;box-shadow:0 1px var(--rule)}
.log tbody tr:hover{background:var(--page)}.l-plain{color:var(--soft)}.mark{color:var(--fail)}
@media (max-width:1000px){.columns{grid-template-columns:minmax(0,1fr)}}
@media (max-width:900px){.glance{flex-direction:column;align-items:flex-end;gap:2px}.tools .help{display:none}.constraints .line{flex-wrap:wrap}}
@media print{
.scroll,.log .scroll{overflow:visible;max-height:none}.timeline,.topology{min-width:0}
.constraints>li,.columns>div{break-inside:avoid}
}
`;
