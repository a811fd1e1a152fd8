// Asks again only for what has changed: every address remembers its entity tag. Tells what somebody did.

const BASE = "/api/v1";
const REMEMBERED = 200;
const answers = new Map();

/** An answer that is not as asked: its status, and the one line that says why. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The JSON at the path below /api/v1. Rejects with a Refusal, or a TypeError when the service does not answer. */
export async function ask(path) {
  const known = answers.get(path);
  const headers = known?.tag ? { "If-None-Match": known.tag } : {};
  const response = await fetch(BASE + path, { cache: "no-store", headers });
  if (response.status === 304 && known) return known.value;
  const value = await read(response);
  answers.delete(path);
  answers.set(path, { tag: response.headers.get("ETag"), value });
  if (answers.size > REMEMBERED) answers.delete(answers.keys().next().value);
  return value;
}

/** What the path answered last, or undefined. */
export function remembered(path) {
  return answers.get(path)?.value;
}

/** Posts, or uses another method; answers the JSON that comes back, null when there is none. */
export async function tell(path, body = {}, method = "POST") {
  const response = await fetch(BASE + path, {
    method,
    cache: "no-store",
    headers: { "Content-Type": "application/json" },
    body: method === "DELETE" ? undefined : JSON.stringify(body),
  });
  return response.status === 204 ? null : read(response);
}

/** A path with its parameters; empty ones are left out, lists are joined by commas. */
export function path(start, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters ?? {})) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text !== null && text !== undefined && text !== "" && text !== false) query.set(name, text);
  }
  const written = query.toString();
  return written ? `${start}?${written}` : start;
}

async function read(response) {
  if (response.status === 401) signIn();
  const value = await response.json().catch(() => null);
  if (!response.ok) throw new Refusal(response.status, value?.error ?? `the service answered ${response.status}`);
  return value;
}

/** Goes to sign in, and comes back to the same place. */
function signIn() {
  sessionStorage.setItem("forebear-return", location.hash);
  location.assign("/sign-in");
}
