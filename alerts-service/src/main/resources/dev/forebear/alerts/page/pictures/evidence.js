// Evidence as pictures: the bell curve of independently trained models, and where these two models lie.

import { h } from "preact";
import { Odds } from "../parts/marks.js";
import { decimal, sentence } from "../parts/words.js";

const WIDTH = 440;
const HEIGHT = 116;
const BASELINE = 84;
const BELL = 58;
const MARGIN = 14;
/** Deviations that are drawn to scale; what lies further out is set beyond a break of the axis. */
const TO_SCALE = 26;

/** All statistics of a match. */
export function EvidencePanel({ match }) {
  if (match.evidence.length === 0) {
    const why = match.base.verdict === "same-weights"
      ? "The digests of the weights are equal: nothing needs to be measured."
      : "The report holds no statistics for this match.";
    return h("p", { class: "quiet" }, why);
  }
  return h("div", { class: "evidence" }, match.evidence.map(statistic));
}

function statistic(evidence) {
  return h("figure", { class: "statistic" },
    h("figcaption", null,
      h("strong", null, sentence(evidence.signal)),
      h("span", { class: "quiet" }, evidence.statistic)),
    drawable(evidence) ? bell(evidence) : h("p", { class: "quiet" }, "Not comparable."),
    h("p", { class: "reading" },
      "By chance ", h(Odds, { log10: evidence.log10PValue }),
      exactBound(evidence.log10ExactBound),
      h("span", { class: "quiet" }, ` if ${evidence.assumption}.`)));
}

function exactBound(log10) {
  return log10 !== null && log10 < 0 ? [", at most ", h(Odds, { log10 }), " whatever the distribution"] : null;
}

function drawable(evidence) {
  return evidence.value !== null && evidence.nullMean !== null && evidence.nullDeviation > 0;
}

/**
 * How far out the value lies: the deviations of a bell curve whose tail is as small as the stated chance, since not every
 * null is a bell curve far from its middle. Without a chance, the distance itself.
 */
function deviations(evidence) {
  if (evidence.log10PValue !== null && evidence.log10PValue < -1) return normalDeviations(evidence.log10PValue);
  return (evidence.value - evidence.nullMean) / evidence.nullDeviation;
}

/** z with Q(z) = 10^log10, by Newton's method on the logarithm of the tail. */
function normalDeviations(log10) {
  const target = log10 * Math.LN10;
  let z = Math.sqrt(-2 * target);
  for (let i = 0; i < 20; i++) {
    const tail = -z * z / 2 - Math.log(z * Math.sqrt(2 * Math.PI)) - Math.log1p(1 / (z * z + 2));
    z += (tail - target) / (z + 1 / z);
  }
  return z;
}

/** The null distribution and the value, in deviations from the null's mean. */
function bell(evidence) {
  const z = deviations(evidence);
  const broken = Math.abs(z) > TO_SCALE;
  const drawn = broken ? Math.sign(z) * TO_SCALE : z;
  const low = Math.min(-4, drawn - 1.5);
  const high = Math.max(4, drawn + 1.5);
  const x = (deviations) => MARGIN + ((deviations - low) / (high - low)) * (WIDTH - 2 * MARGIN);
  const notable = Math.abs(z) >= 4;
  const text = `${decimal(evidence.value)}, ${decimal(Math.abs(z))} deviations ${z < 0 ? "below" : "above"} the mean of `
    + "independently trained models";
  return h("svg", { class: "bell", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": text },
    h("path", { class: "bell-area", d: curve(x) }),
    h("line", { class: "bell-axis", x1: MARGIN, x2: WIDTH - MARGIN, y1: BASELINE, y2: BASELINE }),
    ticks(broken && z < 0 ? low * 0.82 : low, broken && z > 0 ? high * 0.82 : high, x),
    broken ? axisBreak(x(drawn * 0.9)) : null,
    h("text", { class: "bell-label", x: Math.max(x(0), 62), y: HEIGHT - 2, "text-anchor": "middle" }, "independent models"),
    marker(x(drawn), z, notable, evidence.value));
}

function curve(x) {
  const points = [];
  for (let d = -4; d <= 4.001; d += 0.1) {
    points.push(`${x(d).toFixed(1)},${(BASELINE - BELL * Math.exp((-d * d) / 2)).toFixed(1)}`);
  }
  return `M${x(-4).toFixed(1)},${BASELINE} L${points.join(" L")} L${x(4).toFixed(1)},${BASELINE} Z`;
}

function ticks(low, high, x) {
  const step = high - low > 16 ? 5 : 2;
  const ticks = [];
  for (let d = Math.ceil(low / step) * step; d <= high; d += step) {
    ticks.push(h("line", { class: "bell-axis", x1: x(d), x2: x(d), y1: BASELINE, y2: BASELINE + 3 }));
    ticks.push(h("text", { class: "bell-tick", x: x(d), y: BASELINE + 14, "text-anchor": "middle" }, d === 0 ? "0" : `${d < 0 ? "−" : ""}${Math.abs(d)}σ`));
  }
  return ticks;
}

/** Two strokes through the axis: what lies beyond is not to scale. */
function axisBreak(at) {
  return [
    h("line", { class: "bell-gap", x1: at - 3, x2: at + 3, y1: BASELINE, y2: BASELINE }),
    h("path", { class: "bell-break", d: `M${at - 6},${BASELINE + 5} l5,-10 M${at + 1},${BASELINE + 5} l5,-10` }),
  ];
}

function marker(at, z, notable, value) {
  const text = `${decimal(value)}  ·  ${z < 0 ? "−" : ""}${Math.abs(z) >= 10 ? Math.round(Math.abs(z)) : Math.abs(z).toFixed(1)}σ`;
  return h("g", { class: notable ? "marker notable" : "marker" },
    h("line", { x1: at, x2: at, y1: 22, y2: BASELINE }),
    h("circle", { cx: at, cy: BASELINE, r: 3.6 }),
    h("text", { x: at, y: 14, "text-anchor": anchor(at) }, text));
}

function anchor(at) {
  if (at > WIDTH - 70) return "end";
  return at < 70 ? "start" : "middle";
}

/** The peer signals of a match as bars. */
export function PeerPanel({ peers }) {
  if (peers.length === 0) return null;
  return h("details", { class: "peers" },
    h("summary", null, "Peer signals, for orientation; they decide nothing"),
    h("dl", null, peers.map((peer) => [
      h("dt", null, sentence(peer.signal)),
      h("dd", null,
        h("svg", { class: "bar", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" },
          h("rect", { class: "bar-room", width: 100, height: 6, rx: 3 }),
          peer.similarity === null
            ? null
            : h("rect", { class: "bar-fill", width: Math.max(0, Math.min(1, peer.similarity)) * 100, height: 6, rx: 3 })),
        h("span", { class: "number" }, peer.similarity === null ? "not comparable" : peer.similarity.toFixed(3))),
    ])));
}
