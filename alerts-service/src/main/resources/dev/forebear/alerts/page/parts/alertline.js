// An alert in two lines: what it is about, and what was found; the same wherever alerts are listed.

import { h } from "preact";
import { to } from "../app/router.js";
import { Ago, Severity, State } from "./marks.js";
import { ModelName, Outside } from "./names.js";
import { plural, ruleWords } from "./words.js";

export function AlertLine({ alert, subject = true }) {
  return h("a", { class: alert.state === "resolved" ? "alert-line over" : "alert-line", href: to("alerts", alert.id) },
    h(Severity, { severity: alert.severity, words: false, quiet: alert.state === "resolved" }),
    h("span", { class: "alert-what" },
      subject ? h(ModelName, { id: alert.derivedVersionId }) : ruleWords(alert.rule),
      alert.state === "open" ? null : h(State, { state: alert.state })),
    h("span", { class: "alert-when" }, h(Ago, { at: alert.updatedAt })),
    h("span", { class: "alert-why" },
      pieces(alert, subject).flatMap((piece, index) => (index === 0 ? [piece] : [" · ", piece]))));
}

function pieces(alert, subject) {
  const about = alert.baseModelId ? h(ModelName, { id: alert.baseModelId }) : null;
  return [
    subject ? [ruleWords(alert.rule), about ? [": ", about] : null] : about,
    alert.versions > 1 ? plural(alert.versions, "version") : null,
    alert.team ? h(Outside, { text: alert.team }) : null,
  ].filter(Boolean);
}
