// The text of a policy with its lines numbered, and the texts that were in use before it.

import { h } from "preact";
import { path } from "../app/api.js";
import { go, to } from "../app/router.js";
import { useList } from "../app/use.js";
import { Answer, Footer } from "../parts/frames.js";
import { At } from "../parts/marks.js";
import { Outside } from "../parts/names.js";
import { plural, visible } from "../parts/words.js";

/** A text with numbered lines; changes, when given, say for each line whether it came or went. */
export function Code({ text, label, changes = null }) {
  const lines = changes ?? text.replace(/\n$/, "").split("\n").map((line) => ({ line, sign: " " }));
  let number = 0;
  return h("div", { class: "code", tabIndex: 0, role: "region", "aria-label": label },
    h("pre", null, lines.map(({ line, sign }, index) => {
      if (sign !== "-") number++;
      return h("span", { key: index, class: sign === "+" ? "line came" : sign === "-" ? "line went" : "line" },
        h("span", { class: "line-number", "aria-hidden": "true" }, sign === "-" ? "" : number),
        changes ? h("span", { class: "line-sign" }, sign) : null,
        h("span", null, pieces(line)), "\n");
    })));
}

/** Comments, keys and the rest of a line of YAML. */
function pieces(line) {
  const comment = line.match(/(^|\s)#.*$/);
  const code = comment ? line.slice(0, comment.index) : line;
  const key = code.match(/^(\s*(?:- )?)([\w.-]+)(:)(?=\s|$)/);
  return [
    key ? [key[1], h("b", null, visible(key[2])), key[3], visible(code.slice(key[0].length))] : visible(code),
    comment ? h("i", null, visible(comment[0])) : null,
  ];
}

export function Versions({ current, shown }) {
  const list = useList(path("/policy/versions", { limit: 20 }));
  return h("div", null, h(Answer, { of: list, lines: 3 }, () => {
    const before = list.items.filter((each) => each.version !== current.version);
    if (before.length === 0) return h("p", { class: "quiet" }, "No other policy was in use.");
    return h("ul", { class: "versions" }, before.map((each) => {
      const open = each.version === shown;
      const changes = differences(each.text, current.text);
      const moved = changes.filter((change) => change.sign !== " ").length;
      return h("li", { key: each.version },
        h("button", { type: "button", class: "quiet", "aria-expanded": String(open), onClick: () => go(to("policy", null, { version: open ? null : each.version }), { replace: true }) },
          h("strong", null, h(Outside, { text: each.source === "standard" ? "The standard policy" : each.source })), ", in use from ", h(At, { at: each.loadedAt }),
          h("span", { class: "quiet" }, `: ${plural(moved, "line")} of difference to today`)),
        open ? h(Code, { text: each.text, changes, label: "What is different today" }) : null);
    }));
  }), h(Footer, { list, noun: "policy", many: "policies" }));
}

/** Lines that went and came between two texts, by their longest common sequence. */
export function differences(before, after) {
  const a = before.split("\n");
  const b = after.split("\n");
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i][j] = a[i] === b[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const lines = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ line: a[i], sign: " " });
      i++;
      j++;
    } else if (i < a.length && (j === b.length || common[i + 1][j] >= common[i][j + 1])) lines.push({ line: a[i++], sign: "-" });
    else lines.push({ line: b[j++], sign: "+" });
  }
  return lines;
}
