// A model: declared against found, where it stands in the lineage, the evidence, its versions, alerts and messages.

import { h } from "preact";
import { path } from "../app/api.js";
import { go, to } from "../app/router.js";
import { useAsk, useTitle } from "../app/use.js";
import { Lineage } from "../graph/lineage.js";
import { AlertLine } from "../parts/alertline.js";
import { DeliveryTable } from "../parts/deliverytable.js";
import { Answer, Facts, Heading, Section, Table } from "../parts/frames.js";
import { Ago, At, Status } from "../parts/marks.js";
import { AncestorLink, ModelLink, ModelName, Outside } from "../parts/names.js";
import { bytes, count, duration, parts, plural, sentence, shortVersion, total, visible } from "../parts/words.js";
import { ReportMatches } from "../pictures/report.js";
import { DeclaredFound } from "./declared.js";
import { PROGRESS } from "./models.js";

export function Model({ id }) {
  const answer = useAsk(path("/model", { id }));
  useTitle(visible(parts(id).name));
  return h(Answer, { of: answer, lines: 12, whole: true }, (model) => h("div", { class: "model-page" },
    h(Head, { model }),
    h(State, { version: model.version }),
    h(Tampered, { signature: model.signature }),
    h(Section, { title: "Declared and found", note: "What its papers say, and what its weights say." },
      h(DeclaredFound, { declared: model.declared, found: model.found, version: model.version })),
    model.version.matches > 0 || model.descendants > 0 ? h(Section, { title: "Lineage", note: "What it was made from on the left, what was made from it on the right." },
      h(Lineage, { path: path("/model/lineage", { id: model.version.id, depth: 50, nodes: 5000 }), root: model.version.id })) : null,
    h(Section, { title: "Alerts" }, model.alerts.length === 0
      ? h("p", { class: "quiet" }, "None, and none before.")
      : h("ul", { class: "alert-lines narrow" }, model.alerts.map((alert) => h("li", { key: alert.id }, h(AlertLine, { alert, subject: false }))))),
    model.version.reportId && model.version.matches > 0 ? h(Section, { title: "Evidence" }, h(Report, { id: model.version.id })) : null,
    h(Section, { title: "About it" }, h(Facts, { pairs: facts(model) })),
    h(Section, { title: "Versions", note: model.versionsTotal > model.versions.length ? `the latest ${model.versions.length} of ${model.versionsTotal}` : null }, h(Versions, { model })),
    h(Section, { title: "What happened to it" }, h(Events, { model })),
    model.deliveries.length > 0 ? h(Section, { title: "Messages about it" }, h(DeliveryTable, { rows: model.deliveries })) : null));
}

function Head({ model }) {
  const { version, versions } = model;
  const actions = [
    versions.length > 1 ? h("label", { key: "versions" }, h("span", { class: "hidden" }, "Version"),
      h("select", { value: version.id, onChange: (event) => go(to("models", event.target.value)) }, versions.map((each) =>
        h("option", { key: each.id, value: each.id }, visible(shortVersion(each.version)))))) : null,
    model.descendants > 0 ? h("a", { key: "down", class: "button", href: to("ancestors", version.modelId) }, plural(model.descendants, "descendant")) : null,
  ];
  return h(Heading, {
    title: h(ModelName, { id: version.id }),
    over: "Model",
    actions,
  }, h("p", null,
    version.nameNow ? ["Now called ", h(Outside, { text: version.nameNow }), ". "] : null,
    version.uploadedBy ? ["Uploaded by ", h(Outside, { text: version.uploadedBy }), " "] : "Received ",
    h(Ago, { at: version.uploadedAt ?? version.receivedAt }),
    version.licence ? [", licence ", h(Outside, { text: version.licence })] : ", no licence named", "."));
}

/** Says what is not as usual: deleted, not read, on the way. */
function State({ version }) {
  if (version.quarantined) return h("div", { class: "callout bad" }, h("p", null, h("strong", null, "Quarantined. "), "Nothing may descend from it; ", h(AncestorLink, { id: version.modelId }), " says why."));
  if (version.deletedAt) return h("div", { class: "callout" }, h("p", null, "Its registry deleted it ", h(Ago, { at: version.deletedAt }), ". What is known of it stays."));
  if (version.notAnalysed) {
    return h("div", { class: "callout warn" }, h("p", null, h("strong", null, `Not analysed, ${sentence(version.notAnalysed.reason).toLowerCase()}. `), h(Outside, { text: version.notAnalysed.message }), " Nothing is known about where it comes from."));
  }
  if (version.progress === "analysed") return null;
  return h("div", { class: "callout" }, h("p", null, h(Status, { tone: PROGRESS[version.progress].tone }, PROGRESS[version.progress].words)));
}

