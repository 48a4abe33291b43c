// The views: the grouped list of objects, one object, the operations, the faults, and what to do when there is nothing.

import { el, kind, marked, section, time } from "./dom.js";
import { legible } from "./legible.js";
import { parsed, tree } from "./tree.js";

export const address = (object) => `#objects/${object.sequence}`;
const PROVIDERS = { datadog: "Datadog", sentry: "Sentry", kubernetes: "Kubernetes", docker: "Docker" };

export function title({ properties, name }) {
  const document = properties.dashboard ?? properties.monitor;
  const own = document ? parsed(document)?.title ?? parsed(document)?.name : properties.title ?? properties.name ?? properties.imageName;
  return typeof own === "string" ? own : properties.metadata?.name ?? name;
}

const byTitle = (one, other) => title(one).localeCompare(title(other), undefined, { numeric: true });

export function objectList(objects, word, current) {
  const groups = Map.groupBy(objects, (each) => each.provider);
  return [...groups].sort().flatMap(([provider, members]) => [
    el("div", { class: "provider", role: "heading", "aria-level": "2" }, PROVIDERS[provider] ?? provider, el("span", { class: "count" }, String(members.length))),
    ...[...Map.groupBy(members, (each) => each.type)].sort().flatMap(([type, same]) => [
      el("div", { class: "type", role: "heading", "aria-level": "3", title: type }, kind(type), el("span", { class: "count" }, String(same.length))),
      ...same.toSorted(byTitle).map((each) => row(each, word, current)),
    ]),
  ]);
}

function row(object, word, current) {
  const name = title(object);
  return el("a", { class: "row", href: address(object), "data-sequence": object.sequence, "aria-current": object === current ? "true" : null },
    el("span", { class: "title" }, marked(name, word)),
    name === object.name ? null : el("span", { class: "sub" }, marked(object.name, word)));
}

export function objectDetail(object) {
  const stack = object.urn.split(":")[2];
  return [
    el("h2", {}, title(object)),
    el("div", { class: "facts" },
      el("span", {}, kind(object.type)), el("span", { class: "mono" }, `id ${object.id}`), stack ? el("span", {}, `stack ${stack}`) : null,
      el("span", {}, `changed ${time(object.updated)}`)),
    ...legible(object),
    ...section("All properties", tree(object.properties)),
    ...section("Identity", tree({ type: object.type, urn: object.urn, "logical name": object.name, created: time(object.created), "creation number": object.sequence })),
  ];
}

export function nothing(word) {
  if (word) return el("div", { class: "empty" }, el("h2", {}, "Nothing found"), el("p", {}, `No object has “${word}” in its name, type or properties. `, el("kbd", {}, "Esc"), " clears the search."));
  return el("div", { class: "empty" }, el("h2", {}, "The cloud is empty"), el("p", {}, "Bring the stack up, and everything it makes appears here:"),
    el("pre", {}, "make up"), el("p", {}, "or with plain Pulumi, from a prepared shell:"), el("pre", {}, "eval \"$(python -m sandbox env)\"\npulumi up"));
}

export function choose(objects) {
  return el("div", { class: "empty" }, el("h2", {}, `${objects.length} objects`), el("p", {}, "Choose one on the left, or type to search."));
}

export function operationTable(operations, word) {
  if (!operations.length) return el("div", { class: "empty" }, el("h2", {}, "No operations"), el("p", {}, "Each create, read, update and delete is listed here."));
  return el("table", {}, el("thead", {}, el("tr", {}, ["Number", "Time", "Operation", "Type", "Name", "Outcome"].map((each) => el("th", {}, each)))),
    el("tbody", {}, operations.toReversed().map((each) => el("tr", {},
      el("td", {}, String(each.sequence)), el("td", { class: "nowrap" }, new Date(each.time).toLocaleTimeString()), el("td", {}, each.operation),
      el("td", {}, kind(each.type)), el("td", {}, marked(each.urn.split("::").at(-1) || each.id, word)),
      el("td", { class: each.outcome === "ok" ? "ok" : "bad" }, each.outcome)))));
}

export function faultTable(faults) {
  if (!faults.length) return el("div", { class: "empty" }, el("h2", {}, "No faults are waiting"), el("p", {}, "Make the cloud fail on purpose:"), el("pre", {}, "python -m sandbox fail nth create 5\npython -m sandbox fail rate-limit 3\npython -m sandbox fail slow 5 --seconds 2"));
  return el("table", {}, el("thead", {}, el("tr", {}, ["Kind", "Operation", "How many from now", "Delay", "When", "Message"].map((each) => el("th", {}, each)))),
    el("tbody", {}, faults.map((each) => el("tr", {}, el("td", {}, each.kind), el("td", {}, each.operation || "any"), el("td", {}, String(each.remaining)),
      el("td", {}, each.delay ? `${each.delay} s` : ""), el("td", {}, `${each.when} the cloud has done it`), el("td", {}, each.message)))));
}
