// The page: who asks, where they are, and the part of the page that shows it.

import { h, render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { heard, onState, start } from "./app/live.js";
import { PAGES } from "./app/pages.js";
import { go } from "./app/router.js";
import { Shell } from "./app/shell.js";
import { Me, useAsk, useRoute } from "./app/use.js";
import { Answer, Empty } from "./parts/frames.js";

const loaded = new Map();

function App() {
  const me = useAsk("/me");
  const route = useRoute();
  return h(Me.Provider, { value: me.value ?? null },
    h(Shell, { route, me: me.value ?? null },
      me.value === undefined && !me.problem ? h(Answer, { of: me, whole: true }, () => null) : h(Page, { route })));
}

/** The part that the address names; its module is loaded when it is first shown. */
function Page({ route }) {
  const page = PAGES[route.name];
  const [, redraw] = useState(0);
  const [problem, setProblem] = useState(null);
  const shown = useRef(null);
  const module = loaded.get(route.name);
  useEffect(() => {
    if (!page || loaded.has(route.name)) return;
    page.load().then((found) => {
      loaded.set(route.name, found.default);
      redraw((count) => count + 1);
    }, (failure) => {
      heard(false);
      setProblem(failure);
    });
  }, [route.name]);
  useEffect(() => problem ? onState((state) => state === "lost" || location.reload()) : undefined, [problem]);
  useEffect(() => {
    if (!module) return;
    const here = `${route.name}/${route.id}`;
    if (shown.current !== null && shown.current !== here && route.name !== "alerts") {
      document.querySelector("main h1")?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    shown.current = here;
  }, [module, route.name, route.id]);
  if (!page) return h(Empty, { title: "There is no such page", whole: true }, h("p", null, h("a", { href: "#/overview" }, "To the overview")));
  if (problem) return h(Empty, { title: "This page could not be loaded", whole: true }, h("p", null, problem.message));
  return module ? h(module, { key: route.name, id: route.id, query: route.query }) : null;
}

/** Somebody who had to sign in comes back to where they were; addresses of former releases still lead somewhere. */
function arrive() {
  const before = sessionStorage.getItem("forebear-return");
  sessionStorage.removeItem("forebear-return");
  if (before && location.hash.length < 3) go(before, { replace: true });
  const former = { "#/matches": "#/models?proven=true", "#/uploads": "#/models" }[location.hash];
  if (former) go(former, { replace: true });
}

arrive();
start();
render(h(App), document.getElementById("app"));
document.querySelector(".first-light")?.remove();
