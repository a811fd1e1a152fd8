// The keys that the page knows, and whether it listens to them.

import { h } from "preact";
import { useState } from "preact/hooks";
import { Dialog } from "../parts/dialog.js";

const STORED = "forebear-keys";
const KEYS = [
  ["Anywhere", [["/", "Search"], ["?", "This list"], ["Esc", "Close"]]],
  ["Alerts", [
    ["j", "Next"], ["k", "Previous"], ["Enter", "Open, or open the group"], ["x", "Select"],
    ["a", "Acknowledge"], ["s", "Snooze"], ["r", "Resolve"], ["o", "Reopen"],
  ]],
  ["Lineage graph", [
    ["← →", "To what it was made from, or to what was made from it"], ["↑ ↓", "To the next one beside it"],
    ["Enter", "Open the model"], ["+ −", "Closer, further"], ["0", "All of it"],
  ]],
];

/** Whether single keys do something: who dictates or slips may switch them off. */
export function keysOn() {
  return localStorage.getItem(STORED) !== "off";
}

export function Help({ onClose }) {
  const [on, set] = useState(keysOn);
  const change = (event) => {
    localStorage.setItem(STORED, event.target.checked ? "on" : "off");
    set(event.target.checked);
  };
  return h(Dialog, { title: "Keyboard", onClose },
    KEYS.map(([place, keys]) => h("section", { key: place, class: "keys" },
      h("h3", null, place),
      h("dl", null, keys.map(([key, what]) =>
        h("div", { key }, h("dt", null, key.split(" ").map((one) => h("kbd", { key: one }, one))), h("dd", null, what)))))),
    h("label", { class: "check" },
      h("input", { type: "checkbox", checked: on, onChange: change }), h("span", null, "Listen to single keys")));
}
