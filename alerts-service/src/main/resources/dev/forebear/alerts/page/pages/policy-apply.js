// Applying the policy in use to everything that is known: counted first, then done.

import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ask, tell } from "../app/api.js";
import { changed } from "../app/live.js";
import { Dialog, Field } from "../parts/dialog.js";
import { say } from "../parts/notes.js";
import { ruleWords } from "../parts/words.js";
import { Counts } from "./policy-counts.js";

const AGAIN_MILLIS = 700;

export function Apply({ policy, onClose }) {
  const [rule, setRule] = useState("");
  const [counted, setCounted] = useState(null);
  const [problem, setProblem] = useState(null);
  useEffect(() => {
    let wanted = true;
    setCounted(null);
    setProblem(null);
    count(rule || null, () => wanted, setCounted).catch((failure) => wanted && setProblem(failure.message));
    return () => {
      wanted = false;
    };
  }, [rule]);
  const send = async (fields) => {
    await tell("/policy/applications", { rule: rule || null, policyVersion: policy.version, notify: fields.notify === "yes", dryRun: false });
    say("The policy is being applied; alerts change as it is done.");
    changed();
  };
  const ready = counted !== null && counted.state === "done";
  return h(Dialog, { title: "Apply the policy to what is known", verb: ready ? "Apply" : null, onSend: send, onClose },
    h("p", null, "New reports are held against the policy by themselves. This holds what was reported before against it, too."),
    h(Field, { label: "Rule" }, h("select", { value: rule, onChange: (event) => setRule(event.target.value) },
      h("option", { value: "" }, "All rules"), policy.rules.filter((each) => each.enabled).map((each) => h("option", { key: each.name, value: each.name }, ruleWords(each.name))))),
    problem ? h("p", { class: "callout bad", role: "alert" }, problem) : counted === null ? h("p", { class: "quiet", role: "status" }, "Counting") : h(Counts, { preview: counted }),
    h("label", { class: "check" }, h("input", { type: "checkbox", name: "notify", value: "yes" }), h("span", null, "Tell the channels of what is found")));
}

async function count(rule, wanted, show) {
  let answer = await tell("/policy/applications", { rule, dryRun: true });
  while (wanted()) {
    show(answer);
    if (answer.state !== "running") return;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MILLIS));
    answer = await ask(`/policy/previews/${encodeURIComponent(answer.id)}`);
  }
}
