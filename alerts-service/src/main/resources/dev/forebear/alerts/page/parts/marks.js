// Small marks: severities, states, outcomes. Each has a shape and a word, so that colour alone never says anything.

import { h } from "preact";
import { useNow } from "../app/use.js";
import { agoText, dateTime, sentence, untilText } from "./words.js";

/** Shapes within a box of 12 by 12: the more severe, the sharper. */
const SHAPES = {
  critical: "M6 0 12 6 6 12 0 6Z",
  high: "M6 .8 11.8 11H.2Z",
  medium: "M1.5 1.5h9v9h-9Z",
  low: "M6 1a5 5 0 1 0 .01 0Z",
};

/** How severe something is. */
export function Severity({ severity, quiet = false, words = true }) {
  if (!severity) return null;
  return h("span", { class: `severity ${quiet ? "quiet" : severity}` },
    h("svg", { viewBox: "0 0 12 12", width: 11, height: 11, "aria-hidden": "true" }, h("path", { d: SHAPES[severity] })),
    words ? h("span", null, sentence(severity)) : h("span", { class: "hidden" }, `${sentence(severity)}: `));
}

const STATE_WORDS = { open: "Open", acknowledged: "Acknowledged", snoozed: "Snoozed", resolved: "Resolved" };

/** The state of an alert. */
export function State({ state }) {
  return h("span", { class: `state ${state}` }, STATE_WORDS[state] ?? sentence(state));
}

/** A state of anything else, of a tone: good, waiting, bad or over. */
export function Status({ tone, children }) {
  return h("span", { class: `status ${tone}` }, children);
}

/** A time as "3 min ago", which grows older by itself. */
export function Ago({ at }) {
  const now = useNow();
  return at === null ? null : h("time", { dateTime: at, title: dateTime(at) }, agoText(at, now));
}

/** A time to come as "in 3 days". */
export function Until({ at }) {
  const now = useNow();
  return h("time", { dateTime: at, title: dateTime(at) }, untilText(at, now));
}

/** A time as it stands in calendars. */
export function At({ at }) {
  return h("time", { dateTime: at }, dateTime(at));
}

/** An expected number of chance matches, for example "1 in 10⁷⁸". */
export function Odds({ log10 }) {
  if (log10 === null) return "unknown";
  if (log10 <= -300) return ["under 1 in 10", h("sup", null, "300")];
  if (log10 <= -4) return ["1 in 10", h("sup", null, Math.round(-log10))];
  return log10 <= 0 ? `1 in ${Math.round(10 ** -log10).toLocaleString("en")}` : "expected by chance";
}

/** How likely a match is by chance, in a few words; a base that an adapter declares was not put to a test. */
export function Likelihood({ base }) {
  if (base.basis === "declared") return "by declaration";
  if (base.verdict === "same-weights") return "identical";
  return [h(Odds, { log10: base.log10EValue }), " by chance", base.basis === "empirical" ? " (empirical)" : null];
}

/** A text with "10^78" set as a power. */
export function Powers({ text }) {
  return text.split(/(?<=10)\^(\d{1,3})/).map((part, index) => (index % 2 === 1 ? h("sup", null, part) : part));
}
