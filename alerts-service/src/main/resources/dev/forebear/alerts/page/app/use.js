// What components share: the address, answers that stay fresh, who asks, and the time.

import { createContext } from "preact";
import { useCallback, useContext, useEffect, useRef, useState } from "preact/hooks";
import { ask, remembered, Refusal } from "./api.js";
import { heard, onChange } from "./live.js";
import { route } from "./router.js";

const ROLES = ["viewer", "responder", "admin"];
const TICK_MILLIS = 10_000;

export const Me = createContext(null);

/** Whether the caller may do what needs this role. */
export function useMay(role) {
  const me = useContext(Me);
  return me !== null && ROLES.indexOf(me.role) >= ROLES.indexOf(role);
}

/** The address, as it changes. */
export function useRoute() {
  const [now, set] = useState(route);
  useEffect(() => {
    const moved = () => set(route());
    window.addEventListener("hashchange", moved);
    return () => window.removeEventListener("hashchange", moved);
  }, []);
  return now;
}

/** The answer at a path: at once what it was last, then as it is, then as it changes. No path asks nothing. */
export function useAsk(path) {
  const [answer, set] = useState({ path: null, value: undefined, problem: null });
  const again = useCallback(() => path === null ? undefined : fetchInto(path, set), [path]);
  useEffect(() => {
    again();
    return onChange(again);
  }, [again]);
  if (answer.path === path) return { ...answer, again };
  return { value: path === null ? undefined : remembered(path), problem: null, again };
}

async function fetchInto(path, set) {
  try {
    const value = await ask(path);
    heard(true);
    set((known) => known.path === path && known.value === value && !known.problem ? known : { path, value, problem: null });
  } catch (failure) {
    heard(failure instanceof Refusal);
    set((known) => ({ path, value: known.path === path ? known.value : remembered(path), problem: failure }));
  }
}

/** Pages of a list: the first stays fresh, the others are added as they are asked for. */
export function useList(path) {
  const first = useAsk(path);
  const [more, setMore] = useState({ path, items: [], next: undefined });
  const older = more.path === path ? more : { items: [], next: undefined };
  const seen = new Set((first.value?.items ?? []).map(identity));
  const items = [...(first.value?.items ?? []), ...older.items.filter((item) => !seen.has(identity(item)))];
  const next = older.next === undefined ? first.value?.next ?? null : older.next;
  const showMore = async () => {
    const page = await ask(`${path}${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(next)}`);
    setMore({ path, items: [...older.items, ...page.items], next: page.next });
  };
  return { ...first, items, next, total: first.value?.total ?? 0, bound: first.value?.totalIsBound ?? false, showMore };
}

function identity(item) {
  return item.id ?? item.alertId ?? item.modelVersionId ?? JSON.stringify(item);
}

/** The time in milliseconds, which goes on by itself. */
export function useNow() {
  const [now, set] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), TICK_MILLIS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Names the document after what it shows. */
export function useTitle(title) {
  useEffect(() => {
    document.title = title ? `${title} · Forebear` : "Forebear";
  }, [title]);
}

/** Calls a listener of the window as long as the component is there; always the latest one. */
export function useWindow(event, listener) {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const call = (happened) => latest.current(happened);
    window.addEventListener(event, call);
    return () => window.removeEventListener(event, call);
  }, [event]);
}

/** Whether a condition on the screen holds. */
export function useMedia(condition) {
  const [holds, set] = useState(() => matchMedia(condition).matches);
  useEffect(() => {
    const media = matchMedia(condition);
    const change = () => set(media.matches);
    media.addEventListener("change", change);
    return () => media.removeEventListener("change", change);
  }, [condition]);
  return holds;
}

/** A value that has stayed the same for a while. */
export function useSettled(value, millis) {
  const [settled, set] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => set(value), millis);
    return () => clearTimeout(timer);
  }, [value, millis]);
  return settled;
}
