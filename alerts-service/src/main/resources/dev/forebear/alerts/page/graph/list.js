// A lineage graph as a list: the same nodes and steps, to read and to hear.

import { h } from "preact";
import { useState } from "preact/hooks";
import { Severity } from "../parts/marks.js";
import { ModelLink } from "../parts/names.js";
import { plural, sentence } from "../parts/words.js";

const SHOWN = 200;

export function AsList({ placed }) {
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(SHOWN);
  const rows = open ? [...placed.nodes].sort((a, b) => a.x - b.x || a.y - b.y) : [];
  return h("details", { class: "as-list", onToggle: (event) => setOpen(event.target.open) },
    h("summary", null, `The same as a list of ${plural(placed.nodes.length, "model version")}`),
    open ? h("ul", null, rows.slice(0, shown).map((node) => h("li", { key: node.id },
      h(ModelLink, { id: node.id }), node === placed.root ? h("span", { class: "tag" }, "This model") : null,
      node.alerts > 0 ? h("span", { class: "quiet" }, " ", h(Severity, { severity: node.severity, words: false }), ` ${plural(node.alerts, "alert")}`) : null,
      node.bases.length > 0 ? h("ul", null, node.bases.map((step) => h("li", { key: step.base, class: "note" },
        `${step.kind ? sentence(step.kind) : "Derived"} from `, h(ModelLink, { id: step.base }), step.declared ? ", declared" : ", not declared"))) : null))) : null,
    open && rows.length > shown ? h("button", { type: "button", onClick: () => setShown(shown + SHOWN) }, "Show more") : null);
}
