// A filter of several values: a button that opens a list of boxes to tick, each with its count.

import { h } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { visible } from "./words.js";

/** Values are joined by commas, as the API takes them; null when all are meant. */
export function Menu({ label, values, counts, words = visible, onChange }) {
  const [open, setOpen] = useState(false);
  const frame = useRef(null);
  const id = useId();
  const chosen = values ? values.split(",") : [];
  useEffect(() => {
    if (!open) return undefined;
    const leave = (event) => frame.current.contains(event.target) || setOpen(false);
    document.addEventListener("mousedown", leave);
    document.addEventListener("focusin", leave);
    return () => {
      document.removeEventListener("mousedown", leave);
      document.removeEventListener("focusin", leave);
    };
  }, [open]);
  const known = [...(counts ?? []), ...chosen.filter((value) => !counts?.some((each) => each.value === value)).map((value) => ({ value, count: 0 }))];
  const tick = (value) => {
    const after = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
    onChange(after.length === 0 ? null : after.join(","));
  };
  const keys = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    setOpen(false);
    frame.current.querySelector("button").focus();
  };
  if (known.length === 0) return null;
  return h("div", { class: "menu", ref: frame, onKeyDown: keys },
    h("button", { type: "button", class: chosen.length > 0 ? "chosen" : "", "aria-expanded": String(open), "aria-controls": id, onClick: () => setOpen(!open) },
      label, chosen.length > 0 ? h("span", null, `: ${chosen.length === 1 ? words(chosen[0]) : chosen.length}`) : null,
      h("svg", { viewBox: "0 0 10 6", width: 9, "aria-hidden": "true", class: "icon" }, h("path", { d: "M1 1l4 4 4-4" }))),
    h("div", { id, class: "menu-list", tabIndex: -1, role: "group", "aria-label": label, hidden: !open }, known.map(({ value, count }) =>
      h("label", { key: value, class: "menu-item" },
        h("input", { type: "checkbox", checked: chosen.includes(value), onChange: () => tick(value) }),
        h("bdi", null, words(value)),
        h("span", { class: "count" }, count.toLocaleString("en"))))));
}
