// All parts of the page, in the order of the navigation.

export const PAGES = {
  overview: { title: "Overview", group: "watch", load: () => import("../pages/overview.js") },
  alerts: { title: "Alerts", group: "watch", load: () => import("../pages/alerts.js") },
  models: { title: "Models", group: "watch", load: () => import("../pages/models.js") },
  registries: { title: "Registries", group: "connect", load: () => import("../pages/registries.js") },
  deliveries: { title: "Deliveries", group: "connect", load: () => import("../pages/deliveries.js") },
  policy: { title: "Policy", group: "govern", load: () => import("../pages/policy.js") },
  exceptions: { title: "Exceptions", group: "govern", load: () => import("../pages/exceptions.js") },
  audit: { title: "Audit trail", group: "govern", load: () => import("../pages/audit.js") },
  "dead-letters": { title: "Dead letters", group: "operate", load: () => import("../pages/dead-letters.js") },
  tokens: { title: "Access tokens", group: "operate", role: "admin", load: () => import("../pages/tokens.js") },
  ancestors: { title: "Ancestor", load: () => import("../pages/ancestor.js") },
  search: { title: "Search", load: () => import("../pages/search.js") },
};

export const GROUPS = [
  { name: "watch", title: "Watch" },
  { name: "connect", title: "Connect" },
  { name: "govern", title: "Govern" },
  { name: "operate", title: "Operate" },
];
