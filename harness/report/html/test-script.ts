/**
 * The script of a test's page, as text: which trial is shown, cursor and zoom of its time axis, and the log that narrows with it. It only reads
 * drawing attributes and moves or hides what is already there; it never makes elements from text. A test's page is unpacked when it is first
 * shown; `hachaos:page` tells, and comes again for every place in it that is asked for.
 */
export const TEST_SCRIPT = String.raw`"use strict";
(() => {
const say = (ms) => (ms < 0 ? "\u2212" : "+") + (Math.abs(ms) / 1000).toFixed(3) + " s";
const number = (element, name) => Number(element.getAttribute(name));
const trials = new Map();

function setUpTrial(trial) {
  const log = setUpLog(trial), time = setUpTime(trial, log);
  if (time) for (const e of trial.querySelectorAll("[data-ms]")) {
    const inLog = e.closest(".log") !== null, point = () => time.point(number(e, "data-ms"), null, inLog);
    e.addEventListener("pointerenter", point);
    e.addEventListener("focusin", point);
  }
  trials.set(trial, { log: log, time: time });
}

function setUpLog(trial) {
  const box = trial.querySelector(".log");
  if (!box) return null;
  const rows = Array.from(box.querySelectorAll("tbody tr"), (e) => ({ e: e, ms: number(e, "data-ms"), node: e.cells[1].textContent, source: e.cells[2].textContent, text: e.textContent.toLowerCase(), pinned: e.classList.contains("pinned") }));
  const evidence = box.querySelector("[data-evidence]"), node = box.querySelector("[data-node]"), source = box.querySelector("[data-source]"), text = box.querySelector("[data-text]");
  const count = box.querySelector(".shown"), scroller = box.querySelector(".scroll");
  let span = null, marked = null;
  function apply() {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean), only = evidence.getAttribute("aria-pressed") === "true";
    let shown = 0;
    for (const r of rows) {
      const hidden = (span !== null && (r.ms < span[0] || r.ms > span[1])) || (only && !r.pinned) || (node.value !== "" && r.node !== node.value) || (source.value !== "" && r.source !== source.value) || !words.every((word) => r.text.includes(word));
      if (r.e.hidden !== hidden) r.e.hidden = hidden;
      if (!hidden) shown++;
    }
    count.textContent = (shown === rows.length ? "" : shown + " of ") + rows.length + " lines" + (span === null ? "" : " from " + say(span[0]) + " to " + say(span[1]));
  }
  evidence.addEventListener("click", () => { evidence.setAttribute("aria-pressed", String(evidence.getAttribute("aria-pressed") !== "true")); apply(); });
  for (const e of [node, source, text]) e.addEventListener("input", apply);
  return {
    narrow: (to) => { span = to; apply(); },
    // The last line before the cursor.
    mark: (ms, scroll) => {
      let last = null;
      for (const r of rows) { if (r.ms > ms) break; if (!r.e.hidden) last = r.e; }
      if (marked) marked.classList.remove("at");
      marked = last;
      if (!last) return;
      last.classList.add("at");
      if (scroll) scroller.scrollTop = last.offsetTop - scroller.clientHeight / 2;
    },
    reveal: () => { evidence.setAttribute("aria-pressed", "false"); node.value = source.value = text.value = ""; apply(); },
  };
}

function setUpTime(trial, log) {
  const figure = trial.querySelector("figure.time"), svg = figure && figure.querySelector("svg.timeline");
  if (!svg) return null;
  const plot = svg.querySelector("svg.plot"), over = svg.querySelector("svg.over"), readout = figure.querySelector(".readout"), shown = figure.querySelector(".window");
  const axis = svg.querySelector("g.axis"), cursor = over.querySelector(".cursor"), brush = over.querySelector(".brush");
  const width = number(plot, "width"), height = number(plot, "height"), left = number(plot, "x");
  const whole = [number(svg, "data-from"), number(svg, "data-to")], rowTops = svg.dataset.rows.split(" ").map(Number);
  const labels = Array.from(over.querySelectorAll("text.in"), (e) => ({ e: e, from: number(e, "data-a"), to: number(e, "data-b"), needs: e.textContent.length * 6.4 + 8 }));
  let view = whole.slice(), at = null, timer = 0, told = null;
  const toX = (ms) => ((ms - view[0]) / (view[1] - view[0])) * width;

  function drawAxis() {
    const rough = (view[1] - view[0]) / 12, power = Math.pow(10, Math.floor(Math.log10(rough)));
    const step = [1, 2, 5, 10].find((f) => f * power >= rough) * power;
    const make = (name, attributes, text) => {
      const e = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const key in attributes) e.setAttribute(key, attributes[key]);
      if (text) e.textContent = text;
      axis.appendChild(e);
    };
    axis.replaceChildren();
    for (let i = Math.ceil(view[0] / step); i * step <= view[1]; i++) {
      const ms = i * step, x = toX(ms).toFixed(2), value = Number((ms / 1000).toFixed(4));
      make("line", { "class": i === 0 ? "zero" : "grid", x1: x, x2: x, y1: axis.dataset.y1, y2: axis.dataset.y2 });
      make("text", { "class": i === 0 ? "tick zero" : "tick", x: Math.min(Math.max(x, 17), width - 17), y: axis.dataset.ty }, i === 0 ? "0" : (value < 0 ? "\u2212" : "") + Math.abs(value) + " s");
    }
  }

  function show(from, to, keep) {
    const span = Math.min(Math.max(to - from, 20), whole[1] - whole[0]);
    const start = Math.min(Math.max(from, whole[0]), whole[1] - span);
    view = [start, start + span];
    const all = view[0] === whole[0] && view[1] === whole[1];
    plot.setAttribute("viewBox", (start - whole[0]) + " 0 " + span + " " + height);
    for (const l of labels) {
      const x = Math.max(toX(l.from), 0), room = Math.min(toX(l.to), width) - x;
      l.e.setAttribute("x", (x + 5).toFixed(2));
      l.e.setAttribute("visibility", room > l.needs ? "visible" : "hidden");
    }
    drawAxis();
    if (at !== null) place();
    shown.textContent = all ? "" : say(view[0]) + " to " + say(view[1]);
    figure.dataset.view = Math.round(view[0]) + " " + Math.round(view[1]);
    if (log) log.narrow(all ? null : view);
    if (keep) return;
    // The address keeps the window, so that it can be sent to somebody.
    clearTimeout(timer);
    timer = setTimeout(() => history.replaceState(null, "", "#" + trial.id + (all ? "" : "&from=" + Math.round(view[0]) + "&to=" + Math.round(view[1]))), 120);
  }

  function place() {
    const x = toX(at);
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    cursor.setAttribute("visibility", x < 0 || x > width ? "hidden" : "visible");
  }

  // What the table says of a row at a moment; a mark without length counts as far as a pointer can hit.
  function what(ms, row) {
    if (told === null) {
      told = rowTops.map(() => []);
      for (const e of figure.querySelectorAll(".as-table tr[data-r]")) told[number(e, "data-r")].push({ from: number(e, "data-a"), to: number(e, e.dataset.b === undefined ? "data-a" : "data-b"), e: e });
    }
    const near = ((view[1] - view[0]) / width) * 3;
    const hits = told[row].filter((m) => m.from - near <= ms && ms <= m.to + near).sort((a, b) => (a.to - a.from) - (b.to - b.from));
    return hits.length === 0 ? "" : hits[0].e.cells[0].textContent + ": " + hits[0].e.cells[4].textContent;
  }

  function point(ms, row, inLog) {
    at = ms;
    place();
    const text = row === null ? "" : what(ms, row);
    readout.textContent = say(ms) + (text === "" ? "" : "  " + text);
    if (log && !inLog) log.mark(ms, true);
  }

  function zoom(factor, around) {
    const middle = around === undefined ? (view[0] + view[1]) / 2 : around;
    show(middle - (middle - view[0]) * factor, middle + (view[1] - middle) * factor);
  }
  const all = () => show(whole[0], whole[1]);
  const to = (name) => () => {
    const ends = figure.dataset[name].split(" ").map(Number), margin = Math.max((ends[1] - ends[0]) * 0.15, 300);
    show(ends[0] - margin, ends[1] + margin);
  };
  const move = (share) => show(view[0] + (view[1] - view[0]) * share, view[1] + (view[1] - view[0]) * share);
  function step(share) {
    const from = at === null || at < view[0] || at > view[1] ? (view[0] + view[1]) / 2 : at;
    readout.setAttribute("aria-live", "polite");
    point(Math.min(Math.max(from + (view[1] - view[0]) * share, view[0]), view[1]), null, false);
  }
  const keys = { "+": () => zoom(0.6), "=": () => zoom(0.6), "-": () => zoom(1 / 0.6), "0": all, "Escape": all, "ArrowLeft": () => move(-0.2), "ArrowRight": () => move(0.2) };
  const shiftKeys = { "ArrowLeft": () => step(-0.01), "ArrowRight": () => step(0.01), "+": keys["+"] };
  figure.addEventListener("keydown", (event) => {
    const act = (event.shiftKey ? shiftKeys : keys)[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !act || event.target.closest(".as-table")) return;
    event.preventDefault();
    act();
  });
  const buttons = { "in": () => zoom(0.6), "out": () => zoom(1 / 0.6), "all": all, "gap": to("gap"), "back": to("back") };
  for (const button of figure.querySelectorAll("button[data-zoom]")) button.addEventListener("click", buttons[button.dataset.zoom]);

  function placeOf(event) {
    const box = svg.getBoundingClientRect(), unit = svg.viewBox.baseVal.width / box.width;
    const x = (event.clientX - box.left) * unit - left, y = (event.clientY - box.top) * unit;
    const row = rowTops.findIndex((top) => y >= top - 3 && y < top + 14);
    return { inside: x >= 0 && x <= width, ms: view[0] + (Math.min(Math.max(x, 0), width) / width) * (view[1] - view[0]), row: row < 0 ? null : row };
  }
  let from = null;
  svg.addEventListener("pointerdown", (event) => {
    const where = placeOf(event);
    if (event.button !== 0 || event.pointerType === "touch" || !where.inside) return;
    from = where.ms;
    svg.setPointerCapture(event.pointerId);
    event.preventDefault();
    figure.focus({ preventScroll: true });
  });
  svg.addEventListener("pointermove", (event) => {
    const where = placeOf(event);
    if (!where.inside && from === null) return;
    readout.setAttribute("aria-live", "off");
    point(where.ms, where.row, false);
    if (from === null) return;
    brush.setAttribute("x", toX(Math.min(from, where.ms)));
    brush.setAttribute("width", Math.abs(toX(where.ms) - toX(from)));
    brush.setAttribute("visibility", "visible");
  });
  svg.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const end = placeOf(event).ms, start = from;
    from = null;
    brush.setAttribute("visibility", "hidden");
    if (Math.abs(toX(end) - toX(start)) > 6) show(Math.min(start, end), Math.max(start, end));
  });
  svg.addEventListener("pointercancel", () => { from = null; brush.setAttribute("visibility", "hidden"); });
  svg.addEventListener("dblclick", all);
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 0.8 : 1 / 0.8, placeOf(event).ms);
  }, { passive: false });
  return { show: show, point: point, showAll: () => show(whole[0], whole[1], true), holds: (ms) => ms >= view[0] && ms <= view[1] };
}

function setUpPicker(page) {
  const links = Array.from(page.querySelectorAll(".picker a"));
  for (const link of links) link.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    const next = step && links[links.indexOf(link) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.click();
  });
}

document.addEventListener("hachaos:page", ({ detail: { page, first, target } }) => {
  if (first) {
    for (const trial of page.querySelectorAll(".trial")) setUpTrial(trial);
    setUpPicker(page);
  }
  const wanted = (target && target.closest(".trial")) || page.querySelector(".trial.shown") || page.querySelector(".trial");
  if (!wanted) return;
  for (const trial of page.querySelectorAll(".trial")) trial.classList.toggle("shown", trial === wanted);
  for (const link of page.querySelectorAll(".picker a")) {
    if (link.hash === "#" + wanted.id) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
  }
  const { time, log } = trials.get(wanted), asked = /&from=(-?\d+)&to=(-?\d+)$/.exec(location.hash);
  if (asked && time) time.show(Number(asked[1]), Number(asked[2]), true);
  if (!target || !target.closest(".log tbody")) return;
  // A line that somebody links to must be seen, whatever was filtered away.
  const ms = number(target, "data-ms");
  if (time && !time.holds(ms)) time.showAll();
  if (target.hidden) log.reveal();
  target.focus({ preventScroll: true });
});
})();
`;
