// Where the nodes of a lineage graph stand: what a model was made from to the left, what was made from it to the right.
// A tidy tree over one step of each node; further steps, such as the other parents of a merge, are drawn as they fall.

import { hierarchy, tree } from "./d3.js";

const COLUMN = 250;
const ROW = 26;
/** Few nodes have more room. */
const ROW_OF_FEW = 44;
const FEW = 12;
/** From so many nodes on columns would be needles: the tree is drawn around its root. */
const ROUND_FROM = 400;
const RING = 170;
const ARC = 15;

/**
 * Nodes with x and y, steps from a base to what was made from it, and the bounds of all. A step is `main` when the tree
 * follows it.
 */
export function layout(graph) {
  const nodes = new Map(graph.nodes.map((node) => [node.id, { ...node, bases: [], derived: [] }]));
  const steps = graph.edges
    .filter((edge) => nodes.has(edge.base) && nodes.has(edge.derived) && edge.base !== edge.derived)
    .map((edge) => ({ ...edge, from: nodes.get(edge.base), to: nodes.get(edge.derived), main: false }));
  for (const step of steps) {
    step.to.bases.push(step);
    step.from.derived.push(step);
  }
  const root = nodes.get(graph.root) ?? nodes.values().next().value;
  const up = grow(root, (node) => node.bases.map((step) => [step, step.from]), new Set());
  const down = grow(root, (node) => node.derived.map((step) => [step, step.to]), new Set(up.keys()));
  const round = nodes.size >= ROUND_FROM;
  if (round) placeAround(root, up, down);
  else placeInColumns(root, up, down, nodes.size < FEW ? ROW_OF_FEW : ROW);
  const placed = [...nodes.values()].filter((node) => node.x !== undefined);
  return {
    root, round, nodes: placed, byId: nodes, bounds: bounds(placed),
    steps: steps.filter((step) => step.from.x !== undefined && step.to.x !== undefined),
  };
}

/** The children of each node in the tree that grows from the root, without the nodes that stand elsewhere already. */
function grow(root, next, elsewhere) {
  const reached = [root];
  const waiting = new Map([[root, 0]]);
  const onward = (node) => next(node).filter(([, neighbour]) => neighbour !== root && !elsewhere.has(neighbour));
  for (let i = 0; i < reached.length; i++) {
    for (const [, neighbour] of onward(reached[i])) {
      if (!waiting.has(neighbour)) reached.push(neighbour);
      waiting.set(neighbour, (waiting.get(neighbour) ?? 0) + 1);
    }
  }
  return chosen(reached, onward, layers(reached, onward, waiting));
}

/** Every node stands one layer beyond its farthest neighbour; of nodes in a circle, the first that was reached leads. */
function layers(reached, onward, waiting) {
  const layer = new Map([[reached[0], 0]]);
  const done = new Set();
  const ready = [reached[0]];
  let stuck = 0;
  while (done.size < reached.length) {
    const node = ready.shift() ?? reached.slice(stuck).find((each) => !done.has(each) && layer.has(each));
    if (done.has(node)) continue;
    done.add(node);
    while (stuck < reached.length && done.has(reached[stuck])) stuck++;
    for (const [, neighbour] of onward(node)) {
      if (done.has(neighbour)) continue;
      layer.set(neighbour, Math.max(layer.get(neighbour) ?? 0, layer.get(node) + 1));
      waiting.set(neighbour, waiting.get(neighbour) - 1);
      if (waiting.get(neighbour) === 0) ready.push(neighbour);
    }
  }
  return layer;
}

/** Of all steps to a node from the layer before, the tree follows a parent's, and of those the heaviest in a merge. */
function chosen(reached, onward, layer) {
  const best = new Map();
  for (const node of reached) {
    for (const [step, neighbour] of onward(node)) {
      if (layer.get(neighbour) !== layer.get(node) + 1) continue;
      const known = best.get(neighbour);
      if (!known || weight(step) > weight(known.step)) best.set(neighbour, { step, node });
    }
  }
  const children = new Map(reached.map((node) => [node, []]));
  for (const [neighbour, { step, node }] of best) {
    step.main = true;
    children.get(node).push(neighbour);
  }
  return children;
}

function weight(step) {
  return (step.parent ? 10 : 0) + (step.mergeWeight ?? 1);
}

function placeInColumns(root, up, down, row) {
  const tidy = tree().nodeSize([row, COLUMN]);
  for (const [children, side] of [[up, -1], [down, 1]]) {
    tidy(hierarchy(root, (node) => children.get(node))).each((place) => {
      place.data.x = side * place.y;
      place.data.y = place.x;
    });
  }
}

function placeAround(root, up, down) {
  const all = hierarchy(root, (node) => [...(up.get(node) ?? []), ...(down.get(node) ?? [])]);
  tree().size([2 * Math.PI, 1]).separation((a, b) => (a.parent === b.parent ? 1 : 2) / Math.max(1, a.depth))(all);
  const crowd = [];
  all.each((place) => {
    crowd[place.depth] = (crowd[place.depth] ?? 0) + 1;
  });
  const radius = [0];
  for (let depth = 1; depth < crowd.length; depth++) {
    radius[depth] = Math.max(radius[depth - 1] + RING, (crowd[depth] * ARC) / (2 * Math.PI));
  }
  all.each((place) => {
    place.data.x = radius[place.depth] * Math.cos(place.x);
    place.data.y = radius[place.depth] * Math.sin(place.x);
  });
}

function bounds(nodes) {
  const box = { left: 0, right: 0, top: 0, bottom: 0 };
  for (const node of nodes) {
    box.left = Math.min(box.left, node.x);
    box.right = Math.max(box.right, node.x);
    box.top = Math.min(box.top, node.y);
    box.bottom = Math.max(box.bottom, node.y);
  }
  return box;
}
