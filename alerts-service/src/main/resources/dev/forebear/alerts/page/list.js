// A table that follows its address in the API: rows open on click and stay open while the table changes around them.

import { h } from "./dom.js";
import { ask } from "./api.js";
import { plural } from "./words.js";

const PAGE = 50;

export class ListView {
  #tab;
  #definition;
  #first = [];
  #older = [];
  #next = null;
  #total = 0;
  #loaded = false;
  #details = new Map();
  #asked = null;

  constructor(tab) {
    this.#tab = tab;
    this.#definition = tab.definition;
    this.element = h("div", { class: "list" });
  }

  /** Asks for the newest items and draws when they changed. */
  async refresh(summary) {
    const { value, changed } = await ask(`${this.#definition.path}?limit=${PAGE}`);
    if (!changed && this.#loaded) return;
    this.#loaded = true;
    this.#first = value.items;
    this.#total = value.total;
    if (this.#older.length === 0) this.#next = value.next;
    this.#draw(summary);
  }

  /** Opens the item with this key once, as its address asks. */
  open(key) {
    if (this.#asked === key) return;
    const row = this.element.querySelector(`tr[data-key="${CSS.escape(key)}"]`);
    if (!row) return;
    this.#asked = key;
    if (!this.#details.has(key)) this.#toggle(this.#items().find((item) => this.#definition.key(item) === key));
    row.scrollIntoView({ block: "nearest" });
  }

  #items() {
    const seen = new Set(this.#first.map(this.#definition.key));
    return [...this.#first, ...this.#older.filter((item) => !seen.has(this.#definition.key(item)))];
  }

  #draw(summary) {
    const focused = document.activeElement?.closest?.("tr[data-key]")?.dataset.key;
    const items = this.#items();
    if (items.length === 0) {
      this.element.replaceChildren(h("div", { class: "empty" }, this.#definition.empty(summary)));
      return;
    }
    this.element.replaceChildren(h("div", null,
      h("table", { class: `rows ${this.#tab.name}` },
        h("thead", null, h("tr", null, this.#definition.columns.map((column) =>
          h("th", { scope: "col", class: column.class }, column.title)))),
        h("tbody", null, items.map((item) => this.#rows(item)))),
      this.#footer(items.length)));
    if (focused) this.element.querySelector(`tr[data-key="${CSS.escape(focused)}"] button`)?.focus();
  }

  #rows(item) {
    const key = this.#definition.key(item);
    const detail = this.#details.get(key);
    if (detail) this.#fill(detail, item);
    return [this.#row(item, key, detail !== undefined), detail?.row];
  }

  #row(item, key, expanded) {
    const cells = this.#definition.columns.map((column, index) =>
      h("td", { class: column.class }, index === 0
        ? h("button", { type: "button", "aria-expanded": String(expanded) }, column.cell(item))
        : column.cell(item)));
    const classes = [this.#definition.rowClass?.(item), expanded ? "expanded" : null].filter(Boolean).join(" ");
    return h("tr", { "data-key": key, class: classes || null, onclick: () => this.#toggle(item) }, cells);
  }

  #toggle(item) {
    const key = this.#definition.key(item);
    const row = this.element.querySelector(`tr[data-key="${CSS.escape(key)}"]`);
    const detail = this.#details.get(key);
    if (detail) {
      detail.row.remove();
      this.#details.delete(key);
    } else {
      const content = h("td", { colspan: this.#definition.columns.length });
      const made = { row: h("tr", { class: "detail" }, content), content, shows: null };
      this.#details.set(key, made);
      row.after(made.row);
      this.#fill(made, item);
    }
    row.classList.toggle("expanded", !detail);
    row.querySelector("button").setAttribute("aria-expanded", String(!detail));
    const name = encodeURIComponent(key);
    this.#asked = detail ? null : key;
    history.replaceState(null, "", detail ? `#/${this.#tab.name}` : `#/${this.#tab.name}/${name}`);
  }

  /** Shows the item below its row; leaves alone what already shows it as it is. */
  async #fill(detail, item) {
    const version = JSON.stringify(item);
    if (detail.shows === version) return;
    detail.shows = version;
    try {
      const content = await this.#definition.detail(item);
      detail.content.replaceChildren(h("div", { class: "detail-body" }, content));
    } catch (failure) {
      detail.shows = null;
      detail.content.replaceChildren(h("p", { class: "quiet" }, `Could not be loaded: ${failure.message}`));
    }
  }

  #footer(shown) {
    if (shown >= this.#total || this.#next === null) return null;
    return h("p", { class: "footer" },
      h("button", { type: "button", class: "plain", onclick: () => this.#more() }, "Show more"),
      h("span", { class: "quiet" }, `${shown.toLocaleString("en")} of ${plural(this.#total, "item")}`));
  }

  async #more() {
    const { value } = await ask(`${this.#definition.path}?limit=${PAGE}&cursor=${encodeURIComponent(this.#next)}`);
    this.#older = [...this.#older, ...value.items];
    this.#next = value.next;
    this.#draw(null);
  }
}
