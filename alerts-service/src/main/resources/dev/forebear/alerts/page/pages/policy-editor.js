// A text to try: checked while one writes, previewed on everything that is known.

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ask, tell } from "../app/api.js";
import { useSettled } from "../app/use.js";
import { Section } from "../parts/frames.js";
import { Outside } from "../parts/names.js";
import { plural } from "../parts/words.js";
import { Counts } from "./policy-counts.js";

const SETTLED_MILLIS = 350;
const AGAIN_MILLIS = 700;

export function Editor({ start }) {
  const [text, setText] = useState(start);
  const [check, setCheck] = useState(null);
  const [preview, setPreview] = useState(null);
  const [problem, setProblem] = useState(null);
  const settled = useSettled(text, SETTLED_MILLIS);
  const field = useRef(null);
  const gutter = useRef(null);
  const turn = useRef(0);
  useEffect(() => {
    let latest = true;
    tell("/policy/check", { text: settled }).then((answer) => latest && setCheck(answer), (failure) => latest && setProblem(failure.message));
    return () => {
      latest = false;
    };
  }, [settled]);
  useEffect(() => () => {
    turn.current = -1;
  }, []);
  const run = async () => {
    const mine = ++turn.current;
    setProblem(null);
    setPreview({ state: "running", done: 0, total: 0, rules: [], problems: [] });
    try {
      let counted = await tell("/policy/preview", { text });
      while (turn.current === mine) {
        setPreview(counted);
        if (counted.state !== "running") break;
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLIS));
        counted = await ask(`/policy/previews/${encodeURIComponent(counted.id)}`);
      }
    } catch (failure) {
      setPreview(null);
      setProblem(failure.message);
    }
  };
  const jump = ({ line, column }) => {
    const before = text.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    field.current.focus();
    field.current.setSelectionRange(before + Math.max(0, column - 1), before + Math.max(0, column - 1));
    field.current.scrollTop = Math.max(0, (line - 6) * 20);
  };
  const lines = text.split("\n").length;
  const wrong = new Set((check?.problems ?? []).map((each) => each.line));
  return h("div", { class: "policy-editor" },
    h(Section, { title: "A text to try", note: "Nothing here comes into use: put it into the policy's file for that." },
      h("div", { class: "editor" },
        h("div", { class: "editor-lines", ref: gutter, "aria-hidden": "true" }, Array.from({ length: lines }, (_, index) =>
          h("span", { key: index, class: wrong.has(index + 1) ? "wrong" : "" }, index + 1))),
        h("textarea", {
          ref: field, id: "policy-text", "aria-label": "Policy", "aria-describedby": "policy-check", "aria-invalid": String(check?.valid === false),
          spellcheck: false, wrap: "off", rows: 22, value: text,
          onInput: (event) => {
            setText(event.target.value);
            setCheck(null);
          },
          onScroll: (event) => {
            gutter.current.scrollTop = event.target.scrollTop;
          },
        })),
      h("div", { id: "policy-check", class: "check-result", role: "status" }, h(Check, { check, jump })),
      h("div", { class: "actions" },
        h("button", { type: "button", class: "primary", disabled: check?.valid !== true, onClick: run }, "Preview on what is known"),
        h("button", { type: "button", onClick: () => setText(start), disabled: text === start }, "Back to the policy in use")),
      problem ? h("p", { class: "callout bad", role: "alert" }, problem) : null),
    preview ? h(Section, { title: "Preview", note: "Against what the policy in use finds." }, h(Counts, { preview })) : null);
}

function Check({ check, jump }) {
  if (check === null) return h("p", { class: "quiet" }, "Checking");
  if (check.valid) return h("p", { class: "fine" }, `This is a policy with ${plural(check.rules.filter((rule) => rule.enabled).length, "rule")} switched on.`);
  return h("ul", { class: "problems" }, check.problems.map((problem, index) => h("li", { key: index },
    problem.line > 0 ? h("button", { type: "button", onClick: () => jump(problem) }, `${problem.line}:${problem.column}`) : null,
    h(Outside, { text: problem.message }))));
}
