// Addresses of the page: #/<page>/<id>?<parameters>. Ids go percent-encoded, since they hold slashes.

/** The page, the id and the parameters that the address names. */
export function route() {
  const [way, query = ""] = location.hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [name, ...rest] = way.split("/");
  return { name: name || "overview", id: rest.length > 0 ? decoded(rest.join("/")) : null, query: new URLSearchParams(query) };
}

/** The address of a page. */
export function to(name, id = null, parameters = null) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters ?? {})) {
    if (value !== null && value !== undefined && value !== "") query.set(key, value);
  }
  const written = query.toString().replaceAll("%2C", ",");
  return `#/${name}${id === null ? "" : `/${encodeURIComponent(id)}`}${written ? `?${written}` : ""}`;
}

/** Goes to an address; without a trace in the history where it only refines what is shown. */
export function go(address, { replace = false } = {}) {
  if (address === location.hash) return;
  if (replace) {
    history.replaceState(null, "", address);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    location.hash = address;
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
