// Matches: what descends from what, and how sure that is.

import { h } from "./dom.js";
import { disclosure, reportPanel } from "./model.js";
import { kindWords } from "./relation.js";
import { ago, likelihood, modelName, odds, verdict } from "./words.js";

export const matches = {
  path: "/api/matches",
  key: (match) => match.reportId,
  columns: [
    { title: "Model", cell: (match) => modelName(match.modelVersionId), class: "subject" },
    { title: "Made from", cell: madeFrom },
    { title: "Verdict", cell: (match) => h("span", { class: `verdict ${match.base.verdict}` }, verdict(match.base.verdict)), class: "middle spare" },
    { title: "By chance", cell: chance, class: "middle number spare" },
    { title: "Card", cell: (match) => disclosure(match.base), class: "middle" },
    { title: "Found", cell: (match) => ago(match.reportedAt), class: "middle number spare" },
  ],
  detail: (match) => reportPanel(match.reportId),
  empty: (summary) => summary && summary.analysed > 0
    ? [
      h("h2", null, "No relatives found"),
      h("p", null, "None of the analysed models shares weights with another. Upload the base models that your teams start from: "
        + "their descendants are found at once, also those that came before."),
    ]
    : [
      h("h2", null, "Nothing to compare yet"),
      h("p", null, "A match needs two analysed models. Upload the base models that your teams start from, then a model made from one."),
    ],
};

function madeFrom(match) {
  return [
    modelName(match.base.modelVersionId),
    match.base.kind ? h("span", { class: "more" }, kindWords(match.base.kind).toLowerCase()) : null,
    match.others > 0 ? h("span", { class: "more" }, `+${match.others}`) : null,
  ];
}

function chance(match) {
  const tested = match.base.verdict !== "same-weights" && match.base.basis !== "declared";
  return tested ? odds(match.base.log10EValue) : h("span", { class: "quiet" }, likelihood(match.base));
}
