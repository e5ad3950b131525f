/**
 * The style of the console's page, as text, after the report's own two: colours, lanes and topology are theirs. The page is made to be read
 * from across a room; what can be clicked shows itself only while the page is unlocked.
 */
export const CONSOLE_STYLE = `
.top,main{max-width:1760px}
.bar{align-items:center;flex-wrap:wrap;gap:4px 14px;padding-top:16px;padding-bottom:12px}
.bar h1{font-size:22px}.bar .tools{margin:0 0 0 auto;min-height:0;flex-wrap:wrap}
.bar #lock{margin:0;font-weight:650;padding:7px 16px;border-width:2px}.bar button{margin:0}
.armed #lock{background:var(--fail-bg);color:var(--fail);border-color:var(--fail)}
#lock.called{outline:3px solid var(--accent);outline-offset:2px}
.notice{background:var(--invalid-bg);color:var(--invalid);border-radius:10px;padding:10px 18px;margin-bottom:14px;font-weight:600}
.away .statuses,.away .drawing,.away #timeline{opacity:.45}
.statuses{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:14px;margin-bottom:14px}
.status{background:var(--card);border:1px solid var(--rule);border-radius:12px;border-top:4px solid var(--tone,var(--rule));padding:12px 20px 13px;min-height:102px}
.status dt{color:var(--soft);font-size:13px}
.status dd{font-size:26px;font-weight:650;line-height:1.25;letter-spacing:-.01em;font-variant-numeric:tabular-nums;overflow-wrap:anywhere;color:var(--value,inherit)}
.status .sub{display:block;letter-spacing:0;line-height:1.4}
.s-pass{--tone:var(--pass);--value:var(--pass)}.s-fail{--tone:var(--fail);--value:var(--fail);background:var(--fail-bg);border-color:var(--fail)}.s-warn{--tone:var(--invalid);--value:var(--invalid)}
.s-fail .sub{color:var(--fail)}
.board{display:grid;grid-template-columns:minmax(0,1.35fr) minmax(340px,1fr);gap:14px}
.panel{padding:16px 20px 18px;margin-bottom:14px;min-width:0}.panel h2{font-size:15px}
.picture{display:flex;flex-direction:column;transition:border-color .2s,box-shadow .2s;outline:none}
.armed .picture{border-color:var(--fail);box-shadow:inset 0 0 0 1px var(--fail)}
.drawing{position:relative;width:100%;max-width:860px;margin:auto;flex:1;display:grid;align-content:center}
.drawing>*{grid-area:1/1}.drawing .topology{max-width:none}
#topology{min-width:0}
.parts{display:block;width:100%;height:auto}
.part{cursor:not-allowed;outline:none}.armed .part{cursor:pointer}
.part .hit{fill:transparent;pointer-events:all}.part .glow{fill:transparent;pointer-events:none}
.part:hover .glow{fill:color-mix(in srgb,var(--accent) 18%,transparent)}
.armed .part:hover .glow{fill:color-mix(in srgb,var(--fail) 22%,transparent)}
.armed .part.broken:hover .glow{fill:color-mix(in srgb,var(--pass) 30%,transparent)}
.part:focus-visible .glow{stroke:var(--accent);stroke-width:2}
.hint{min-height:1.5em;margin-top:6px;text-align:center}
.side{display:flex;flex-direction:column;min-height:460px}
.faults{list-style:none;padding:0;margin:8px 0 10px;display:grid;gap:8px}
.faults li{display:flex;gap:14px;align-items:center;justify-content:space-between;border-left:4px solid var(--fail);background:var(--fail-bg);border-radius:0 8px 8px 0;padding:7px 14px}
.faults .sub{display:block;overflow-wrap:anywhere}.faults button{flex:none;font-weight:600}.faults [data-epoch]{font-variant-numeric:tabular-nums}
#faults>.sub{margin-top:4px}
.log-panel{flex:1 1 0;display:flex;flex-direction:column;min-height:300px}
.log-panel .heading{margin-bottom:8px}
.entries{flex:1 1 0;min-height:200px;overflow-y:auto;font-size:13px;line-height:1.5;border-top:1px solid var(--rule)}
.entries ol{list-style:none;padding:0}.entries li{padding:2px 4px 2px 9px;border-left:3px solid transparent;overflow-wrap:anywhere}
.entries time{font-variant-numeric:tabular-nums;color:var(--soft)}.entries .who{color:var(--soft)}
.e-act{font-weight:650}.e-act .who{color:inherit}.entries .e-act{border-left-color:var(--accent)}.e-seen .what{color:var(--pass)}
.e-command{color:var(--soft)}.e-command .what{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:12px}
.entries .e-error{border-left-color:var(--fail)}.e-error .what{color:var(--fail);font-weight:600}
#timeline{margin-top:6px;min-height:300px}#timeline .timeline{cursor:default;user-select:auto}
.all summary{cursor:pointer}.all summary h2{display:inline}
.forms{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:12px;margin-top:14px}
.forms form{border:1px solid var(--rule);border-radius:10px;padding:12px 16px;display:flex;flex-direction:column;gap:8px}
.forms h3{color:var(--ink);font-size:14px;margin:0}.forms code{font-weight:400;color:var(--soft);margin-left:4px}
.fields{display:flex;flex-wrap:wrap;gap:8px 14px;margin-top:auto}.fields label{display:flex;gap:6px;align-items:center;font-size:13px}.fields span{color:var(--soft)}
.fields select,.fields input{font:inherit;font-size:13px;color:inherit;background:var(--card);border:1px solid var(--rule);border-radius:7px;padding:3px 8px;max-width:150px}
button.danger{border-color:var(--fail);color:var(--fail)}button:disabled{opacity:.6;cursor:not-allowed}
.forms button{align-self:flex-start}
.menu{position:fixed;inset:auto;margin:0;background:var(--card);color:inherit;border:1px solid var(--rule);border-radius:12px;padding:14px;box-shadow:0 10px 36px #0006;width:min(340px,calc(100vw - 16px))}
.menu h3{color:var(--ink);margin-bottom:8px}
#choices{display:grid;gap:6px}#choices button{text-align:left;padding:8px 12px}#choices b{display:block;font-weight:600}#choices .sub{font-size:12.5px;line-height:1.35;display:block}
.save{margin:64px 32px auto auto;background:var(--card);color:inherit;border:1px solid var(--rule);border-radius:12px;padding:16px 20px;box-shadow:0 10px 36px #0006;width:min(340px,calc(100vw - 64px))}
.save label{display:block;margin:10px 0}.save input{font:inherit;color:inherit;background:var(--card);border:1px solid var(--rule);border-radius:7px;padding:3px 8px}.save button{margin:0}
.toast{position:fixed;left:50%;bottom:20px;translate:-50% 0;max-width:min(760px,calc(100vw - 32px));background:var(--ink);color:var(--page);border-radius:10px;padding:10px 18px;font-size:14px;box-shadow:0 8px 30px #0005;overflow-wrap:anywhere;z-index:3}
.toast:empty{display:none}.toast.bad{background:var(--fail-bg);color:var(--fail);border:1px solid var(--fail)}
@media (max-width:1100px){.board{grid-template-columns:minmax(0,1fr)}.side{min-height:0}.log-panel{flex:none;min-height:0}.entries{flex:none;height:260px}}
@media (max-width:900px){.statuses{grid-template-columns:repeat(2,minmax(0,1fr));gap:10px}.status{padding:10px 14px;min-height:0}.status dd{font-size:20px}.panel{padding:12px 14px 14px}}
@media (prefers-reduced-motion:reduce){.picture{transition:none}}
`;
