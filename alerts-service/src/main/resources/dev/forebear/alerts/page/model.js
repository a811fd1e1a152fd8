// What is shown of a report: the nearest base with its evidence, then the other relatives.

import { h } from "./dom.js";
import { ask, byId } from "./api.js";
import { evidencePanel, peerPanel } from "./evidence.js";
import { portraitPanel } from "./portrait.js";
import { componentsPanel, layersPanel, notComparablePanel, relationWords } from "./relation.js";
import { likelihood, modelName, plural, verdict } from "./words.js";

/** The report with this id, in full; opens the match with this base, or else the first. */
export async function reportPanel(reportId, base = null) {
  const { value: report } = await ask(byId("reports", reportId));
  const opened = Math.max(0, report.matches.findIndex((match) => match.base.modelVersionId === base));
  return h("div", { class: "report" },
    h("p", { class: "quiet" }, scope(report)),
    confirmation(report),
    declarations(report.declaredBases),
    report.matches.map((match, index) => matchPanel(match, index === opened, report)));
}

function scope(report) {
  const skipped = report.incomparableModels > 0
    ? `; ${plural(report.incomparableModels, "model")} could not be compared`
    : "";
  return `Compared with ${plural(report.comparedModels, "model")}${skipped}.`;
}

/** Whether the weights themselves were held against each other. */
function confirmation(report) {
  const problems = report.confirmationProblems.map((line) => h("p", { class: "quiet" }, `Not confirmed: ${line}.`));
  if (report.confirmation !== "pending") return problems;
  return h("p", { class: "quiet" }, "Its weights are being held against those of its relatives; alerts wait for that.");
}

export function declarations(bases) {
  if (bases.length === 0) return h("p", { class: "quiet" }, "Declares no base.");
  return h("p", { class: "quiet" }, "Declares ", bases.map((base, index) => [
    index > 0 ? ", " : null,
    h("span", { class: "strong" }, base.name),
    base.relation ? ` as ${base.relation}` : null,
    ` in the ${base.source.replaceAll("-", " ")}`,
    base.strength === "hint" ? " (a hint)" : null,
  ]), ".");
}

function matchPanel(match, open, report) {
  const body = [
    relationWords(match), evidencePanel(match), layersPanel(match), componentsPanel(match),
    portraitPanel(report.portrait, match), notComparablePanel(match), peerPanel(match.peers)];
  if (report.matches.length === 1) return h("div", { class: "relative" }, heading(match, "p"), body);
  return h("details", { class: "relative", open }, heading(match, "summary"), body);
}

function heading(match, tag) {
  return h(tag, { class: "relative-heading" },
    modelName(match.base.modelVersionId),
    h("span", { class: `verdict ${match.base.verdict}` }, verdict(match.base.verdict)),
    match.base.verdict === "same-weights" ? null : h("span", { class: "quiet" }, likelihood(match.base)),
    match.base.parent || match.base.nearest ? h("span", { class: "quiet" }, match.base.parent ? "parent" : "nearest") : null,
    disclosure(match.base));
}

/** Whether a base is declared; only a proven one that is not declared stands out. */
export function disclosure(base) {
  const proven = base.verdict === "derived" || base.verdict === "same-weights";
  if (base.declared) return h("span", { class: "declared" }, "declared");
  return h("span", { class: proven ? "undeclared" : "quiet" }, "not declared");
}
