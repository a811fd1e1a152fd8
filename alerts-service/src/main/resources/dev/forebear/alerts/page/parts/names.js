// Names of models, people and teams, which come from outside: isolated, and with what cannot be seen written out.

import { h } from "preact";
import { to } from "../app/router.js";
import { modelOf, parts, shortVersion, visible } from "./words.js";

/** A text from outside. */
export function Outside({ text, ...rest }) {
  return h("bdi", rest, visible(text));
}

/** A model version id, or a model id, with its name set apart from registry and version. */
export function ModelName({ id, version = true }) {
  const part = parts(id);
  return h("bdi", { class: "model", title: visible(id) },
    part.registry === null ? null : h("span", { class: "model-registry" }, visible(part.registry), "/"),
    h("span", { class: "model-name" }, visible(part.name)),
    version && part.version !== null ? h("span", { class: "model-version" }, "@", visible(shortVersion(part.version))) : null);
}

/** The same as a way to the model's page. */
export function ModelLink({ id, version, ...rest }) {
  return h("a", { class: "model-link", href: to("models", id), ...rest }, h(ModelName, { id, version }));
}

/** A way to the page of an ancestor, from any version of it. */
export function AncestorLink({ id, ...rest }) {
  return h("a", { class: "model-link", href: to("ancestors", modelOf(id)), ...rest }, h(ModelName, { id: modelOf(id) }));
}
