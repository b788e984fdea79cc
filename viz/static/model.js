/** The data block with its indexes: everything the page can ask about, read once. */

/**
 * @typedef {{id: string, label: string, group: string, x: number, y: number, size: number, nodeClass: string,
 *   classes?: string[], names?: [string, string][], description?: string, sameAs?: string[],
 *   codes?: [string, string][], document?: string, degree: number}} Entity
 * @typedef {{id: string, subject: string, predicate: string, object?: string, value?: string, language?: string,
 *   strength: string, disputed?: boolean, holding?: string, claims: string[], opposing?: string[]}} Link
 * @typedef {{place: string, quote?: string}} Passage
 * @typedef {{claim: string, statement: string, who: string, outcome: string}} Rival
 * @typedef {{id: string, link: string, statement: string, qualifiers?: [string, string][], voice: string,
 *   who: string, speaker?: string, anonymous?: boolean, modality: string, polarity: string, hedge?: string,
 *   condition?: string, holds: string, said?: string, published: string, source: string,
 *   passages?: Passage[], review: string, rank: string, rankReason?: string, rivals?: Rival[], note?: string,
 *   key?: string, citation: string}} Claim
 * @typedef {{id: string, title: string, type: string, publisher?: string, authors?: string[], published: string,
 *   address: string, reliability: string, language: string, relays?: string, note?: string}} Source
 * @typedef {{id: string, label: string, inverseLabel: string, definition?: string, group: string,
 *   symmetric?: boolean}} Predicate
 * @typedef {{data: any, entities: Map<string, Entity>, links: Link[], linkById: Map<string, Link>,
 *   linksOf: Map<string, Link[]>, claims: Map<string, Claim>, says: Map<string, Claim[]>,
 *   predicates: Map<string, Predicate>, sources: Map<string, Source>,
 *   words: Record<string, Map<string, string>>}} Model
 */

/**
 * Index the data block.
 * @param {any} data
 * @returns {Model}
 */
export function readModel(data) {
  /** @type {Map<string, Entity>} */
  const entities = new Map();
  const drawn = new Map(data.network.nodes.map((/** @type {any} */ node) => [node.id, node]));
  for (const each of data.entities) {
    const { label, group, x, y, size } = /** @type {any} */ (drawn.get(each.id));
    entities.set(each.id, { ...each, label, group, x, y, size, degree: 0 });
  }
  const linksOf = new Map([...entities.keys()].map((id) => [id, /** @type {Link[]} */ ([])]));
  for (const link of data.links) {
    link.claims ??= [];
    for (const end of new Set([link.subject, link.object])) {
      if (end === undefined) continue;
      linksOf.get(end)?.push(link);
      if (link.object !== undefined) /** @type {Entity} */ (entities.get(end)).degree += 1;
    }
  }
  /** @type {Map<string, Claim[]>} */
  const says = new Map();
  for (const claim of data.claims) {
    if (claim.speaker === undefined) continue;
    const said = says.get(claim.speaker);
    if (said) said.push(claim);
    else says.set(claim.speaker, [claim]);
  }
  return {
    data,
    entities,
    links: data.links,
    linkById: byKey(data.links),
    linksOf,
    claims: byKey(data.claims),
    says,
    predicates: byKey(data.predicates),
    sources: byKey(data.sources),
    words: Object.fromEntries(
      Object.entries(data.words).map(([axis, pairs]) => [axis, new Map(/** @type {any} */ (pairs))]),
    ),
  };
}

/**
 * @template {{id: string}} T
 * @param {T[]} records
 * @returns {Map<string, T>}
 */
function byKey(records) {
  return new Map(records.map((record) => [record.id, record]));
}

/**
 * Label of an entity.
 * @param {Model} model
 * @param {string} id
 */
export function nameOf(model, id) {
  return model.entities.get(id)?.label ?? id;
}

/**
 * The object of a link in words.
 * @param {Model} model
 * @param {Link} link
 */
export function objectOf(model, link) {
  return link.object === undefined ? String(link.value ?? "") : nameOf(model, link.object);
}

/**
 * Words of a predicate in the reading direction from an entity.
 * @param {Model} model
 * @param {Link} link
 * @param {string} from
 */
export function relationFrom(model, link, from) {
  const predicate = /** @type {Predicate} */ (model.predicates.get(link.predicate));
  return link.subject === from ? predicate.label : predicate.inverseLabel;
}

/**
 * Claims for and against a link.
 * @param {Model} model
 * @param {Link} link
 * @returns {Claim[]}
 */
export function claimsOf(model, link) {
  return [...link.claims, ...(link.opposing ?? [])].map((id) => /** @type {Claim} */ (model.claims.get(id)));
}
