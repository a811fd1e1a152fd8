// Two models side by side: the geometry of their embeddings, and how much weight their layers carry.

import { h } from "preact";

const SIZE = 190;
const GAP = 24;
const WIDTH = 440;
const HEIGHT = 120;
const MARGIN = 14;

/** Pictures of a model and one relative; null where either is not at hand. */
export function PortraitPanel({ portrait, match }) {
  if (!portrait || !match.portrait) return null;
  const pictures = [geometry(portrait, match.portrait), energies(portrait, match.portrait)].filter((one) => one !== null);
  if (pictures.length === 0) return null;
  return h("details", { class: "peers" },
    h("summary", null, "Side by side: embeddings and layers"),
    h("div", { class: "evidence" }, pictures));
}

/** Which tokens lie close together: cosines of 64 tokens with each other, of either model. */
function geometry(a, b) {
  if (a.anchorCosines.length === 0 || b.anchorCosines.length === 0) return null;
  return h("figure", { class: "statistic" },
    h("figcaption", null,
      h("strong", null, "Embedding geometry"),
      h("span", { class: "quiet" }, "which of 64 tokens lie close together: this model, the relative")),
    h("svg", {
      viewBox: `0 0 ${2 * SIZE + GAP} ${SIZE}`, role: "img", class: "geometry",
      "aria-label": "Cosines of the embeddings of 64 tokens with each other, in this model and in the relative",
    }, triangle(a.anchorCosines, 0), triangle(b.anchorCosines, SIZE + GAP)));
}

/** The upper triangle, mirrored. */
function triangle(cosines, left) {
  const tokens = Math.round((1 + Math.sqrt(1 + 8 * cosines.length)) / 2);
  const cell = SIZE / tokens;
  const cells = [];
  let index = 0;
  for (let i = 0; i < tokens; i++) {
    for (let j = i + 1; j < tokens; j++) {
      const cosine = cosines[index++] / 127;
      cells.push(square(left, i, j, cell, cosine), square(left, j, i, cell, cosine));
    }
  }
  return cells;
}

function square(left, row, column, cell, cosine) {
  return h("rect", {
    x: (left + column * cell).toFixed(2), y: (row * cell).toFixed(2), width: cell.toFixed(2), height: cell.toFixed(2),
    class: cosine < 0 ? "cosine-below" : "cosine-above", "fill-opacity": Math.min(1, Math.abs(cosine) * 1.6).toFixed(2),
  });
}

/** The norms of the layers over the largest, from the first layer to the last. */
function energies(a, b) {
  if (a.layerEnergies.length < 2 || b.layerEnergies.length < 2) return null;
  return h("figure", { class: "statistic" },
    h("figcaption", null,
      h("strong", null, "Layer energy profile"),
      h("span", { class: "quiet" }, "norms over the largest, first layer to last: this model solid, the relative dashed")),
    h("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "bell",
      "aria-label": "Norms of the layers of this model and of the relative",
    },
    h("line", { class: "bell-axis", x1: MARGIN, x2: WIDTH - MARGIN, y1: HEIGHT - MARGIN, y2: HEIGHT - MARGIN }),
    h("path", { class: "profile", d: line(a.layerEnergies) }),
    h("path", { class: "profile relative", d: line(b.layerEnergies) })));
}

function line(values) {
  return values.map((value, index) => {
    const x = MARGIN + (index / (values.length - 1)) * (WIDTH - 2 * MARGIN);
    const y = HEIGHT - MARGIN - value * (HEIGHT - 2 * MARGIN);
    return `${index === 0 ? "M" : "L"}${x.toFixed(1)},${y.toFixed(1)}`;
  }).join(" ");
}
