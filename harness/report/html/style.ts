/**
 * The page's style, as text, because the compiler copies no assets. Node colours are blue, amber, green, purple,
 * sky and brown after Okabe and Ito's palette, told apart by most colour-blind readers; rows and shapes say the same again.
 */
const LIGHT = `--page:#f6f7f9;--card:#fff;--ink:#1a1f29;--soft:#596273;--rule:#e2e6ec;--grid:#edf0f4;--track:#e6e9ef;--accent:#1f5fbf;--own-ink:#1a1f29;
--pass:#17703f;--pass-bg:#e5f4ea;--fail:#b3152b;--fail-bg:#fdeaec;--invalid:#8a5200;--invalid-bg:#fdf1dc;--error:#6a35a8;--error-bg:#f1eafa;--interrupted:#4c5566;--interrupted-bg:#eceff3;--skipped:#596273;--skipped-bg:#eceff3;
--n0:#2f6fc4;--n1:#e0990f;--n2:#12926a;--n3:#8a55b8;--n4:#4aa8dc;--n5:#8c6239;--i0:#fff;--i1:#231700;--dark:#b3152b14;--stripe:#ffffff8c;`;
const DARK = `--page:#0f1217;--card:#171b22;--ink:#e7eaf0;--soft:#9ba6b7;--rule:#2a303a;--grid:#20262f;--track:#2b323d;--accent:#7fb2f5;--own-ink:#fff;
--pass:#6fd39a;--pass-bg:#15301f;--fail:#ff8490;--fail-bg:#3a171c;--invalid:#f0bd62;--invalid-bg:#35270f;--error:#c9a6f5;--error-bg:#2b1f3c;--interrupted:#b3bdcc;--interrupted-bg:#262c36;--skipped:#9ba6b7;--skipped-bg:#262c36;
--n0:#5b97e6;--n1:#f0b440;--n2:#3fbd93;--n3:#b38add;--n4:#7cc6ee;--n5:#bd9066;--i0:#071225;--i1:#231700;--dark:#ff84901f;--stripe:#0f121799;`;

