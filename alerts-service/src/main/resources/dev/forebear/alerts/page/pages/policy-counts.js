// What a policy would find, rule by rule, against what is found today.

import { h } from "preact";
import { Table } from "../parts/frames.js";
import { Severity } from "../parts/marks.js";
import { AncestorLink, ModelLink, Outside } from "../parts/names.js";
import { plural, ruleWords } from "../parts/words.js";

const CHANGES = { appearing: "New", staying: "Same", going: "Gone" };

export function Counts({ preview }) {
  if (preview.state === "failed") return h("p", { class: "callout bad", role: "alert" }, h(Outside, { text: preview.problem ?? "It failed." }));
  if (preview.problems.length > 0) return h("p", { class: "callout bad" }, "The text is not a policy.");
  const rules = preview.rules.filter((rule) => rule.findings + rule.going > 0);
  const samples = rules.flatMap((rule) => rule.samples.filter((sample) => sample.change !== "staying").map((sample) => ({ ...sample, rule: rule.rule })));
  const sum = (name) => rules.reduce((all, rule) => all + rule[name], 0);
  return h("div", { class: "counts", "aria-live": "polite" },
    preview.state === "running"
      ? h("p", null, h("progress", { max: Math.max(1, preview.total), value: preview.done, "aria-label": "Looked at" }), h("span", { class: "note" }, `${preview.done.toLocaleString("en")} of ${plural(preview.total, "model version")}`))
      : h("p", { class: "counts-sum" }, h("b", null, sum("appearing").toLocaleString("en")), " new, ", h("b", null, sum("going").toLocaleString("en")), " gone, ", h("b", null, sum("staying").toLocaleString("en")), ` the same, in ${plural(preview.total, "model version")}.`),
    rules.length === 0 && preview.state !== "running" ? h("p", { class: "quiet" }, "No rule finds anything.") : h(Table, {
      caption: "Findings by rule", rows: rules, of: (row) => row.rule,
      columns: [
        { title: "Rule", cell: (row) => h("strong", null, ruleWords(row.rule)) },
        { title: "Severity", cell: (row) => row.samples.length > 0 ? h(Severity, { severity: row.samples[0].severity }) : "" },
        { title: "New", class: "number", cell: (row) => row.appearing === 0 ? "–" : h("b", { class: "came" }, `+${row.appearing.toLocaleString("en")}`) },
        { title: "Gone", class: "number", cell: (row) => row.going === 0 ? "–" : h("b", { class: "went" }, `−${row.going.toLocaleString("en")}`) },
        { title: "Same", class: "number", cell: (row) => row.staying.toLocaleString("en") },
      ],
    }),
    samples.length === 0 ? null : [
      h("h3", { key: "title" }, "For example"),
      h("ul", { key: "samples", class: "samples" }, samples.slice(0, 12).map((sample, index) => h("li", { key: index },
        h("span", { class: sample.change === "appearing" ? "tag warn" : "tag good" }, CHANGES[sample.change]),
        h("span", null, h(ModelLink, { id: sample.modelVersionId }), sample.baseModelId ? [" from ", h(AncestorLink, { id: sample.baseModelId })] : null,
          h("span", { class: "quiet" }, `: ${ruleWords(sample.rule).toLowerCase()}`))))),
    ]);
}
