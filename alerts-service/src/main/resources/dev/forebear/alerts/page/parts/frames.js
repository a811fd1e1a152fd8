// What pages are made of: their heading, their sections, what is shown while there is nothing.

import { h } from "preact";
import { plural, total } from "./words.js";

/** The heading of a page; what may be done stands beside it. */
export function Heading({ title, over, children, actions }) {
  return h("header", { class: "heading" },
    h("div", null,
      over ? h("p", { class: "over" }, over) : null,
      h("h1", { tabIndex: -1 }, title),
      children ? h("div", { class: "lead" }, children) : null),
    actions ? h("div", { class: "heading-actions" }, actions) : null);
}

/** A part of a page with a name. */
export function Section({ title, note, more, id, class: kind, children }) {
  const name = id ?? `s-${title.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  return h("section", { class: kind ? `section ${kind}` : "section", "aria-labelledby": name },
    h("div", { class: "section-head" },
      h("h2", { id: name }, title),
      note ? h("p", { class: "note" }, note) : null,
      more ?? null),
    children);
}

/** Nothing to show, and what to do about it. */
export function Empty({ title, whole = false, children }) {
  return h("div", { class: "empty" }, h(whole ? "h1" : "p", { class: "empty-title" }, title), children);
}

/** What an answer shows: a problem, nothing yet, or what the children make of it. It may be the whole page. */
export function Answer({ of, children, lines = 6, whole = false }) {
  if (of.value === undefined) return of.problem ? h(Trouble, { problem: of.problem, again: of.again, whole }) : h(Waiting, { lines });
  return children(of.value);
}

export function Trouble({ problem, again, whole }) {
  return h("div", { class: "callout bad", role: "alert" },
    whole ? h("h1", { class: "hidden", tabIndex: -1 }, "Not loaded") : null,
    h("p", null, h("strong", null, "This could not be loaded. "), problem.message),
    again ? h("button", { type: "button", onClick: again }, "Try again") : null);
}

function Waiting({ lines }) {
  return h("div", { class: "waiting", "aria-hidden": "true" }, Array.from({ length: lines }, (_, index) =>
    h("span", { key: index, class: `w${(index * 7) % 5}` })));
}

/** The end of a list: how many there are, and a way to more of them. */
export function Footer({ list, noun, many = `${noun}s` }) {
  if (list.value === undefined || list.items.length === 0) return null;
  return h("p", { class: "footer" },
    list.next ? h("button", { type: "button", onClick: list.showMore }, "Show more") : null,
    h("span", null, list.next
      ? `${list.items.length.toLocaleString("en")} of ${total(list.total, list.bound)} ${many}`
      : plural(list.items.length, noun, many)));
}

/** Names and values. Pairs without a value are left out. */
export function Facts({ pairs }) {
  return h("dl", { class: "facts" }, pairs
    .filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false)
    .map(([name, value]) => h("div", { key: name }, h("dt", null, name), h("dd", null, value))));
}

/** A table whose first column names the row. Columns: title, cell, class; rows have a key. */
export function Table({ caption, columns, rows, of, rowClass }) {
  return h("div", { class: "table-frame" },
    h("table", { class: "table" },
      h("caption", { class: "hidden" }, caption),
      h("thead", null, h("tr", null, columns.map((column) =>
        h("th", { key: column.title, scope: "col", class: column.class }, column.unseen ? h("span", { class: "hidden" }, column.title) : column.title)))),
      h("tbody", null, rows.map((row) =>
        h("tr", { key: of(row), class: rowClass?.(row) }, columns.map((column, index) =>
          h(index === 0 ? "th" : "td", {
            key: column.title, scope: index === 0 ? "row" : undefined, class: column.class, "data-title": column.unseen ? undefined : column.title,
          }, column.cell(row))))))));
}
