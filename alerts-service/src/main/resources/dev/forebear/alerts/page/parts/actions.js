// What people do with alerts: acknowledge, snooze, resolve, reopen, comment; with a way back where there is one.

import { h } from "preact";
import { useState } from "preact/hooks";
import { tell } from "../app/api.js";
import { changed } from "../app/live.js";
import { Dialog, Field } from "./dialog.js";
import { say } from "./notes.js";
import { plural, sentence } from "./words.js";

const DONE = { acknowledge: "acknowledged", snooze: "snoozed", resolve: "resolved", reopen: "reopened", comment: "commented on" };
const DAY = 86_400_000;
/** What the API takes at once. */
const AT_ONCE = 500;

/** Acts on alerts, says so, and shows it. */
export async function actOn(ids, action) {
  try {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      await tell("/alerts/actions", { ids: ids.slice(from, from + AT_ONCE), ...action });
    }
  } catch (failure) {
    say(failure.message, null, "bad");
    throw failure;
  } finally {
    changed();
  }
  const back = action.kind === "acknowledge" || action.kind === "snooze" || action.kind === "resolve"
    ? { label: "Undo", act: () => actOn(ids, { kind: "reopen", reason: "Undone." }) } : null;
  say(`${plural(ids.length, "alert")} ${DONE[action.kind]}.`, back);
}

/** Asks for what an action needs: until when, and why. */
export function ActionDialog({ kind, ids, onDone, onClose }) {
  const [until, setUntil] = useState("7");
  const send = async (fields) => {
    const reason = fields.reason?.trim() || null;
    await actOn(ids, kind === "snooze" ? { kind, reason, ...ending(fields) } : { kind, reason });
    onDone();
  };
  return h(Dialog, { title: `${sentence(kind)} ${plural(ids.length, "alert")}`, verb: sentence(kind), onSend: send, onClose },
    kind === "resolve" ? h("p", null, "It comes back when the finding changes. An exception says more: who answers for it, and until when.") : null,
    kind === "snooze" ? h(Endings, { until, setUntil }) : null,
    h(Field, { label: kind === "resolve" || kind === "comment" ? "Reason" : "Reason, if there is one" },
      h("textarea", { name: "reason", rows: 3, maxLength: 2000, required: kind === "resolve" || kind === "comment" })));
}

const ENDINGS = [["1", "Tomorrow"], ["7", "One week"], ["30", "30 days"], ["change", "Until it changes"], ["date", "A date"]];

function Endings({ until, setUntil }) {
  return [
    h("fieldset", { class: "choices", key: "endings" }, h("legend", null, "Until"), ENDINGS.map(([value, words]) =>
      h("label", { class: "choice", key: value },
        h("input", { type: "radio", name: "until", value, checked: until === value, onChange: () => setUntil(value) }), h("span", null, words)))),
    until === "date" ? h(Field, { label: "Date", key: "date" }, h("input", { type: "date", name: "date", required: true, min: day(1), max: day(366) })) : null,
    until === "change" ? null : h("label", { class: "check", key: "too" },
      h("input", { type: "checkbox", name: "orChange", value: "yes" }), h("span", null, "or until the finding changes, if that is earlier")),
  ];
}

/** Snoozes end in the morning. */
function ending(fields) {
  if (fields.until === "change") return { until: null, untilChange: true };
  const end = new Date(fields.until === "date" ? `${fields.date}T00:00` : Date.now() + Number(fields.until) * DAY);
  end.setHours(8, 0, 0, 0);
  return { until: end.toISOString(), untilChange: fields.orChange === "yes" };
}

/** A day from now as a field of a form writes it. */
export function day(days) {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}
