// Who is told, and what became of it: channels and how they do, and every message.

import { h } from "preact";
import { useState } from "preact/hooks";
import { path, tell } from "../app/api.js";
import { changed } from "../app/live.js";
import { go, to } from "../app/router.js";
import { useAsk, useList, useMay, useTitle } from "../app/use.js";
import { DeliveryTable } from "../parts/deliverytable.js";
import { Answer, Empty, Footer, Heading, Section } from "../parts/frames.js";
import { Ago, Status } from "../parts/marks.js";
import { Outside } from "../parts/names.js";
import { say } from "../parts/notes.js";
import { plural, sentence, visible } from "../parts/words.js";

const STANDINGS = {
  delivering: { tone: "good", words: "Delivering" },
  unused: { tone: "over", words: "Not used yet" },
  retrying: { tone: "warn", words: "Trying again" },
  failing: { tone: "bad", words: "Failing" },
};
const KINDS = { slack: "Slack", email: "Email", webhook: "Webhook", pagerduty: "PagerDuty", teams: "Microsoft Teams" };
const OUTCOMES = ["delivered", "retrying", "failed"];

export default function Deliveries({ query }) {
  const channels = useAsk("/channels");
  useTitle("Deliveries");
  return h("div", null,
    h(Heading, { title: "Deliveries" }, h("p", null, "Who is told of alerts, and whether it arrived.")),
    h(Answer, { of: channels, lines: 3 }, ({ items }) => items.length === 0
      ? h(Empty, { title: "Nobody is told" }, h("p", null, "Alerts are on this page only. ", h("code", null, "FOREBEAR_CHANNELS"), " names the file of channels; docs/alerts.md shows it."))
      : h("div", { class: "cards" }, items.map((channel) => h(Channel, { key: channel.name, channel })))),
    h(Section, { title: "Messages" }, h(Messages, { query, channels: channels.value?.items ?? [] })));
}

function Channel({ channel }) {
  const may = useMay("responder");
  const [busy, setBusy] = useState(false);
  const standing = STANDINGS[channel.standing];
  const test = async () => {
    setBusy(true);
    try {
      const answer = await tell(`/channels/${encodeURIComponent(channel.name)}/test`);
      const well = answer.outcome === "delivered";
      say(well ? `${channel.name} took the test message.` : `${channel.name}: ${answer.detail ?? answer.outcome}`, null, well ? "done" : "bad");
    } catch (failure) {
      say(failure.message, null, "bad");
    } finally {
      setBusy(false);
      changed();
    }
  };
  return h("section", { class: "card channel", "aria-label": visible(channel.name) },
    h("div", { class: "card-head" },
      h("h2", null, h(Outside, { text: channel.name })), h("span", { class: "quiet" }, KINDS[channel.kind] ?? channel.kind),
      h(Status, { tone: standing.tone }, standing.words)),
    h("p", { class: "quiet" },
      `${plural(channel.delivered, "message")} this week`, channel.failed > 0 ? `, ${channel.failed} given up` : "",
      channel.lastDeliveredAt ? [", the last ", h(Ago, { at: channel.lastDeliveredAt })] : null,
      channel.minimumSeverity === "low" ? null : `. From ${channel.minimumSeverity} on`, "."),
    channel.owed > 0 ? h("p", null, `${plural(channel.owed, "alert")} owed`, channel.owedSince ? [" since ", h(Ago, { at: channel.owedSince })] : null) : null,
    channel.problem ? h("p", { class: "callout warn" }, h(Outside, { text: channel.problem })) : null,
    may ? h("button", { type: "button", disabled: busy, onClick: test }, busy ? "Sending" : "Send a test") : null);
}

function Messages({ query, channels }) {
  const filters = { channel: query.get("channel"), outcome: query.get("outcome") };
  const list = useList(path("/deliveries", { ...filters, last: true, limit: 50 }));
  const change = (changes) => go(to("deliveries", null, { ...filters, ...changes }), { replace: true });
  return h("div", null,
    h("div", { class: "filters" },
      h(Choice, { label: "Channel", value: filters.channel, values: channels.map((each) => each.name), onChange: (channel) => change({ channel }) }),
      h(Choice, { label: "Outcome", value: filters.outcome, values: OUTCOMES, words: sentence, onChange: (outcome) => change({ outcome }) })),
    h(Answer, { of: list }, () => list.items.length === 0
      ? h("p", { class: "quiet" }, "No message was sent.")
      : h(DeliveryTable, { rows: list.items })),
    h(Footer, { list, noun: "message" }));
}

/** A field to choose one value, or all of them. */
export function Choice({ label, value, values, words = visible, onChange }) {
  return h("label", null, h("span", { class: "hidden" }, label),
    h("select", { value: value ?? "", onChange: (event) => onChange(event.target.value || null) },
      h("option", { value: "" }, `${label}: all`), values.map((each) => h("option", { key: each, value: each }, words(each)))));
}
