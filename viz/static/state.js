/** The state of the page, kept in the address after the `#`, so that every view can be sent to somebody. */

import { FACETS } from "./select.js";

/**
 * @typedef {import("./select.js").State} State
 * @typedef {import("./model.js").Model} Model
 */

/**
 * Nothing selected, nothing filtered.
 * @returns {State}
 */
export function freshState() {
  return {
    off: Object.fromEntries(FACETS.map((facet) => [facet, new Set()])),
    node: null,
    link: null,
    scope: 0,
    unlinked: false,
    view: "graph",
  };
}

/**
 * The state as the part after `#`. Ids, not places in lists, so that old links survive a new build.
 * @param {State} state
 */
export function toHash(state) {
  const parts = [];
  if (state.node !== null) parts.push(`n=${encodeURIComponent(state.node)}`);
  if (state.link !== null) parts.push(`l=${encodeURIComponent(state.link)}`);
  if (state.scope > 0) parts.push(`d=${state.scope}`);
  if (state.view !== "graph") parts.push(`view=${state.view}`);
  if (state.unlinked) parts.push("u=1");
  for (const facet of FACETS) {
    const off = [...state.off[facet]].sort().map(encodeURIComponent);
    if (off.length > 0) parts.push(`x.${facet}=${off.join(",")}`);
  }
  return parts.length > 0 ? `#v=1&${parts.join("&")}` : "";
}

/**
 * Read a state back. What the page does not hold is left out and named in `unknown`.
 * @param {Model} model
 * @param {string} hash
 * @returns {{state: State, unknown: string[]}}
 */
export function fromHash(model, hash) {
  const state = freshState();
  /** @type {string[]} */
  const unknown = [];
  for (const part of hash.replace(/^#/, "").split("&")) {
    const cut = part.indexOf("=");
    const name = part.slice(0, cut);
    const value = part.slice(cut + 1);
    if (name === "n") state.node = known(model.entities, decode(value), unknown);
    else if (name === "l") state.link = known(model.linkById, decode(value), unknown);
    else if (name === "d") state.scope = value === "1" ? 1 : value === "2" ? 2 : 0;
    else if (name === "view") state.view = value === "table" ? "table" : "graph";
    else if (name === "u") state.unlinked = value === "1";
    else if (name.startsWith("x.") && FACETS.includes(name.slice(2))) {
      state.off[name.slice(2)] = new Set(value.split(",").map(decode));
    }
  }
  if (state.node !== null) state.link = null;
  return { state, unknown };
}

/**
 * @param {Map<string, unknown>} index
 * @param {string} id
 * @param {string[]} unknown
 */
function known(index, id, unknown) {
  if (index.has(id)) return id;
  unknown.push(id);
  return null;
}

/** @param {string} text */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Hold the state, tell everybody who listens, and keep the address in step.
 * @param {Model} model
 */
export function createStore(model) {
  const first = fromHash(model, location.hash);
  if (model.data.focus && location.hash.length < 2) first.state.node = model.data.focus;
  let state = first.state;
  /** @type {((state: State, before: State) => void)[]} */
  const listeners = [];
  const tell = (/** @type {State} */ before) => listeners.forEach((listen) => listen(state, before));

  window.addEventListener("popstate", () => {
    const before = state;
    state = fromHash(model, location.hash).state;
    tell(before);
  });

  return {
    unknown: first.unknown,
    get: () => state,
    /** @param {(state: State, before: State) => void} listen */
    subscribe: (listen) => void listeners.push(listen),
    /**
     * Change the state. A new selection can be left with the back button.
     * @param {Partial<State>} change
     */
    set(change) {
      const before = state;
      state = { ...state, ...change };
      const moved = before.node !== state.node || before.link !== state.link || before.view !== state.view;
      try {
        const address = location.pathname + location.search + toHash(state);
        if (moved) history.pushState(null, "", address);
        else history.replaceState(null, "", address);
      } catch {
        // A sandboxed frame has no history of its own: the view works, its address cannot be sent.
      }
      tell(before);
    },
  };
}
