// A question that must be answered first: a dialogue of the browser, which keeps the focus and ends by Escape.

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/**
 * A dialogue with a form. What is done on sending may take time and may fail, which is shown; when it succeeds, the
 * dialogue closes.
 */
export function Dialog({ title, verb, tone, onSend, onClose, children }) {
  const dialog = useRef(null);
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current.showModal();
    return () => before?.isConnected && before.focus({ preventScroll: true });
  }, []);
  const send = async (event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await onSend(Object.fromEntries(new FormData(event.target)));
      onClose();
    } catch (failure) {
      setProblem(failure.message);
      setBusy(false);
    }
  };
  return h("dialog", {
    ref: dialog, "aria-labelledby": "dialog-title", onClose,
    onClick: (event) => event.target === dialog.current && onClose(),
  },
  h("form", { class: "dialog", onSubmit: send },
    h("h2", { id: "dialog-title" }, title),
    children,
    problem ? h("p", { class: "callout bad", role: "alert" }, problem) : null,
    h("div", { class: "dialog-actions" },
      h("button", { type: "button", onClick: onClose }, verb ? "Cancel" : "Close"),
      verb ? h("button", { type: "submit", class: `primary ${tone ?? ""}`, disabled: busy }, verb) : null)));
}

/** A field with its name and what helps to fill it in. */
export function Field({ label, help, children }) {
  return h("label", { class: "field" },
    h("span", { class: "field-label" }, label),
    children,
    help ? h("span", { class: "field-help" }, help) : null);
}
