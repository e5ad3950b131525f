/**
 * The style of the whole file and of the night page, as text, because the compiler copies no assets. Node colours are blue, amber, green, purple,
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
.page>section{margin-bottom:36px}
html.js .page:not(.current){display:none}html:not(.js) .page+.page{margin-top:56px}
.brand{color:inherit}
.banner,.failure,.tests,.card,.environment{background:var(--card);border:1px solid var(--rule);border-radius:12px}
.banner{overflow:hidden;border-top:4px solid var(--tone)}
.verdict{display:flex;gap:18px;align-items:center;padding:26px 28px 22px}
.verdict p{color:var(--soft);margin-top:2px}
.sign{flex:none;width:48px;height:48px;border-radius:50%;display:grid;place-items:center;font-size:24px;font-weight:700;background:var(--tone-bg);color:var(--tone)}
.facts{display:grid;grid-template-columns:1fr 1fr 1.15fr 1.1fr;border-top:1px solid var(--rule)}
.facts>div{padding:18px 24px}.facts>div:first-child{padding-left:28px}.facts>div+div{border-left:1px solid var(--rule)}
.facts dt{color:var(--soft);font-size:13px;margin-bottom:2px}
.facts dd{font-size:20px;font-weight:600;font-variant-numeric:tabular-nums;line-height:1.35}
.facts dd.text{font-size:14px;font-weight:400;line-height:1.5}
.facts dd .sub{display:block;color:var(--accent)}
.rerun{display:flex;gap:16px;align-items:baseline;padding:13px 28px;border-top:1px solid var(--rule);font-size:13px;color:var(--soft)}
.rerun code{color:var(--ink);user-select:all;overflow-wrap:anywhere;flex:1}.rerun button{flex:none}
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
.strip{display:inline-block;vertical-align:middle;overflow:visible}.strip .track{fill:var(--track)}.strip .budget{stroke:var(--ink);stroke-width:1.4}
.strip path{fill:none;stroke-linecap:round;stroke-linejoin:round}
.strip .d-pass{stroke:var(--n0);stroke-width:3.4;stroke-opacity:.8}.strip .d-fail{stroke:var(--fail);stroke-width:1.5}.strip .d-open{stroke:var(--fail);stroke-width:1.4}.strip .d-void{stroke:var(--invalid);stroke-width:1.3}
.strip .median{stroke:var(--soft);stroke-width:1.2}.strip .axis{stroke:var(--rule)}
.twin .before{stroke:var(--soft);stroke-width:3.4;stroke-opacity:.7}.twin .now{stroke:var(--n0);stroke-width:3.4;stroke-opacity:.9}
.note{margin-top:12px;max-width:90ch}.tone-fail{color:var(--fail)}
.tests tr[data-verdict] th:first-child{box-shadow:inset 3px 0 var(--tone,transparent)}
.differences,.matrix{background:var(--card);border:1px solid var(--rule);border-radius:12px;border-collapse:separate;border-spacing:0;margin-top:14px}
.differences th,.differences td,.matrix th,.matrix td{padding:10px 14px;border-top:1px solid var(--rule);vertical-align:middle}
.differences thead th,.matrix thead th{color:var(--soft);font-size:12.5px;font-weight:500;border-top:0;white-space:nowrap}
.differences th:first-child,.matrix th:first-child{padding-left:24px}
.differences .num{text-align:right;white-space:nowrap}.differences .part th,.differences .part td{border-top:0;padding-top:2px}.differences .part td:nth-child(2){padding-left:30px;color:var(--soft)}
.differences .shift b{color:var(--tone);font-weight:600}.differences .shift .sub{display:block}
.what-changed{margin:20px 0 6px}.changed td{overflow-wrap:anywhere}.changed th{white-space:nowrap;font-weight:500}
.matrix td{background:var(--tone-bg);padding:0}.matrix td a{display:block;padding:9px 14px;color:var(--tone)}.matrix td.absent{background:none;color:var(--soft);padding:9px 14px}.matrix td a .num{margin-left:8px}.matrix td a .sub{display:block;color:inherit}
.matrix tbody th{font-weight:500}
.nothing{padding:18px 24px;color:var(--soft)}
.gapbar{vertical-align:-3px}.gapbar .track{fill:var(--track)}.gapbar .most{fill:var(--n0);opacity:.45}.gapbar .least{fill:var(--n0)}.gapbar .budget{stroke:var(--ink);stroke-width:1.6}
.gapbar.over .most,.gapbar.over .least{fill:var(--fail)}
.plain td,.plain th{padding:7px 0;border-top:1px solid var(--rule);vertical-align:top;font-size:14px}.plain td+td,.plain th+th{padding-left:16px}
.plain tbody tr:first-child td{border-top:0}.plain .sub{display:block;font-size:12.5px;overflow-wrap:anywhere}.plain .num{text-align:right;white-space:nowrap}
.plain thead th{color:var(--soft);font-weight:500;font-size:12.5px;border:0}.plain tfoot th,.plain tfoot td{font-weight:600}.plain tfoot .least td{font-weight:400;color:var(--soft);font-size:13px}
.columns{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:30px 44px;margin-bottom:28px}
.columns.three{grid-template-columns:repeat(3,minmax(0,1fr));margin:0}
.environment{padding:22px 28px 26px}
.pairs>div{display:flex;gap:14px;padding:4px 0;font-size:13.5px}.pairs dt{color:var(--soft);flex:0 0 38%}.pairs dd{min-width:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
footer{color:var(--soft);font-size:12.5px;padding-top:4px;padding-bottom:44px}
@media (max-width:1000px){.columns.three{grid-template-columns:minmax(0,1fr)}}
.scroll{overflow-x:auto}
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
.environment{padding:18px 16px}
}
@media print{
:root,:root[data-theme]{${LIGHT}color-scheme:light}
body{background:#fff;font-size:11px}.needs-script,.skip{display:none!important}.top,main,footer{max-width:none;padding-left:0;padding-right:0}
.failure,figure,tr{break-inside:avoid}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`;
