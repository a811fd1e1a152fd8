// How numbers, times and names are said.

import { h } from "./dom.js";

const VERDICTS = {
  "derived": "Derived",
  "same-weights": "Same weights",
  "shares-an-ancestor": "Shares an ancestor",
  "shared-initialisation-or-lineage": "Shared start",
  "no-evidence": "No evidence",
  "not-comparable": "Not comparable",
};

export function verdict(word) {
  return VERDICTS[word] ?? sentence(word);
}

/** "positional-sketch" as "Positional sketch". */
export function sentence(word) {
  const text = word.replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A model version id with its name set apart from registry and version. */
export function modelName(id) {
  const slash = id.indexOf("/");
  const at = id.lastIndexOf("@");
  if (slash < 0 || at < slash) return h("span", { class: "model" }, id);
  return h("span", { class: "model", title: id },
    h("span", { class: "model-registry" }, id.slice(0, slash + 1)),
    h("span", { class: "model-name" }, id.slice(slash + 1, at)),
    h("span", { class: "model-version" }, "@", shortVersion(id.slice(at + 1))));
}

/** A revision by its first digits, as version control shows it; other versions as they are. */
function shortVersion(version) {
  return /^[0-9a-f]{16,}$/.test(version) ? version.slice(0, 8) : version;
}

/** How likely a match is by chance, in a few words; a base that an adapter declares was not put to a test. */
export function likelihood(base) {
  if (base.basis === "declared") return ["by declaration"];
  if (base.verdict === "same-weights") return ["identical"];
  return [odds(base.log10EValue), " by chance", base.basis === "empirical" ? " (empirical)" : null];
}

/** An expected number of chance matches, for example "1 in 10⁷⁸". */
export function odds(log10) {
  if (log10 === null) return h("span", null, "unknown");
  if (log10 <= -300) return h("span", null, "under 1 in 10", h("sup", null, "300"));
  if (log10 <= -4) return h("span", null, "1 in 10", h("sup", null, Math.round(-log10)));
  if (log10 <= 0) return h("span", null, `1 in ${Math.round(10 ** -log10).toLocaleString("en")}`);
  return h("span", null, "expected by chance");
}

/** A text with "10^78" set as a power. */
export function powers(text) {
  return text.split(/(?<=10)\^(\d{1,3})/).map((part, index) => (index % 2 === 1 ? h("sup", null, part) : part));
}

/** A time as "3 min ago", which grows older by itself. */
export function ago(iso) {
  return h("time", { datetime: iso, title: new Date(iso).toLocaleString() }, agoText(iso));
}

function agoText(iso) {
  const seconds = Math.max(0, (Date.now() - Date.parse(iso)) / 1000);
  if (seconds < 10) return "just now";
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  if (seconds < 86400 * 14) return `${Math.floor(seconds / 86400)} d ago`;
  return new Date(iso).toISOString().slice(0, 10);
}

export function refreshTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const text = agoText(time.dateTime);
    if (time.textContent !== text) time.textContent = text;
  }
}

export function bytes(count) {
  if (count === null) return "";
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${significant(value)} ${units[unit]}`;
}

export function duration(millis) {
  if (millis === null) return "";
  if (millis < 1000) return `${millis} ms`;
  if (millis < 60_000) return `${significant(millis / 1000)} s`;
  if (millis < 3_600_000) return `${Math.floor(millis / 60_000)} min ${Math.round((millis % 60_000) / 1000)} s`;
  if (millis < 172_800_000) return `${Math.round(millis / 3_600_000)} h`;
  return `${Math.round(millis / 86_400_000)} d`;
}

export function count(number) {
  if (number === null) return "";
  if (number >= 1e9) return `${significant(number / 1e9)} billion`;
  if (number >= 1e6) return `${significant(number / 1e6)} million`;
  return number.toLocaleString("en");
}

export function decimal(value) {
  if (value === null) return "–";
  const size = Math.abs(value);
  return size !== 0 && (size < 0.001 || size >= 100_000) ? value.toExponential(2) : String(Number(value.toPrecision(3)));
}

export function plural(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

function significant(value) {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(2));
}
