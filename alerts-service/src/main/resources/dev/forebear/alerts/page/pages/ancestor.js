// A model as an ancestor: everything that descends from it. Where one starts when a base turns out to be a problem.

import { h } from "preact";
import { useState } from "preact/hooks";
import { path } from "../app/api.js";
import { go, to } from "../app/router.js";
import { useAsk, useList, useMay, useTitle } from "../app/use.js";
import { Lineage } from "../graph/lineage.js";
import { Answer, Empty, Footer, Heading, Section, Table } from "../parts/frames.js";
import { Ago, Severity } from "../parts/marks.js";
import { Menu } from "../parts/menu.js";
import { ModelLink, ModelName, Outside } from "../parts/names.js";
import { LiftDialog, Quarantine, QuarantineDialog } from "../parts/quarantine.js";
import { listed, parts, plural, ruleWords, sentence, visible } from "../parts/words.js";
import { Response } from "./response.js";

export default function Ancestor({ id, query }) {
  const answer = useAsk(id === null ? null : path("/ancestor", { id }));
  const may = useMay("responder");
  const [asking, setAsking] = useState(null);
  useTitle(id === null ? "Ancestor" : visible(parts(id).name));
  if (id === null) return h(Empty, { title: "Which ancestor?", whole: true }, h("p", null, "Look for it by name, and open it from a model made from it."));
  return h(Answer, { of: answer, lines: 10, whole: true }, (ancestor) => h("div", null,
    h(Heading, {
      over: "Ancestor",
      title: h(ModelName, { id: ancestor.modelId }),
      actions: [
        may && ancestor.quarantines.every((each) => each.version !== null)
          ? h("button", { key: "quarantine", type: "button", onClick: () => setAsking({}) }, "Quarantine") : null,
        h("a", { key: "model", class: "button", href: to("models", ancestor.modelId) }, "The model itself"),
      ],
    }, h("p", null, about(ancestor))),
    ancestor.quarantines.map((each) => h(Quarantine, { key: each.id, quarantine: each, may, lift: () => setAsking({ quarantine: each }) })),
    asking === null ? null : asking.quarantine
      ? h(LiftDialog, { quarantine: asking.quarantine, onClose: () => setAsking(null) })
      : h(QuarantineDialog, { id: ancestor.modelId, descendants: ancestor.descendants, onClose: () => setAsking(null) }),
    ancestor.descendants === 0
      ? h(Empty, { title: "Nothing that is known descends from it" })
      : [
        h(Figures, { key: "figures", ancestor }),
        h(Section, { key: "response", title: "Everything that descends from it", note: "To copy or to hand on when something must be done about all of it." }, h(Response, { ancestor })),
        ancestor.groups.length > 0 ? h(Section, { key: "alerts", title: "Alerts about it" }, h(Groups, { groups: ancestor.groups })) : null,
        h(Section, { key: "lineage", title: "Lineage" },
          h(Lineage, { path: path("/model/lineage", { id: ancestor.modelId, direction: "descendants", depth: 50, nodes: 5000 }) })),
        h(Section, { key: "descendants", title: "Descendants" }, h(Descendants, { ancestor, query })),
      ]));
}

function about(ancestor) {
  return [
    ancestor.publisher ? ["Published by ", h(Outside, { text: ancestor.publisher }), ", "] : null,
    ancestor.licence ? ["licence ", h(Outside, { text: ancestor.licence })] : "no licence known",
    ancestor.family ? [", of the family ", h(Outside, { text: ancestor.family })] : null, ".",
  ];
}

