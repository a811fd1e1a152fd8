// What a report rests on: each match in words, with its pictures.

import { h } from "preact";
import { to } from "../app/router.js";
import { Likelihood } from "../parts/marks.js";
import { ModelLink, ModelName, Outside } from "../parts/names.js";
import { plural, sentence, verdict, visible } from "../parts/words.js";
import { EvidencePanel, PeerPanel } from "./evidence.js";
import { PortraitPanel } from "./portrait.js";
import { ComponentsPanel, LayersPanel, NotComparablePanel, RelationWords } from "./relation.js";

/** The matches of a report, the first open; or only the one with this base, when the report has it. */
export function ReportMatches({ report, only = null }) {
  const chosen = only === null ? report.matches : report.matches.filter((match) => match.base.modelVersionId === only);
  const matches = chosen.length > 0 ? chosen : report.matches;
  return h("div", { class: "report" },
    h("p", { class: "quiet" }, `Compared with ${plural(report.comparedModels, "model")}`,
      report.incomparableModels > 0 ? `; ${plural(report.incomparableModels, "model")} could not be compared.` : "."),
    h(Confirmation, { report }),
    matches.map((match, index) => h(MatchPanel, { key: match.base.modelVersionId, match, open: index === 0, alone: matches.length === 1, report })));
}

/** Whether the weights themselves were held against each other. */
function Confirmation({ report }) {
  if (report.confirmation === "pending") return h("p", { class: "quiet" }, "Its weights are being held against those of its relatives; alerts wait for that.");
  return report.confirmationProblems.map((line) => h("p", { key: line, class: "quiet" }, `Not confirmed: ${visible(line)}.`));
}

function MatchPanel({ match, open, alone, report }) {
  const body = [
    h(RelationWords, { key: "relation", match }),
    h(EvidencePanel, { key: "evidence", match }),
    h(LayersPanel, { key: "layers", match }),
    h(ComponentsPanel, { key: "components", match }),
    h(PortraitPanel, { key: "portrait", portrait: report.portrait, match }),
    h(NotComparablePanel, { key: "not", match }),
    h(PeerPanel, { key: "peers", peers: match.peers }),
  ];
  if (alone) return h("div", { class: "relative" }, h("p", { class: "relative-heading" }, h(MatchHeading, { match, name: ModelLink })), body);
  return h("details", { class: "relative", open }, h("summary", { class: "relative-heading" }, h(MatchHeading, { match, name: ModelName })),
    h("p", null, h("a", { class: "way", href: to("models", match.base.modelVersionId) }, "To the page of this model")), body);
}

function MatchHeading({ match, name }) {
  const base = match.base;
  return [
    h(name, { id: base.modelVersionId }),
    h("span", { class: "quiet" }, verdict(base.verdict), base.verdict === "same-weights" ? null : [", ", h(Likelihood, { base })]),
    base.parent || base.nearest ? h("span", { class: "tag" }, base.parent ? "Parent" : "Nearest") : null,
    h(Disclosure, { base }),
  ];
}

/** Whether a base is declared; only a proven one that is not declared stands out. */
export function Disclosure({ base }) {
  const proven = base.verdict === "derived" || base.verdict === "same-weights";
  if (base.declared) return h("span", { class: "tag good" }, "Declared");
  return h("span", { class: proven ? "tag warn" : "tag" }, "Not declared");
}

/** A base that somebody declared, and where. */
export function Declared({ base }) {
  return h("span", null, h(Outside, { text: base.name }),
    h("span", { class: "quiet" }, `${base.relation ? ` as ${sentence(visible(base.relation)).toLowerCase()}` : ""} in the ${sentence(visible(base.source)).toLowerCase()}`,
      base.strength === "hint" ? " (a hint)" : ""));
}
