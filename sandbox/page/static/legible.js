// What matters most about an object, in the words of its vendor.

import { el, section } from "./dom.js";
import { parsed } from "./tree.js";

export function legible(object) {
  const view = VIEWS[object.type.split(":").at(-1)];
  return view ? view(object.properties, object) : [];
}

const VIEWS = {
  Monitor: monitor,
  MonitorJson: (given) => monitor(monitorOf(parsed(given.monitor) ?? {})),
  Dashboard: (given) => dashboard(given.title, given.description, given.widgets),
  DashboardJson: (given, object) => { const body = parsed(given.dashboard) ?? {}; return [...picture(object, body), ...dashboard(body.title, body.description, body.widgets)]; },
  ServiceLevelObjective: objective,
  MonitorNotificationRule: (given) => [
    ...section("Which alerts", chips(given.filter?.tags), given.filter?.scope && query(given.filter.scope)),
    ...section("Who is told", chips(given.recipients), ...(given.conditionalRecipients?.conditions ?? []).flatMap((each) => [query(each.scope), chips(each.recipients)])),
  ],
  Alert: (given) => [
    ...section("Watches", chips(given.detectorIds)),
    ...section("Triggers", chips((given.triggers?.conditions ?? []).map((each) => each.type))),
    ...(given.actionFilters ?? []).flatMap((each) => section(`If ${each.logicType} of`, chips((each.conditions ?? []).map((one) => `${one.type} ${JSON.stringify(one.comparison)}`)), chips(each.actions.map((one) => `${one.type} ${one.config.targetDisplay ?? one.config.targetType}`)))),
  ],
  MetricMonitor: (given) => detector(given, (source) => [query(source.snubaQuery.aggregate), query(source.snubaQuery.query), pairs(Object.fromEntries((given.conditionGroup?.conditions ?? []).map((each) => [`${each.type} ${each.comparison}`, each.conditionResult])))]),
  CronMonitor: (given) => detector(given, (source) => [pairs(source.config)]),
  UptimeMonitor: (given) => detector(given, (source) => [query(source.url), source.assertion && query(JSON.stringify(source.assertion))]),
  SentryKey: (given) => section("DSN", query(given.dsnPublic)),
  Namespace: workload, DaemonSet: workload, Deployment: workload, StatefulSet: workload, ConfigMap: workload, Service: workload,
};

function detector(given, shown) {
  return [...section("What it watches", ...shown(given.dataSources[0].queryObj)), ...section("Description", given.description && el("p", { class: "text" }, given.description))];
}

function monitorOf(body) {
  const { thresholds, ...options } = body.options ?? {};
  return { ...body, monitorThresholds: thresholds, onMissingData: options.on_missing_data, requireFullWindow: options.require_full_window, renotifyInterval: options.renotify_interval };
}

function monitor(given) {
  return [
    ...section(`Query (${given.type})`, query(given.query)),
    ...section("Thresholds", pairs(given.monitorThresholds)),
    ...section("Message", given.message && el("p", { class: "text" }, given.message)),
    ...section("Behaviour", pairs({
      priority: given.priority, "on missing data": given.onMissingData, "requires a full window": given.requireFullWindow,
      "evaluation delay": seconds(given.evaluationDelay), "new group delay": seconds(given.newGroupDelay),
      "renotify after": given.renotifyInterval ? `${given.renotifyInterval} min` : undefined,
    })),
    ...section("Runbooks and other assets", (given.assets ?? []).length ? el("ul", {}, given.assets.map((each) => el("li", {}, el("a", { href: each.url, rel: "noreferrer" }, each.name), ` ${each.category}`))) : null),
    ...section("Tags", chips(given.tags)),
  ];
}

