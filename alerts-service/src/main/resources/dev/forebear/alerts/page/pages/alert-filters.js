// Filters of the inbox, each value with how many alerts it would leave.

import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { go, to } from "../app/router.js";
import { useSettled } from "../app/use.js";
import { Menu } from "../parts/menu.js";
import { ModelName } from "../parts/names.js";
import { ruleWords, sentence } from "../parts/words.js";

const UNRESOLVED = "open,acknowledged,snoozed";
const WANTED = ["open", "acknowledged", "snoozed", "resolved"];
const SEVERITIES = ["critical", "high", "medium", "low"];
const NAMES = ["state", "severity", "rule", "team", "registry", "ancestor", "derived", "query"];
const TYPED_MILLIS = 250;

/** The filters that an address names; without a state, what is open. */
export function filtersOf(query) {
  const filters = Object.fromEntries(NAMES.filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
  return { ...filters, state: filters.state ?? "open" };
}

export function Filters({ query, facets, flat }) {
  const filters = filtersOf(query);
  const change = (changes) => go(to("alerts", null, { ...Object.fromEntries(query), ...changes }), { replace: true });
  return h("div", { class: "inbox-filters" },
    h(States, { state: filters.state, counts: facets?.state, change }),
    h("div", { class: "filters" },
      h(Typed, { text: query.get("query") ?? "", onSettled: (text) => change({ query: text || null }) }),
      h(Menu, { label: "Severity", values: filters.severity, counts: ordered(facets?.severity), words: sentence, onChange: (severity) => change({ severity }) }),
      h(Menu, { label: "Rule", values: filters.rule, counts: facets?.rule, words: ruleWords, onChange: (rule) => change({ rule }) }),
      h(Menu, { label: "Team", values: filters.team, counts: facets?.team?.filter((each) => each.value !== null), onChange: (team) => change({ team }) }),
      h(Menu, { label: "Registry", values: filters.registry, counts: facets?.registry, onChange: (registry) => change({ registry }) }),
      ["ancestor", "derived"].map((name) => filters[name] ? h("button", { key: name, type: "button", class: "chosen", "aria-label": `No longer only ${filters[name]}`, onClick: () => change({ [name]: null }) },
        h(ModelName, { id: filters[name] }), h("span", { "aria-hidden": "true" }, "×")) : null),
      h("button", { type: "button", class: "quiet by", "aria-pressed": String(flat), onClick: () => change({ by: flat ? null : "time" }) }, "By time")));
}

function ordered(counts) {
  return counts && SEVERITIES.flatMap((severity) => counts.filter((each) => each.value === severity));
}

/** The states, as tabs of which one is shown; the first ones are what still wants something. */
function States({ state, counts, change }) {
  const number = (name) => counts?.find((each) => each.value === name)?.count ?? 0;
  const tabs = [...WANTED.map((name) => ({ name, title: sentence(name), count: number(name) })),
    { name: `${UNRESOLVED},resolved`, title: "All", count: WANTED.reduce((sum, name) => sum + number(name), 0) }];
  return h("div", { class: "states", role: "group", "aria-label": "State" }, tabs.map((tab) =>
    h("button", { key: tab.name, type: "button", "aria-pressed": String(tab.name === state), onClick: () => change({ state: tab.name }) },
      tab.title, counts ? h("span", { class: "count" }, tab.count.toLocaleString("en")) : null)));
}

function Typed({ text, onSettled }) {
  const [typed, set] = useState(text);
  const settled = useSettled(typed, TYPED_MILLIS);
  useEffect(() => {
    if (settled.trim() !== text) onSettled(settled.trim());
  }, [settled]);
  return h("input", { type: "search", class: "typed", "aria-label": "Names that contain", placeholder: "Filter by name", value: typed, onInput: (event) => set(event.target.value) });
}
