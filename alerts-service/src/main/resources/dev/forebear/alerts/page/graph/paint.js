// Draws a lineage graph on a canvas: only what is within the window, in few strokes, with names where there is room.

import { parts, shortVersion, visible } from "../parts/words.js";

/** Below this scale steps are straight and nodes are dots: nobody sees the difference, and it costs a third. */
const COARSE = 0.35;
const NAMES_FROM = 0.55;
const NAMES_AROUND_FROM = 0.95;
const RADIUS = 5.5;
const NAME_PIXELS = 210;
const SEVERITIES = ["critical", "high", "medium", "low"];

/** The colours of the page, as they are now. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  return new Proxy({}, { get: (known, name) => (known[name] ??= style.getPropertyValue(`--${name}`).trim()) });
}

/** @param view {graph, transform, width, height, ratio, focus, hover, way, colour}: what is seen, and from where */
export function paint(context, view) {
  const { transform: { x, y, k }, ratio } = view;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, view.width * ratio, view.height * ratio);
  context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
  const window = { left: -x / k - 40, right: (view.width - x) / k + 40, top: -y / k - 40, bottom: (view.height - y) / k + 40 };
  steps(context, view, window);
  nodes(context, view, window);
  names(context, view, window);
}

function steps(context, view, window) {
  const { colour, transform: { k }, way } = view;
  const plain = [];
  const concealed = [];
  const others = [];
  const marked = [];
  for (const step of view.graph.steps) {
    if (!meets(step, window)) continue;
    if (way.has(step)) marked.push(step);
    else if (!step.main) others.push(step);
    else (step.declared ? plain : concealed).push(step);
  }
  stroke(context, view, others, colour.edge, 0.9, [2 / k, 3 / k]);
  stroke(context, view, plain, colour.edge, 1.2, []);
  stroke(context, view, concealed, colour.high, 1.2, k < COARSE ? [] : [6 / k, 4 / k]);
  stroke(context, view, marked, colour.accent, 2.4, []);
}

function stroke(context, view, some, colour, width, dash) {
  if (some.length === 0) return;
  const { k } = view.transform;
  context.beginPath();
  for (const { from, to } of some) {
    context.moveTo(from.x, from.y);
    if (k < COARSE) context.lineTo(to.x, to.y);
    else if (view.graph.round) context.quadraticCurveTo((from.x + to.x) / 2 + (from.y - to.y) * 0.08, (from.y + to.y) / 2 + (to.x - from.x) * 0.08, to.x, to.y);
    else context.bezierCurveTo((from.x + to.x) / 2, from.y, (from.x + to.x) / 2, to.y, to.x, to.y);
  }
  const thin = k < COARSE && width < 2;
  context.setLineDash(dash);
  context.lineWidth = (thin ? width / 2 : width) / Math.min(1, k);
  context.globalAlpha = thin ? 0.45 : 1;
  context.strokeStyle = colour;
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
}

function meets({ from, to }, window) {
  return Math.max(from.x, to.x) >= window.left && Math.min(from.x, to.x) <= window.right
    && Math.max(from.y, to.y) >= window.top && Math.min(from.y, to.y) <= window.bottom;
}

function nodes(context, view, window) {
  const { colour, transform: { k } } = view;
  const size = Math.max(RADIUS, 2.1 / k);
  const kinds = new Map();
  for (const node of view.graph.nodes) {
    if (!within(node, window)) continue;
    const kind = node === view.graph.root ? "root" : node.severity ?? (node.deleted ? "deleted" : node.known ? "plain" : "unknown");
    if (!kinds.has(kind)) kinds.set(kind, []);
    kinds.get(kind).push(node);
  }
  const order = ["unknown", "deleted", "plain", ...SEVERITIES.toReversed(), "root"];
  for (const kind of order) {
    const some = kinds.get(kind);
    if (!some) continue;
    context.beginPath();
    if (k < COARSE && (kind === "plain" || kind === "unknown")) for (const { x, y } of some) context.rect(x - size * 0.85, y - size * 0.85, size * 1.7, size * 1.7);
    else for (const node of some) shape(context, kind, node, kind === "root" ? size * 1.5 : size);
    const hollow = kind === "unknown" || kind === "deleted";
    context.fillStyle = hollow ? colour.card : SEVERITIES.includes(kind) ? colour[kind] : kind === "root" ? colour.accent : colour.faint;
    context.fill();
    if (hollow) {
      context.lineWidth = 1.4 / Math.min(1, k);
      context.strokeStyle = colour.edge;
      context.stroke();
    }
  }
  ring(context, view.hover, view, size);
  ring(context, view.focus, view, size);
}

/** The shapes that severities have everywhere; a circle else. */
export function shape(context, kind, { x, y }, size) {
  if (kind === "critical") {
    context.moveTo(x, y - size * 1.35);
    context.lineTo(x + size * 1.35, y);
    context.lineTo(x, y + size * 1.35);
    context.lineTo(x - size * 1.35, y);
    context.closePath();
  } else if (kind === "high") {
    context.moveTo(x, y - size * 1.25);
    context.lineTo(x + size * 1.2, y + size);
    context.lineTo(x - size * 1.2, y + size);
    context.closePath();
  } else if (kind === "medium") {
    context.rect(x - size * 0.95, y - size * 0.95, size * 1.9, size * 1.9);
  } else {
    context.moveTo(x + size, y);
    context.arc(x, y, size, 0, 2 * Math.PI);
  }
}

function ring(context, node, view, size) {
  if (!node) return;
  const { colour, transform: { k } } = view;
  context.beginPath();
  context.arc(node.x, node.y, size * 2 + 2 / k, 0, 2 * Math.PI);
  context.lineWidth = 2 / k;
  context.strokeStyle = node === view.focus ? colour.accent : colour.edge;
  context.stroke();
}

function names(context, view, window) {
  const { graph, transform: { k }, colour } = view;
  const always = [graph.root, view.focus, view.hover].filter(Boolean);
  const all = k >= (graph.round ? NAMES_AROUND_FROM : NAMES_FROM);
  const pixels = graph.round || k < 0.8 ? 11 : 12.5;
  context.font = `${pixels / k}px ${view.letters}`;
  context.textBaseline = "middle";
  context.direction = "ltr";
  for (const node of all ? graph.nodes : always) {
    if (!within(node, window)) continue;
    const strong = always.includes(node);
    write(context, node, strong, view, colour, k);
  }
}

function write(context, node, strong, view, colour, k) {
  const text = label(node);
  const flat = !view.graph.round;
  const above = flat && node === view.graph.root;
  const left = flat && node.x < view.graph.root.x;
  const at = above ? node.x : node.x + ((left ? -1 : 1) * 12) / Math.max(k, 0.6);
  const height = above ? node.y - 19 / Math.max(k, 0.6) : node.y;
  context.textAlign = above ? "center" : left ? "right" : "left";
  const width = NAME_PIXELS / k;
  context.lineWidth = 4 / k;
  context.strokeStyle = colour.card;
  context.lineJoin = "round";
  context.strokeText(text, at, height, width);
  context.fillStyle = strong ? colour.ink : colour.soft;
  context.fillText(text, at, height, width);
}

const labels = new WeakMap();

function label(node) {
  if (!labels.has(node)) {
    const { name, version } = parts(node.id);
    const text = visible(`${name.length > 34 ? `${name.slice(0, 33)}…` : name}${version ? `@${shortVersion(version)}` : ""}`);
    labels.set(node, text);
  }
  return labels.get(node);
}

function within(node, window) {
  return node.x >= window.left && node.x <= window.right && node.y >= window.top && node.y <= window.bottom;
}
