// The page: figures, tabs, one list at a time. Looks for changes every two seconds while somebody looks at it.

import { h } from "./dom.js";
import { ask } from "./api.js";
import { alerts } from "./alerts.js";
import { matches } from "./matches.js";
import { uploads } from "./uploads.js";
import { registries } from "./registries.js";
import { ListView } from "./list.js";
import { drawReads } from "./reads.js";
import { count, refreshTimes } from "./words.js";

const EVERY_MILLIS = 2000;
const TABS = [
  { name: "alerts", title: "Alerts", definition: alerts },
  { name: "matches", title: "Matches", definition: matches },
  { name: "uploads", title: "Uploads", definition: uploads },
  { name: "registries", title: "Registries", definition: registries },
];

const live = document.getElementById("live");
const figures = document.getElementById("figures");
const reads = document.getElementById("reads");
const tabs = document.getElementById("tabs");
const view = document.getElementById("view");
const lists = new Map(TABS.map((tab) => [tab.name, new ListView(tab)]));
let summary = null;
let shown = null;

/** The tab and the item that the address names: #/alerts/<id>. */
function route() {
  const [, name, ...rest] = location.hash.split("/");
  const tab = TABS.find((each) => each.name === name) ?? TABS[0];
  return { tab, id: rest.length > 0 ? decodeURIComponent(rest.join("/")) : null };
}

function changed() {
  document.title = summary && open() > 0 ? `(${open()}) Forebear` : "Forebear";
}

function open() {
  return Object.values(summary.openAlerts).reduce((sum, each) => sum + each, 0);
}

function drawTabs(current) {
  const totals = { alerts: summary && open(), matches: null, uploads: summary?.models };
  tabs.replaceChildren(...TABS.map((tab) =>
    h("a", { href: `#/${tab.name}`, "aria-current": tab === current ? "page" : null },
      tab.title, totals[tab.name] ? h("span", { class: "total" }, count(totals[tab.name])) : null)));
}

function figure(name, value, note, accent) {
  return h("div", { class: accent ? `figure ${accent}` : "figure" },
    h("dt", null, name), h("dd", null, h("span", { class: "value" }, value), h("span", { class: "note" }, note)));
}

function drawFigures() {
  const { critical, high } = summary.openAlerts;
  const urgent = [critical ? `${critical} critical` : null, high ? `${high} high` : null].filter(Boolean).join(", ");
  const unread = [
    summary.inProgress ? `${count(summary.inProgress)} in progress` : null,
    summary.notAnalysed ? `${count(summary.notAnalysed)} not analysed` : null,
  ].filter(Boolean).join(", ");
  const troubles = [
    summary.deliveriesUnderWay ? `${summary.deliveriesUnderWay} retrying` : null,
    summary.deliveriesFailed ? `${summary.deliveriesFailed} failed` : null,
  ].filter(Boolean).join(", ");
  figures.replaceChildren(
    figure("Open alerts", count(open()), urgent || "none urgent", critical ? "critical" : high ? "high" : null),
    figure("Made from a known model", count(summary.derived), `of ${count(summary.analysed)} analysed`),
    figure("Models", count(summary.models), unread || (summary.models > 0 ? "all analysed" : "none yet"), summary.notAnalysed ? "doubt" : null),
    figure("Messages delivered", count(summary.deliveriesDone), troubles || "none waiting", summary.deliveriesFailed ? "high" : null));
}

async function refresh() {
  const { tab, id } = route();
  const list = lists.get(tab.name);
  try {
    const answer = await ask("/api/summary");
    if (answer.changed || summary === null) {
      summary = answer.value;
      drawFigures();
      changed();
    }
    drawReads(reads, (await ask("/api/reads")).value);
    await list.refresh(summary);
    live.textContent = "live";
    live.className = "live on";
  } catch (failure) {
    live.textContent = "no answer from the service, trying again";
    live.className = "live off";
  }
  if (shown !== tab) {
    shown = tab;
    view.replaceChildren(list.element);
  }
  drawTabs(tab);
  if (id !== null) list.open(id);
  refreshTimes(document.body);
}

let running = Promise.resolve();
function refreshSoon() {
  running = running.then(refresh);
}

window.addEventListener("hashchange", refreshSoon);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refreshSoon();
});
setInterval(() => {
  if (!document.hidden) refreshSoon();
}, EVERY_MILLIS);
refreshSoon();
