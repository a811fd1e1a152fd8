// Uploads: what arrived and how far it has come.

import { h } from "./dom.js";
import { declarations, reportPanel } from "./model.js";
import { ago, bytes, count, duration, likelihood, modelName, plural, verdict } from "./words.js";

const STATES = {
  "received": "Received",
  "fingerprinted": "Comparing",
  "analysed": "Analysed",
  "not-analysed": "Not analysed",
};

export const uploads = {
  path: "/api/uploads",
  key: (upload) => upload.modelVersionId,
  columns: [
    { title: "Model", cell: subject, class: "subject" },
    { title: "State", cell: state, class: "middle" },
    { title: "Made from", cell: base, class: "spare" },
    { title: "Took", cell: (upload) => duration(upload.totalMillis ?? upload.fingerprintMillis), class: "narrow number spare" },
    { title: "Read", cell: (upload) => bytes(upload.bytesRead), class: "narrow number spare" },
    { title: "Received", cell: (upload) => ago(upload.receivedAt), class: "middle number" },
  ],
  detail,
  empty: () => [
    h("h2", null, "No uploads yet"),
    h("p", null, "Point a registry's webhook at the ingest service, at ", h("code", null, "/hooks/<registry>"),
      ", and publish a model. It appears here within a second of its announcement."),
    h("p", { class: "quiet" }, "No registry at hand? ", h("code", null, "./forebear demo"),
      " uploads a small zoo of models with known lineage."),
  ],
};

function subject(upload) {
  if (!upload.nameNow) return modelName(upload.modelVersionId);
  return [modelName(upload.modelVersionId), h("span", { class: "quiet" }, ` now ${upload.nameNow}`)];
}

function state(upload) {
  if (upload.deletedAt) return h("span", { class: "state" }, "Deleted");
  return h("span", { class: `state ${upload.state}` }, STATES[upload.state] ?? upload.state);
}

function base(upload) {
  if (upload.state === "not-analysed") return h("span", { class: "quiet" }, upload.notAnalysed?.reason ?? "");
  if (upload.state !== "analysed") return "";
  if (!upload.base) return h("span", { class: "quiet" }, "no known base");
  return modelName(upload.base.modelVersionId);
}

async function detail(upload) {
  return [
    upload.notAnalysed
      ? h("p", { class: "callout" }, h("strong", null, `Not analysed: ${upload.notAnalysed.reason}. `), upload.notAnalysed.message)
      : null,
    h("dl", { class: "facts" }, facts(upload)),
    upload.reportId && upload.base ? await reportPanel(upload.reportId) : declarations(upload.declaredBases),
  ];
}

function facts(upload) {
  const pairs = [
    ["Location", upload.location],
    ["Announced by", [upload.sender, upload.uploadedBy ? `, ${upload.uploadedBy}` : null]],
    ["Name now", upload.nameNow],
    ["Deleted", upload.deletedAt ? ago(upload.deletedAt) : null],
    ["Visibility", upload.visibility],
    ["Parameters", count(upload.parameters)],
    ["Licence", upload.licence],
    ["Fingerprint", upload.fingerprintMillis === null
      ? null
      : `${duration(upload.fingerprintMillis)}, ${bytes(upload.bytesRead)} in ${plural(upload.requests, "read")}`],
    ["Nearest", upload.base ? [verdict(upload.base.verdict), ", ", likelihood(upload.base)] : null],
  ];
  return pairs
    .filter(([, value]) => (Array.isArray(value) ? value[0] : value))
    .map(([name, value]) => [h("dt", null, name), h("dd", null, value)]);
}
