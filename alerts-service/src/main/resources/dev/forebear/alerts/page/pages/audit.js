// The audit trail: who did what, to what, from where; and what was refused.

import { h } from "preact";
import { path } from "../app/api.js";
import { go, to } from "../app/router.js";
import { useList, useTitle } from "../app/use.js";
import { Answer, Footer, Heading, Table } from "../parts/frames.js";
import { At, Status } from "../parts/marks.js";
import { Outside } from "../parts/names.js";
import { sentence, visible } from "../parts/words.js";
import { Choice } from "./deliveries.js";

const NOUNS = ["alert", "exception", "policy", "channel", "token", "session", "dead-letter"];
const NAMES = ["author", "action", "subject", "refused", "from", "to"];

export default function Audit({ query }) {
  const filters = Object.fromEntries(NAMES.filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
  const list = useList(path("/audit", { ...filters, limit: 100 }));
  useTitle("Audit trail");
  const change = (changes) => go(to("audit", null, { ...filters, ...changes }), { replace: true });
  return h("div", null,
    h(Heading, { title: "Audit trail" }, h("p", null, "Everything that people and machines did or tried, the latest first. Nothing is ever taken out.")),
    h("div", { class: "filters" },
      h("form", { class: "audit-author", onSubmit: (event) => {
        event.preventDefault();
        change({ author: new FormData(event.target).get("author") || null });
      } }, h("input", { type: "search", name: "author", "aria-label": "Who", placeholder: "Who", defaultValue: filters.author ?? "" })),
      h(Choice, { label: "About", value: filters.action, values: NOUNS, words: sentence, onChange: (action) => change({ action }) }),
      h(Choice, { label: "Outcome", value: filters.refused, values: ["false", "true"], words: (value) => value === "true" ? "Refused" : "Done", onChange: (refused) => change({ refused }) }),
      filters.subject ? h("button", { type: "button", class: "chosen", onClick: () => change({ subject: null }) }, visible(filters.subject), " ×") : null),
    h(Answer, { of: list }, () => list.items.length === 0
      ? h("p", { class: "quiet" }, "Nothing like that happened.")
      : h(Table, {
        caption: "Audit trail", rows: list.items, of: (row) => row.id,
        columns: [
          { title: "When", cell: (row) => h(At, { at: row.at }) },
          { title: "Who", cell: (row) => [h(Outside, { text: row.author }), row.role ? h("span", { class: "quiet" }, `, ${row.role}`) : null] },
          { title: "What", cell: (row) => [h("span", { class: "nowrap" }, action(row.action)), row.refused ? h("span", { class: "tag bad" }, "Refused") : null] },
          { title: "To what", class: "wide", cell: (row) => h(Subject, { row }) },
          { title: "From", cell: (row) => h(Status, { tone: "over" }, [row.via, row.address].filter(Boolean).join(", ")) },
        ],
      })),
    h(Footer, { list, noun: "entry", many: "entries" }));
}

/** "exception.granted" as "Exception granted". */
function action(word) {
  return sentence(visible(word).replaceAll(".", " "));
}

function Subject({ row }) {
  const page = row.subject.startsWith("al_") ? "alerts" : row.subject.startsWith("ex_") ? "exceptions" : null;
  return [
    page ? h("a", { class: "plain", href: to(page, row.subject) }, h("code", null, visible(row.subject))) : h(Outside, { text: row.subject }),
    row.detail ? h("span", { class: "quiet detail" }, h(Outside, { text: row.detail })) : null,
  ];
}
