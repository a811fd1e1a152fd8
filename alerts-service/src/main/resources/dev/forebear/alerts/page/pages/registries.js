// Registries: whether each is heard, how far its listings are, what was refused.

import { h } from "preact";
import { to } from "../app/router.js";
import { useAsk, useTitle } from "../app/use.js";
import { Answer, Empty, Facts, Heading } from "../parts/frames.js";
import { Ago, Status } from "../parts/marks.js";
import { Outside } from "../parts/names.js";
import { count, duration, plural, sentence } from "../parts/words.js";

export default function Registries() {
  const answer = useAsk("/registries");
  useTitle("Registries");
  return h("div", null,
    h(Heading, { title: "Registries" }, h("p", null, "Where models come from: what is heard of each, and what was refused.")),
    h(Answer, { of: answer }, ({ items }) => items.length === 0 ? h(Nothing, null)
      : h("div", { class: "cards" }, items.map((registry) => h(Registry, { key: registry.alias, registry })))));
}

function Nothing() {
  return h(Empty, { title: "No registry is connected" },
    h("p", null, "Name one in the file of registries, as docs/registries.md shows, and start again with ", h("code", null, "--registries FILE"), "."),
    h("p", null, h("code", null, "./forebear registry test ALIAS"), " then sends a signed sample all the way."));
}

function Registry({ registry }) {
  return h("section", { class: "card registry", "aria-labelledby": `r-${registry.alias}` },
    h("div", { class: "card-head" },
      h("h2", { id: `r-${registry.alias}` }, h(Outside, { text: registry.alias })),
      h("span", { class: "quiet" }, registry.kind),
      h(State, { registry })),
    registry.state === "silent" ? h("p", { class: "callout warn" }, "No ingest process has told anything of it for three minutes. It may be stopped, cannot reach Kafka, or this registry is no longer in its file.") : null,
    registry.reconciliation?.problem ? h("p", { class: "callout warn" }, h("span", null, h("strong", null, "The last listing ended early. "), h(Outside, { text: registry.reconciliation.problem }))) : null,
    h(Facts, { pairs: facts(registry) }),
    registry.refused.length > 0 ? h(Refused, { refused: registry.refused }) : null);
}

function State({ registry }) {
  if (registry.kind === "none") return h(Status, { tone: "warn" }, "Not connected");
  if (registry.state === "silent") return h(Status, { tone: "bad" }, "Silent");
  if (registry.reconciliation?.problem) return h(Status, { tone: "warn" }, "Cannot be listed");
  return h(Status, { tone: "good" }, "Connected");
}

function facts(registry) {
  return [
    ["Last event", registry.lastEventAt ? [h(Ago, { at: registry.lastEventAt }), registry.lagMillis === null ? null : h("span", { class: "quiet" }, `, ${duration(registry.lagMillis)} after its upload`)] : "none since the start"],
    ["Models", h("a", { class: "plain", href: to("models", null, { registry: registry.alias }) }, plural(registry.models, "version"))],
    ["Events", `${plural(registry.accepted, "event")} accepted, ${count(registry.ignored)} without news, ${count(registry.putAside)} put aside`],
    ["Received by", registry.processes > 0 ? plural(registry.processes, "ingest process", "ingest processes") : null],
    ["Listed", registry.listedEveryMillis === null ? "never: its entry has no api" : `every ${duration(registry.listedEveryMillis)}`],
    ["Last listing", registry.reconciliation ? h(Listing, { listing: registry.reconciliation, published: "that no event had announced" }) : null],
    ["Backfill", registry.backfill ? h(Listing, { listing: registry.backfill, published: "published" }) : null],
  ];
}

function Listing({ listing, published }) {
  const found = `${plural(listing.listed, "version")}${listing.total === null ? "" : ` of ${count(listing.total)}`}, ${count(listing.published)} ${published}, `;
  return [found, listing.completedAt ? ["completed ", h(Ago, { at: listing.completedAt })] : ["under way since ", h(Ago, { at: listing.startedAt })],
    listing.completedAt || !listing.total ? null : h("progress", { max: listing.total, value: listing.listed, "aria-label": "Share listed" })];
}

function Refused({ refused }) {
  return h("ul", { class: "refused" }, refused.map((each) =>
    h("li", { key: each.reason }, h("b", null, count(each.count)), ` refused, ${sentence(each.reason).toLowerCase()}, the last `, h(Ago, { at: each.lastAt }))));
}
