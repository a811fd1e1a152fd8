// What surrounds every page: the navigation, the search, whether the page is live, and who asks.

import { Fragment, h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Notes } from "../parts/notes.js";
import { Outside } from "../parts/names.js";
import { Help, keysOn } from "./help.js";
import { Icon } from "./icons.js";
import { liveState, onState } from "./live.js";
import { GROUPS, PAGES } from "./pages.js";
import { to } from "./router.js";
import { SearchBox } from "./searchbox.js";
import { useAsk, useMay, useWindow } from "./use.js";

/** Pages that belong below one of the navigation. */
const BELOW = { ancestors: "models", search: "models" };

export function Shell({ route, me, children }) {
  const [help, setHelp] = useState(false);
  const [menu, setMenu] = useState(false);
  useEffect(() => setMenu(false), [route.name, route.id]);
  useWindow("keydown", (event) => {
    if (event.key === "Escape") setMenu(false);
    if (!isCommand(event)) return;
    if (event.key === "?") setHelp(true);
    else if (event.key === "/") document.getElementById("search").focus();
    else return;
    event.preventDefault();
  });
  return h(Fragment, null,
    h("a", { class: "skip", href: "#content", onClick: skip }, "Skip to the content"),
    h("div", { class: menu ? "shell menu-open" : "shell" },
      h("header", { class: "masthead" },
        h("a", { class: "brand", href: "#/overview" },
          h("img", { src: document.querySelector("link[rel=icon]").href, alt: "", width: 26, height: 26 }), h("span", null, "Forebear")),
        h("button", {
          type: "button", class: "icon-button menu-button", "aria-expanded": String(menu), "aria-controls": "navigation",
          "aria-label": "Menu", onClick: () => setMenu(!menu),
        }, h(Icon, { name: menu ? "close" : "menu" })),
        h(SearchBox, null),
        h("div", { class: "masthead-end" },
          h(Live, null),
          h("button", { type: "button", class: "icon-button", "aria-label": "Keyboard shortcuts", onClick: () => setHelp(true) },
            h(Icon, { name: "help" })))),
      h("div", { class: "aside", id: "navigation" }, h(Navigation, { here: BELOW[route.name] ?? route.name }), h(Who, { me })),
      h("main", { id: "content", tabIndex: -1 }, children)),
    h(Notes, null),
    help ? h(Help, { onClose: () => setHelp(false) }) : null);
}

/** Whether a key is meant as a command: not typed into a field, not a combination, and commands are switched on. */
export function isCommand(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || !keysOn()) return false;
  return !event.target.closest?.("input:not([type=checkbox]), textarea, select, dialog, [contenteditable], [data-keys]");
}

function skip(event) {
  event.preventDefault();
  document.getElementById("content").focus();
}

function Navigation({ here }) {
  const admin = useMay("admin");
  const overview = useAsk("/overview").value;
  const counts = overview ? {
    alerts: overview.alerts.open,
    "dead-letters": overview.waiting.deadLetters,
    deliveries: overview.waiting.failed,
  } : {};
  return h("nav", { "aria-label": "Pages" }, GROUPS.map((group) =>
    h("div", { class: "nav-group", key: group.name },
      h("p", { class: "nav-title", id: `nav-${group.name}` }, group.title),
      h("ul", { "aria-labelledby": `nav-${group.name}` }, Object.entries(PAGES)
        .filter(([, page]) => page.group === group.name && (page.role !== "admin" || admin))
        .map(([name, page]) => h("li", { key: name },
          h("a", { href: to(name), "aria-current": name === here ? "page" : undefined },
            h(Icon, { name }), h("span", null, page.title),
            counts[name] ? h("span", { class: "nav-count" }, counts[name].toLocaleString("en")) : null)))))));
}

const LIVE_WORDS = {
  connecting: "Connecting",
  live: "Live",
  polling: "Every 5 s",
  lost: "No connection",
};

function Live() {
  const [state, set] = useState(liveState);
  const wasLost = useRef(false);
  useEffect(() => {
    set(liveState());
    return onState(set);
  }, []);
  if (state === "lost") wasLost.current = true;
  return h(Fragment, null,
    h("p", { class: `live ${state}`, role: "status", title: state === "polling" ? "Asks every five seconds; live updates did not come" : undefined },
      LIVE_WORDS[state]),
    state === "lost"
      ? h("p", { class: "lost", role: "alert" }, "The service does not answer. What you see may be old; it is asked again every few seconds.")
      : null);
}

function Who({ me }) {
  if (!me) return null;
  return h("section", { class: "who", "aria-label": "Who you are" },
    h("p", null, h("strong", null, h(Outside, { text: me.name })), h("span", null, me.open ? "Nobody signs in here" : `Signed in as ${me.role}`)),
    me.open ? null : h("a", { class: "button quiet", href: "/sign-out" }, "Sign out"));
}