function Tampered({ signature }) {
  if (signature?.state !== "tampered") return null;
  return h("div", { class: "callout warn" }, h("p", null, h("strong", null, "Not what was signed. "), h(Outside, { text: signature.message }), "."));
}

function Report({ id }) {
  const report = useAsk(path("/report", { model: id }));
  if (report.problem && report.value === undefined) return h("p", { class: "quiet" }, "The report is no longer kept here; the topic lineage-reports has it.");
  return h(Answer, { of: report }, (value) => h(ReportMatches, { report: value }));
}

function facts({ version, fingerprint, signature, descendants }) {
  const shape = fingerprint.shape;
  return [
    ["Registry", [h(Outside, { text: version.registry }), version.sender ? h("span", { class: "quiet" }, `, ${visible(version.sender)}`) : null]],
    ["Location", version.location ? h(Outside, { text: version.location }) : null],
    ["Visibility", version.visibility ? sentence(version.visibility) : null],
    ["Parameters", count(version.parameters)],
    ["Architecture", shape ? `${visible(shape.modelType)}, ${shape.layers} layers of ${shape.hiddenSize}, ${count(shape.vocabularySize)} tokens, ${shape.dtype}` : null],
    ["Reading it took", fingerprint.millis === null ? null : `${duration(fingerprint.millis)}, ${bytes(fingerprint.bytesRead)} in ${plural(fingerprint.requests, "request")}`],
    ["Signature", signature === null ? "none" : [h(Outside, { text: signature.file }), `, ${signature.state}, ${signature.compared} of ${plural(signature.listed, "file")} compared; `, h(Outside, { text: signature.message })]],
    ["Compared with", version.comparedModels === null ? null : plural(version.comparedModels, "model")],
    ["Received", h(At, { at: version.receivedAt })],
    ["As an ancestor", descendants > 0 ? h(AncestorLink, { id: version.modelId }) : null],
  ];
}

function Versions({ model }) {
  return h(Table, {
    caption: "Versions", rows: model.versions, of: (row) => row.id, rowClass: (row) => (row.deletedAt ? "gone" : undefined),
    columns: [
      { title: "Version", cell: (row) => row.id === model.version.id ? h("strong", null, h(Outside, { text: shortVersion(row.version) })) : h("a", { href: to("models", row.id) }, h(Outside, { text: shortVersion(row.version) })) },
      { title: "State", cell: (row) => h(Status, { tone: row.deletedAt ? "over" : PROGRESS[row.progress].tone }, row.deletedAt ? "Deleted" : PROGRESS[row.progress].words) },
      { title: "Nearest", class: "wide", cell: (row) => row.nearest ? h(ModelLink, { id: row.nearest.modelVersionId }) : h("span", { class: "quiet" }, "none") },
      { title: "Received", class: "number", cell: (row) => h(Ago, { at: row.receivedAt }) },
    ],
  });
}

/** Announcements, reports and changes, the latest first. */
function Events({ model }) {
  const events = [
    ...model.announcements.map((each) => ({ at: each.receivedAt, words: ["Announced by ", h(Outside, { text: each.sender }), each.uploadedBy ? [", ", h(Outside, { text: each.uploadedBy })] : null] })),
    ...model.reports.map((each) => ({ at: each.reportedAt, words: wording(each) })),
    ...model.changes.map((each) => ({ at: each.receivedAt, words: [sentence(each.change), each.formerName ? [", before it was ", h(Outside, { text: each.formerName })] : null, each.visibility ? `, now ${each.visibility}` : null] })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  return h("ol", { class: "history" }, events.map((event, index) =>
    h("li", { key: index }, h("p", null, event.words), h("p", { class: "note" }, h(At, { at: event.at })))));
}

function wording(report) {
  if (report.notAnalysedReason) return `Could not be analysed: ${sentence(report.notAnalysedReason).toLowerCase()}`;
  return `${report.purpose === "upload" ? "Reported on" : "Report revised"}: ${report.matches === 0 ? "no relatives" : `${total(report.matches, false)} related, ${report.proven} proven`}`;
}
