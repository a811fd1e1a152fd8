// Short notes on what was just done; read out, shown for a while, and with a way back where there is one.

import { h } from "preact";
import { useEffect, useState } from "preact/hooks";

const SHOWN_MILLIS = 8000;
let show = () => {};

/** Says what was done. The way back, if any: {label, act}. */
export function say(text, back = null, tone = "done") {
  show({ text, back, tone, at: Date.now() });
}

/** Where the notes appear. */
export function Notes() {
  const [note, set] = useState(null);
  show = set;
  useEffect(() => {
    if (!note) return undefined;
    const timer = setTimeout(() => set(null), SHOWN_MILLIS);
    return () => clearTimeout(timer);
  }, [note]);
  return h("div", { class: "notes", role: "status", "aria-live": "polite" },
    note ? h("p", { class: `shown ${note.tone}`, key: note.at },
      h("span", null, note.text),
      note.back ? h("button", {
        type: "button",
        onClick: () => {
          set(null);
          note.back.act();
        },
      }, note.back.label) : null) : null);
}
