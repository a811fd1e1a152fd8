// What the papers of a model say against what its weights say, line by line.

import { h } from "preact";
import { to } from "../app/router.js";
import { Likelihood } from "../parts/marks.js";
import { ModelLink } from "../parts/names.js";
import { modelOf, plural, sentence, verdict } from "../parts/words.js";
import { Declared } from "../pictures/report.js";

const SHOWN = 12;
const SIGNS = {
  agrees: { mark: "M2.500 8.500 6 12l7.500-8", words: "Declared and found" },
  concealed: { mark: "M8 2.500v7M8 12.800v.2", words: "Found, not declared" },
  unfound: { mark: "M3 8h10", words: "Declared, not found" },
  related: { mark: "M3 6.300h10M3 10h10", words: "Related" },
};

/** @param version the model version; while it is not analysed nothing can be said about what it declares */
export function DeclaredFound({ declared, found, version }) {
  const analysed = version.progress === "analysed";
  const rows = lines(declared, found).slice(0, SHOWN);
  if (rows.length === 0) {
    return h("p", { class: "quiet" }, analysed
      ? "It declares no base, and none was found: of the models that are known, none shares its weights."
      : "It declares no base. What its weights say is not known yet.");
  }
  return h("div", { class: "declared-found" },
    h("div", { class: "df-head", "aria-hidden": "true" }, h("span", null, "Its papers say"), h("span", null), h("span", null, "Its weights say")),
    h("ul", null, rows.map((row, index) => h("li", { key: index, class: `df-row ${analysed || row.sign !== "unfound" ? row.sign : "related"}` },
      h("div", { class: "df-declared" }, row.declared ? h(Declared, { base: row.declared }) : h("span", { class: "quiet" }, row.sign === "concealed" ? "nothing" : "–")),
      h(Sign, { sign: row.sign, analysed }),
      h("div", { class: "df-found" }, row.found ? h(Found, { match: row.found }) : h("span", { class: "quiet" }, analysed ? "nothing of it" : "not known yet"))))),
    found.length > SHOWN ? h("p", { class: "note" }, `${plural(found.length - SHOWN, "more relative")} below, with the evidence.`) : null);
}

/** Proven ones first, then what was declared and not found, then mere relatives. */
function lines(declared, found) {
  const meant = new Map(declared.filter((each) => each.modelVersionId !== null).map((each) => [each.modelVersionId, each]));
  const proven = found.filter((match) => match.proven);
  return [
    ...proven.map((match) => row(match, meant.get(match.base.modelVersionId))),
    ...declared.filter((each) => each.modelVersionId === null || !found.some((match) => match.base.modelVersionId === each.modelVersionId))
      .map((each) => ({ sign: "unfound", declared: each, found: null })),
    ...found.filter((match) => !match.proven).map((match) => ({ sign: "related", declared: meant.get(match.base.modelVersionId) ?? null, found: match })),
  ];
}

function row(match, declaration) {
  return { sign: match.base.declared || declaration ? "agrees" : "concealed", declared: declaration ?? null, found: match };
}

function Sign({ sign, analysed }) {
  const { mark, words } = analysed || sign !== "unfound" ? SIGNS[sign] : SIGNS.related;
  return h("div", { class: "df-sign" },
    h("svg", { viewBox: "0 0 16 16", width: 15, height: 15, class: "icon", "aria-hidden": "true" }, h("path", { d: mark })),
    h("span", null, words));
}

function Found({ match }) {
  const base = match.base;
  return [
    h(ModelLink, { id: base.modelVersionId }),
    h("p", { class: "note" },
      base.kind ? sentence(base.kind) : verdict(base.verdict),
      base.mergeWeight === null ? null : `, ${Math.round(base.mergeWeight * 100)} % of a merge`,
      base.parent ? ", its parent" : null,
      [" · ", h(Likelihood, { base })],
      match.proven ? [" · ", h("a", { class: "plain", href: to("ancestors", modelOf(base.modelVersionId)) }, "all that descends from it")] : null),
  ];
}
