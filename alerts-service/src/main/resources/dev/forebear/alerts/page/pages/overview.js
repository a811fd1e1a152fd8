// The start of the day: what wants an answer, what arrived, what was found, what waits, what could not be analysed.

import { h } from "preact";
import { to } from "../app/router.js";
import { useAsk, useTitle } from "../app/use.js";
import { AlertLine } from "../parts/alertline.js";
import { Answer, Empty, Heading, Section } from "../parts/frames.js";
import { Ago, Severity } from "../parts/marks.js";
import { ModelName } from "../parts/names.js";
import { bytes, listed, plural, ruleWords, sentence } from "../parts/words.js";
import { Arrivals } from "../pictures/arrivals.js";

const SEVERITIES = ["critical", "high", "medium", "low"];
const LATEST = 9;

export default function Overview() {
  const overview = useAsk("/overview");
  const lapsing = useAsk("/exceptions?standing=active&limit=5");
  useTitle("Overview");
  return h("div", { class: "overview" }, h(Answer, { of: overview, lines: 9, whole: true }, (value) => value.models.total === 0
    ? h(FirstDay, null)
    : [
      h(Statement, { key: "statement", overview: value }),
      h("div", { class: "overview-grid", key: "grid" },
        h("div", null,
          h(Section, { title: "What arrived", more: h("a", { href: to("models") }, "All models") }, h(Arrivals, { days: value.arrivals })),
          h(Section, { title: "Latest alerts", more: h("a", { href: to("alerts") }, "All alerts") }, h(Latest, { alerts: value.latestAlerts }))),
        h("div", null,
          h(Section, { title: "What was found" }, h(Found, { found: value.found })),
          h(Section, { title: "What is waiting" }, h(Waiting, { overview: value, exceptions: lapsing.value?.items ?? [] })),
          h(Section, { title: "What could not be analysed", note: "Never the same as clean." }, h(NotAnalysed, { reasons: value.notAnalysed })))),
    ]));
}

/** One sentence that says how things stand, in numbers that lead somewhere. */
function Statement({ overview }) {
  const { alerts, models } = overview;
  const figures = [
    ["Open alerts", alerts.open, to("alerts"), alerts.acknowledged > 0 ? `${alerts.acknowledged} more acknowledged` : "nobody has answered them"],
    ["Made from a known model", models.proven, to("models", null, { proven: "true" }), `of ${models.analysed.toLocaleString("en")} analysed`],
    ["Without a word on it", models.undeclared, to("models", null, { undeclared: "true" }), "declare none of their ancestors"],
    ["Not analysed", models.notAnalysed, to("models", null, { progress: "not-analysed" }), models.inProgress > 0 ? `${models.inProgress.toLocaleString("en")} in progress` : "none in progress"],
  ];
  return h("div", null,
    h(Heading, { title: statement(overview) },
      h("p", null, `${models.total.toLocaleString("en")} model versions are known. `, alerts.snoozed > 0 ? `${plural(alerts.snoozed, "alert")} ${alerts.snoozed === 1 ? "is" : "are"} snoozed.` : null)),
    h("dl", { class: "figures" }, figures.map(([name, value, address, note]) =>
      h("div", { key: name }, h("dt", null, name), h("dd", null, h("a", { href: address }, value.toLocaleString("en"))), h("dd", { class: "figure-note" }, note)))));
}

function statement({ alerts, found }) {
  if (alerts.open === 0) return "Nothing wants an answer";
  const open = (severity) => found.filter((each) => each.severity === severity).reduce((sum, each) => sum + each.states.open, 0);
  const pressing = ["critical", "high"].filter((severity) => open(severity) > 0).map((severity) => `${open(severity).toLocaleString("en")} ${severity}`);
  const alone = alerts.open === 1;
  if (pressing.length === 0) return `${plural(alerts.open, "alert")} ${alone ? "wants" : "want"} an answer`;
  return `${listed(pressing)} ${open("critical") + open("high") === 1 ? "alert wants" : "alerts want"} an answer`;
}

