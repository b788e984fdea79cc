/** The page: one state, one selection, and everything that shows it. */

import { byId, copy, fill } from "./dom.js";
import { readModel } from "./model.js";
import { select } from "./select.js";
import { createStore } from "./state.js";
import { createGraph } from "./graph.js";
import { showCard } from "./card.js";
import { capital } from "./claim.js";
import { createSearch } from "./search.js";
import { createLegend } from "./legend.js";
import { createTable } from "./table.js";

/**
 * @typedef {import("./select.js").State} State
 * @typedef {import("./select.js").Selection} Selection
 */

const COLOURS = ["paper", "ink", "muted", "accent", "alarm", "line", "line-fact", "line-faint"];

const model = readModel(JSON.parse(byId("data").textContent ?? "{}"));
const store = createStore(model);
const narrow = matchMedia("(max-width: 860px)");
/** Where the keyboard came from, to go back to on Escape. @type {HTMLElement | null} */
let origin = null;
/** @type {Selection} */
let selection = select(model, store.get());

const graph = createGraph(byId("graph"), model, {
  node: (id) => store.set({ node: id, link: null }),
  link: openLink,
  nothing: clear,
});
const search = createSearch(model, (id) => {
  origin = byId("search");
  store.set({ node: id, link: null, view: "graph" });
  graph.centre();
  byId("card").focus({ preventScroll: true });
});
const showLegend = createLegend(byId("legend"), model, (change) => store.set(change), store.get);
const showTable = createTable(byId("table"), model, openLink);

const acts = {
  node: (/** @type {string} */ id) => {
    store.set({ node: id, link: null });
    graph.centre();
    byId("card").focus({ preventScroll: true });
  },
  link: openLink,
  scope: (/** @type {number} */ steps) => {
    store.set({ scope: steps });
    graph.fit();
  },
  close: clear,
};

/** @param {string} id */
function openLink(id) {
  store.set({ link: id, node: null });
}

function clear() {
  store.set({ node: null, link: null, scope: 0 });
  search.show("");
  origin?.focus();
  origin = null;
}

/** @param {State} state @param {State | null} before */
function show(state, before) {
  selection = select(model, state);
  showLegend(state, selection);
  const table = state.view === "table";
  byId("graph").toggleAttribute("inert", table);
  byId("table").hidden = !table;
  byId("view-graph").setAttribute("aria-pressed", String(!table));
  byId("view-table").setAttribute("aria-pressed", String(table));
  // Beside the table there is nothing to start from.
  byId("graph").parentElement?.parentElement?.classList.toggle(
    "wide",
    table && state.node === null && state.link === null,
  );
  if (table) showTable(selection);
  graph.show(state, selection);
  showCard(byId("card"), model, state, selection, acts);
  if (before === null || before.node !== state.node || before.link !== state.link) byId("card").scrollTop = 0;
  showStatus(state);
}

/** @param {State} state */
function showStatus(state) {
  const entity = model.entities.get(state.node ?? "");
  const edges = model.links.filter((link) => link.object !== undefined).length;
  const chosen = entity
    ? `${entity.label}, ${(entity.classes ?? [])[0] ?? "entity"}, ${entity.degree} ${entity.degree === 1 ? "link" : "links"}. `
    : "";
  const counted =
    `Showing ${selection.nodes.size} of ${model.entities.size} entities, ${selection.edges.length} of ${edges} links, ` +
    `${selection.claims.length} of ${model.claims.size} claims`;
  const off = Object.values(state.off).reduce((sum, values) => sum + values.size, 0);
  const none = selection.claims.length === 0 ? " · nothing passes the filters: use “Show everything”" : "";
  const filters = off > 0 ? ` · ${off} ${off === 1 ? "filter" : "filters"} on` : "";
  const unknown = store.unknown.length > 0 ? ` · not in this page: ${store.unknown.join(", ")}` : "";
  fill(byId("status"), chosen, counted, filters, none, unknown);
  byId("graph-text").textContent = `${capital(chosen)}${counted}. The table view lists every claim shown.`;
}

function readColours() {
  const style = getComputedStyle(document.documentElement);
  const names = [...COLOURS, ...model.data.groups.map((/** @type {any} */ group) => `g-${group.id}`)];
  graph.paint(Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])));
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  readColours();
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    if (byId("legend").classList.contains("open")) toggleFilters();
    else clear();
  } else if (event.key === "/" && !(target instanceof HTMLInputElement && target.type === "text")) {
    event.preventDefault();
    search.focus();
  } else if (target.id === "graph" || byId("graph").contains(target)) onGraphKey(event);
}

/** @param {KeyboardEvent} event */
function onGraphKey(event) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (way !== undefined) {
    event.preventDefault();
    const from = store.get().node;
    const first = [...selection.nodes].sort(
      (a, b) => (model.entities.get(b)?.degree ?? 0) - (model.entities.get(a)?.degree ?? 0),
    )[0];
    const next = from === null ? first : graph.towards(from, way[0], way[1]);
    if (next !== null && next !== undefined) {
      store.set({ node: next, link: null });
      graph.centre();
    }
  } else if (event.key === "Enter" && store.get().node !== null) {
    origin = byId("graph");
    byId("card").focus();
  } else if (event.key === "+" || event.key === "=") graph.zoom(1.25);
  else if (event.key === "-") graph.zoom(0.8);
  else if (event.key === "0") graph.fit();
}

function toggleFilters() {
  const open = byId("legend").classList.toggle("open");
  byId("filters-button").setAttribute("aria-expanded", String(open));
}

byId("view-graph").addEventListener("click", () => store.set({ view: "graph" }));
byId("view-table").addEventListener("click", () => store.set({ view: "table" }));
byId("zoom-in").addEventListener("click", () => graph.zoom(1.25));
byId("zoom-out").addEventListener("click", () => graph.zoom(0.8));
byId("zoom-fit").addEventListener("click", () => graph.fit());
byId("theme").addEventListener("click", switchTheme);
byId("filters-button").addEventListener("click", toggleFilters);
byId("copy-link").addEventListener("click", async () => {
  const done = await copy(location.href);
  fill(byId("copy-link"), done ? "Copied" : "Could not copy");
  setTimeout(() => fill(byId("copy-link"), "Copy link"), 1500);
});
document.addEventListener("keydown", onKey);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", readColours);

store.subscribe(show);
readColours();
show(store.get(), null);
graph.fit();
graph.centre();
narrow.addEventListener("change", () => graph.fit());

/** For tests and for curious people: what is shown, read-only. */
Object.defineProperty(window, "cbdcKg", {
  value: Object.freeze({
    positions: graph.positions,
    labels: graph.labels,
    pointOf: graph.pointOf,
    endOf: graph.endOf,
    drawn: graph.drawn,
    bodies: graph.bodies,
    moves: graph.moves,
    state: () => structuredClone(store.get()),
    shown: () => ({
      nodes: [...selection.nodes],
      links: [...selection.edges, ...selection.attributes].map((link) => link.id),
      claims: [...selection.claimIds],
    }),
  }),
});
document.fonts.ready.then(() => requestAnimationFrame(() => (document.body.dataset.ready = "1")));
