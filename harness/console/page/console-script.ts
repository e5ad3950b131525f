/**
 * The script of the console's page, as text, because the compiler copies no assets. It puts the markup that the server sends into its places,
 * asks for what is clicked, and ticks what counts; all markup is our own, in which text from the lab was escaped when it was made.
 */
export const CONSOLE_SCRIPT = String.raw`"use strict";
(() => {
const root = document.documentElement, byId = (id) => document.getElementById(id);
const token = new URLSearchParams(location.search).get("token") || "", asked = "?token=" + encodeURIComponent(token);
root.classList.add("js");
byId("report").href = "report" + asked;

const theme = byId("theme");
const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
const nameTheme = () => { theme.textContent = dark() ? "Light" : "Dark"; };
theme.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; nameTheme(); });
nameTheme();

let source = null, me = null, boot = null, locked = true, state = { service: "unknown", parts: {}, lost: null, lab: "" };
const lock = byId("lock"), never = lock.disabled, parts = Array.from(document.querySelectorAll(".part"));
const kept = new Map();

// What stands there already is left alone; what is replaced while it had the focus gets it back.
function put(id, markup) {
  const place = byId(id);
  if (kept.get(id) === markup) return;
  const first = !kept.has(id), key = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  kept.set(id, markup);
  place.innerHTML = markup;
  // The lanes end with now, which a narrow window shows first.
  if (first && id === "timeline") place.scrollLeft = place.scrollWidth;
  if (key === undefined) return;
  const again = place.querySelector('[data-key="' + CSS.escape(key) + '"]') || place.querySelector("button") || byId("parts");
  again.focus({ preventScroll: true });
}
function tick() {
  for (const e of document.querySelectorAll("[data-epoch]")) {
    const s = Math.max(0, Date.now() - e.dataset.epoch) / 1000, whole = Math.floor(s);
    const text = e.dataset.digits === "1" ? s.toFixed(1) + " s" : whole < 60 ? whole + " s" : Math.floor(whole / 60) + " min " + (whole % 60) + " s";
    if (e.textContent !== text) e.textContent = text;
  }
}
setInterval(tick, 100);

function connect() {
  source = new EventSource("events" + asked);
  const on = (name, act) => source.addEventListener(name, (event) => act(JSON.parse(event.data)));
  on("hello", (text) => {
    const hello = JSON.parse(text);
    // Another console answers at the same address: its page may be another one, and this one shows nothing of it while it goes.
    if (boot !== null && boot !== hello.boot) { source.close(); location.reload(); return; }
    boot = hello.boot; me = hello;
    byId("me").textContent = " · " + me.name;
    byId("entries").textContent = "";
    notice("");
  });
  for (const id of ["status", "topology", "faults", "timeline"]) on(id, (markup) => { put(id, markup); tick(); });
  on("state", (text) => { state = JSON.parse(text); showState(); });
  on("lock", (text) => { locked = JSON.parse(text).locked; showState(); });
  on("entries", addEntries);
  source.onerror = () => {
    away();
    notice(state.lost !== null ? "" : source.readyState === EventSource.CLOSED
      ? "This console has ended, and another one answers here. Open the address that hachaos console printed last."
      : "The connection is lost: what you see is not the present. If the console has ended, start it again: hachaos console " + state.lab + ". This page tries again by itself.");
  };
}
function away() { me = null; locked = true; showState(); notice(""); }
function notice(text) {
  root.classList.toggle("away", me === null);
  const all = text || (state.lost ? "The lab is lost: " + state.lost : "");
  byId("notice").textContent = all;
  byId("notice").hidden = all === "";
}
// A browser holds no more than six connections to one server, so a page that nobody sees gives its own back.
let hiding = 0;
document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) hiding = setTimeout(() => { if (source) source.close(); source = null; away(); }, 5000);
  else if (source === null) connect();
});

function showState() {
  root.classList.toggle("armed", !locked);
  lock.setAttribute("aria-pressed", String(locked));
  lock.textContent = me === null ? "No connection" : locked ? (never ? "Locked" : "Locked: unlock to break") : "Unlocked: a click breaks";
  lock.disabled = never || me === null;
  for (const part of parts) {
    const faults = state.parts[part.dataset.part] || [];
    part.classList.toggle("broken", faults.length > 0);
    const label = part.dataset.name + (faults.length > 0 ? ", broken: " + faults.map((fault) => fault.label).join(", ") : "");
    if (part.getAttribute("aria-label") !== label) part.setAttribute("aria-label", label);
  }
  for (const button of document.querySelectorAll("form[data-fault] button")) button.disabled = locked;
  document.title = (state.service === "dark" ? "● dark · " : state.lost ? "! lost · " : "") + state.lab + " · hachaos console";
  if (me !== null) notice("");
}

function addEntries(markup) {
  const list = byId("entries"), view = list.parentElement, atEnd = view.scrollHeight - view.scrollTop - view.clientHeight < 40;
  const box = document.createElement("template");
  box.innerHTML = markup;
  for (const who of box.content.querySelectorAll(".who")) if (me && who.textContent === me.name) {
    who.textContent = "this page";
    const line = who.closest("li");
    if (line.classList.contains("e-error")) toast(line.querySelector(".what").textContent, true);
  }
  list.append(box.content);
  while (list.children.length > 500) list.firstElementChild.remove();
  if (atEnd) view.scrollTop = view.scrollHeight;
}
byId("copy").addEventListener("click", async (event) => {
  const lines = Array.from(byId("entries").children, (line) => Array.from(line.children, (part) => part.textContent.trim()).join("  "));
  const button = event.currentTarget;
  let done = false;
  getSelection().selectAllChildren(byId("entries"));
  try { await navigator.clipboard.writeText(lines.join("\n") + "\n"); done = true; } catch { done = document.execCommand("copy"); }
  button.textContent = done ? "Copied" : "Selected";
  setTimeout(() => { button.textContent = "Copy"; }, 1500);
});

let toasting = 0;
function toast(text, bad) {
  const place = byId("toast");
  place.textContent = text;
  place.classList.toggle("bad", bad === true);
  clearTimeout(toasting);
  toasting = setTimeout(() => { place.textContent = ""; }, bad ? 12000 : 5000);
}

async function ask(action) {
  if (me === null) { toast("There is no connection, so nothing was done.", true); return; }
  try {
    const answer = await fetch("do", {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Hachaos-Token": token },
      body: JSON.stringify(Object.assign({ page: me.id }, action)),
    });
    const said = await answer.json();
    if (answer.ok) { if (said.message) toast(said.message); return; }
    toast(said.message + (said.hint ? " (" + said.hint + ")" : ""), true);
  } catch { toast("The console did not answer, so it is not known whether it was done.", true); }
}
const breakIt = (offer) => ask({ do: "inject", kind: offer.kind, target: offer.target, params: offer.params });
const heal = (id) => ask({ do: "heal", id: id });

lock.addEventListener("click", () => ask({ do: locked ? "unlock" : "lock" }));
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-heal]");
  if (!button) return;
  button.disabled = true;
  heal(button.dataset.heal).finally(() => { button.disabled = false; });
});

// A click does what it offers when that is one thing; else it asks. While the page is locked it does nothing.
function choicesOf(part) {
  const faults = state.parts[part.dataset.part] || [];
  const heals = faults.map((fault) => ({ label: "Heal: " + fault.label, summary: "", act: () => heal(fault.id) }));
  const breaks = JSON.parse(part.dataset.offers).map((offer) => ({ label: offer.label, summary: offer.summary, danger: true, act: () => breakIt(offer) }));
  return part.classList.contains("p-node") ? heals.concat(breaks) : heals.length > 0 ? heals : breaks;
}
function press(part) {
  if (locked) {
    toast("Locked: nothing was done. Unlock the page to break or heal by a click.");
    lock.classList.add("called");
    setTimeout(() => lock.classList.remove("called"), 900);
    return;
  }
  const choices = choicesOf(part);
  if (choices.length === 0) toast("There is no fault for " + part.dataset.name + " alone: see All faults.");
  else if (choices.length === 1) choices[0].act();
  else openMenu(part, choices);
}
const menu = byId("menu");
function openMenu(part, choices) {
  byId("menu-title").textContent = part.getAttribute("aria-label");
  byId("choices").replaceChildren(...choices.map((choice) => {
    const button = document.createElement("button"), name = document.createElement("b"), what = document.createElement("span");
    button.type = "button";
    name.textContent = choice.label;
    what.textContent = choice.summary;
    what.className = "sub";
    button.append(name, what);
    button.className = choice.danger ? "danger" : "";
    button.addEventListener("click", () => { menu.hidePopover(); part.focus(); choice.act(); });
    return button;
  }));
  menu.showPopover();
  const at = part.getBoundingClientRect(), own = menu.getBoundingClientRect();
  menu.style.left = Math.max(8, Math.min(at.left + at.width / 2 - own.width / 2, innerWidth - own.width - 8)) + "px";
  menu.style.top = Math.max(8, Math.min(at.top + at.height / 2, innerHeight - own.height - 8)) + "px";
  menu.querySelector("button").focus();
}
menu.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], buttons = Array.from(menu.querySelectorAll("button"));
  if (!step) return;
  event.preventDefault();
  buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length].focus();
});

const hint = byId("hint"), idle = hint.textContent;
function explain(part) {
  const choices = choicesOf(part);
  const what = choices.length === 1 ? choices[0].label : choices.length + " choices";
  hint.textContent = part.getAttribute("aria-label") + (locked ? " · locked" : choices.length > 0 ? " · click: " + what : "");
}
for (const part of parts) {
  part.addEventListener("click", () => press(part));
  part.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); press(part); } });
  for (const name of ["pointerenter", "focus"]) part.addEventListener(name, () => explain(part));
  for (const name of ["pointerleave", "blur"]) part.addEventListener(name, () => { hint.textContent = idle; });
}

for (const form of document.querySelectorAll("form[data-fault]")) form.addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = new FormData(form), params = {};
  for (const [name, value] of fields) if (name.startsWith("param.")) params[name.slice(6)] = value;
  breakIt({ kind: form.dataset.fault, target: fields.get("target") || "", params: params });
});

const save = byId("save");
save.addEventListener("submit", (event) => {
  event.preventDefault();
  save.hidePopover();
  ask({ do: "save", folder: new FormData(save).get("folder") });
});

connect();
})();
`;
