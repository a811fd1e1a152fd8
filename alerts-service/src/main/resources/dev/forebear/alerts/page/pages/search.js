// What a search found.

import { h } from "preact";
import { path } from "../app/api.js";
import { useAsk, useTitle } from "../app/use.js";
import { Answer, Empty, Heading, Table } from "../parts/frames.js";
import { Ago } from "../parts/marks.js";
import { AncestorLink, ModelLink, Outside } from "../parts/names.js";
import { plural, total, visible } from "../parts/words.js";

export default function Search({ query }) {
  const text = query.get("q") ?? "";
  const found = useAsk(text ? path("/search", { query: text, limit: 100 }) : null);
  useTitle("Search");
  return h("div", null,
    h(Heading, { title: ["Models like ", h("q", null, h(Outside, { text: visible(text) }))] },
      h("p", { role: "status" }, found.value ? `${total(found.value.total, found.value.totalIsBound)} by name, ancestor or licence, the best first` : "")),
    text === "" ? h(Empty, { title: "Search by a part of a name, an ancestor or a licence" }) : h(Answer, { of: found }, ({ items }) => items.length === 0
      ? h(Empty, { title: "Nothing is known by this name" })
      : h(Table, {
        caption: "Models", rows: items, of: (row) => row.modelId, rowClass: (row) => (row.deletedAt ? "gone" : undefined),
        columns: [
          { title: "Model", class: "wide", cell: (row) => h(ModelLink, { id: row.id, version: false }) },
          { title: "Made from", class: "wide", cell: (row) => row.nearest ? h(AncestorLink, { id: row.nearest }) : "" },
          { title: "Licence", cell: (row) => row.licence ? h(Outside, { text: row.licence }) : "" },
          { title: "Versions", class: "number", cell: (row) => row.versions },
          { title: "Alerts", cell: (row) => row.alerts > 0 ? plural(row.alerts, "alert") : "" },
          { title: "Received", class: "number", cell: (row) => h(Ago, { at: row.receivedAt }) },
        ],
      })));
}
