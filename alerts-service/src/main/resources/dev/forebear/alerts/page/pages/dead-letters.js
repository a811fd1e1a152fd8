// Dead letters: what could not be processed, why, and what it holds.

import { h } from "preact";
import { useState } from "preact/hooks";
import { path } from "../app/api.js";
import { useAsk, useList, useMay, useTitle } from "../app/use.js";
import { Dialog } from "../parts/dialog.js";
import { Answer, Empty, Footer, Heading, Table } from "../parts/frames.js";
import { Ago } from "../parts/marks.js";
import { Outside } from "../parts/names.js";
import { bytes, plural, sentence, visible } from "../parts/words.js";

export default function DeadLetters({ query }) {
  const list = useList(path("/dead-letters", { stage: query.get("stage"), reason: query.get("reason"), topic: query.get("topic"), limit: 50 }));
  const admin = useMay("admin");
  const [open, setOpen] = useState(null);
  useTitle("Dead letters");
  return h("div", null,
    h(Heading, { title: "Dead letters" }, h("p", null, "What could not be processed after all attempts. It is kept as it came; nothing waits for it.")),
    h(Answer, { of: list }, () => list.items.length === 0
      ? h(Empty, { title: "None" }, h("p", null, "Everything that arrived was processed."))
      : h(Table, {
        caption: "Dead letters", rows: list.items, of: (row) => `${row.partition} ${row.offset}`,
        columns: [
          { title: "Why", cell: (row) => h("strong", null, sentence(visible(row.reason))) },
          { title: "Message", class: "wide", cell: (row) => h(Outside, { text: row.message }) },
          { title: "Given up by", cell: (row) => [h(Outside, { text: row.stage }), h("span", { class: "quiet" }, ` after ${plural(row.attempts, "attempt")}`)] },
          { title: "Came from", cell: (row) => h("code", null, visible(row.originTopic), row.originOffset < 0 ? "" : ` ${row.originPartition}@${row.originOffset}`) },
          { title: "When", class: "number", cell: (row) => h(Ago, { at: row.at }) },
          ...(admin ? [{ title: "Content", unseen: true, class: "number", cell: (row) => h("button", { type: "button", "aria-label": `Show what ${visible(row.originTopic)} ${row.originOffset} holds`, onClick: () => setOpen(row) }, "Show") }] : []),
        ],
      })),
    h(Footer, { list, noun: "dead letter" }),
    open ? h(Letter, { letter: open, onClose: () => setOpen(null) }) : null);
}

function Letter({ letter, onClose }) {
  const detail = useAsk(`/dead-letters/${letter.partition}/${letter.offset}`);
  return h(Dialog, { title: "What it holds", onClose }, h(Answer, { of: detail }, ({ key, value, headers }) => [
    h("p", { key: "m" }, h(Outside, { text: letter.message })),
    key ? h(Content, { key: "k", name: "Key", content: key }) : null,
    value ? h(Content, { key: "v", name: "Value", content: value }) : null,
    headers.length > 0 ? h("p", { key: "h", class: "note" }, headers.map((header) => `${visible(header.name)}: ${visible(header.value?.text ?? "")}`).join(", ")) : null,
  ]));
}

function Content({ name, content }) {
  return h("div", null,
    h("h3", null, name, h("span", { class: "note" }, ` ${bytes(content.size)}${content.shown < content.size ? `, the first ${bytes(content.shown)}` : ""}`)),
    h("pre", { class: "content", tabIndex: 0 }, content.text === null ? content.hex : content.text.split("\n").map((line) => visible(line)).join("\n")));
}
