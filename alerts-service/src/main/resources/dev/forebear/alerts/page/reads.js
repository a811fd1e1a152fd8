// What the workers read now: nothing when nothing takes long.

import { h } from "./dom.js";
import { bytes, duration, modelName } from "./words.js";

/** Fills the section; hides it when nothing is read. */
export function drawReads(section, reads) {
  section.hidden = reads.length === 0;
  section.replaceChildren(...(reads.length === 0 ? [] : [h("h2", null, "Now being read"), ...reads.map(read)]));
}

function read(item) {
  const share = item.relatives > 0 ? item.relativesCompared / item.relatives : item.bytesRead / (item.bytesPlanned ?? 0);
  const known = Number.isFinite(share);
  return h("div", { class: "read" },
    h("span", { class: "subject" }, modelName(item.modelVersionId)),
    h("progress", {
      max: 1,
      value: known ? Math.min(1, share).toFixed(3) : null,
      "aria-label": `Reading ${item.modelVersionId}`,
    }),
    h("span", { class: "amount" }, amount(item)),
    h("span", { class: "quiet" }, `for ${duration(Math.max(0, Date.now() - Date.parse(item.startedAt)))}`));
}

function amount(item) {
  if (item.purpose === "confirmation") return `confirming, relative ${Math.min(item.relativesCompared + 1, item.relatives)} of ${item.relatives}`;
  if (item.bytesPlanned === null) return "preparing";
  return `${bytes(Math.min(item.bytesRead, item.bytesPlanned))} of ${bytes(item.bytesPlanned)}`;
}
