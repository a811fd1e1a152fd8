// Asks again only for what has changed: every address remembers its entity tag.

const answers = new Map();

/** The JSON at the path, and whether it differs from the last time. Rejects when the service does not answer. */
export async function ask(path) {
  const known = answers.get(path);
  const response = await fetch(path, {
    cache: "no-store",
    headers: known?.tag ? { "If-None-Match": known.tag } : {},
  });
  if (response.status === 304 && known) return { value: known.value, changed: false };
  const value = await response.json();
  if (!response.ok) throw new Error(value.error ?? `status ${response.status}`);
  answers.set(path, { tag: response.headers.get("ETag"), value });
  if (answers.size > 200) answers.delete(answers.keys().next().value);
  return { value, changed: true };
}

/** Path of one thing by its id, which may hold any character. */
export function byId(collection, id) {
  return `/api/${collection}?id=${encodeURIComponent(id)}`;
}
