// An alert: what was found and why it is believed, what may be done, and all that happened to it.

import { h } from "preact";
import { useState } from "preact/hooks";
import { path } from "../app/api.js";
import { to } from "../app/router.js";
import { useAsk } from "../app/use.js";
import { ActionDialog } from "../parts/actions.js";
import { Answer, Facts, Section } from "../parts/frames.js";
import { ExceptionDialog } from "../parts/grant.js";
import { Ago, At, Powers, Severity, State, Status, Until } from "../parts/marks.js";
import { AncestorLink, ModelLink, ModelName, Outside } from "../parts/names.js";
import { plural, ruleWords, sentence, visible } from "../parts/words.js";
import { ReportMatches } from "../pictures/report.js";

const RESOLUTIONS = {
  "finding-gone": "The latest report no longer finds this.",
  "declared": "The ancestor has been declared since.",
  "excepted": "An exception covers it.",
  "deleted": "The model was deleted from its registry.",
  "by-hand": "Resolved by hand.",
};
const OUTCOMES = { delivered: "good", retrying: "warn", failed: "bad", waiting: "waiting" };

export function AlertDetail({ id, act, may }) {
  const answer = useAsk(`/alerts/${encodeURIComponent(id)}`);
  const [dialog, setDialog] = useState(null);
  return h("article", { class: "alert", "aria-label": "Alert" }, h(Answer, { of: answer, lines: 10 }, ({ alert, foundIn, history, exception }) => [
    h("header", { key: "head" },
      h("p", { class: "alert-kind" }, h(Severity, { severity: alert.severity }), h("span", { class: "quiet" }, ruleWords(alert.rule)), h(State, { state: alert.state })),
      h("h2", null, h(ModelLink, { id: alert.derivedVersionId })),
      alert.baseModelId ? h("p", { class: "alert-from" }, relation(alert), h(AncestorLink, { id: alert.baseModelId })) : null),
    h(Standing, { key: "standing", alert, exception }),
    may ? h(Actions, { key: "actions", alert, act, setDialog }) : null,
    h("p", { key: "why", class: "explanation" }, h(Powers, { text: visible(alert.explanation) })),
    h(Facts, { key: "facts", pairs: facts(alert, foundIn) }),
    alert.reportId && alert.baseVersionId ? h(Section, { key: "evidence", title: "Evidence", id: "alert-evidence" },
      h(Evidence, { alert })) : null,
    h(Section, { key: "history", title: "History", id: "alert-history" }, h(History, { history })),
    dialog === "comment" ? h(ActionDialog, { key: "comment", kind: "comment", ids: [id], onDone: () => {}, onClose: () => setDialog(null) }) : null,
    dialog === "exception" ? h(ExceptionDialog, { key: "exception", alert, onClose: () => setDialog(null) }) : null,
  ]));
}

function relation(alert) {
  const how = alert.relation ? sentence(alert.relation).toLowerCase() : "descends";
  const far = alert.depth > 1 ? `, ${alert.depth} steps away,` : "";
  return `${how}${far} from `;
}

/** Who brought it into its state, when, why and until when. */
function Standing({ alert, exception }) {
  if (alert.state === "open" && !alert.stateBy) return null;
  const tone = alert.state === "open" ? "warn" : alert.state === "resolved" || alert.state === "acknowledged" ? "good" : "";
  return h("div", { class: `callout ${tone}` }, h("p", null,
    alert.state === "resolved" && alert.resolution ? [RESOLUTIONS[alert.resolution] ?? sentence(alert.resolution), " "] : null,
    alert.stateBy ? [h("strong", null, h(Outside, { text: alert.stateBy })), ` ${alert.state === "open" ? "reopened" : alert.state} it `, alert.stateAt ? h(Ago, { at: alert.stateAt }) : null] : null,
    alert.snoozedUntil ? [", it comes back ", h(Until, { at: alert.snoozedUntil })] : null,
    alert.snoozedUntilChange ? `${alert.snoozedUntil ? " or" : ", it comes back"} when the finding changes` : null,
    alert.stateReason ? [": ", h("q", null, h(Outside, { text: alert.stateReason }))] : null,
    exception ? [" ", h("a", { href: to("exceptions", exception.id) }, "The exception"), " ends ", h(Until, { at: exception.expiresAt }), "."] : null));
}