function Figures({ ancestor }) {
  const unresolved = Object.entries(ancestor.unresolved).filter(([, count]) => count > 0);
  const figures = [
    ["Descend from it", ancestor.models, ancestor.models === 1 ? "model" : "models", `${plural(ancestor.descendants, "version")}${ancestor.deleted > 0 ? `, ${ancestor.deleted} deleted` : ""}`],
    ["Without a word on it", ancestor.undeclared, "", "declare none of their ancestors"],
    ["Open alerts", unresolved.reduce((sum, [, count]) => sum + count, 0), "", unresolved.length > 0 ? listed(unresolved.map(([severity, count]) => `${count} ${severity}`)) : "none"],
    ["Farthest", Math.max(...ancestor.byDepth.map((each) => each.depth)), "steps", listed(ancestor.byDepth.slice(0, 3).map((each) => `${each.count} at ${each.depth}`))],
  ];
  return h("dl", { class: "figures" }, figures.map(([name, value, unit, note]) =>
    h("div", { key: name }, h("dt", null, name), h("dd", null, h("span", { class: "figure" }, value.toLocaleString("en")), unit ? h("span", { class: "figure-unit" }, ` ${unit}`) : null), h("dd", { class: "figure-note" }, note))));
}

function Groups({ groups }) {
  return h(Table, {
    caption: "Alerts by rule", rows: groups, of: (row) => row.rule,
    columns: [
      { title: "Rule", cell: (row) => h("a", { class: "plain", href: to("alerts", null, { ancestor: row.baseModelId, rule: row.rule, state: "open,acknowledged,snoozed,resolved" }) }, ruleWords(row.rule)) },
      { title: "Severity", cell: (row) => h(Severity, { severity: row.severity }) },
      { title: "Open", class: "number", cell: (row) => row.states.open },
      { title: "Acknowledged", class: "number", cell: (row) => row.states.acknowledged },
      { title: "Snoozed", class: "number", cell: (row) => row.states.snoozed },
      { title: "Resolved", class: "number", cell: (row) => row.states.resolved },
      { title: "Last change", class: "number", cell: (row) => h(Ago, { at: row.lastUpdatedAt }) },
    ],
  });
}

function Descendants({ ancestor, query }) {
  const [filters, set] = useState({ registry: query.get("registry"), team: query.get("team"), depth: query.get("depth") });
  const list = useList(path("/ancestor/descendants", { id: ancestor.modelId, ...filters, limit: 50 }));
  const change = (changes) => {
    const next = { ...filters, ...changes };
    set(next);
    go(to("ancestors", ancestor.modelId, next), { replace: true });
  };
  const depths = ancestor.byDepth.map((each) => ({ value: String(each.depth), count: each.count }));
  return h("div", null,
    h("div", { class: "filters" },
      h(Menu, { label: "Registry", values: filters.registry, counts: ancestor.byRegistry, onChange: (registry) => change({ registry }) }),
      h(Menu, { label: "Team", values: filters.team, counts: ancestor.byTeam.filter((each) => each.value !== null), onChange: (team) => change({ team }) }),
      h("label", null, h("span", { class: "hidden" }, "Steps away"),
        h("select", { value: filters.depth ?? "", onChange: (event) => change({ depth: event.target.value || null }) },
          h("option", { value: "" }, "Any distance"), depths.map((each) => h("option", { key: each.value, value: each.value }, `${plural(Number(each.value), "step")} away (${each.count})`))))),
    h(Answer, { of: list }, () => h(Table, {
      caption: "Descendants", rows: list.items, of: (row) => row.id, rowClass: (row) => (row.deletedAt ? "gone" : undefined),
      columns: [
        { title: "Model", class: "wide", cell: (row) => [h(ModelLink, { id: row.id }), row.deletedAt ? h("span", { class: "tag" }, "Deleted") : null] },
        { title: "Steps", class: "number", cell: (row) => row.depth },
        { title: "How", cell: (row) => [row.kind ? sentence(row.kind) : "Derived", row.declared ? null : h("span", { class: "tag warn" }, "Not declared")] },
        { title: "From", class: "wide", cell: (row) => h(ModelLink, { id: row.through }) },
        { title: "Team", cell: (row) => row.team ? h(Outside, { text: row.team }) : "" },
        { title: "Alerts", cell: (row) => row.alerts > 0 ? h("a", { class: "plain", href: to("alerts", null, { derived: row.modelId }) }, h(Severity, { severity: row.severity, words: false }), ` ${row.alerts}`) : "" },
      ],
    })),
    h(Footer, { list, noun: "descendant" }));
}
