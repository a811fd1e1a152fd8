// What arrived on each of the last days, by what has become of it: stacked columns, and the same as a table.

import { h } from "preact";
import { useState } from "preact/hooks";
import { go, to } from "../app/router.js";
import { useMedia } from "../app/use.js";
import { plural } from "../parts/words.js";
import { scaleBand, scaleLinear, stack, utcFormat } from "./d3.js";

const WIDTH = 720;
const WIDTH_OF_PHONES = 380;
const HEIGHT = 190;
const FLOOR = 164;
const CEILING = 12;
const LEFT = 34;

/** What becomes of a model, from the floor upwards; each has a pattern of its own. */
export const OUTCOMES = [
  { key: "clean", title: "No known ancestor" },
  { key: "derived", title: "Made from a known model" },
  { key: "inProgress", title: "In progress" },
  { key: "notAnalysed", title: "Not analysed" },
];

const dayName = utcFormat("%A, %e %B");
const tickName = utcFormat("%e %b");

export function Arrivals({ days }) {
  const [shown, show] = useState(null);
  const narrow = useMedia("(max-width: 700px)");
  const width = narrow ? WIDTH_OF_PHONES : WIDTH;
  const rows = days.map((day) => ({ ...day, clean: day.analysed - day.derived, date: new Date(day.day) }));
  const largest = Math.max(4, ...rows.map((row) => row.analysed + row.notAnalysed + row.inProgress));
  const x = scaleBand().domain(rows.map((row) => row.day)).range([LEFT, width]).paddingInner(0.28);
  const y = scaleLinear().domain([0, largest]).nice(4).range([FLOOR, CEILING]);
  const layers = stack().keys(OUTCOMES.map((outcome) => outcome.key))(rows);
  const row = shown === null ? null : rows[shown];
  return h("figure", { class: "arrivals" },
    h("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, "aria-hidden": "true", onMouseLeave: () => show(null) },
      h("defs", null, h("pattern", { id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        h("rect", { class: "hatch-ground", width: 5, height: 5 }), h("rect", { class: "hatch-line", width: 2, height: 5 }))),
      y.ticks(4).filter(Number.isInteger).map((tick) => h("g", { key: tick },
        h("line", { class: "rule", x1: LEFT, x2: width, y1: y(tick), y2: y(tick) }),
        h("text", { class: "tick", x: LEFT - 8, y: y(tick) + 4, "text-anchor": "end" }, tick.toLocaleString("en")))),
      layers.map((layer) => layer.map(([low, high], index) => high > low
        ? h("rect", {
          key: `${layer.key} ${index}`, class: `column ${layer.key}`, x: x(rows[index].day), width: x.bandwidth(),
          y: y(high), height: Math.max(0.5, y(low) - y(high)), rx: 1.5,
        })
        : null)),
      rows.map((each, index) => h("rect", {
        key: each.day, class: index === shown ? "day shown" : "day", x: x(each.day) - x.step() * 0.14, width: x.step(), y: 0, height: FLOOR,
        onMouseEnter: () => show(index), onClick: () => go(to("models")),
      })),
      rows.map((each, index) => (rows.length - 1 - index) % 7 === 0
        ? h("text", { key: each.day, class: "tick", x: x(each.day) + x.bandwidth() / 2, y: HEIGHT - 6, "text-anchor": "middle" }, tickName(each.date))
        : null)),
    h("figcaption", null,
      h("p", { class: "arrivals-day" }, row === null ? `${plural(sum(rows), "model version")} in 30 days` : `${dayName(row.date)}: ${plural(sum([row]), "model version")}`),
      h("ul", { class: "legend" }, OUTCOMES.map((outcome) => h("li", { key: outcome.key },
        h("svg", { width: 12, height: 12, "aria-hidden": "true" }, h("rect", { class: `column ${outcome.key}`, width: 12, height: 12, rx: 2 })),
        outcome.title, " ", h("b", null, (row === null ? rows : [row]).reduce((all, each) => all + each[outcome.key], 0).toLocaleString("en")))))),
    h(AsTable, { rows }));
}

function sum(rows) {
  return rows.reduce((all, row) => all + row.analysed + row.notAnalysed + row.inProgress, 0);
}

function AsTable({ rows }) {
  return h("div", { class: "hidden" }, h("table", null,
    h("caption", null, "Model versions by the day they were received and what has become of them"),
    h("thead", null, h("tr", null, h("th", { scope: "col" }, "Day"), OUTCOMES.map((outcome) => h("th", { key: outcome.key, scope: "col" }, outcome.title)))),
    h("tbody", null, rows.filter((row) => sum([row]) > 0).map((row) => h("tr", { key: row.day },
      h("th", { scope: "row" }, row.day), OUTCOMES.map((outcome) => h("td", { key: outcome.key }, row[outcome.key])))))));
}
