// Messages and what became of them.

import { h } from "preact";
import { to } from "../app/router.js";
import { Table } from "./frames.js";
import { Ago, Status, Until } from "./marks.js";
import { Outside } from "./names.js";
import { plural, sentence } from "./words.js";

const TONES = { delivered: "good", retrying: "warn", failed: "bad" };

export function DeliveryTable({ rows, caption = "Messages" }) {
  return h(Table, {
    caption, rows, of: (row) => row.id,
    columns: [
      { title: "Channel", cell: (row) => h(Outside, { text: row.channel }) },
      { title: "Outcome", cell: (row) => h(Status, { tone: TONES[row.outcome] }, sentence(row.outcome)) },
      { title: "What", cell: what },
      { title: "Answer", class: "wide", cell: (row) => row.detail ? h(Outside, { text: row.detail, class: "quiet" }) : "" },
      { title: "Attempt", cell: (row) => [row.attempt, row.nextAttemptAt && row.last && row.outcome === "retrying" ? h("span", { class: "quiet" }, ", next ", h(Until, { at: row.nextAttemptAt })) : null] },
      { title: "When", class: "number", cell: (row) => h(Ago, { at: row.at }) },
    ],
  });
}

function what(row) {
  if (row.purpose === "test") return "A test";
  const words = row.purpose === "digest" ? `Digest of ${plural(row.alerts, "alert")}` : plural(row.alerts, "alert");
  return row.alertIds.length > 0 ? h("a", { class: "plain", href: to("alerts", row.alertIds[0]) }, words) : words;
}
