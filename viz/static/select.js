/** What is shown. Picture, counts, card and table all read this one answer, so they cannot disagree. */

import { claimsOf } from "./model.js";

/** The filters, in the order of the legend. */
export const FACETS = ["class", "strength", "voice", "modality", "predicate"];

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Link} Link
 * @typedef {import("./model.js").Claim} Claim
 * @typedef {{off: Record<string, Set<string>>, node: string | null, link: string | null, scope: number,
 *   unlinked: boolean, view: string}} State
 * @typedef {{nodes: Set<string>, edges: Link[], attributes: Link[], claims: Claim[],
 *   claimIds: Set<string>, facets: Record<string, Map<string, number>>, filtered: boolean}} Selection
 */

/**
 * The shown entities, links and claims of a state, with the counts of every filter row.
 * @param {Model} model
 * @param {State} state
 * @returns {Selection}
 */
export function select(model, state) {
  const passed = passing(model, state, null);
  const near = reach(passed, state);
  const links = near === null ? passed : passed.filter((link) => within(link, near));
  const nodes = new Set(links.flatMap(ends));
  if (state.node !== null) nodes.add(state.node);
  for (const end of ends(model.linkById.get(state.link ?? ""))) nodes.add(end);
  if (state.unlinked && near === null) {
    for (const id of unlinked(model)) {
      if (!state.off.class.has(classOf(model, id))) nodes.add(id);
    }
  }
  const claims = links.flatMap((link) => heard(model, link, state, null));
  return {
    nodes,
    edges: links.filter((link) => link.object !== undefined),
    attributes: links.filter((link) => link.object === undefined),
    claims,
    claimIds: new Set(claims.map((claim) => claim.id)),
    facets: Object.fromEntries(FACETS.map((facet) => [facet, countFacet(model, state, facet, nodes)])),
    filtered: FACETS.some((facet) => state.off[facet].size > 0) || near !== null,
  };
}

/**
 * Entities without any link: they speak, or wait for claims.
 * @param {Model} model
 * @returns {string[]}
 */
export function unlinked(model) {
  return [...model.linksOf].filter(([, links]) => links.length === 0).map(([id]) => id);
}

/**
 * Links that pass every filter but one.
 * @param {Model} model
 * @param {State} state
 * @param {string | null} but
 */
function passing(model, state, but) {
  return model.links.filter(
    (link) =>
      allows(state, but, "strength", link.strength) &&
      allows(state, but, "predicate", link.predicate) &&
      ends(link).every((id) => id === state.node || allows(state, but, "class", classOf(model, id))) &&
      heard(model, link, state, but).length > 0,
  );
}

/**
 * Claims of a link that pass voice and modality.
 * @param {Model} model
 * @param {Link} link
 * @param {State} state
 * @param {string | null} but
 */
function heard(model, link, state, but) {
  return claimsOf(model, link).filter(
    (claim) => allows(state, but, "voice", claim.voice) && allows(state, but, "modality", claim.modality),
  );
}

/**
 * @param {State} state
 * @param {string | null} but
 * @param {string} facet
 * @param {string} value
 */
function allows(state, but, facet, value) {
  return facet === but || !state.off[facet].has(value);
}

/**
 * What a row of the legend would show or shows: entities, links or claims, by the other filters.
 * @param {Model} model
 * @param {State} state
 * @param {string} facet
 * @param {Set<string>} shown
 */
function countFacet(model, state, facet, shown) {
  const passed = passing(model, state, facet);
  const near = reach(passed, state);
  const links = near === null ? passed : passed.filter((link) => within(link, near));
  /** @type {Map<string, number>} */
  const counts = new Map();
  const add = (/** @type {string} */ value) => counts.set(value, (counts.get(value) ?? 0) + 1);
  if (facet === "class") {
    for (const id of new Set([...links.flatMap(ends), ...shown])) add(classOf(model, id));
  } else if (facet === "strength" || facet === "predicate") {
    for (const link of links) add(link[facet]);
  } else {
    for (const link of links) {
      for (const claim of heard(model, link, state, facet))
        add(facet === "voice" ? claim.voice : claim.modality);
    }
  }
  return counts;
}

/**
 * Entities within the scope of the selected one, or null for no limit.
 * @param {Link[]} links
 * @param {State} state
 * @returns {Set<string> | null}
 */
function reach(links, state) {
  if (state.scope === 0 || state.node === null) return null;
  const reached = new Set([state.node]);
  for (let step = 0; step < state.scope; step += 1) {
    const before = new Set(reached);
    for (const link of links) {
      if (link.object === undefined) continue;
      if (before.has(link.subject)) reached.add(link.object);
      if (before.has(link.object)) reached.add(link.subject);
    }
  }
  return reached;
}

/**
 * @param {Link} link
 * @param {Set<string>} near
 */
function within(link, near) {
  return ends(link).every((id) => near.has(id));
}

/**
 * Entities at the ends of a link.
 * @param {Link | undefined} link
 * @returns {string[]}
 */
export function ends(link) {
  if (link === undefined) return [];
  return link.object === undefined ? [link.subject] : [link.subject, link.object];
}

/**
 * @param {Model} model
 * @param {string} id
 */
function classOf(model, id) {
  return model.entities.get(id)?.nodeClass ?? "";
}
