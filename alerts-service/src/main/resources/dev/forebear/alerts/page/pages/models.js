// The models: all of them with filters, or one with all that is known of it.

import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { path } from "../app/api.js";
import { go, to } from "../app/router.js";
import { useAsk, useList, useSettled, useTitle } from "../app/use.js";
import { Answer, Empty, Footer, Heading, Table } from "../parts/frames.js";
import { Ago, Severity, Status } from "../parts/marks.js";
import { Menu } from "../parts/menu.js";
import { ModelLink, Outside } from "../parts/names.js";
import { plural, sentence, total, visible } from "../parts/words.js";
import { Model } from "./model.js";

const NAMES = ["query", "registry", "progress", "reason", "licence", "proven", "undeclared", "deleted"];
const TYPED_MILLIS = 250;

export const PROGRESS = {
  "received": { words: "Waits to be read", tone: "waiting" },
  "fingerprinted": { words: "Being compared", tone: "waiting" },
  "analysed": { words: "Analysed", tone: "good" },
  "not-analysed": { words: "Not analysed", tone: "bad" },
};

const KINDS = [
  { title: "All", proven: null, undeclared: null },
  { title: "Made from a known model", proven: "true", undeclared: null },
  { title: "Without a word on it", proven: null, undeclared: "true" },
];

export default function Models({ id, query }) {
  return id === null ? h(All, { query }) : h(Model, { id, key: id });
}

function All({ query }) {
  const filters = Object.fromEntries(NAMES.filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
  const list = useList(path("/models", { ...filters, limit: 50 }));
  const facets = useAsk(path("/models/facets", filters));
  useTitle("Models");
  const change = (changes) => go(to("models", null, { ...filters, ...changes }), { replace: true });
  return h("div", null,
    h(Heading, { title: "Models" }, h("p", { role: "status" }, list.value ? `${total(list.total, list.bound)} model versions, the latest first` : "Loading")),
    h("div", { class: "states", role: "group", "aria-label": "Lineage" }, KINDS.map((kind) =>
      h("button", {
        key: kind.title, type: "button",
        "aria-pressed": String((filters.proven ?? null) === kind.proven && (filters.undeclared ?? null) === kind.undeclared),
        onClick: () => change({ proven: kind.proven, undeclared: kind.undeclared }),
      }, kind.title))),
    h("div", { class: "filters" },
      h(Typed, { text: filters.query ?? "", onSettled: (text) => change({ query: text || null }) }),
      h(Menu, { label: "Progress", values: filters.progress, counts: facets.value?.progress, words: (word) => PROGRESS[word]?.words ?? sentence(word), onChange: (progress) => change({ progress }) }),
      h(Menu, { label: "Reason", values: filters.reason, counts: known(facets.value?.reason), words: sentence, onChange: (reason) => change({ reason }) }),
      h(Menu, { label: "Registry", values: filters.registry, counts: facets.value?.registry, onChange: (registry) => change({ registry }) }),
      h(Menu, { label: "Licence", values: filters.licence, counts: known(facets.value?.licence), words: visible, onChange: (licence) => change({ licence }) })),
    h(Answer, { of: list }, () => list.items.length === 0
      ? h(Empty, { title: query.size > 0 ? "No model is like that" : "No model yet" }, query.size > 0 ? h("p", null, h("a", { href: to("models") }, "Show all models")) : null)
      : h(ModelTable, { rows: list.items })),
    h(Footer, { list, noun: "model version" }));
}

function known(counts) {
  return counts?.filter((each) => each.value !== null);
}

export function ModelTable({ rows, caption = "Model versions" }) {
  return h(Table, {
    caption, rows, of: (row) => row.id, rowClass: (row) => (row.deletedAt ? "gone" : undefined),
    columns: [
      { title: "Model", class: "wide", cell: (row) => [h(ModelLink, { id: row.id }), row.nameNow ? h("span", { class: "quiet" }, " now ", h(Outside, { text: row.nameNow })) : null, row.quarantined ? h("span", { class: "tag bad" }, "Quarantined") : null] },
      { title: "Made from", class: "wide", cell: madeFrom },
      { title: "State", cell: (row) => row.deletedAt ? h(Status, { tone: "over" }, "Deleted") : h(Status, { tone: PROGRESS[row.progress].tone }, PROGRESS[row.progress].words) },
      { title: "Licence", cell: (row) => row.licence ? h(Outside, { text: row.licence }) : "" },
      { title: "Alerts", cell: (row) => row.alerts > 0 ? h("a", { class: "plain", href: to("alerts", null, { derived: row.modelId }) }, h(Severity, { severity: row.severity, words: false }), ` ${row.alerts}`) : "" },
      { title: "Received", class: "number", cell: (row) => h(Ago, { at: row.receivedAt }) },
    ],
  });
}

function madeFrom(row) {
  if (row.progress === "not-analysed") return h("span", { class: "quiet" }, sentence(row.notAnalysed?.reason ?? ""));
  if (!row.nearest) return row.progress === "analysed" ? h("span", { class: "quiet" }, "no known ancestor") : "";
  return [h(ModelLink, { id: row.nearest.modelVersionId }),
    row.proven > 1 ? h("span", { class: "quiet" }, ` and ${plural(row.proven - 1, "other")}`) : null,
    row.undeclared ? h("span", { class: "tag warn" }, "Not declared") : null];
}

function Typed({ text, onSettled }) {
  const [typed, set] = useState(text);
  const settled = useSettled(typed, TYPED_MILLIS);
  useEffect(() => {
    if (settled.trim() !== text) onSettled(settled.trim());
  }, [settled]);
  return h("input", { type: "search", class: "typed", "aria-label": "Names that contain", placeholder: "Filter by name", value: typed, onInput: (event) => set(event.target.value) });
}
