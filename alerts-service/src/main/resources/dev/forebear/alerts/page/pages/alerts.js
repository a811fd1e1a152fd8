// The inbox: alerts grouped by what they are about, filters with counts, keys for everything, the open one beside them.

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { path } from "../app/api.js";
import { Icon } from "../app/icons.js";
import { go, to } from "../app/router.js";
import { isCommand } from "../app/shell.js";
import { useAsk, useList, useMay, useTitle, useWindow } from "../app/use.js";
import { actOn, ActionDialog } from "../parts/actions.js";
import { Answer, Empty, Footer, Heading } from "../parts/frames.js";
import { plural, total } from "../parts/words.js";
import { AlertDetail } from "./alert.js";
import { Filters, filtersOf } from "./alert-filters.js";
import { Group, Row } from "./alert-rows.js";

const KEYS = { a: "acknowledge", s: "snooze", r: "resolve", o: "reopen" };
/** What needs no words is done at once; the others ask first. */
const AT_ONCE = ["acknowledge", "reopen"];

export default function Alerts({ id, query }) {
  const filters = filtersOf(query);
  const flat = query.get("by") === "time";
  const list = useList(path(flat ? "/alerts" : "/alert-groups", { ...filters, limit: flat ? 100 : 50, sort: flat ? "updated" : undefined }));
  const facets = useAsk(path("/alerts/facets", filters));
  const may = useMay("responder");
  const [chosen, setChosen] = useState(() => new Set());
  const [asking, setAsking] = useState(null);
  const frame = useRef(null);
  const place = useRef(null);
  useTitle("Alerts");
  useEffect(() => setChosen(new Set()), [query.toString()]);
  useEffect(() => {
    if (place.current === null || document.activeElement !== document.body) return;
    const stops = frame.current.querySelectorAll("[data-stop]");
    stops[Math.min(place.current, stops.length - 1)]?.focus();
  });
  const here = (alert) => to("alerts", alert, Object.fromEntries(query));

  const choose = (ids, on) => setChosen((before) => {
    const after = new Set(before);
    for (const each of ids) on ? after.add(each) : after.delete(each);
    return after;
  });
  const act = async (kind, ids) => {
    if (!may || ids.length === 0) return;
    if (!AT_ONCE.includes(kind)) {
      setAsking({ kind, ids });
      return;
    }
    await actOn(ids, { kind });
    setChosen(new Set());
  };
  useWindow("keydown", (event) => {
    if (!isCommand(event) || asking) return;
    const stops = [...frame.current.querySelectorAll("[data-stop]")];
    const at = stops.findIndex((stop) => stop === document.activeElement || stop.parentElement.contains(document.activeElement));
    const current = stops[at];
    if (at >= 0) place.current = at;
    if (event.key === "j" || event.key === "k") {
      const next = stops[Math.max(0, Math.min(stops.length - 1, at + (event.key === "j" ? 1 : -1)))];
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
      if (id !== null && next?.dataset.alert) go(here(next.dataset.alert), { replace: true });
    } else if (event.key === "x" && current) {
      current.alertIds().then((ids) => choose(ids, !ids.every((each) => chosen.has(each))));
    } else if (KEYS[event.key]) {
      targets(chosen, current, id).then((ids) => act(KEYS[event.key], ids));
    } else if (event.key === "Escape" && id !== null) {
      go(here(null));
    } else {
      return;
    }
    event.preventDefault();
  });

  return h("div", { class: id === null ? "inbox" : "inbox split" },
    h("div", { class: "inbox-list", ref: frame },
      h(Heading, { title: "Alerts" }, h("p", { role: "status" }, list.value === undefined ? "Loading" : summary(list, flat))),
      h(Filters, { query, facets: facets.value, flat }),
      chosen.size > 0 ? h(Selection, { chosen, act, may, clear: () => setChosen(new Set()) }) : null,
      h(Answer, { of: list }, () => list.items.length === 0
        ? h(None, { filtered: query.size > 0 })
        : h("ul", { class: flat ? "inbox-rows" : "inbox-groups" }, flat
          ? list.items.map((alert) => h(Row, { key: alert.id, alert, open: alert.id === id, chosen, choose, href: here(alert.id) }))
          : list.items.map((group) => group.alerts === 1
            ? h(Row, { key: group.latest[0].id, alert: group.latest[0], open: group.latest[0].id === id, chosen, choose, href: here(group.latest[0].id) })
            : h(Group, { key: `${group.rule} ${group.baseModelId}`, group, filters, open: id, chosen, choose, here })))),
      h(Footer, { list, noun: flat ? "alert" : "group" })),
    id === null ? null : h("div", { class: "inbox-detail" },
      h("a", { class: "button quiet inbox-back", href: here(null), "aria-label": "Close the alert" }, h(Icon, { name: "close" }), h("span", null, "Close")),
      h(AlertDetail, { key: id, id, act: (kind) => act(kind, [id]), may })),
    asking ? h(ActionDialog, {
      ...asking,
      onDone: () => setChosen(new Set()),
      onClose: () => setAsking(null),
    }) : null);
}

/** What a key is about: the chosen ones, or else the one that has the focus, or else the open one. */
async function targets(chosen, current, open) {
  if (chosen.size > 0) return [...chosen];
  if (current) return current.alertIds();
  return open === null ? [] : [open];
}

function summary(list, flat) {
  const words = `${total(list.total, list.bound)} ${list.total === 1 ? "group" : "groups"}, the most severe first`;
  return flat ? `${total(list.total, list.bound)} ${list.total === 1 ? "alert" : "alerts"}, the latest first` : words;
}

function Selection({ chosen, act, may, clear }) {
  return h("div", { class: "selection", role: "region", "aria-label": "Selection" },
    h("strong", null, `${plural(chosen.size, "alert")} selected`),
    may ? ["acknowledge", "snooze", "resolve", "reopen"].map((kind) =>
      h("button", { key: kind, type: "button", onClick: () => act(kind, [...chosen]) }, kind.charAt(0).toUpperCase() + kind.slice(1))) : null,
    h("button", { type: "button", class: "quiet", onClick: clear }, "Clear"));
}

function None({ filtered }) {
  if (filtered) return h(Empty, { title: "No alert is like that" }, h("p", null, h("a", { href: to("alerts", null, { state: "open,acknowledged,snoozed,resolved" }) }, "Show all alerts")));
  return h(Empty, { title: "Nothing wants an answer" },
    h("p", null, "Every proven ancestor is declared and allowed, or somebody has answered for it."),
    h("p", null, h("a", { href: to("alerts", null, { state: "resolved" }) }, "What was resolved"), " or ", h("a", { href: to("policy") }, "what the policy looks for"), "."));
}
