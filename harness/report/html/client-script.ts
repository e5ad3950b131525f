/**
 * The script of the whole file, as text, because the compiler copies no assets: which page is shown, theme, filter and copying.
 * The file is complete without it: then all pages follow one another. With it, each test's page stays packed in its `noscript`
 * (a parser that runs scripts leaves that as one text) until it is asked for, so a night of thousands of trials opens at once.
 * What is unpacked is our own markup, in which text from nodes and services was escaped when the file was made.
 */
export const CLIENT_SCRIPT = String.raw`"use strict";
(() => {
const root = document.documentElement, byId = (id) => document.getElementById(id);
root.classList.add("js");

const theme = byId("theme");
const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
const nameTheme = () => { theme.textContent = dark() ? "Light" : "Dark"; };
theme.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; nameTheme(); });
nameTheme();

for (const button of document.querySelectorAll("button[data-copy]")) button.addEventListener("click", async () => {
  const source = byId(button.dataset.copy), said = button.textContent;
  getSelection().selectAllChildren(source);
  let done = false;
  try { await navigator.clipboard.writeText(source.textContent); done = true; } catch { done = document.execCommand("copy"); }
  button.textContent = done ? "Copied" : "Selected";
  setTimeout(() => { button.textContent = said; }, 1500);
});

const filter = byId("filter"), chips = Array.from(document.querySelectorAll(".chip"));
let rows = null;
function applyFilter() {
  rows = rows || Array.from(document.querySelectorAll("#night tr[data-verdict]"), (row) => ({ row: row, text: row.textContent.toLowerCase() }));
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = chips.filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset.verdict);
  let shown = 0;
  for (const { row, text } of rows) {
    row.hidden = !(words.every((word) => text.includes(word)) && (wanted.length === 0 || wanted.includes(row.dataset.verdict)));
    if (!row.hidden) shown++;
  }
  byId("nothing").hidden = shown > 0;
}
if (filter) filter.addEventListener("input", applyFilter);
for (const chip of chips) chip.addEventListener("click", () => { chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true")); applyFilter(); });

const night = byId("night"), title = document.title;
let current = night, nightScroll = 0;
// #test-x is a test's page, #test-x--3 its third trial; anything else is a place on the night page. After an & stands what only that page
// understands, like the window of its time axis.
function route(moveFocus) {
  const hash = decodeURIComponent(location.hash.slice(1).split("&")[0]), wanted = byId(hash.split("--")[0]);
  const page = (wanted && wanted.closest(".page")) || night;
  if (current === night && page !== night) nightScroll = scrollY;
  const packed = page.querySelector(":scope > noscript"), first = packed !== null;
  if (first) {
    const box = document.createElement("template");
    box.innerHTML = packed.textContent;
    packed.replaceWith(box.content);
  }
  for (const each of [current, page]) each.classList.toggle("current", each === page);
  const came = current !== page;
  current = page;
  const heading = page.querySelector("h1, h2");
  document.title = page === night ? title : heading.textContent.trim() + " · " + title;
  const target = hash === "" ? null : byId(hash);
  document.dispatchEvent(new CustomEvent("hachaos:page", { detail: { page: page, first: first, target: target } }));
  if (target && target !== page) {
    for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    target.scrollIntoView();
  } else if (came) scrollTo(0, page === night ? nightScroll : 0);
  // The page that is new to a screen reader is announced by its heading; a target inside it takes the focus itself.
  if (moveFocus && came) (target && target !== page && target.tabIndex >= 0 ? target : heading).focus({ preventScroll: true });
}
addEventListener("hashchange", () => route(true));
night.classList.add("current");
route(false);
})();
`;