function Actions({ alert, act, setDialog }) {
  const open = alert.state === "open";
  return h("div", { class: "actions" },
    open ? h("button", { type: "button", class: "primary", onClick: () => act("acknowledge") }, "Acknowledge") : null,
    open || alert.state === "acknowledged" ? h("button", { type: "button", onClick: () => act("snooze") }, "Snooze") : null,
    alert.state === "resolved" ? null : h("button", { type: "button", onClick: () => act("resolve") }, "Resolve"),
    open ? null : h("button", { type: "button", onClick: () => act("reopen") }, "Reopen"),
    alert.state === "resolved" ? null : h("button", { type: "button", onClick: () => setDialog("exception") }, "Grant an exception"),
    h("button", { type: "button", class: "quiet", onClick: () => setDialog("comment") }, "Comment"));
}

function facts(alert, foundIn) {
  return [
    ["By chance", alert.baseModelId ? h(Powers, { text: alert.chance }) : null],
    ["Licence of the ancestor", alert.baseModelId ? h(Outside, { text: alert.baseLicence ?? "not known" }) : null],
    ["Publisher", alert.basePublisher ? h(Outside, { text: alert.basePublisher }) : null],
    ["Team", alert.team ? h(Outside, { text: alert.team }) : null],
    ["Exposure", alert.exposure ? sentence(alert.exposure) : null],
    ["Opened", h(At, { at: alert.openedAt })],
    ["Found in", foundIn.length === 0 ? null : h("span", null, foundIn.slice(0, 8).map((each, index) =>
      [index > 0 ? ", " : null, h(ModelLink, { id: each.modelVersionId })]), foundIn.length > 8 ? ` and ${foundIn.length - 8} more` : null)],
    ["Told", alert.told.length === 0 ? h("span", { class: "quiet" }, "this page only") : h("ul", { class: "told" }, alert.told.map((told) =>
      h("li", { key: told.channel }, h(Status, { tone: OUTCOMES[told.outcome] }, told.channel),
        told.outcome === "delivered" ? null : h("span", { class: "quiet" }, ` ${told.outcome}${told.detail ? `: ${visible(told.detail)}` : ""}`))))],
  ];
}

/** The match that the alert rests on, with its pictures. */
function Evidence({ alert }) {
  const report = useAsk(path("/report", { id: alert.reportId }));
  if (report.problem && report.value === undefined) return h("p", { class: "quiet" }, "The report is no longer kept here; the topic lineage-reports has it.");
  return h(Answer, { of: report }, (value) => h(ReportMatches, { report: value, only: alert.baseVersionId }));
}

const KINDS = { acknowledge: "acknowledged it", snooze: "snoozed it", resolve: "resolved it", reopen: "reopened it", comment: "said" };

function History({ history }) {
  return h("ol", { class: "history" }, history.map((entry, index) =>
    h("li", { key: index, class: entry.what }, h("p", null, happened(entry)), h("p", { class: "note" }, h(At, { at: entry.at })))));
}

function happened(entry) {
  if (entry.what === "action") {
    const { kind, author, reason, until, untilChange, via } = entry.action;
    return [h("strong", null, h(Outside, { text: author })), ` ${KINDS[kind] ?? kind}`,
      until ? [" until ", h(At, { at: until })] : null, untilChange ? `${until ? " or" : ""} until it changes` : null,
      reason ? [": ", h("q", null, h(Outside, { text: reason }))] : null,
      via && via !== "page" ? h("span", { class: "quiet" }, ` via ${via}`) : null];
  }
  if (entry.what === "delivery") {
    const { channel, outcome, detail, alerts } = entry.delivery;
    return [h(Status, { tone: OUTCOMES[outcome] }, channel), ` ${outcome}`, detail ? h("span", { class: "quiet" }, `: ${visible(detail)}`) : null,
      alerts > 1 ? h("span", { class: "quiet" }, `, with ${plural(alerts - 1, "other")}`) : null];
  }
  if (entry.what === "found-in") return ["Found in ", h(ModelName, { id: entry.foundIn.modelVersionId })];
  if (entry.what === "opened") return "Opened";
  const words = entry.state ? sentence(entry.state) : "Changed";
  return [words, entry.reason ? [": ", RESOLUTIONS[entry.reason] ?? h(Outside, { text: entry.reason })] : null];
}
