// Reads the cloud every two seconds, and shows the view that the address names.

import { choose, faultTable, nothing, objectDetail, objectList, operationTable, title } from "./views.js";

const INTERVAL = 2000;
const state = { objects: [], operations: [], faults: [] };
const [list, detail, search, main] = ["#list", "#detail", "#search", "main"].map((selector) => document.querySelector(selector));

const route = () => {
  const [view, sequence] = location.hash.slice(1).split("/");
  return { view: view in state ? view : "objects", sequence: Number(sequence) };
};

const text = new WeakMap();
function contains(object, word) {
  if (!text.has(object)) text.set(object, JSON.stringify(object).toLowerCase());
  return text.get(object).includes(word.toLowerCase());
}
const found = (view) => (search.value ? state[view].filter((each) => contains(each, search.value.trim())) : state[view]);

function show() {
  const { view, sequence } = route();
  for (const link of document.querySelectorAll("nav a")) {
    link.toggleAttribute("aria-current", link.dataset.view === view);
    const [hits, all] = [found(link.dataset.view).length, state[link.dataset.view].length];
    document.querySelector(`#count-${link.dataset.view}`).textContent = search.value && hits !== all ? `${hits} of ${all}` : all;
  }
  main.classList.toggle("wide", view !== "objects" || !state.objects.length);
  if (view === "operations") return list.replaceChildren(operationTable(found(view), search.value));
  if (view === "faults") return list.replaceChildren(faultTable(found(view)));
  const objects = found("objects");
  const current = state.objects.find((each) => each.sequence === sequence);
  const scrolled = list.scrollTop;
  list.replaceChildren(...(objects.length ? objectList(objects, search.value.trim(), current) : [nothing(search.value)]));
  list.scrollTop = scrolled;
  document.title = current ? `${title(current)} · Sandbox cloud` : "Sandbox cloud";
  if (detail.dataset.shown !== JSON.stringify(current ?? objects.length)) {
    detail.dataset.shown = JSON.stringify(current ?? objects.length);
    detail.replaceChildren(...(current ? objectDetail(current) : [choose(objects)]));
    detail.scrollTop = 0;
  }
}

async function read() {
  try {
    const names = Object.keys(state);
    const bodies = await Promise.all(names.map((name) => fetch(`/_sandbox/${name}`).then((answer) => answer.text())));
    const changed = names.filter((name, index) => read[name] !== bodies[index]);
    for (const [index, name] of names.entries()) if (changed.includes(name)) { read[name] = bodies[index]; state[name] = JSON.parse(bodies[index]); }
    document.querySelector("#offline").hidden = true;
    if (changed.length) show();
  } catch {
    document.querySelector("#offline").hidden = false;
  }
}

function move(step) {
  const rows = [...list.querySelectorAll(".row")];
  if (!rows.length) return;
  const at = rows.findIndex((each) => each.hasAttribute("aria-current"));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  location.replace(next.getAttribute("href"));
  requestAnimationFrame(() => list.querySelector(".row[aria-current]")?.scrollIntoView({ block: "nearest" }));
}

function theme(next) {
  document.documentElement.dataset.theme = next;
  localStorage.setItem("theme", next);
}

const KEYS = {
  "/": () => search.focus(), j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
  t: () => document.querySelector("#theme").click(),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") { search.value = ""; search.blur(); return show(); }
  if (event.target === search && !["ArrowDown", "ArrowUp"].includes(event.key)) {
    if (event.key === "Enter") { const first = list.querySelector(".row"); if (first) location.hash = first.getAttribute("href"); }
    return;
  }
  if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
});
search.addEventListener("input", show);
addEventListener("hashchange", show);
document.querySelector("#theme").addEventListener("click", () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
theme(localStorage.getItem("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
fetch("/_sandbox/about").then((answer) => answer.json()).then(({ versions, kubernetes }) => {
  document.querySelector("#about").textContent = `Kubernetes ${kubernetes} · ${Object.entries(versions).map((each) => each.join(" ")).join(" · ")}`;
});
await read();
setInterval(read, INTERVAL);
