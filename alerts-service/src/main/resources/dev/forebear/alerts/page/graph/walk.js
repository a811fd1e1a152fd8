// Ways through a lineage graph: along its steps, beside them, and from a node to the root.

/** The neighbour towards the ancestors (-1) or the descendants (1): the one that the tree follows, else the first. */
export function stepFrom(node, graph, direction) {
  const steps = direction < 0 ? node.bases : node.derived;
  const step = steps.find((each) => each.main) ?? steps[0];
  return step ? (direction < 0 ? step.from : step.to) : null;
}

/** The next node that has a neighbour in common, above (-1) or below (1); else the next in its column. */
export function beside(node, graph, direction) {
  const siblings = new Set([
    ...node.bases.flatMap((step) => step.from.derived.map((each) => each.to)),
    ...node.derived.flatMap((step) => step.to.bases.map((each) => each.from)),
  ]);
  const order = (some) => some.filter((each) => each !== node && each.x !== undefined && Math.sign(place(each, graph) - place(node, graph)) === direction)
    .sort((a, b) => Math.abs(place(a, graph) - place(node, graph)) - Math.abs(place(b, graph) - place(node, graph)))[0];
  return order([...siblings]) ?? order(graph.nodes.filter((each) => graph.round || each.x === node.x)) ?? null;
}

function place(node, graph) {
  return graph.round ? Math.atan2(node.y, node.x) : node.y;
}

/** The steps between a node and the root; the steps to its ancestors and the ones to its descendants, when it is the root. */
export function wayTo(graph, node) {
  const way = new Set();
  if (!node || node === graph.root) return way;
  const found = follow(node, (each) => each.bases.map((step) => [step, step.from]), graph.root)
    ?? follow(node, (each) => each.derived.map((step) => [step, step.to]), graph.root);
  for (const step of found ?? []) way.add(step);
  return way;
}

/** The shortest way by steps of one kind; null when there is none. */
function follow(start, next, end) {
  const before = new Map([[start, null]]);
  const waiting = [start];
  for (let i = 0; i < waiting.length; i++) {
    for (const [step, node] of next(waiting[i])) {
      if (before.has(node)) continue;
      before.set(node, { step, node: waiting[i] });
      if (node === end) return trace(before, end);
      waiting.push(node);
    }
  }
  return null;
}

function trace(before, end) {
  const steps = [];
  for (let at = before.get(end); at; at = before.get(at.node)) steps.push(at.step);
  return steps;
}
