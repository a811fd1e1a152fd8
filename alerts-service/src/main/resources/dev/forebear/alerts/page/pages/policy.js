// The policy: what is looked for, in which words; a text to try on everything that is known before it comes into use.

import { h } from "preact";
import { useState } from "preact/hooks";
import { to } from "../app/router.js";
import { useAsk, useMay, useTitle } from "../app/use.js";
import { Answer, Heading, Section, Table } from "../parts/frames.js";
import { Ago, Severity } from "../parts/marks.js";
import { Outside } from "../parts/names.js";
import { plural, ruleWords } from "../parts/words.js";
import { Apply } from "./policy-apply.js";
import { Editor } from "./policy-editor.js";
import { Code, Versions } from "./policy-text.js";

export default function Policy({ id, query }) {
  const policy = useAsk("/policy");
  const admin = useMay("admin");
  const [applying, setApplying] = useState(false);
  useTitle("Policy");
  const trying = id === "try";
  return h("div", null, h(Answer, { of: policy, lines: 12, whole: true }, (value) => [
    h(Heading, {
      key: "head",
      title: "Policy",
      actions: [
        trying ? h("a", { key: "back", class: "button", href: to("policy") }, "The policy in use") : h("a", { key: "try", class: "button", href: to("policy", "try") }, "Try a change"),
        admin ? h("button", { key: "apply", type: "button", onClick: () => setApplying(true) }, "Apply to what is known") : null,
      ],
    }, h("p", null, h(Outside, { text: value.source === "standard" ? "The standard policy" : value.source }), ", in use since ", value.loadedAt ? h(Ago, { at: value.loadedAt }) : "the start", ", version ", h("code", null, value.version.replace("sha256:", "").slice(0, 12)), ".")),
    value.problem ? h("p", { key: "problem", class: "callout bad", role: "alert" }, h("span", null, h("strong", null, "The file cannot be used as it is; the policy before it stays in use. "), h(Outside, { text: value.problem }))) : null,
    trying
      ? h(Editor, { key: "editor", start: value.text })
      : [
        h(Section, { key: "rules", title: "Rules that are switched on" }, h(Rules, { rules: value.rules.filter((rule) => rule.enabled) })),
        h(Section, { key: "text", title: "The text" }, h(Code, { text: value.text, label: "Policy in use" })),
        h(Section, { key: "versions", title: "Before" }, h(Versions, { current: value, shown: query.get("version") })),
      ],
    applying ? h(Apply, { key: "apply", policy: value, onClose: () => setApplying(false) }) : null,
  ]));
}

function Rules({ rules }) {
  return h(Table, {
    caption: "Rules", rows: rules, of: (row) => row.name,
    columns: [
      { title: "Rule", class: "wide", cell: (row) => [h("strong", null, ruleWords(row.name)), " ", h("code", { class: "quiet" }, row.name), row.about ? h("span", { class: "detail quiet" }, h(Outside, { text: row.about })) : null] },
      { title: "Severity", cell: (row) => h(Severity, { severity: row.severity }) },
      { title: "Told", cell: (row) => row.routes.length === 0 ? h("span", { class: "quiet" }, "by audience") : h(Outside, { text: row.routes.join(", ") }) },
      { title: "Alerts not resolved", class: "number", cell: (row) => row.unresolved === 0 ? "none" : h("a", { class: "plain", href: to("alerts", null, { rule: row.name, state: "open,acknowledged,snoozed" }) }, plural(row.unresolved, "alert")) },
    ],
  });
}
