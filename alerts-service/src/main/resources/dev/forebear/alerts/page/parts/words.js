// How numbers, times, names and closed choices are said. Text from outside is made visible here, and never markup.

const VERDICTS = {
  "derived": "Derived",
  "same-weights": "Same weights",
  "shares-an-ancestor": "Shares an ancestor",
  "shared-initialisation-or-lineage": "Shared start",
  "no-evidence": "No evidence",
  "not-comparable": "Not comparable",
};
const RULES = {
  "quarantined-ancestor": "Quarantined ancestor",
  "undisclosed-ancestry": "Undisclosed ancestor",
  "false-claim-from-scratch": "False claim of training from scratch",
  "contradicted-declaration": "Declared base contradicted",
  "copy-of-someone-elses": "Copy of someone else's weights",
  "not-analysed": "Could not be analysed",
};

export function verdict(word) {
  return VERDICTS[word] ?? sentence(word);
}

export function ruleWords(rule) {
  return RULES[rule] ?? sentence(rule);
}

/** "positional-sketch" as "Positional sketch". */
export function sentence(word) {
  const text = word.replaceAll("-", " ").replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "2 alerts", "1 alert". */
export function plural(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** A total that may only be a bound: "10,000+". */
export function total(number, bound) {
  return `${number.toLocaleString("en")}${bound ? "+" : ""}`;
}

/** "a, b and c". */
export function listed(parts) {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

// Control characters, joiners and marks that change the direction: what could hide or reorder what follows.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The text with what cannot be seen written out: a line feed as ␊, a right-to-left override as ‹U+202E›. */
export function visible(text) {
  return String(text).replace(UNSEEN, (character) => {
    const code = character.codePointAt(0);
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    return code === 0x7f ? "␡" : `‹U+${code.toString(16).toUpperCase().padStart(4, "0")}›`;
  });
}

/** Registry, name and version of a model version id or, without a version, of a model id. */
export function parts(id) {
  const slash = id.indexOf("/");
  if (slash < 0) return { registry: null, name: id, version: null };
  const at = id.lastIndexOf("@");
  return at > slash
    ? { registry: id.slice(0, slash), name: id.slice(slash + 1, at), version: id.slice(at + 1) }
    : { registry: id.slice(0, slash), name: id.slice(slash + 1), version: null };
}

/** The model of a model version. */
export function modelOf(id) {
  const { version } = parts(id);
  return version === null ? id : id.slice(0, id.length - version.length - 1);
}

/** A revision by its first digits, as version control shows it; other versions as they are. */
export function shortVersion(version) {
  return /^[0-9a-f]{16,}$/.test(version) ? version.slice(0, 8) : version;
}

export function agoText(iso, now) {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000);
  if (seconds < 10) return "just now";
  return seconds >= 86400 * 14 ? date(iso) : `${span(seconds)} ago`;
}

export function untilText(iso, now) {
  const seconds = (Date.parse(iso) - now) / 1000;
  if (seconds <= 0) return "now";
  return seconds >= 86400 * 60 ? `until ${date(iso)}` : `in ${span(seconds)}`;
}

function span(seconds) {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400 * 2) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} days`;
}

/** "20 Nov 2026". */
export function date(iso) {
  return new Date(iso).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}

/** "20 Nov 2026, 08:00". */
export function dateTime(iso) {
  return `${date(iso)}, ${new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`;
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
  return `${Math.round(millis / 86_400_000)} days`;
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

function significant(value) {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(2));
}
