// Alerts: what somebody should look at, and who was told.

import { h } from "./dom.js";
import { reportPanel } from "./model.js";
import { ago, modelName, powers, sentence } from "./words.js";

const RULES = {
  "undisclosed-ancestry": "Undisclosed",
  "disallowed-ancestor": "Disallowed",
};

export const alerts = {
  path: "/api/alerts",
  key: (alert) => alert.alertId,
  columns: [
    { title: "Severity", cell: severity, class: "middle" },
    { title: "Finding", cell: (alert) => RULES[alert.rule] ?? sentence(alert.rule), class: "middle spare" },
    { title: "Model", cell: (alert) => modelName(alert.modelVersionId), class: "subject" },
    { title: "Descends from", cell: (alert) => (alert.baseModelVersionId ? modelName(alert.baseModelVersionId) : "") },
    { title: "Told", cell: told, class: "broad spare" },
    { title: "Raised", cell: (alert) => ago(alert.openedAt), class: "middle number" },
  ],
  rowClass: (alert) => (alert.state === "resolved" ? "over" : ""),
  detail,
  empty: (summary) => summary && summary.models > 0
    ? [
      h("h2", null, "No alerts"),
      h("p", null, "Every proven base is declared and allowed. The tab Matches shows what descends from what."),
      h("p", { class: "quiet" }, "What raises an alert is the policy's to say: see docs/alerts.md."),
    ]
    : [
      h("h2", null, "Listening"),
      h("p", null, "Nothing has been uploaded yet. Point a registry's webhook at the ingest service, at ",
        h("code", null, "/hooks/<registry>"), "."),
      h("p", { class: "quiet" }, "No registry at hand? ", h("code", null, "./forebear demo"),
        " uploads a small zoo of models with known lineage."),
    ],
};

function severity(alert) {
  return alert.state === "resolved"
    ? h("span", { class: "severity resolved" }, "Resolved")
    : h("span", { class: `severity ${alert.severity}` }, sentence(alert.severity));
}

/** One mark per channel: told, on its way, or given up. */
function told(alert) {
  if (alert.channels.length === 0) return h("span", { class: "quiet" }, "this page only");
  return h("div", { class: "channels" }, alert.channels.map((channel) => {
    const outcome = latest(alert, channel)?.outcome ?? "waiting";
    return h("span", { class: `told ${outcome}`, title: `${channel}: ${outcome}` }, channel);
  }));
}

function latest(alert, channel) {
  return alert.deliveries.find((delivery) => delivery.channel === channel && delivery.state === alert.state);
}

async function detail(alert) {
  return [
    h("p", { class: "explanation" }, alert.state === "resolved" ? "The latest report no longer finds this. It read: " : null,
      powers(alert.explanation)),
    h("dl", { class: "facts" },
      h("dt", null, "Licence of the base"), h("dd", null, alert.baseLicence ?? "not known"),
      h("dt", null, "Alert"), h("dd", null, h("code", null, alert.alertId)),
      deliveries(alert)),
    h("h3", null, "Evidence"),
    await reportPanel(alert.reportId, alert.baseModelVersionId).catch(() =>
      h("p", { class: "quiet" }, "The report is no longer kept here; the topic lineage-reports has it.")),
  ];
}

/** The last word of each channel on each state. */
function deliveries(alert) {
  if (alert.channels.length === 0 && alert.deliveries.length === 0) {
    return [h("dt", null, "Told"), h("dd", { class: "quiet" }, "this page only; FOREBEAR_CHANNELS names the file of channels")];
  }
  const seen = new Set();
  const last = alert.deliveries.filter((delivery) => {
    const key = `${delivery.channel} ${delivery.state}`;
    return !seen.has(key) && seen.add(key);
  });
  return [
    h("dt", null, "Told"),
    h("dd", null, last.length === 0 ? h("span", { class: "quiet" }, "on its way") : h("table", { class: "log" },
      h("tbody", null, last.map((delivery) => h("tr", null,
        h("td", null, h("span", { class: `told ${delivery.outcome}` }, delivery.channel)),
        h("td", null, `${sentence(delivery.outcome)}${delivery.state === "open" ? "" : ` (${delivery.state})`}`),
        h("td", { class: "quiet" }, [delivery.detail, delivery.attempt > 1 ? `attempt ${delivery.attempt}` : null]
          .filter(Boolean).join(", ")),
        h("td", { class: "quiet" }, ago(delivery.at))))))),
  ];
}
