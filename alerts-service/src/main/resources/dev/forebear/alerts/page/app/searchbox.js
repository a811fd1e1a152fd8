// The search over names, ancestors and licences: results appear while one types.

import { h } from "preact";
import { useRef, useState } from "preact/hooks";
import { ModelName, Outside } from "../parts/names.js";
import { path } from "./api.js";
import { Icon } from "./icons.js";
import { go, to } from "./router.js";
import { useAsk, useSettled } from "./use.js";

const SETTLED_MILLIS = 120;

export function SearchBox() {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const field = useRef(null);
  const query = useSettled(text.trim(), SETTLED_MILLIS);
  const found = useAsk(open && query ? path("/search", { query, limit: 8 }) : null);
  const items = query && found.value ? found.value.items : [];
  const shown = open && query !== "" && found.value !== undefined;
  const leave = () => {
    setOpen(false);
    setActive(-1);
  };
  const choose = (address) => {
    leave();
    field.current.blur();
    go(address);
  };
  const keys = (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (items.length > 0) setActive((active + step + items.length) % items.length);
    } else if (event.key === "Enter" && text.trim()) {
      choose(items[active] ? to("models", items[active].id) : to("search", null, { q: text.trim() }));
    } else if (event.key === "Escape") {
      leave();
      field.current.blur();
    }
  };
  return h("div", { class: "search", role: "search" },
    h(Icon, { name: "search" }),
    h("input", {
      id: "search", ref: field, type: "search", role: "combobox", autocomplete: "off", spellcheck: false,
      placeholder: "Search models, ancestors, licences", "aria-label": "Search models, ancestors, licences",
      "aria-expanded": String(shown), "aria-controls": "search-results", "aria-autocomplete": "list",
      "aria-activedescendant": active >= 0 && shown ? `hit-${active}` : undefined,
      value: text,
      onInput: (event) => {
        setText(event.target.value);
        setOpen(true);
        setActive(-1);
      },
      onFocus: () => setOpen(true),
      onBlur: leave,
      onKeyDown: keys,
    }),
    h("kbd", { "aria-hidden": "true" }, "/"),
    h("ul", { id: "search-results", class: "hits", role: "listbox", "aria-label": "Models", hidden: !shown },
      items.map((hit, index) => h("li", {
        key: hit.modelId, id: `hit-${index}`, role: "option", "aria-selected": String(index === active),
        onMouseDown: (event) => event.preventDefault(),
        onClick: () => choose(to("models", hit.id)),
      }, h(Hit, { hit }))),
      shown && items.length === 0 ? h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing is known by this name.") : null));
}

function Hit({ hit }) {
  return [
    h(ModelName, { id: hit.modelId }),
    h("span", { class: "hit-note" },
      hit.nearest ? ["from ", h(ModelName, { id: hit.nearest, version: false })] : hit.licence ? h(Outside, { text: hit.licence }) : null),
    hit.alerts > 0 ? h("span", { class: "hit-alerts" }, `${hit.alerts} open`) : null,
  ];
}