/** Rules, each as a bar of its severities. */
function Found({ found }) {
  const rules = Object.values(Object.groupBy(found, (each) => each.rule))
    .map((all) => ({ rule: all[0].rule, all, unresolved: all.reduce((sum, each) => sum + open(each.states), 0) }))
    .filter((rule) => rule.unresolved > 0)
    .sort((a, b) => b.unresolved - a.unresolved);
  const largest = Math.max(1, ...rules.map((rule) => rule.unresolved));
  if (rules.length === 0) return h("p", { class: "quiet" }, "No rule finds anything.");
  return h("ul", { class: "found-list" }, rules.map(({ rule, all, unresolved }) => h("li", { key: rule },
    h("a", { href: to("alerts", null, { rule }) },
      h("span", { class: "found-name" }, ruleWords(rule)),
      h("span", { class: "found-count" }, unresolved.toLocaleString("en")),
      h("span", { class: "found-bar", "aria-hidden": "true" }, SEVERITIES.map((severity) => {
        const size = all.filter((each) => each.severity === severity).reduce((sum, each) => sum + open(each.states), 0);
        return size === 0 ? null : h("i", { key: severity, class: severity, style: { width: `${(100 * size) / largest}%` } });
      })),
      h("span", { class: "found-note" }, SEVERITIES.map((severity) => {
        const size = all.filter((each) => each.severity === severity).reduce((sum, each) => sum + open(each.states), 0);
        return size === 0 ? null : h("span", { key: severity }, h(Severity, { severity, words: false }), `${size.toLocaleString("en")} ${severity}`);
      }))))));
}

function open(states) {
  return states.open + states.acknowledged + states.snoozed;
}

function Waiting({ overview, exceptions }) {
  const { waiting, alerts } = overview;
  const reads = useAsk(waiting.reads > 0 ? "/reads" : null);
  const soon = exceptions.filter((each) => Date.parse(each.expiresAt) - Date.now() < 14 * 86_400_000);
  const lines = [
    [alerts.open, plural(alerts.open, "alert"), "without an answer", to("alerts", null, { state: "open" })],
    [waiting.received + waiting.fingerprinted, plural(waiting.received + waiting.fingerprinted, "model"), "on the way to a report", to("models", null, { progress: "received,fingerprinted" })],
    [soon.length, plural(soon.length, "exception"), "lapsing within two weeks", to("exceptions")],
    [waiting.owed, plural(waiting.owed, "alert"), "owed to a channel", to("deliveries")],
    [waiting.retrying, plural(waiting.retrying, "message"), "to be tried again", to("deliveries", null, { outcome: "retrying" })],
    [waiting.failed, plural(waiting.failed, "message"), "given up", to("deliveries", null, { outcome: "failed" }), "bad"],
    [waiting.silentRegistries, plural(waiting.silentRegistries, "registry", "registries"), "silent", to("registries"), "bad"],
    [waiting.deadLetters, plural(waiting.deadLetters, "dead letter"), "this week", to("dead-letters"), "bad"],
  ].filter(([number]) => number > 0);
  return [
    reads.value?.items.length > 0 ? h("ul", { class: "reads", key: "reads" }, reads.value.items.map((read) => h(Read, { key: read.modelVersionId + read.purpose, read }))) : null,
    lines.length === 0
      ? h("p", { class: "quiet", key: "none" }, "Nothing: all is read, said and answered.")
      : h("ul", { class: "lines", key: "lines" }, lines.map(([, amount, what, address, tone]) =>
        h("li", { key: what }, h("a", { href: address, class: tone }, h("b", null, amount), ` ${what}`)))),
  ];
}

function Read({ read }) {
  const share = read.relatives > 0 ? read.relativesCompared / read.relatives : read.bytesRead / (read.bytesPlanned ?? 0);
  return h("li", null,
    h(ModelName, { id: read.modelVersionId }),
    h("progress", { max: 1, value: Number.isFinite(share) ? Math.min(1, share).toFixed(3) : undefined, "aria-label": "Share read" }),
    h("span", { class: "note" }, read.purpose === "confirmation"
      ? `held against relative ${Math.min(read.relativesCompared + 1, read.relatives)} of ${read.relatives}`
      : read.bytesPlanned === null ? "preparing" : `${bytes(read.bytesRead)} of ${bytes(read.bytesPlanned)}`, ", since ", h(Ago, { at: read.startedAt })));
}

function NotAnalysed({ reasons }) {
  if (reasons.length === 0) return h("p", { class: "quiet" }, "Everything that arrived could be read.");
  return h("ul", { class: "lines" }, reasons.map(({ value, count }) =>
    h("li", { key: value }, h("a", { href: to("models", null, { progress: "not-analysed", reason: value }) },
      h("b", null, count.toLocaleString("en")), " ", sentence(value ?? "no reason").toLowerCase()))));
}

function Latest({ alerts }) {
  if (alerts.length === 0) return h("p", { class: "quiet" }, "No alert is open.");
  return h("ul", { class: "alert-lines" }, alerts.slice(0, LATEST).map((alert) => h("li", { key: alert.id }, h(AlertLine, { alert }))));
}

function FirstDay() {
  return h(Empty, { title: "Listening", whole: true },
    h("p", null, "Nothing has been uploaded yet. Point a registry's webhook at the ingest service, at ", h("code", null, "/hooks/<registry>"), ", and publish a model."),
    h("p", null, "No registry at hand? ", h("code", null, "./forebear demo"), " uploads a small zoo of models with known lineage."));
}