export const STYLE = `
:root{${LIGHT}color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{${DARK}}}
:root[data-theme=light]{${LIGHT}color-scheme:light}
:root[data-theme=dark]{${DARK}color-scheme:dark}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
h1,h2,h3,p,dl,dd,ul,ol,figure{margin:0}
h1{font-size:26px;line-height:1.25;font-weight:650;letter-spacing:-.01em}
h2{font-size:18px;line-height:1.35;font-weight:650}
h3{font-size:13px;font-weight:650;color:var(--soft);margin-bottom:10px}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
code,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em}
.num{font-variant-numeric:tabular-nums}
.sub{color:var(--soft);font-size:13px;font-weight:400}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.skip{position:absolute;left:-9999px}.skip:focus{left:16px;top:12px;background:var(--card);padding:8px 14px;z-index:2}
.symbols{position:absolute}
html:not(.js) .needs-script{display:none!important}
[hidden]{display:none!important}
.top,main,footer{max-width:1240px;margin:0 auto;padding:0 28px}
.top{display:flex;align-items:baseline;gap:14px;padding-top:22px;padding-bottom:16px}
.brand{font-weight:700;letter-spacing:-.01em}.runid{color:var(--soft);font-size:13px;overflow-wrap:anywhere}
.top button{margin-left:auto}
button,input{font:inherit;font-size:13px;color:inherit}
button{background:var(--card);border:1px solid var(--rule);border-radius:7px;padding:3px 11px;cursor:pointer}
button:hover{border-color:var(--soft)}
input[type=search]{background:var(--card);border:1px solid var(--rule);border-radius:7px;padding:4px 11px;width:190px}
.chip[aria-pressed=true]{background:var(--ink);color:var(--card);border-color:var(--ink)}.chip b{font-weight:600;opacity:.7;margin-left:3px}
main>section{margin-bottom:36px}
.banner,.failure,.tests,.test,.environment{background:var(--card);border:1px solid var(--rule);border-radius:12px}
.banner{overflow:hidden;border-top:4px solid var(--tone)}
.verdict{display:flex;gap:18px;align-items:center;padding:26px 28px 22px}
.verdict p{color:var(--soft);margin-top:2px}
.sign{flex:none;width:48px;height:48px;border-radius:50%;display:grid;place-items:center;font-size:24px;font-weight:700;background:var(--tone-bg);color:var(--tone)}
.facts{display:grid;grid-template-columns:repeat(3,1fr);border-top:1px solid var(--rule)}
.facts>div{padding:18px 28px}.facts>div+div{border-left:1px solid var(--rule)}
.facts dt{color:var(--soft);font-size:13px;margin-bottom:2px}
.facts dd{font-size:20px;font-weight:600;font-variant-numeric:tabular-nums;line-height:1.35}
.facts dd.text{font-size:14px;font-weight:400;line-height:1.5}
.facts dd .sub{display:block;color:var(--accent)}
.rerun{display:flex;gap:16px;align-items:baseline;padding:13px 28px;border-top:1px solid var(--rule);font-size:13px;color:var(--soft)}
.rerun code{color:var(--ink);user-select:all;overflow-wrap:anywhere}
.v-pass{--tone:var(--pass);--tone-bg:var(--pass-bg)}.v-fail{--tone:var(--fail);--tone-bg:var(--fail-bg)}.v-invalid{--tone:var(--invalid);--tone-bg:var(--invalid-bg)}.v-error{--tone:var(--error);--tone-bg:var(--error-bg)}.v-interrupted{--tone:var(--interrupted);--tone-bg:var(--interrupted-bg)}.v-skipped{--tone:var(--skipped);--tone-bg:var(--skipped-bg)}
.badge{display:inline-block;background:var(--tone-bg);color:var(--tone);border-radius:999px;padding:1px 10px;font-size:12.5px;font-weight:600;white-space:nowrap}
.failures h2,.environment h2{margin-bottom:14px}
.failure{padding:18px 24px;border-left:4px solid var(--tone);margin-bottom:12px}
.failure .place{font-size:13px;margin-bottom:4px}
.failure .finding b{display:inline-block;margin-right:6px}
.failure .meta{color:var(--soft);font-size:13px;margin-top:4px;overflow-wrap:anywhere}
.failure .hint{margin-top:8px;padding-left:16px;position:relative;overflow-wrap:anywhere}.failure .hint::before{content:"→";position:absolute;left:0;color:var(--soft)}
.heading{display:flex;flex-wrap:wrap;gap:10px 20px;align-items:center;justify-content:space-between;margin-bottom:14px}
.filters{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
table{border-collapse:collapse;width:100%}
th{text-align:left;font-weight:600}
.tests{border-collapse:separate;border-spacing:0;overflow:hidden}.kind{white-space:nowrap}
.tests th,.tests td{padding:11px 14px;vertical-align:top;border-top:1px solid var(--rule)}
.tests thead th{color:var(--soft);font-size:12.5px;font-weight:500;border-top:0;padding-top:12px;padding-bottom:10px;white-space:nowrap}
.tests th:first-child{padding-left:24px}.tests td:last-child{padding-right:24px}
.tests .suite th{font-size:13px;color:var(--soft);padding-top:8px;padding-bottom:8px;background:var(--page);font-weight:500}
.tests .sub{display:block}
.tests td.num{text-align:right}.tests thead th.num{text-align:right}
.tests td.num{white-space:nowrap}
.tests tbody tr:not(.suite):hover{background:color-mix(in srgb,var(--page) 60%,transparent)}
.bar{white-space:nowrap}.bar .budget{margin-left:8px;color:var(--soft);font-size:13px}
.move,.stay{white-space:nowrap}.stay{color:var(--soft)}
.nothing{padding:18px 24px;color:var(--soft)}
.gapbar{vertical-align:-3px}.gapbar .track{fill:var(--track)}.gapbar .most{fill:var(--n0);opacity:.45}.gapbar .least{fill:var(--n0)}.gapbar .budget{stroke:var(--ink);stroke-width:1.6}
.gapbar.over .most,.gapbar.over .least{fill:var(--fail)}
.test{margin-bottom:14px;scroll-margin-top:12px}
.test>summary{display:flex;gap:16px;align-items:center;justify-content:space-between;padding:15px 24px;cursor:pointer;list-style:none;border-radius:12px}
.test>summary::-webkit-details-marker{display:none}
.test>summary::before{content:"";flex:none;width:7px;height:7px;border:solid var(--soft);border-width:0 2px 2px 0;transform:rotate(-45deg);margin-right:2px}
.test[open]>summary::before{transform:rotate(45deg)}
.title{flex:1;min-width:0}.title h2{font-size:16px;overflow-wrap:anywhere}.title .sub{display:block;font-size:12.5px;line-height:1.3}
.glance{display:flex;gap:16px;align-items:center;white-space:nowrap}.glance .num{color:var(--soft);font-size:14px}
.body{padding:4px 24px 26px}
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
.columns{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:30px 44px;margin-bottom:28px}
.columns.three{grid-template-columns:repeat(3,minmax(0,1fr));margin:0}
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
.plain td,.plain th{padding:7px 0;border-top:1px solid var(--rule);vertical-align:top;font-size:14px}.plain td+td,.plain th+th{padding-left:16px}
.plain tbody tr:first-child td{border-top:0}.plain .sub{display:block;font-size:12.5px;overflow-wrap:anywhere}.plain .num{text-align:right;white-space:nowrap}
.plain thead th{color:var(--soft);font-weight:500;font-size:12.5px;border:0}.plain tfoot th,.plain tfoot td{font-weight:600}.plain tfoot .least td{font-weight:400;color:var(--soft);font-size:13px}
.phase{display:block;width:100%;margin-top:5px}.phase .track{fill:var(--track)}.phase .fill{fill:var(--n0)}
.waterfall td:nth-child(2){width:46%}
.warning{background:var(--invalid-bg);color:var(--invalid);border-radius:8px;padding:9px 14px;font-size:13.5px;margin-top:10px}
.log>summary{cursor:pointer;font-weight:600;font-size:14px}.log>summary .sub{margin-left:8px}
.log .scroll{max-height:480px;overflow:auto;margin-top:10px;border:1px solid var(--rule);border-radius:8px}
.log table{font-size:12.5px;line-height:1.45}.log .mono{font-size:12px}.log th,.log td{padding:4px 12px;text-align:left;vertical-align:top;white-space:nowrap}.log td.num,.log th.num{text-align:right}
.log td:last-child{white-space:pre-wrap;overflow-wrap:anywhere;min-width:340px;width:100%}
.log thead th{position:sticky;top:0;background:var(--card);color:var(--soft);font-weight:500;box-shadow:0 1px var(--rule)}
.log tbody tr:hover{background:var(--page)}.l-plain{color:var(--soft)}.mark{color:var(--fail)}
.environment{padding:22px 28px 26px}
.pairs>div{display:flex;gap:14px;padding:4px 0;font-size:13.5px}.pairs dt{color:var(--soft);flex:0 0 38%}.pairs dd{min-width:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
footer{color:var(--soft);font-size:12.5px;padding-top:4px;padding-bottom:44px}
@media (max-width:1000px){.columns,.columns.three{grid-template-columns:minmax(0,1fr)}}
@media (max-width:900px){
.top,main,footer{padding-left:16px;padding-right:16px}
h1{font-size:21px}.verdict{padding:20px 18px 16px;gap:14px}.sign{width:40px;height:40px;font-size:20px}
.facts{grid-template-columns:1fr}.facts>div{padding:12px 18px}.facts>div+div{border-left:0;border-top:1px solid var(--rule)}.rerun{padding:12px 18px;flex-direction:column;gap:2px}
.failure{padding:14px 16px}
.tests,.tests tbody{display:block}.tests thead{display:none}
.tests tr{display:grid;grid-template-columns:1fr auto;gap:2px 12px;padding:13px 16px;border-top:1px solid var(--rule)}
.tests tbody tr:first-child{border-top:0}.tests tr.suite{padding:8px 16px;background:var(--page)}
.tests th,.tests td,.tests th:first-child,.tests td:last-child{padding:0;border:0;background:none}
.tests tr.suite th{grid-column:1/-1;padding:0}
.tests td[data-label]{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:2px 8px;align-items:baseline;text-align:left}
.tests td[data-label]::before{content:attr(data-label);color:var(--soft);font-size:12.5px;flex:0 0 76px}
.body{padding:2px 16px 20px}.test>summary{padding:13px 16px;gap:12px}.glance{flex-direction:column;align-items:flex-end;gap:2px}.tools .help{display:none}
.environment{padding:18px 16px}.constraints .line{flex-wrap:wrap}
}
@media print{
:root,:root[data-theme]{${LIGHT}color-scheme:light}
body{background:#fff;font-size:11px}.needs-script,.skip{display:none!important}.top,main,footer{max-width:none;padding-left:0;padding-right:0}
.scroll,.log .scroll{overflow:visible;max-height:none}.timeline,.topology{min-width:0}
.failure,.constraints>li,.columns>div,figure,.tests tr{break-inside:avoid}.test{break-inside:auto}.test>summary{break-after:avoid}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;
