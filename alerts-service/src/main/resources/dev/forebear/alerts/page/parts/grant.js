// Granting an exception: what it covers, who answers for it, why, and until when.

import { h } from "preact";
import { useContext, useState } from "preact/hooks";
import { tell } from "../app/api.js";
import { changed } from "../app/live.js";
import { Me } from "../app/use.js";
import { day } from "./actions.js";
import { Dialog, Field } from "./dialog.js";
import { say } from "./notes.js";
import { ModelName } from "./names.js";
import { parts, ruleWords } from "./words.js";

/** @param alert the alert that it is about; without one, the rule and the models are asked for */
export function ExceptionDialog({ alert = null, onClose }) {
  const me = useContext(Me);
  const [scope, setScope] = useState(alert ? (alert.baseModelId ? "model-and-ancestor" : "model") : "model");
  const [always, setAlways] = useState(false);
  const send = async (fields) => {
    await tell("/exceptions", {
      scope,
      rule: scope === "rule" ? (fields.rule ?? alert.rule) : always ? null : (alert?.rule ?? fields.rule) || null,
      derivedModelId: scope === "rule" ? null : alert?.derivedModelId ?? fields.derived,
      derivedVersion: scope === "version" ? parts(alert?.derivedVersionId ?? fields.derived).version ?? fields.version : null,
      baseModelId: scope === "model-and-ancestor" ? alert?.baseModelId ?? fields.base : null,
      owner: fields.owner.trim(),
      reason: fields.reason.trim(),
      expiresAt: new Date(`${fields.expires}T08:00`).toISOString(),
    });
    say("The exception is granted.");
    changed();
  };
  const scopes = [
    ["version", "This version"], ["model", "This model"],
    ...(alert && !alert.baseModelId ? [] : [["model-and-ancestor", "This model and ancestor"]]),
    ["rule", "The whole rule"],
  ];
  return h(Dialog, { title: "Grant an exception", verb: "Grant", tone: scope === "rule" ? "bad" : "", onSend: send, onClose },
    h("fieldset", { class: "choices" }, h("legend", null, "It covers"), scopes.map(([value, words]) =>
      h("label", { class: "choice", key: value },
        h("input", { type: "radio", name: "scope", value, checked: scope === value, onChange: () => setScope(value) }), h("span", null, words)))),
    alert ? h("p", null, h(Covered, { scope, alert, always })) : h(Asked, { scope }),
    alert && scope !== "rule" ? h("label", { class: "check" },
      h("input", { type: "checkbox", checked: always, onChange: (event) => setAlways(event.target.checked) }), h("span", null, "whatever the rule")) : null,
    h(Field, { label: "Who answers for it" }, h("input", { name: "owner", required: true, maxLength: 300, defaultValue: me?.open ? "" : me?.name ?? "" })),
    h(Field, { label: "Reason" }, h("textarea", { name: "reason", rows: 3, required: true, maxLength: 2000 })),
    h(Field, { label: "Until", help: "What it covers comes back on that day. At most a year." },
      h("input", { type: "date", name: "expires", required: true, min: day(1), max: day(365), defaultValue: day(90) })));
}

/** What the exception would cover, in words. */
function Covered({ scope, alert, always }) {
  const rule = always ? "Any finding" : ruleWords(alert.rule);
  if (scope === "rule") return `${ruleWords(alert.rule)}, on every model. Nobody will hear of it until then.`;
  return [`${rule} on `, h(ModelName, { id: scope === "version" ? alert.derivedVersionId : alert.derivedModelId }),
    scope === "model-and-ancestor" ? [" about ", h(ModelName, { id: alert.baseModelId })] : null,
    scope === "version" ? ", this version alone." : ", with all its versions."];
}

function Asked({ scope }) {
  return [
    scope === "rule" ? null : h(Field, { label: "Model", key: "derived", help: "As it is called here, for example internal/helios-7b" }, h("input", { name: "derived", required: true, maxLength: 1000, spellcheck: false })),
    scope === "version" ? h(Field, { label: "Version", key: "version" }, h("input", { name: "version", required: true, maxLength: 1000, spellcheck: false })) : null,
    scope === "model-and-ancestor" ? h(Field, { label: "Ancestor", key: "base" }, h("input", { name: "base", required: true, maxLength: 1000, spellcheck: false })) : null,
    h(Field, { label: scope === "rule" ? "Rule" : "Rule, or none for all", key: "rule" }, h("input", { name: "rule", required: scope === "rule", maxLength: 200, spellcheck: false })),
  ];
}
