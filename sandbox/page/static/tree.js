// Nested properties as a tree that opens and closes.

import { el } from "./dom.js";

const SECRET = "(secret)";
const OPEN_DEPTH = 2;

export function tree(value, depth = 0) {
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return el("ul", { class: "tree" }, entries.map(([name, member]) => item(name, member, depth)));
}

function item(name, value, depth) {
  const key = el("span", { class: "key" }, name);
  if (value === null || typeof value !== "object") return el("li", {}, key, ": ", leaf(value));
  const size = Object.keys(value).length;
  if (size === 0) return el("li", {}, key, ": ", el("span", { class: "null" }, Array.isArray(value) ? "none" : "empty"));
  if (Array.isArray(value) && value.every((each) => typeof each === "string" && each.length < 40) && size < 12) {
    return el("li", {}, key, ": ", el("span", { class: "chips", style: "display:inline-flex" }, value.map((each) => el("span", { class: "chip mono" }, each))));
  }
  const label = Array.isArray(value) ? ` (${size} ${size === 1 ? "item" : "items"})` : "";
  return el("li", {}, el("details", { open: depth < OPEN_DEPTH }, el("summary", {}, key, label), tree(value, depth + 1)));
}

function leaf(value) {
  if (typeof value !== "string") return el("span", { class: `mono ${typeof value}` }, String(value));
  if (value.endsWith(SECRET)) return el("span", { class: "mono secret" }, value);
  const json = value.startsWith("{") && parsed(value);
  if (json) return el("details", {}, el("summary", {}, "JSON document"), tree(json, 1));
  return el("span", { class: "mono string" }, value === "" ? "\"\"" : value);
}

export function parsed(text) {
  try { return JSON.parse(text); } catch { return null; }
}
