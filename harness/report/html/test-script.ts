/**
 * The script of a test's page, as text: cursor and zoom of its time axis. It only reads drawing attributes and moves what is already
 * there; it never makes elements from text. A test's page is unpacked when it is first shown; `hachaos:page` tells.
 */
export const TEST_SCRIPT = String.raw`"use strict";
(() => {
function setUpFigure(figure) {
  const svg = figure.querySelector("svg.timeline"), plot = svg && svg.querySelector("svg.plot");
  if (!plot) return;
  const readout = figure.querySelector(".readout");
  const width = Number(plot.getAttribute("width"));
  const whole = [Number(svg.dataset.from), Number(svg.dataset.to)];
  let view = whole.slice();
  const toMs = (x) => whole[0] + (x / width) * (whole[1] - whole[0]);
  const toX = (ms) => ((ms - view[0]) / (view[1] - view[0])) * width;
  const number = (element, name) => Number(element.getAttribute(name));
  const marks = Array.from(plot.children).filter((e) => (e.tagName === "rect" && !e.classList.contains("brush")) || e.tagName === "use").map((e) => {
    const x = number(e, "x"), fixed = e.tagName === "use" || e.classList.contains("point");
    return { e: e, from: toMs(x), to: fixed ? null : toMs(x + number(e, "width")), least: e.classList.contains("sure") ? 1.6 : 0.5 };
  });
  const labels = Array.from(plot.querySelectorAll("text.in")).map((e) => ({ e: e, from: toMs(Number(e.dataset.x)), to: toMs(Number(e.dataset.x) + Number(e.dataset.w)), needs: e.textContent.length * 6.4 + 8 }));
  const axis = plot.querySelector("g.axis"), cursor = plot.querySelector(".cursor"), brush = plot.querySelector(".brush");

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

  function show(from, to) {
    const span = Math.min(Math.max(to - from, 20), whole[1] - whole[0]);
    const start = Math.min(Math.max(from, whole[0]), whole[1] - span);
    view = [start, start + span];
    for (const m of marks) {
      const x = toX(m.from);
      m.e.setAttribute("x", x.toFixed(2));
      if (m.to !== null) m.e.setAttribute("width", Math.max(toX(m.to) - x, m.least).toFixed(2));
    }
    for (const l of labels) {
      const x = Math.max(toX(l.from), 0), room = Math.min(toX(l.to), width) - x;
      l.e.setAttribute("x", (x + 5).toFixed(2));
      l.e.setAttribute("visibility", room > l.needs ? "visible" : "hidden");
    }
    drawAxis();
    cursor.setAttribute("visibility", "hidden");
    figure.dataset.view = Math.round(view[0]) + " " + Math.round(view[1]);
  }

  function point(ms) {
    const x = toX(ms);
    cursor.setAttribute("x1", x);
    cursor.setAttribute("x2", x);
    cursor.setAttribute("visibility", "visible");
    readout.textContent = (ms < 0 ? "\u2212" : "+") + (Math.abs(ms) / 1000).toFixed(3) + " s";
  }

  function zoom(factor, around) {
    const at = around === undefined ? (view[0] + view[1]) / 2 : around;
    show(at - (at - view[0]) * factor, at + (view[1] - at) * factor);
  }
  const all = () => show(whole[0], whole[1]);
  function gap() {
    const ends = figure.dataset.gap.split(" ").map(Number), margin = Math.max((ends[1] - ends[0]) * 0.15, 300);
    show(ends[0] - margin, ends[1] + margin);
  }
  const move = (share) => show(view[0] + (view[1] - view[0]) * share, view[1] + (view[1] - view[0]) * share);
  const keys = { "+": () => zoom(0.6), "=": () => zoom(0.6), "-": () => zoom(1 / 0.6), "0": all, "Escape": all, "ArrowLeft": () => move(-0.2), "ArrowRight": () => move(0.2) };
  figure.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  const buttons = { "in": () => zoom(0.6), "out": () => zoom(1 / 0.6), "all": all, "gap": gap };
  for (const button of figure.querySelectorAll("button[data-zoom]")) button.addEventListener("click", buttons[button.dataset.zoom]);

  const msAt = (event) => {
    const box = svg.getBoundingClientRect(), unit = svg.viewBox.baseVal.width / box.width;
    const x = (event.clientX - box.left) * unit - number(plot, "x");
    return view[0] + (Math.min(Math.max(x, 0), width) / width) * (view[1] - view[0]);
  };
  let from = null;
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    from = msAt(event);
    plot.setPointerCapture(event.pointerId);
    event.preventDefault();
    figure.focus({ preventScroll: true });
  });
  plot.addEventListener("pointermove", (event) => {
    const ms = msAt(event);
    point(ms);
    if (from === null) return;
    brush.setAttribute("x", toX(Math.min(from, ms)));
    brush.setAttribute("width", Math.abs(toX(ms) - toX(from)));
    brush.setAttribute("visibility", "visible");
  });
  plot.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const to = msAt(event), start = from;
    from = null;
    brush.setAttribute("visibility", "hidden");
    if (Math.abs(toX(to) - toX(start)) > 6) show(Math.min(start, to), Math.max(start, to));
  });
  plot.addEventListener("pointercancel", () => { from = null; brush.setAttribute("visibility", "hidden"); });
  plot.addEventListener("pointerleave", () => { if (from === null) { cursor.setAttribute("visibility", "hidden"); readout.textContent = ""; } });
  plot.addEventListener("dblclick", all);
  // Pointing at a log line or a piece of evidence shows its moment on the axis.
  for (const row of figure.closest(".trial").querySelectorAll("[data-ms]")) row.addEventListener("pointerenter", () => point(Number(row.dataset.ms)));
}
document.addEventListener("hachaos:page", ({ detail }) => {
  if (detail.first) for (const figure of detail.page.querySelectorAll("figure.time")) setUpFigure(figure);
});
})();
`;
