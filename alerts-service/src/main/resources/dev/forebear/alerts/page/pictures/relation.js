// What was done to a base, and what tells it: words, a picture of the layers, a table of the components.

import { h } from "preact";
import { Outside } from "../parts/names.js";
import { decimal, sentence } from "../parts/words.js";

const CELL = 15;
const GAP = 34;
/** Deviations from which on two layers surely have one origin; darker says no more. */
const SURE = 30;

/** The relation of a match in one paragraph; null when it is not known. */
export function RelationWords({ match }) {
  const base = match.base;
  if (!base.kind) return null;
  const share = base.mergeWeight === null ? "" : `, ${Math.round(base.mergeWeight * 100)} % of a merge`;
  return h("p", { class: "relation" },
    h("strong", null, sentence(base.kind)), share,
    base.detail ? [": ", h(Outside, { text: base.detail })] : null, ". ",
    match.direction ? h("span", { class: "quiet" }, directionWords(match.direction)) : null);
}

function directionWords(direction) {
  if (direction.certainty === "undetermined") return "The weights do not tell which came first; the dates of upload do.";
  const sure = direction.certainty === "established" ? "show" : "suggest";
  return direction.contradictsUploads
    ? `The weights ${sure} that it came first although it was uploaded later: ${direction.reason}.`
    : `The weights ${sure} that it came first: ${direction.reason}.`;
}

/** Every layer of the model against every layer of the relative; null when it was not measured. */
export function LayersPanel({ match }) {
  const layers = match.layers;
  if (!layers || layers.layers === 0) return null;
  const width = GAP + layers.relativeLayers * CELL;
  const height = GAP + layers.layers * CELL;
  const cells = layers.z.map((z, index) => {
    const row = Math.floor(index / layers.relativeLayers);
    const column = index % layers.relativeLayers;
    return h("rect", {
      x: GAP + column * CELL, y: GAP + row * CELL, width: CELL - 1, height: CELL - 1,
      class: "layer-cell", "fill-opacity": Math.max(0.04, Math.min(1, z / SURE)).toFixed(2),
    }, h("title", null, `layer ${row} with layer ${column}: ${decimal(z)} deviations`));
  });
  return h("figure", { class: "statistic layers" },
    h("figcaption", null,
      h("strong", null, "Layers"),
      h("span", { class: "quiet" }, "which layer came from which")),
    h("svg", {
      viewBox: `0 0 ${width} ${height}`, class: "layer-map", role: "img",
      "aria-label": "Agreement of every layer of the model with every layer of the relative",
      width: Math.min(width, 440), height: Math.min(width, 440) * height / width,
    },
    h("text", { class: "bell-tick", x: GAP, y: 10 }, "layers of the relative →"),
    h("text", { class: "bell-tick", x: 10, y: GAP, transform: `rotate(90 10 ${GAP})` }, "of the model →"),
    cells));
}

/** Layer by layer and component by component, how much changed; null when tensors could not be mapped. */
export function ComponentsPanel({ match }) {
  if (match.components.length === 0) return null;
  const components = [...new Set(match.components.map((one) => one.component))];
  const layers = [...new Set(match.components.map((one) => one.layer))].sort((a, b) => a - b);
  const of = (layer, component) => match.components.find((one) => one.layer === layer && one.component === component);
  return h("details", { class: "peers" },
    h("summary", null, "What changed, layer by layer"),
    h("table", { class: "components" },
      h("thead", null, h("tr", null, h("th", null, "Layer"), components.map((component) => h("th", null, component.replaceAll("-", " "))))),
      h("tbody", null, layers.map((layer) => h("tr", null,
        h("td", null, layer < 0 ? "outside" : layer),
        components.map((component) => change(of(layer, component))))))),
    h("p", { class: "quiet" }, "Relative change: the norm of the difference over the norm of the base's weights."));
}

function change(one) {
  if (!one) return h("td", null);
  if (one.fate === "replaced") return h("td", { class: "changed replaced" }, "replaced");
  if (one.fate === "frozen") return h("td", { class: "changed quiet" }, "unchanged");
  return h("td", { class: "changed number" }, decimal(one.relativeChange));
}

/** Statistics that mean nothing for these two, and why. */
export function NotComparablePanel({ match }) {
  if (match.notComparable.length === 0) return null;
  return h("details", { class: "peers" },
    h("summary", null, "Not comparable here"),
    h("ul", { class: "quiet" }, match.notComparable.map((line) => h("li", null, line))));
}
