/**
 * The style of a test's page, as text. Colours of nodes and verdicts, tables and what else the night page has too are in style.ts, which comes
 * first. A class `t-...` only says the colour (`--c`); `m` paints a mark with it, and its outline keeps its width however far the axis is stretched.
 */
export const TEST_STYLE = `
.evidence a{text-decoration:underline}
.others pre{margin:8px 0 0;font-size:12.5px;line-height:1.5;max-height:480px;overflow:auto}
:root{--phase:light-dark(#c8d1de,#3d4757);--strong:light-dark(#4b586c,#a3b0c4);--strong-ink:light-dark(#fff,#10141b);--silent:light-dark(#7d3fb0,#c79bf0);--wrong:light-dark(#c2187a,#ff7ac0)}
.test-head{display:flex;gap:16px;align-items:flex-start;justify-content:space-between;margin-bottom:18px}
.test-head h2{font-size:24px;letter-spacing:-.01em;overflow-wrap:anywhere}
.glance{display:flex;gap:16px;align-items:center;white-space:nowrap;padding-top:6px}.glance .num{font-size:20px;font-weight:600}
.picker{display:flex;flex-wrap:wrap;gap:8px;margin-bottom:16px}
.picker a{background:var(--card);border:1px solid var(--rule);border-left:4px solid var(--tone);border-radius:8px;padding:5px 14px;color:inherit;font-size:13.5px}
.picker a[aria-current]{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}.picker .num{color:var(--soft)}
html.js .trial:not(.shown){display:none}
.trials{margin-bottom:18px}.trials tbody td{border-top:1px solid var(--rule)}
.card.trial,.card.body{padding:24px 28px 28px;margin-bottom:18px;scroll-margin-top:12px}
.trial-title{color:var(--ink);font-size:16px;margin-bottom:8px}
.part{margin-top:34px}.part h3,.configuration h3{font-size:15px;color:var(--ink);margin-bottom:12px}.card.body .part{margin-top:0}
.lead{max-width:82ch}.over{color:var(--fail)}.strong{font-weight:600}
.reason{color:var(--tone);margin-top:6px;max-width:82ch;overflow-wrap:anywhere}
.trial-facts{grid-template-columns:repeat(5,minmax(0,1fr));border:1px solid var(--rule);border-radius:10px;margin-top:18px}
.trial-facts>div{padding:13px 18px;min-width:0}
.trial-facts dd{font-size:18px;overflow-wrap:anywhere}.trial-facts .note{display:block;font-size:12.5px;font-weight:400;color:var(--soft);line-height:1.4;margin-top:2px}
.trial-facts .move,.trial-facts .stay{white-space:normal;color:inherit}
.verdicts{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:6px 20px;margin-top:14px;font-size:13.5px}.verdicts a{font-weight:600;margin-right:2px}
figure.time{border-radius:8px}
.tools{display:flex;gap:6px;align-items:center;justify-content:flex-end;min-height:34px;margin-bottom:4px}
.tools .help{color:var(--soft);font-size:12.5px;margin-right:6px;white-space:nowrap}.tools button{flex:none}
.readout,.window{font-variant-numeric:tabular-nums;font-size:13px;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.readout{flex:1;font-weight:600}.window{color:var(--soft);margin-right:12px;flex:none}
.timeline{display:block;width:100%;min-width:860px;height:auto;font-size:11px;cursor:crosshair;touch-action:pan-x pan-y;user-select:none;-webkit-user-select:none}
.timeline text{fill:var(--ink)}
.timeline .lane{font-weight:650;font-size:12px}.timeline .row{text-anchor:end;fill:var(--soft)}
.timeline .rule{stroke:var(--rule)}
.timeline .tick{fill:var(--soft);font-variant-numeric:tabular-nums}.timeline text.tick{text-anchor:middle}.timeline text.tick.zero{fill:var(--ink);font-weight:650}
.timeline .grid{stroke:var(--grid)}.timeline line.zero{stroke:var(--ink);stroke-width:1.2;opacity:.75}
.timeline rect.dark{fill:var(--dark)}.timeline .cursor{stroke:var(--accent);pointer-events:none}.timeline .brush{fill:var(--accent);opacity:.18;pointer-events:none}
.t-n0{--c:var(--n0)}.t-n1{--c:var(--n1)}.t-n2{--c:var(--n2)}.t-n3{--c:var(--n3)}.t-n4{--c:var(--n4)}.t-n5{--c:var(--n5)}
.t-fail{--c:var(--fail)}.t-silent{--c:var(--silent)}.t-wrong{--c:var(--wrong)}.t-warn{--c:var(--invalid)}.t-mute{--c:var(--soft)}.t-plain{--c:var(--ink)}.t-phase{--c:var(--phase)}.t-culprit{--c:var(--strong)}
.m{stroke:var(--c);stroke-width:.5;vector-effect:non-scaling-stroke}.m:not(.own){fill:var(--c)}
.m.own{fill-opacity:.34;stroke:var(--soft);stroke-width:.6}.m.sure{stroke-width:1.6}.m.told{stroke:var(--card);stroke-width:1.6}
.m.faint{fill-opacity:.18;stroke-dasharray:3 2;stroke-width:1}.m.own.faint{fill-opacity:.14}
.m.line{fill:none;stroke-width:1.6}.m.dot{fill:none;stroke-width:7;stroke-linecap:round}
.m.t-plain.thin{stroke:var(--card);stroke-width:1}
.timeline .in{pointer-events:none;font-size:10px}.timeline .i-n0,.timeline .i-n3,.timeline .i-n5{fill:var(--i0)}.timeline .i-n1,.timeline .i-n2,.timeline .i-n4{fill:var(--i1)}
.timeline .i-culprit{fill:var(--strong-ink);font-weight:600}.timeline .i-mute,.timeline .i-fail{fill:var(--card)}.timeline .in.own{fill:var(--own-ink);font-weight:600}
.time>figcaption{display:flex;flex-direction:column;gap:6px;color:var(--soft);font-size:12.5px;margin-top:10px}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px}
.key{display:inline-block;width:11px;height:11px;border-radius:2px;margin-right:6px;vertical-align:-1px}
.k-n0{background:var(--n0)}.k-n1{background:var(--n1)}.k-n2{background:var(--n2)}.k-n3{background:var(--n3)}.k-n4{background:var(--n4)}.k-n5{background:var(--n5)}
.k-fail{background:var(--fail)}.k-silent{background:var(--silent);height:6px}.k-wrong{background:var(--wrong)}.k-op{background:var(--ink);height:5px}.k-dark{background:var(--dark);outline:1px solid var(--rule)}
.fold>summary,.as-table>summary{cursor:pointer;font-size:13px;color:var(--accent);padding:3px 0;width:fit-content}.as-table{margin-top:8px}
.fold pre{background:var(--page);border:1px solid var(--rule);border-radius:8px;padding:12px 16px;overflow-x:auto;font:12px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;margin:6px 0 14px}
.as-table .scroll,.log .scroll,.fold .scroll{max-height:460px;overflow:auto;margin-top:8px;border:1px solid var(--rule);border-radius:8px}
.compact,.as-table table{font-size:12.5px;line-height:1.45}.compact .mono{font-size:12px}
.compact th,.compact td,.as-table th,.as-table td{padding:4px 12px;text-align:left;vertical-align:top;white-space:nowrap}.compact td.num,.compact th.num,.as-table td.num,.as-table th.num{text-align:right}
.compact td.mono,.as-table td:last-child{white-space:pre-wrap;overflow-wrap:anywhere;min-width:320px;width:100%}
.compact thead th,.as-table thead th{position:sticky;top:0;background:var(--card);color:var(--soft);font-weight:500;box-shadow:0 1px var(--rule)}
.waterfall{min-width:760px}.waterfall th[scope=row]{font-weight:600;white-space:nowrap}.waterfall .chart{width:46%}.waterfall .sub{font-size:12.5px}
.waterfall .culprit th[scope=row]{color:var(--strong)}.waterfall tfoot td,.waterfall tfoot th{border-top:2px solid var(--rule)}.waterfall .unseen th,.waterfall .unseen td{color:var(--soft);font-weight:400}
.phase{display:block;width:100%;height:18px;margin-top:3px}.phase .track{fill:var(--page)}.phase .took{fill:var(--phase)}.phase .dark{fill:var(--strong)}.phase .beyond{fill:var(--fail)}.phase .most{fill:var(--accent);opacity:.35}.phase .least{fill:var(--accent)}
.phase-legend{display:flex;flex-wrap:wrap;gap:4px 16px;color:var(--soft);font-size:12.5px;margin-top:8px}.k-took{background:var(--phase)}.k-spent{background:var(--strong)}.k-floor{background:var(--accent);height:4px;vertical-align:2px}.k-beyond{background:var(--fail)}
.marks{list-style:none;padding:0;margin-top:3px;font-size:12.5px;overflow-wrap:anywhere}.marks .sub{display:inline}
.advice{list-style:none;padding:0;margin-top:16px;display:grid;gap:8px}.advice li{border-left:3px solid var(--accent);background:var(--page);border-radius:0 8px 8px 0;padding:9px 16px;font-size:14px}.advice .saves{color:var(--accent)}
.columns h3:not(:first-child){margin-top:26px}
.constraints{list-style:none;padding:0}
.constraints>li{padding:11px 0;border-top:1px solid var(--rule);scroll-margin-top:16px}.constraints>li:first-child{border-top:0;padding-top:0}
.constraints .line{display:flex;gap:10px;align-items:baseline}
.constraints .what{flex:1;min-width:0}
.constraints p{color:var(--soft);font-size:14px;margin-top:2px;overflow-wrap:anywhere}
.rest{padding-top:10px;border-top:1px solid var(--rule)}abbr{text-decoration:underline dotted}
.evidence{list-style:none;padding:0;margin-top:6px;font-size:13px}.evidence li{padding:2px 0 2px 12px;border-left:2px solid var(--rule);overflow-wrap:anywhere}
.frames{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:14px}.frame{border:1px solid var(--rule);border-radius:10px;padding:10px 12px 4px;min-width:0}
.frame figcaption{display:flex;justify-content:space-between;font-size:13px;margin-bottom:6px}.frame figcaption .num{color:var(--soft)}.frames-legend{margin-top:8px}
.topology{display:block;width:100%;max-width:520px;margin:0 auto;height:auto;font-size:11px}
.topology text{fill:var(--ink)}
.topology .box{fill:var(--page);stroke:var(--soft);stroke-width:1}
.topology .b-n0{stroke:var(--n0);stroke-width:2}.topology .b-n1{stroke:var(--n1);stroke-width:2}.topology .b-n2{stroke:var(--n2);stroke-width:2}.topology .b-n3{stroke:var(--n3);stroke-width:2}.topology .b-n4{stroke:var(--n4);stroke-width:2}.topology .b-n5{stroke:var(--n5);stroke-width:2}
.topology .name{font-size:13px;font-weight:650}.topology .small,.topology .nic{fill:var(--soft);font-size:10px}.topology .mid{text-anchor:middle}.topology .strong{font-weight:600}
.topology .wire{stroke:var(--phase);stroke-width:1.4}.topology .wire.active{stroke:var(--strong);stroke-width:2.4}.topology .wire.dead{stroke:var(--fail);stroke-dasharray:3 4;stroke-width:1.6}
.topology .port{fill:var(--card);stroke:var(--soft);stroke-width:1.2}.topology .port.active{fill:var(--strong);stroke:var(--strong)}
.topology .x{fill:none;stroke:var(--fail);stroke-width:2;stroke-linecap:round}
.topology .cut circle{fill:var(--card);stroke:var(--fail);stroke-width:1.4}
.topology .flag rect{fill:var(--pass-bg);stroke:var(--pass)}.topology .flag text{fill:var(--pass);text-anchor:middle;font-weight:600}
.topology .killed rect{fill:var(--fail-bg);stroke:var(--fail)}.topology .killed text{text-anchor:middle;fill:var(--fail);font-weight:600}
.topology .dc rect{fill:var(--strong)}.topology .dc text{fill:var(--strong-ink);text-anchor:middle;font-size:10px;font-weight:650}
.topology .off .box{fill:var(--fail-bg);stroke:var(--fail);stroke-dasharray:5 4}.topology .off>text{opacity:.5}
.topology .silent{stroke:var(--fail);stroke-dasharray:5 4}.topology .note{fill:var(--fail);font-weight:600}
.quality{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 44px}.quality>div{display:flex;gap:14px;padding:5px 0;font-size:13.5px;border-top:1px solid var(--rule)}.quality dt{color:var(--soft);flex:0 0 34%}.quality dd{min-width:0;overflow-wrap:anywhere}.quality .limits dt,.quality .limits dd{color:var(--fail)}
.warning{background:var(--invalid-bg);color:var(--invalid);border-radius:8px;padding:9px 14px;font-size:13.5px;margin-top:10px}
.log-tools{display:flex;flex-wrap:wrap;gap:8px;align-items:center}.log-tools select{font:inherit;font-size:13px;color:inherit;background:var(--card);border:1px solid var(--rule);border-radius:7px;padding:3px 8px;max-width:220px}
.log-count{margin-top:8px;font-variant-numeric:tabular-nums}
.log tbody tr{scroll-margin:90px 0}.log tbody tr:hover,.log tbody tr.at{background:var(--page)}.log tbody tr:target{background:var(--invalid-bg)}.l-plain{color:var(--soft)}.mark{color:var(--fail)}
.log .pinned td:first-child{box-shadow:inset 3px 0 var(--accent)}.cites{display:inline-block;font:11px/1.4 system-ui,sans-serif;color:var(--accent);border:1px solid var(--rule);border-radius:999px;padding:0 7px;margin-left:4px;white-space:nowrap}
@media (max-width:1000px){.columns,.quality{grid-template-columns:minmax(0,1fr)}.trial-facts{grid-template-columns:repeat(2,minmax(0,1fr))}.frames{grid-template-columns:minmax(0,1fr)}}
@media (max-width:900px){.trial-facts>div+div{border-left:0}.trial-facts>div{border-top:1px solid var(--rule)}.card.trial,.card.body{padding:18px 16px 20px}.glance{flex-direction:column;align-items:flex-end;gap:2px}.test-head h2{font-size:19px}.tools .help{display:none}.tools{flex-wrap:wrap}.readout{flex:1 0 100%}.constraints .line{flex-wrap:wrap}}
@media print{
.scroll,.log .scroll,.as-table .scroll,.fold .scroll{overflow:visible;max-height:none}.timeline,.waterfall{min-width:0}
.card.trial{border:0;padding:0}.constraints>li,.columns>div,.frame,.advice li{break-inside:avoid}.part h3{break-after:avoid}
}
`;