function objective(given) {
  return [
    ...section(`Good events (${given.type})`, given.query?.numerator && query(given.query.numerator)),
    ...section("All events", given.query?.denominator && query(given.query.denominator)),
    ...section("Monitors", chips((given.monitorIds ?? []).map(String))),
    ...section("Targets", pairs(Object.fromEntries((given.thresholds ?? []).map((each) => [each.timeframe, `${each.target} %${each.warning ? `, warning below ${each.warning} %` : ""}`])))),
    ...section("Description", given.description && el("p", { class: "text" }, given.description)),
    ...section("Tags", chips(given.tags)),
  ];
}

function workload(given) {
  const pod = given.spec?.template?.spec;
  return [
    ...section("Status", pairs(flat(given.status))),
    ...section("Containers", pod && el("div", { class: "cards" }, [...(pod.initContainers ?? []), ...(pod.containers ?? [])].map((each) => el("div", { class: "card" }, el("h4", {}, each.name), el("div", { class: "kind mono" }, each.image ?? ""), pairs(flat(each.resources)))))),
    ...section("Data", given.data && el("div", {}, Object.entries(given.data).flatMap(([name, text]) => [el("div", { class: "mono" }, name), query(String(text))]))),
    ...section("Labels", chips(Object.entries(given.metadata?.labels ?? {}).map(([name, value]) => `${name}=${value}`))),
  ];
}

function dashboard(title, description, widgets) {
  return [
    description ? el("p", { class: "text" }, description) : null,
    ...section(`Widgets (${count(widgets)})`, cards(widgets)),
  ].filter(Boolean);
}

function picture(object, body) {
  const dark = document.documentElement.dataset.theme === "dark";
  const address = `/_sandbox/pictures/${encodeURIComponent(object.id)}.png?theme=${dark ? "dark" : "light"}`;
  const image = el("img", { class: "picture", src: address, alt: `${body.title}, drawn from synthetic data; its widgets are listed below` });
  image.addEventListener("error", async () => { const answer = await fetch(address); image.closest("a").replaceWith(el("pre", { class: "query" }, await answer.text())); });
  return section("Picture, from synthetic data", el("a", { href: address, target: "_blank" }, image));
}

function definitionOf(widget) {
  if (widget.definition) return widget.definition;
  const [name, body] = Object.entries(widget).find(([key]) => key.endsWith("Definition")) ?? ["widget", {}];
  return { type: name.replace(/Definition$/, "").replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`), ...body };
}

const count = (widgets = []) => widgets.reduce((sum, each) => sum + 1 + count(definitionOf(each).widgets), 0);

function cards(widgets = []) {
  return el("div", { class: "cards" }, widgets.map((each) => {
    const body = definitionOf(each);
    const inner = body.widgets?.length ? cards(body.widgets) : null;
    return el("div", { class: inner ? "card group" : "card" },
      el("h4", {}, body.title || (body.type === "note" ? "Note" : "Without title")), el("div", { class: "kind" }, body.type),
      body.content ? el("p", { class: "text" }, body.content) : null, ...queries(body.requests).map(query), inner);
  }));
}

function queries(value) {
  if (Array.isArray(value)) return value.flatMap(queries);
  if (!value || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (typeof member !== "string") return queries(member);
    if (name === "formula" || name === "formulaExpression") return [`= ${member}`];
    return name === "q" || name === "query" ? [member] : [];
  });
}

const query = (text) => el("pre", { class: "query" }, text.split(/(?<=[,{}()])/).flatMap((part) => [part, el("wbr")]));
const seconds = (value) => (value ? `${value} s` : undefined);
const chips = (values) => (values?.length ? el("div", { class: "chips" }, values.map((each) => el("span", { class: "chip mono" }, each))) : null);

function flat(value, prefix = "") {
  return Object.fromEntries(Object.entries(value ?? {}).flatMap(([name, member]) =>
    member && typeof member === "object" ? Object.entries(flat(member, `${prefix}${name} `)) : [[`${prefix}${name}`, member]]));
}

function pairs(values) {
  const given = Object.entries(values ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length ? el("dl", { class: "pairs" }, given.flatMap(([name, value]) => [el("dt", {}, words(name)), el("dd", { class: "mono" }, String(value))])) : null;
}

const words = (name) => name.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();
