// Access tokens of machines: made with a role and an end, their secret shown once, ended at any time.

import { h } from "preact";
import { useState } from "preact/hooks";
import { tell } from "../app/api.js";
import { changed } from "../app/live.js";
import { useAsk, useMay, useTitle } from "../app/use.js";
import { day } from "../parts/actions.js";
import { Dialog, Field } from "../parts/dialog.js";
import { Answer, Empty, Heading, Table } from "../parts/frames.js";
import { Ago, At, Status } from "../parts/marks.js";
import { Outside } from "../parts/names.js";
import { say } from "../parts/notes.js";
import { sentence, visible } from "../parts/words.js";

const ROLES = [
  ["viewer", "Viewer", "sees everything"],
  ["responder", "Responder", "acts on alerts, grants exceptions"],
  ["admin", "Admin", "applies policies, makes tokens"],
];

export default function Tokens() {
  const admin = useMay("admin");
  const list = useAsk(admin ? "/tokens" : null);
  const [asking, setAsking] = useState(null);
  useTitle("Access tokens");
  if (!admin) return h(Empty, { title: "Only admins see tokens", whole: true });
  return h("div", null,
    h(Heading, { title: "Access tokens", actions: h("button", { type: "button", onClick: () => setAsking({ kind: "make" }) }, "Make a token") },
      h("p", null, "For machines that use the API. A token is kept as a hash; its secret is shown once.")),
    h(Answer, { of: list }, ({ items }) => items.length === 0 ? h(Empty, { title: "No token yet" }) : h(Table, {
      caption: "Tokens", rows: items, of: (row) => row.id, rowClass: (row) => (standing(row) === "Valid" ? undefined : "gone"),
      columns: [
        { title: "Name", cell: (row) => [h("strong", null, h(Outside, { text: row.name })), h("code", { class: "quiet token-id" }, row.id)] },
        { title: "Role", cell: (row) => sentence(row.role) },
        { title: "State", cell: (row) => h(Status, { tone: standing(row) === "Valid" ? "good" : "over" }, standing(row)) },
        { title: "Made by", cell: (row) => [h(Outside, { text: row.createdBy }), " ", h("span", { class: "quiet" }, h(Ago, { at: row.createdAt }))] },
        { title: "Ends", cell: (row) => row.revokedAt ? h("span", { class: "quiet" }, "revoked ", h(Ago, { at: row.revokedAt })) : row.expiresAt ? h(At, { at: row.expiresAt }) : "never" },
        { title: "Action", unseen: true, class: "number", cell: (row) => standing(row) === "Valid" ? h("button", { type: "button", "aria-label": `Revoke ${visible(row.name)}`, onClick: () => setAsking({ kind: "revoke", token: row }) }, "Revoke") : "" },
      ],
    })),
    asking?.kind === "make" ? h(Make, { onMade: (made) => setAsking({ kind: "made", made }), onClose: () => setAsking((now) => (now?.kind === "make" ? null : now)) }) : null,
    asking?.kind === "made" ? h(Made, { made: asking.made, onClose: () => setAsking(null) }) : null,
    asking?.kind === "revoke" ? h(Revoke, { token: asking.token, onClose: () => setAsking(null) }) : null);
}

function standing(token) {
  if (token.revokedAt) return "Revoked";
  return token.expiresAt && Date.parse(token.expiresAt) < Date.now() ? "Ended" : "Valid";
}

function Make({ onMade, onClose }) {
  const send = async (fields) => {
    const made = await tell("/tokens", { name: fields.name.trim(), role: fields.role, expiresAt: fields.expires ? new Date(`${fields.expires}T00:00`).toISOString() : null });
    changed();
    onMade(made);
  };
  return h(Dialog, { title: "Make a token", verb: "Make it", onSend: send, onClose },
    h(Field, { label: "Name", help: "What it is for, for example ci." }, h("input", { name: "name", required: true, maxLength: 100 })),
    h("fieldset", { class: "roles" }, h("legend", null, "Role"), ROLES.map(([role, name, what], index) =>
      h("label", { key: role, class: "check" }, h("input", { type: "radio", name: "role", value: role, defaultChecked: index === 0 }), h("span", null, h("strong", null, name), ` ${what}`)))),
    h(Field, { label: "Until", help: "Without a date it never ends." }, h("input", { type: "date", name: "expires", min: day(1), defaultValue: day(180) })));
}

function Made({ made, onClose }) {
  const copy = async () => {
    await navigator.clipboard.writeText(made.secret);
    say("The secret is copied.");
  };
  return h(Dialog, { title: "The token is made", onClose },
    h("p", null, "Keep the secret now: it is shown this once."),
    h("p", { class: "secret" }, h("code", null, made.secret), h("button", { type: "button", onClick: copy }, "Copy")));
}

function Revoke({ token, onClose }) {
  const send = async () => {
    await tell(`/tokens/${encodeURIComponent(token.id)}`, {}, "DELETE");
    say(`The token ${visible(token.name)} is revoked.`);
    changed();
  };
  return h(Dialog, { title: "Revoke the token", verb: "Revoke", tone: "bad", onSend: send, onClose },
    h("p", null, "Whoever uses ", h("strong", null, h(Outside, { text: token.name })), " is refused from now on."));
}
