// Says when something changed: by server-sent events, or by the clock while they do not come.

const POLL_MILLIS = 5000;
const AGAIN_MILLIS = 10_000;
/** Lists are asked for again this often at most, however fast things change. */
const QUIET_MILLIS = 800;

const listeners = new Set();
const watchers = new Set();
let state = "connecting";
let source = null;
let polling = null;
let due = null;
let last = 0;

/** connecting, live, polling or lost. */
export function liveState() {
  return state;
}

/** Calls when something may have changed; answers how to stop. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls when the connection changed; answers how to stop. */
export function onState(watcher) {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Tells whether the last question was answered at all. */
export function heard(answered) {
  if (!answered) become("lost");
  else if (state === "lost" || state === "connecting") become(source?.readyState === EventSource.OPEN ? "live" : "polling");
}

/** Starts to listen. A page that nobody sees does not: browsers allow a host few connections. */
export function start() {
  document.addEventListener("visibilitychange", () => (document.hidden ? pause() : open()));
  if (!document.hidden) open();
}

/** Says at once that something changed, such as after an action of one's own. */
export function changed() {
  clearTimeout(due);
  due = null;
  last = Date.now();
  for (const listener of [...listeners]) listener();
}

function open() {
  if (source) return;
  source = new EventSource("/api/v1/events");
  source.addEventListener("hello", () => {
    poll(false);
    become("live");
    changedSoon();
  });
  source.addEventListener("changed", changedSoon);
  source.addEventListener("bye", retry);
  source.onerror = retry;
}

function retry() {
  source?.close();
  source = null;
  poll(true);
  if (state === "live") become("polling");
  setTimeout(() => {
    if (!document.hidden) open();
  }, AGAIN_MILLIS);
}

function pause() {
  source?.close();
  source = null;
  poll(false);
}

function poll(on) {
  clearInterval(polling);
  polling = on ? setInterval(changed, POLL_MILLIS) : null;
}

function changedSoon() {
  due ??= setTimeout(changed, Math.max(0, last + QUIET_MILLIS - Date.now()));
}

function become(next) {
  if (state === next) return;
  state = next;
  for (const watcher of [...watchers]) watcher(next);
}
