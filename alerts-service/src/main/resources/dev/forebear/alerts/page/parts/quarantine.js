// That nothing may descend from a model: who said so, why, and how it begins and ends.

import { h } from "preact";
import { path, tell } from "../app/api.js";
import { changed } from "../app/live.js";
import { Dialog, Field } from "./dialog.js";
import { Ago } from "./marks.js";
import { Outside } from "./names.js";
import { say } from "./notes.js";
import { plural, visible } from "./words.js";

/** A quarantine that holds; whoever may lift it can. */
export function Quarantine({ quarantine, may, lift }) {
  return h("div", { class: "callout bad quarantine" },
    h("p", null, h("strong", null, quarantine.version === null ? "Quarantined" : ["Version ", h(Outside, { text: quarantine.version }), " is quarantined"], ": "),
      h(Outside, { text: quarantine.reason })),
    h("p", { class: "note" }, "By ", h(Outside, { text: quarantine.quarantinedBy }), " ", h(Ago, { at: quarantine.quarantinedAt }), `. ${plural(quarantine.alerts, "alert")} on it and on what descends from it.`),
    may ? h("button", { type: "button", onClick: lift }, "Lift the quarantine") : null);
}

/** Asks why. */
export function QuarantineDialog({ id, descendants, onClose }) {
  const send = async (fields) => {
    await tell("/quarantines", { id, reason: fields.reason.trim() });
    say("Quarantined. Whatever descends from it raises an alert.");
    changed();
  };
  return h(Dialog, { title: "Quarantine the model", verb: "Quarantine", tone: "bad", onSend: send, onClose },
    h("p", null, `It, the ${plural(descendants, "version")} that descend from it, and whatever will, raise critical alerts until it is lifted. What only declares it is told, too.`),
    h(Field, { label: "Reason", help: "Everybody who is told of it reads it." }, h("textarea", { name: "reason", rows: 3, maxLength: 2000, required: true })));
}

export function LiftDialog({ quarantine, onClose }) {
  const send = async (fields) => {
    await tell(path("/quarantines", { id: quarantine.id, reason: fields.reason.trim() }), {}, "DELETE");
    say("The quarantine is lifted; its alerts are resolved.");
    changed();
  };
  return h(Dialog, { title: "Lift the quarantine", verb: "Lift", onSend: send, onClose },
    h("p", null, `${visible(quarantine.quarantinedBy)} said: `, h("q", null, h(Outside, { text: quarantine.reason }))),
    h(Field, { label: "Reason, if there is one" }, h("textarea", { name: "reason", rows: 3, maxLength: 2000 })));
}
