// The rows of the inbox: a group with its alerts, and an alert.

import { h } from "preact";
import { useState } from "preact/hooks";
import { ask, path } from "../app/api.js";
import { Icon } from "../app/icons.js";
import { useList } from "../app/use.js";
import { AncestorLink, ModelName, Outside } from "../parts/names.js";
import { Ago, Severity, State } from "../parts/marks.js";
import { listed, plural, ruleWords, sentence } from "../parts/words.js";

/** Groups of so many open by themselves: opening them would cost more than it saves. */
const OPEN_UP_TO = 3;

/** Alerts of one rule about one ancestor. */
export function Group({ group, filters, open, chosen, choose, here }) {
  const few = group.alerts <= OPEN_UP_TO;
  const [expanded, setExpanded] = useState(few);
  const all = useList(expanded && !few ? path("/alerts", { ...filters, rule: group.rule, ancestor: group.baseModelId, limit: 100 }) : null);
  const alerts = (few ? group.latest : all.items).filter((alert) => group.baseModelId !== null || alert.baseModelId === null);
  const every = () => few ? Promise.resolve(group.latest.map((alert) => alert.id)) : idsOf(group, filters);
  const choice = group.baseModelId === null || few || group.alerts === alerts.length ? alerts : null;
  const key = `g-${group.rule}-${group.baseModelId ?? ""}`;
  return h("li", { class: expanded ? "group expanded" : "group" },
    h("div", { class: "group-head" },
      h(Box, { ids: choice?.map((alert) => alert.id) ?? null, every, chosen, choose, label: `Select the group ${ruleWords(group.rule)} ${group.baseModelId ?? ""}` }),
      h("button", {
        type: "button", class: "group-button", "data-stop": "",
        ref: (element) => element && (element.alertIds = every),
        "aria-expanded": String(expanded), "aria-controls": key, onClick: () => setExpanded(!expanded),
      },
      h(Severity, { severity: group.severity, words: false }),
      h("span", { class: "group-name" },
        group.baseModelId ? h(ModelName, { id: group.baseModelId }) : h("span", { class: "model-name" }, ruleWords(group.rule)),
        h("span", { class: "group-why" }, group.baseModelId ? [ruleWords(group.rule), group.baseLicence ? [" · ", h(Outside, { text: group.baseLicence })] : null] : "About the model itself",
          group.teams.length > 0 ? [" · ", h(Outside, { text: listed(group.teams.slice(0, 3)) }), group.teams.length > 3 ? ` and ${group.teams.length - 3} more` : null] : null)),
      h("span", { class: "group-count" }, plural(group.alerts, "model")),
      h("span", { class: "alert-when" }, h(Ago, { at: group.lastUpdatedAt })),
      h(Icon, { name: "chevron", size: 14 })),
    ),
    h("div", { id: key, class: "group-body", hidden: !expanded }, expanded ? [
      h("ul", { key: "rows", class: "inbox-rows" }, alerts.map((alert) =>
        h(Row, { key: alert.id, alert, open: alert.id === open, chosen, choose, href: here(alert.id), within: group }))),
      h("p", { key: "end", class: "group-end" },
        !few && all.next ? h("button", { type: "button", class: "quiet", onClick: all.showMore }, "Show more") : null,
        group.baseModelId ? h("span", null, "All that descends from ", h(AncestorLink, { id: group.baseModelId })) : null),
    ] : null));
}

/** An alert; within a group it says only what differs. */
export function Row({ alert, open, chosen, choose, href, within = null }) {
  const differs = within === null || alert.severity !== within.severity;
  return h("li", { class: ["row", open ? "open" : "", chosen.has(alert.id) ? "chosen" : "", alert.state === "resolved" ? "over" : ""].filter(Boolean).join(" ") },
    h(Box, { ids: [alert.id], chosen, choose, label: `Select ${alert.derivedVersionId}` }),
    h("a", { class: "row-link", href, "data-stop": "", "data-alert": alert.id,
      ref: (element) => element && (element.alertIds = () => Promise.resolve([alert.id])), "aria-current": open ? "true" : undefined },
      h(Severity, { severity: alert.severity, words: false, quiet: alert.state === "resolved" }),
      h("span", { class: "row-what" },
        h(ModelName, { id: alert.derivedVersionId }),
        alert.state === "open" ? null : h(State, { state: alert.state })),
      h("span", { class: "alert-when" }, h(Ago, { at: alert.updatedAt })),
      h("span", { class: "alert-why" }, why(alert, within, differs))));
}

function why(alert, within, differs) {
  const pieces = [
    differs && within !== null ? sentence(alert.severity) : null,
    within === null ? [ruleWords(alert.rule), alert.baseModelId ? [": ", h(ModelName, { id: alert.baseModelId })] : null] : null,
    alert.relation ? sentence(alert.relation).toLowerCase() : null,
    alert.depth > 1 ? `${alert.depth} steps away` : null,
    alert.versions > 1 ? plural(alert.versions, "version") : null,
    alert.team ? h(Outside, { text: alert.team }) : null,
    alert.state !== "open" && alert.stateBy ? ["by ", h(Outside, { text: alert.stateBy })] : null,
  ].filter(Boolean);
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [" · ", piece]));
}

/** Ids of all alerts of a group, however many it has. */
async function idsOf(group, filters) {
  const start = path("/alerts", { ...filters, rule: group.rule, ancestor: group.baseModelId, limit: 200 });
  const ids = [];
  let cursor = "";
  do {
    const page = await ask(cursor ? `${start}&cursor=${encodeURIComponent(cursor)}` : start);
    ids.push(...page.items.filter((alert) => alert.baseModelId === group.baseModelId).map((alert) => alert.id));
    cursor = page.next;
  } while (cursor);
  return ids;
}

/** A box that selects alerts; of a group whose alerts are not all known, they are asked for first. */
function Box({ ids, every, chosen, choose, label }) {
  const [all, setAll] = useState(null);
  const known = ids ?? all ?? [];
  const on = known.length > 0 && known.every((id) => chosen.has(id));
  const change = async () => {
    const meant = ids ?? await every();
    setAll(meant);
    choose(meant, !on);
  };
  return h("label", { class: "box" }, h("input", { type: "checkbox", "aria-label": label, checked: on, onChange: change }));
}
