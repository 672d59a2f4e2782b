/**
 * The script of the page. It draws the connections from the data in the page, so that a file of 10,000
 * stays small and opens fast; only the rows in view are built. Text goes into the document as text
 * nodes, never as markup.
 */
export const script: string = String.raw`
"use strict";
(async () => {
const DAY = 86400;
const PAGE = 100;
const SVG = "http://www.w3.org/2000/svg";
const $ = (id) => document.getElementById(id);
const packed = Uint8Array.from(atob($("data").textContent), (c) => c.charCodeAt(0));
const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
const { now, connections } = await new Response(stream).json();

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  node.append(...children.flat().filter((child) => child !== undefined && child !== ""));
  return node;
}
const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
/* A long word may break after its punctuation, or after eight digits of a fingerprint; a short one not at all. */
const BREAKS = /(?<=[/._:@?&=#,;|~+-])(?=[^/._:@?&=#,;|~+-])|(?<=^(?:[0-9a-f]{8})+)(?=[0-9a-f]{8})/;
function word(text) {
  if (text.length > 20) return text.split(BREAKS).flatMap((part, i) => (i === 0 ? [part] : [h("wbr", {}), part]));
  return /\S[/?-]\S/.test(text) ? [h("span", { class: "nw" }, text)] : [text];
}
const soft = (text) => String(text).split(/(?<=\s)/).flatMap(word);
const dates = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
const months = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", month: "short", year: "numeric" });
const date = (time) => dates.format(new Date(time * 1000));
const words = (state) => state.replaceAll("_", " ");
const cls = (word) => (/^[a-z_]{1,40}$/.test(word) ? word : "unknown");
const count = (n, one, many = one + "s") => n.toLocaleString("en-GB") + " " + (n === 1 ? one : many);

for (const one of connections) {
  const { certificates, unstored, labels } = one;
  one.all = [...certificates, ...unstored];
  one.hay = [one.name, one.id, one.source, one.owner, one.kind, one.entityId, one.state, words(one.state),
    ...Object.entries(labels).map((pair) => pair.join("=")), ...one.all.flatMap((c) => [c.subject, c.sha256])]
    .join("\n").toLowerCase();
}

/* The controls and their values, which the address keeps, so that a view can be shared. */
const controls = ["q", "state", "owner", "sort", "range"].map($).filter(Boolean);
const figures = [...document.querySelectorAll(".figures button")];
let urgency = "";
let shown = PAGE;
let found = [];

function restore() {
  const kept = new URLSearchParams(location.hash.slice(1));
  for (const control of controls) {
    const value = kept.get(control.id);
    if (value !== null) control.value = value;
    if (control.tagName === "SELECT" && control.selectedIndex < 0) control.selectedIndex = 0;
  }
  urgency = kept.get("urgency") ?? "";
}
function keep() {
  const kept = new URLSearchParams();
  for (const control of controls)
    if (control.value !== "" && control.selectedIndex !== 0) kept.set(control.id, control.value);
  if (urgency !== "") kept.set("urgency", urgency);
  try { history.replaceState(null, "", "#" + kept); } catch {}
}

const collator = new Intl.Collator("en", { numeric: true });
const ORDERS = {
  urgent: undefined,
  ends: (a, b) => (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) || 0,
  name: (a, b) => collator.compare(a.name, b.name),
};
function search() {
  const terms = $("q").value.toLowerCase().split(/\s+/).filter(Boolean);
  const state = $("state").value;
  const owner = $("owner")?.value ?? "";
  found = connections.filter((one) =>
    (urgency === "" || one.urgency === urgency) && (state === "" || one.state === state) &&
    (owner === "" || one.owner === owner) && terms.every((term) => one.hay.includes(term)));
  const order = ORDERS[$("sort").value];
  if (order) found = [...found].sort(order);
}

function draw() {
  $("rows").replaceChildren(...found.slice(0, shown).map(row));
  for (const figure of figures) figure.setAttribute("aria-pressed", String(figure.value === urgency));
  tell();
}
function tell() {
  const seen = Math.min(shown, found.length);
  $("count").textContent = found.length === 0 ? "No connection matches."
    : seen === found.length ? "Showing " + count(seen, "connection") + "."
    : "Showing " + seen.toLocaleString("en-GB") + " of " + count(found.length, "connection") + ".";
  $("more").hidden = seen === found.length;
}
function update() { shown = PAGE; search(); draw(); keep(); }

function row(one) {
  const facts = [one.kind.replaceAll("_", " "), one.owner, ...Object.entries(one.labels).map((pair) => pair.join("=")) ];
  return h("li", { class: "row " + cls(one.urgency) },
    h("div", {},
      h("span", { class: "pill " + cls(one.urgency) }, words(one.state)),
      h("h2", {}, soft(one.name)),
      h("p", { class: "meta" }, one.source === one.name ? "" : soft(one.source)),
      h("p", { class: "meta" }, facts.filter(Boolean).map((fact, i) => [i === 0 ? "" : " · ", ...soft(fact)]).flat())),
    days(one),
    timeline(one),
    h("div", { class: "step" }, one.next
      ? [h("b", {}, soft(one.next.who)), ...soft(one.next.step)]
      : h("span", { class: "soft" }, one.meaning + ".")),
    more(one));
}

/* The days since the last end where no certificate is valid any more. */
function ended({ certificates }) {
  const ends = certificates.map(({ notAfter }) => notAfter ?? Infinity);
  return ends.length > 0 && Math.max(...ends) < now ? Math.floor((Math.max(...ends) - now) / DAY) : undefined;
}
function days(one) {
  const daysLeft = one.daysLeft ?? ended(one);
  if (daysLeft === undefined) return h("p", { class: "days" }, h("span", {}, one.certificates.length > 0 ? "no end" : ""));
  const unit = Math.abs(daysLeft) === 1 ? "day" : "days";
  return h("p", { class: "days" }, h("strong", {}, Math.abs(daysLeft).toLocaleString("en-GB")),
    h("span", {}, daysLeft < 0 ? unit + " over" : unit + " left"));
}

const MOST_LANES = 6;
const LANE = 12;
function timeline(one) {
  const ahead = Number($("range").value);
  const start = now - Math.round(ahead / 6) * DAY;
  const end = now + ahead * DAY;
  const at = (time) => Math.min(100, Math.max(0, ((time - start) / (end - start)) * 100));
  const x = (time) => at(time).toFixed(2) + "%";
  const span = (from, to) => ({ x: x(from), width: Math.max(0.3, at(to) - at(from)).toFixed(2) + "%" });
  const dated = one.all.filter((c) => c.notBefore !== undefined && c.notAfter !== undefined);
  const lanes = dated.filter((c) => c.notAfter > start && c.notBefore < end)
    .sort((a, b) => b.notAfter - a.notAfter).slice(0, MOST_LANES).reverse();
  const height = Math.max(1, lanes.length) * LANE + 4;
  const ticks = [...marks(start, end)];
  const parts = [
    s("rect", { class: "track", width: "100%", height }),
    ...overlaps(dated).map(([from, to]) => s("rect", { class: "overlap", ...span(from, to), height },
      s("title", {}, "Both certificates are valid: " + date(from) + " to " + date(to)))),
    ...ticks.map((time) => s("line", { class: "tick", x1: x(time), x2: x(time), y2: height })),
    ...lanes.flatMap((c, lane) => bar(c, lane * LANE + 4, span, one.expiringDays)),
    s("line", { class: "today", x1: x(now), x2: x(now), y2: height }),
    ...planned(one, x, height),
    ...ticks.filter((time) => at(time) < 85).map((time) =>
      s("text", { x: x(time), y: height + 12, "aria-hidden": "true" }, months.format(new Date(time * 1000)))),
  ];
  return s("svg", { class: "time", role: "img", height: height + 16, "aria-label": spoken(one, dated) }, parts);
}

/* The starts of about four periods. */
function* marks(start, end) {
  const step = [1, 3, 6, 12].find((m) => (end - start) / DAY / 30 / m <= 6) ?? 12;
  const first = new Date(start * 1000);
  for (let month = 0; ; month++) {
    const time = Date.UTC(first.getUTCFullYear(), month) / 1000;
    if (time > end) return;
    if (time > start && month % step === 0) yield time;
  }
}

function bar(c, y, span, expiringDays = 30) {
  const title = s("title", {}, label(c));
  const rects = [s("rect", { class: "bar " + cls(c.state), y, height: LANE - 4, rx: 2, ...span(c.notBefore, c.notAfter) }, title)];
  const tail = Math.max(c.notBefore, c.notAfter - expiringDays * DAY);
  if (c.state === "active") rects.push(s("rect", { class: "bar tail", y, height: LANE - 4, rx: 2, ...span(tail, c.notAfter) },
    s("title", {}, "The last " + count(expiringDays, "day") + " of " + label(c))));
  return rects;
}

function overlaps(dated) {
  const alive = dated.filter((c) => c.notAfter > now && !["disabled", "missing"].includes(c.state))
    .sort((a, b) => a.notBefore - b.notBefore);
  return alive.slice(1).map((c, i) => [c.notBefore, Math.min(c.notAfter, alive[i].notAfter)]).filter(([from, to]) => from < to);
}

function planned({ planned }, x, height) {
  if (planned?.at === undefined) return [];
  return [s("line", { class: "plan", x1: x(planned.at), x2: x(planned.at), y2: height }),
    s("svg", { x: x(planned.at), y: 0, overflow: "visible" }, s("path", { class: "mark", d: "M0-3l4 4-4 4-4-4z" },
      s("title", {}, "Planned " + words(planned.kind) + ": " + date(planned.at))))];
}

const label = (c) => (c.subject ?? c.id ?? "certificate") + ", " + words(c.state) + ": " + validity(c);
const validity = (c) => date(c.notBefore) + " to " + (c.daysLeft === undefined && c.state === "active" ? "no end" : date(c.notAfter));
function spoken(one, dated) {
  const plan = one.planned?.at === undefined ? [] : ["planned " + words(one.planned.kind) + " on " + date(one.planned.at)];
  return ["Timeline of " + one.name, ...dated.map(label), ...plan].join("; ");
}

function more(one) {
  const parts = [count(one.all.length, "certificate"), one.events.length > 0 ? count(one.events.length, "change") : "",
    one.errors.length > 0 ? count(one.errors.length, "error") : ""].filter(Boolean);
  const details = h("details", {}, h("summary", {}, parts.join(", ")));
  details.addEventListener("toggle", () => {
    if (details.childElementCount === 1) details.append(...inside(one));
  });
  return details;
}

function inside(one) {
  const facts = [["State", words(one.state) + ": " + one.meaning], ["Identifier", one.id], ["Entity ID", one.entityId],
    ["Since", one.since && date(one.since)], ["Last read", one.lastSuccessAt && date(one.lastSuccessAt)]];
  return [
    h("dl", { class: "facts" }, facts.filter(([, value]) => value).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, soft(value))])),
    ...list("Errors", one.errors.map(({ code, message }) => [...soft(message), " (", ...soft(code), ")"])),
    ...list("Changes since the last run", one.events.map(({ at, message }) => [date(at) + ": ", ...soft(message)])),
    ...(one.all.length > 0 ? [certificates(one)] : []),
  ];
}
function list(title, items) {
  return items.length === 0 ? [] : [h("h3", {}, title), h("ul", { class: "lines" }, items.map((item) => h("li", {}, item)))];
}
function certificates(one) {
  const heads = ["Certificate", "State", "Valid", "SHA-256"];
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Certificates of " + one.name },
    h("table", {}, h("caption", {}, "Certificates"),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, one.all.map((c) => h("tr", {},
        h("th", { scope: "row" }, soft(c.subject ?? c.id ?? "")),
        h("td", {}, [words(c.state), c.use, c.publication, one.unstored.includes(c) ? "not stored" : ""].filter(Boolean).join(", ")),
        h("td", { class: "date" }, c.notAfter === undefined ? "" : validity(c)),
        h("td", {}, h("code", {}, soft(c.sha256 ?? "")))))))); 
}

for (const figure of figures) {
  figure.disabled = false;
  figure.addEventListener("click", () => { urgency = urgency === figure.value ? "" : figure.value; update(); });
}
for (const control of controls) control.addEventListener("input", update);
$("controls").addEventListener("submit", (event) => event.preventDefault());
$("more").addEventListener("click", () => {
  const last = shown;
  shown += PAGE;
  $("rows").append(...found.slice(last, shown).map(row));
  tell();
  $("rows").children[last].querySelector("summary").focus();
});
addEventListener("hashchange", () => { restore(); update(); });
const age = Date.now() / 1000 - now;
if (age > 2 * DAY) {
  $("old").textContent = "This page is " + count(Math.floor(age / DAY), "day") + " old.";
  $("old").hidden = false;
}
restore();
update();
$("plain").remove();
$("live").hidden = false;
})();
`;
