// All descendants of an ancestor, to be copied or downloaded.

import { h } from "preact";
import { useState } from "preact/hooks";
import { ask, path } from "../app/api.js";
import { Icon } from "../app/icons.js";
import { say } from "../parts/notes.js";
import { plural } from "../parts/words.js";

const PAGE = 200;
const COLUMNS = ["id", "modelId", "registry", "team", "depth", "through", "kind", "declared", "verdict", "chance", "licence",
  "visibility", "uploadedBy", "receivedAt", "deletedAt", "alerts", "severity"];

export function Response({ ancestor }) {
  const [busy, setBusy] = useState(false);
  const withAll = (use) => async () => {
    setBusy(true);
    try {
      await use(await all(ancestor.modelId));
    } catch (failure) {
      say(failure.message, null, "bad");
    } finally {
      setBusy(false);
    }
  };
  const copy = withAll(async (rows) => {
    await navigator.clipboard.writeText(rows.map((row) => row.id).join("\n"));
    say(`${plural(rows.length, "name")} copied.`);
  });
  const csv = withAll((rows) => save(`${file(ancestor)}.csv`, "text/csv", asCsv(rows)));
  const json = withAll((rows) => save(`${file(ancestor)}.json`, "application/json", `${JSON.stringify(rows, null, 2)}\n`));
  return h("div", { class: "actions response" },
    h("button", { type: "button", onClick: copy, disabled: busy }, h(Icon, { name: "copy" }), "Copy the names"),
    h("button", { type: "button", onClick: csv, disabled: busy }, h(Icon, { name: "download" }), "CSV"),
    h("button", { type: "button", onClick: json, disabled: busy }, h(Icon, { name: "download" }), "JSON"),
    h("span", { class: "quiet", role: "status" }, busy ? "Collecting" : `${plural(ancestor.descendants, "model version")} of ${plural(ancestor.models, "model")}${ancestor.truncated ? ", and more that were not counted" : ""}`));
}

async function all(id) {
  const start = path("/ancestor/descendants", { id, limit: PAGE });
  const rows = [];
  let cursor = null;
  do {
    const page = await ask(cursor ? `${start}&cursor=${encodeURIComponent(cursor)}` : start);
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return rows;
}

function asCsv(rows) {
  return [COLUMNS, ...rows.map((row) => COLUMNS.map((name) => row[name]))].map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** Quoted where it must be; spreadsheets run what begins like a formula, so that gets an apostrophe. */
function cell(value) {
  const text = value === null || value === undefined ? "" : String(value);
  const harmless = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll("\"", "\"\"")}"` : harmless;
}

function file(ancestor) {
  return `descendants-of-${ancestor.modelId.replace(/[^A-Za-z0-9.]+/g, "-").slice(0, 80)}`;
}

function save(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
