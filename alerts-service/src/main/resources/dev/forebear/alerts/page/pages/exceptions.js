// Exceptions: what somebody answers for, why, and until when; those that end soon stand out.

import { h } from "preact";
import { useState } from "preact/hooks";
import { path, tell } from "../app/api.js";
import { changed } from "../app/live.js";
import { go, to } from "../app/router.js";
import { useList, useMay, useTitle } from "../app/use.js";
import { Dialog } from "../parts/dialog.js";
import { Answer, Empty, Footer, Heading } from "../parts/frames.js";
import { ExceptionDialog } from "../parts/grant.js";
import { Ago, At, Until } from "../parts/marks.js";
import { AncestorLink, ModelLink, Outside } from "../parts/names.js";
import { say } from "../parts/notes.js";
import { plural, ruleWords, sentence, visible } from "../parts/words.js";

const SOON_MILLIS = 14 * 86_400_000;
const STANDINGS = ["active", "lapsed", "revoked"];

export default function Exceptions({ id, query }) {
  const standing = query.get("standing") ?? (id === null ? "active" : STANDINGS.join(","));
  const list = useList(path("/exceptions", { standing, limit: 50 }));
  const may = useMay("responder");
  const [asking, setAsking] = useState(null);
  useTitle("Exceptions");
  const shown = id === null ? list.items : list.items.filter((each) => each.id === id);
  return h("div", null,
    h(Heading, {
      title: "Exceptions",
      actions: may ? h("button", { type: "button", onClick: () => setAsking({ kind: "grant" }) }, "Grant one") : null,
    }, h("p", null, "Findings that raise no alert for a time, because somebody answers for them.")),
    h("div", { class: "states", role: "group", "aria-label": "Standing" }, STANDINGS.map((each) =>
      h("button", { key: each, type: "button", "aria-pressed": String(each === standing), onClick: () => go(to("exceptions", null, { standing: each })) }, sentence(each)))),
    h(Answer, { of: list }, () => shown.length === 0
      ? h(Empty, { title: standing === "active" ? "No exception is in force" : "None" }, standing === "active" ? h("p", null, "Exceptions are granted from an alert, or here.") : null)
      : h("ul", { class: "exceptions" }, shown.map((exception) => h(Exception, { key: exception.id, exception, may, revoke: () => setAsking({ kind: "revoke", exception }) })))),
    id === null ? h(Footer, { list, noun: "exception" }) : null,
    asking?.kind === "grant" ? h(ExceptionDialog, { onClose: () => setAsking(null) }) : null,
    asking?.kind === "revoke" ? h(Revoke, { exception: asking.exception, onClose: () => setAsking(null) }) : null);
}

function Exception({ exception, may, revoke }) {
  const active = exception.standing === "active";
  const soon = active && Date.parse(exception.expiresAt) - Date.now() < SOON_MILLIS;
  return h("li", { class: `card exception ${exception.standing}` },
    h("div", { class: "exception-what" },
      h("h2", null, h(Covers, { exception })),
      h("p", { class: "exception-why" }, h("q", null, h(Outside, { text: exception.reason }))),
      h("p", { class: "note" }, "Answered for by ", h("strong", null, h(Outside, { text: exception.owner })), ". Granted by ", h(Outside, { text: exception.grantedBy }), " ", h(Ago, { at: exception.grantedAt }),
        exception.revokedBy ? [", revoked by ", h(Outside, { text: exception.revokedBy }), " ", h(Ago, { at: exception.revokedAt })] : null, ". ",
        exception.alerts > 0 ? [active ? "It covers " : "It covered ", plural(exception.alerts, "alert"), "."] : "No finding needs it now.")),
    h("div", { class: "exception-end" },
      active ? h("p", { class: soon ? "tag warn" : "tag" }, soon ? "Ends " : "", h(Until, { at: exception.expiresAt })) : h("p", { class: "tag" }, sentence(exception.standing)),
      h("p", { class: "note" }, h(At, { at: exception.expiresAt })),
      active && may ? h("button", { type: "button", onClick: revoke }, "Revoke") : null));
}

function Covers({ exception }) {
  const rule = exception.rule ? ruleWords(exception.rule) : "Any finding";
  if (exception.scope === "rule") return `${rule}, on every model`;
  const model = exception.derivedVersion === null ? exception.derivedModelId : `${exception.derivedModelId}@${exception.derivedVersion}`;
  return [h(ModelLink, { id: model }), exception.baseModelId ? [" from ", h(AncestorLink, { id: exception.baseModelId })] : null, h("span", { class: "quiet" }, `: ${rule.toLowerCase()}`)];
}

function Revoke({ exception, onClose }) {
  const send = async () => {
    await tell(`/exceptions/${encodeURIComponent(exception.id)}/revocation`);
    say("The exception is revoked; what it covered comes back.");
    changed();
  };
  return h(Dialog, { title: "Revoke the exception", verb: "Revoke", tone: "bad", onSend: send, onClose },
    h("p", null, `What it covers comes back: ${plural(exception.alerts, "alert")}. ${visible(exception.owner)} answered for it.`));
}
