// Registries: which are connected, when they were last heard of, and what was refused.

import { h } from "./dom.js";
import { ago, count, duration, plural, sentence } from "./words.js";

export const registries = {
  path: "/api/registries",
  key: (registry) => registry.alias,
  columns: [
    { title: "Registry", cell: (registry) => [h("span", { class: "model-name" }, registry.alias), " ", h("span", { class: "quiet" }, registry.kind)], class: "subject" },
    { title: "State", cell: state, class: "broad" },
    { title: "Last event", cell: (registry) => (registry.lastEventAt ? ago(registry.lastEventAt) : h("span", { class: "quiet" }, "none since start")), class: "middle" },
    { title: "Last listed", cell: lastListed, class: "spare" },
    { title: "Lag", cell: (registry) => duration(registry.lagMillis), class: "narrow number spare" },
    { title: "Refused", cell: (registry) => (registry.refusedTotal > 0 ? count(registry.refusedTotal) : ""), class: "narrow number" },
  ],
  detail,
  empty: () => [
    h("h2", null, "No registry is connected"),
    h("p", null, "Name one in the file of registries, as ", h("code", null, "docs/registries.md"), " shows, and start again with ",
      h("code", null, "--registries FILE"), "."),
    h("p", { class: "quiet" }, h("code", null, "./forebear registry test ALIAS"), " then sends a signed sample all the way."),
  ],
};

function state(registry) {
  if (registry.kind === "none") return h("span", { class: "state troubled" }, "Not connected");
  if (registry.state === "silent") return h("span", { class: "state silent" }, "Silent");
  if (registry.reconciliation?.problem) return h("span", { class: "state troubled" }, "Cannot be listed");
  return h("span", { class: "state live" }, "Connected");
}

function lastListed(registry) {
  if (registry.listedEveryMillis === null) return h("span", { class: "quiet" }, "never: no api");
  const listing = registry.reconciliation;
  if (!listing) return h("span", { class: "quiet" }, "not yet");
  if (listing.completedAt) return ago(listing.completedAt);
  return h("span", { class: "quiet" }, listing.problem ? "tried " : "under way since ", ago(listing.problem ? listing.updatedAt : listing.startedAt));
}

function detail(registry) {
  return [
    registry.state === "silent"
      ? h("p", { class: "callout" }, h("strong", null, "No ingest process has told anything of it for three minutes. "),
        "It may be stopped, cannot reach Kafka, or this registry is no longer in its file.")
      : null,
    registry.reconciliation?.problem
      ? h("p", { class: "callout" }, h("strong", null, "The last listing ended early. "), registry.reconciliation.problem)
      : null,
    h("dl", { class: "facts" }, facts(registry)),
    registry.refused.length > 0 ? refusals(registry.refused) : null,
  ];
}

function facts(registry) {
  return [
    ["Events", `${plural(registry.accepted, "event")} accepted, ${count(registry.ignored)} without news, ${count(registry.putAside)} put aside`],
    ["Received by", registry.processes > 0 ? plural(registry.processes, "ingest process", "ingest processes") : null],
    ["Listed", registry.listedEveryMillis === null ? "never: its entry has no api" : `every ${duration(registry.listedEveryMillis)}`],
    ["Last listing", listing(registry.reconciliation, "that no event had announced")],
    ["Backfill", listing(registry.backfill, "published")],
  ]
    .filter(([, value]) => value)
    .map(([name, value]) => [h("dt", null, name), h("dd", null, value)]);
}

function listing(progress, published) {
  if (!progress) return null;
  const found = `${plural(progress.listed, "version")}${progress.total === null ? "" : ` of ${count(progress.total)}`}, ${count(progress.published)} ${published}`;
  const bar = progress.completedAt || !progress.total ? null
    : h("progress", { max: progress.total, value: progress.listed, "aria-label": "Listing" });
  return [found, ", ", progress.completedAt ? ["completed ", ago(progress.completedAt)] : ["under way since ", ago(progress.startedAt)], bar];
}

function refusals(refused) {
  return h("table", { class: "log" },
    h("caption", null, "Requests that were refused"),
    h("thead", null, h("tr", null, h("th", { scope: "col" }, "Why"), h("th", { scope: "col", class: "number" }, "Requests"), h("th", { scope: "col" }, "Last"))),
    h("tbody", null, refused.map((each) =>
      h("tr", null, h("td", null, sentence(each.reason)), h("td", { class: "number" }, count(each.count)), h("td", null, ago(each.lastAt))))));
}
