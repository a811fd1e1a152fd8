// A lineage graph: drawn, moved and zoomed, gone through by keys; and the same as a list.

import { h } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "../app/icons.js";
import { go, to } from "../app/router.js";
import { useAsk } from "../app/use.js";
import { Answer } from "../parts/frames.js";
import { Severity } from "../parts/marks.js";
import { ModelLink, Outside } from "../parts/names.js";
import { plural, sentence, visible } from "../parts/words.js";
import { select, zoom, zoomIdentity } from "./d3.js";
import { layout } from "./layout.js";
import { AsList } from "./list.js";
import { colours, paint } from "./paint.js";
import { beside, stepFrom, wayTo } from "./walk.js";

const REACH = 16;
const NEAREST = 4;
/** On narrow screens names are worth more than seeing all at once. */
const NARROW = 600;
const READABLE = 0.62;
const MARGIN = { x: 200, y: 34 };

export function Lineage({ path, root }) {
  const answer = useAsk(path);
  return h(Answer, { of: answer, lines: 5 }, (graph) => graph.nodes.length < 2
    ? h("p", { class: "quiet" }, "No other model is known in its lineage.")
    : h(Graph, { graph, root }));
}

function Graph({ graph }) {
  const placed = useMemo(() => layout(graph), [graph]);
  const [focus, setFocus] = useState(null);
  const [hover, setHover] = useState(null);
  const [said, say] = useState("");
  const canvas = useRef(null);
  const stage = useRef(null);
  const known = focus && placed.byId.get(focus.id)?.x !== undefined ? placed.byId.get(focus.id) : null;
  const way = useMemo(() => wayTo(placed, known), [placed, known]);

  useEffect(() => {
    stage.current = new Stage(canvas.current, setHover, setFocus);
    return () => stage.current.close();
  }, []);
  useEffect(() => stage.current.show(placed), [placed]);
  useEffect(() => stage.current.mark(known, hover, way), [placed, known, hover, way]);

  const move = (node) => {
    if (!node) return;
    setFocus(node);
    stage.current.reveal(node);
    say(describe(node, placed));
  };
  const keys = (event) => {
    const from = known ?? placed.root;
    const act = {
      ArrowLeft: () => move(known ? stepFrom(from, placed, -1) : from),
      ArrowRight: () => move(known ? stepFrom(from, placed, 1) : from),
      ArrowUp: () => move(beside(from, placed, -1)),
      ArrowDown: () => move(beside(from, placed, 1)),
      Home: () => move(placed.root),
      Enter: () => known && go(to("models", known.id)),
      "+": () => stage.current.scale(1.4),
      "=": () => stage.current.scale(1.4),
      "-": () => stage.current.scale(1 / 1.4),
      0: () => stage.current.fit(),
      Escape: () => setFocus(null),
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  const height = placed.round ? 640 : Math.max(230, Math.min(620, placed.bounds.bottom - placed.bounds.top + 3 * MARGIN.y));
  return h("div", { class: "lineage" },
    h("div", { class: "stage", style: { height: `min(${height}px, 76vh)` } },
      h("div", {
        class: "stage-keys", tabIndex: 0, role: "application", "data-keys": "", onKeyDown: keys, "aria-describedby": "lineage-keys",
        "aria-label": `Lineage graph of ${plural(placed.nodes.length, "model version")}`,
      }, h("canvas", { ref: canvas, "aria-hidden": "true" })),
      h("p", { id: "lineage-keys", class: "hidden" }, "Arrow keys move along the lineage, Enter opens a model, plus and minus zoom. The same is below as a list."),
      h("div", { class: "stage-buttons" },
        h("button", { type: "button", class: "icon-button", "aria-label": "Closer", onClick: () => stage.current.scale(1.4) }, "+"),
        h("button", { type: "button", class: "icon-button", "aria-label": "Further", onClick: () => stage.current.scale(1 / 1.4) }, "−"),
        h("button", { type: "button", "aria-label": "Show all", class: "quiet", onClick: () => stage.current.fit() }, "All")),
      known ? h(Card, { node: known, placed, onClose: () => setFocus(null) }) : null),
    h("p", { class: "hidden", role: "status", "aria-live": "polite" }, said),
    h(Legend, { placed, truncated: graph.truncated }),
    h(AsList, { placed }));
}

/** What is told of the node that has the focus. */
function Card({ node, placed, onClose }) {
  return h("div", { class: "stage-card" },
    h("button", { type: "button", class: "icon-button", "aria-label": "Close", onClick: onClose }, h(Icon, { name: "close", size: 14 })),
    h("p", null, h(ModelLink, { id: node.id })),
    h("p", { class: "note" }, node === placed.root ? "This model. " : null,
      node.licence ? [h(Outside, { text: node.licence }), ". "] : "No licence known. ",
      node.deleted ? "Deleted. " : null, node.known ? null : "Known by name only. ",
      node.alerts > 0 ? [h(Severity, { severity: node.severity, words: false }), ` ${plural(node.alerts, "alert")}.`] : null),
    node.bases.length > 0 ? h("ul", { class: "note" }, node.bases.slice(0, NEAREST).map((step) =>
      h("li", { key: step.base }, `${step.kind ? sentence(step.kind) : "Derived"} from `, h(ModelLink, { id: step.base }),
        step.mergeWeight === null ? null : `, ${Math.round(step.mergeWeight * 100)} %`, step.declared ? ", declared" : ", not declared"))) : null);
}

function describe(node, placed) {
  const words = node === placed.root ? "this model" : node.bases.length > 0
    ? `${node.bases.map((step) => `${step.kind ? sentence(step.kind) : "derived"} from ${visible(step.base)}${step.declared ? "" : ", not declared"}`).join("; ")}` : "no known ancestor";
  return `${visible(node.id)}: ${words}. ${node.alerts > 0 ? `${plural(node.alerts, "alert")}, ${node.severity}. ` : ""}${plural(node.derived.length, "model")} made from it.`;
}

function Legend({ placed, truncated }) {
  const severities = ["critical", "high", "medium", "low"].filter((severity) => placed.nodes.some((node) => node.severity === severity));
  const hidden = placed.steps.some((step) => step.main && !step.declared);
  const others = placed.steps.some((step) => !step.main);
  return h("ul", { class: "legend lineage-legend" },
    h("li", null, h("svg", { width: 12, height: 12, "aria-hidden": "true" }, h("circle", { class: "mark-root", cx: 6, cy: 6, r: 6 })), "This model"),
    h("li", null, h("svg", { width: 10, height: 10, "aria-hidden": "true" }, h("circle", { class: "mark-plain", cx: 5, cy: 5, r: 4.5 })), "No open alert"),
    severities.map((severity) => h("li", { key: severity }, h(Severity, { severity, words: false }), `${sentence(severity)} alert`)),
    h("li", null, h("svg", { width: 26, height: 8, "aria-hidden": "true" }, h("line", { class: "step", x1: 0, x2: 26, y1: 4, y2: 4 })), "Declared step"),
    hidden ? h("li", null, h("svg", { width: 26, height: 8, "aria-hidden": "true" }, h("line", { class: "step concealed", x1: 0, x2: 26, y1: 4, y2: 4 })), "Not declared") : null,
    others ? h("li", null, h("svg", { width: 26, height: 8, "aria-hidden": "true" }, h("line", { class: "step other", x1: 0, x2: 26, y1: 4, y2: 4 })), "Another parent") : null,
    truncated ? h("li", { class: "strong" }, `The nearest ${placed.nodes.length.toLocaleString("en")}; more are known.`) : null);
}

/** The canvas and where one looks from: draws at most once a frame. */
class Stage {
  #view = { graph: null, transform: zoomIdentity, width: 0, height: 0, ratio: 1, focus: null, hover: null, way: new Set(), colour: colours() };
  #due = 0;
  #moved = false;

  constructor(canvas, onHover, onFocus) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.#view.letters = getComputedStyle(canvas).fontFamily;
    this.zoom = zoom().scaleExtent([0.01, 3]).filter((event) => this.#meant(event)).on("zoom", ({ transform, sourceEvent }) => {
      this.#moved ||= Boolean(sourceEvent);
      this.#view.transform = transform;
      this.draw();
    });
    select(canvas).call(this.zoom).on("dblclick.zoom", null);
    canvas.addEventListener("mousemove", (event) => onHover(this.#at(event)));
    canvas.addEventListener("mouseleave", () => onHover(null));
    canvas.addEventListener("click", (event) => onFocus(this.#at(event)));
    canvas.addEventListener("dblclick", (event) => {
      const node = this.#at(event);
      if (node) go(to("models", node.id));
    });
    this.observer = new ResizeObserver(() => this.#resize());
    this.observer.observe(canvas);
    this.scheme = matchMedia("(prefers-color-scheme: dark)");
    this.repaint = () => {
      this.#view.colour = colours();
      this.draw();
    };
    this.scheme.addEventListener("change", this.repaint);
  }

  /** Wheels and fingers scroll the page, unless somebody has turned to the graph. */
  #meant(event) {
    const turned = this.canvas.parentElement.contains(document.activeElement);
    if (event.type === "wheel") return turned || event.ctrlKey || event.metaKey;
    if (event.type === "touchstart") return turned || event.touches.length > 1;
    return !event.button;
  }

  show(graph) {
    const first = this.#view.graph === null;
    this.#view.graph = graph;
    if (first || !this.#moved) this.fit(true);
    this.draw();
  }

  mark(focus, hover, way) {
    Object.assign(this.#view, { focus, hover, way });
    this.canvas.style.cursor = hover ? "pointer" : "grab";
    this.draw();
  }

  fit(at_once = false) {
    const { graph, width, height } = this.#view;
    if (!graph || width === 0) return;
    const { left, right, top, bottom } = graph.bounds;
    const margin = graph.round ? 20 : Math.min(MARGIN.x, width / 4);
    const scale = Math.min(1.1, (width - 2 * margin) / Math.max(1, right - left), (height - 2 * MARGIN.y) / Math.max(1, bottom - top));
    const small = !graph.round && scale < READABLE && width < NARROW;
    const target = small
      ? zoomIdentity.translate(width / 2, height / 2).scale(READABLE).translate(-graph.root.x, -graph.root.y)
      : zoomIdentity.translate(width / 2, height / 2).scale(scale).translate(-(left + right) / 2, -(top + bottom) / 2);
    this.#moved = false;
    this.#go(target, at_once);
  }

  scale(by) {
    this.#moved = true;
    this.#soft().call(this.zoom.scaleBy, by);
  }

  /** Moves so that a node is seen, and near enough to be read. */
  reveal(node) {
    const { transform, width, height } = this.#view;
    const [x, y] = transform.apply([node.x, node.y]);
    const close = transform.k >= 0.6;
    if (close && x > 60 && x < width - 160 && y > 30 && y < height - 30) return;
    const k = close ? transform.k : 0.9;
    this.#moved = true;
    this.#go(zoomIdentity.translate(width / 2, height / 2).scale(k).translate(-node.x, -node.y));
  }

  #go(target, at_once = false) {
    (at_once ? select(this.canvas) : this.#soft()).call(this.zoom.transform, target);
  }

  #soft() {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden;
    return still ? select(this.canvas) : select(this.canvas).transition().duration(220);
  }

  #resize() {
    const { clientWidth, clientHeight } = this.canvas;
    const ratio = window.devicePixelRatio || 1;
    if (clientWidth === 0) return;
    this.canvas.width = clientWidth * ratio;
    this.canvas.height = clientHeight * ratio;
    Object.assign(this.#view, { width: clientWidth, height: clientHeight, ratio });
    this.zoom.extent([[0, 0], [clientWidth, clientHeight]]);
    if (!this.#moved) this.fit(true);
    this.draw();
  }

  #at(event) {
    const { graph, transform } = this.#view;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = transform.invert([event.clientX - box.left, event.clientY - box.top]);
    let nearest = null;
    let distance = REACH / transform.k;
    for (const node of graph?.nodes ?? []) {
      const far = Math.hypot(node.x - x, node.y - y);
      if (far < distance) [nearest, distance] = [node, far];
    }
    return nearest;
  }

  draw() {
    if (this.#due || !this.#view.graph || this.#view.width === 0) return;
    this.#due = requestAnimationFrame(() => {
      this.#due = 0;
      paint(this.context, this.#view);
    });
  }

  close() {
    cancelAnimationFrame(this.#due);
    this.observer.disconnect();
    this.scheme.removeEventListener("change", this.repaint);
    select(this.canvas).interrupt();
  }
}
