/** The panel beside the picture: where to start, an entity, or a link, each with all claims behind it. */

import { el, fill, webLink } from "./dom.js";
import { claimsOf, nameOf, objectOf, relationFrom } from "./model.js";
import { capital, claimArticle, claimChips, claimDetails } from "./claim.js";
import { lineIcon, shapeIcon } from "./shapes.js";
import { entityButton, startCard } from "./start.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Link} Link
 * @typedef {import("./model.js").Claim} Claim
 * @typedef {import("./model.js").Entity} Entity
 * @typedef {import("./select.js").State} State
 * @typedef {import("./select.js").Selection} Selection
 * @typedef {import("./claim.js").Pick} Pick
 * @typedef {Pick & {scope: (steps: number) => void, close: () => void}} Acts
 */

/**
 * Fill the panel for the state.
 * @param {HTMLElement} home
 * @param {Model} model
 * @param {State} state
 * @param {Selection} selection
 * @param {Acts} acts
 */
export function showCard(home, model, state, selection, acts) {
  const link = model.linkById.get(state.link ?? "");
  const entity = model.entities.get(state.node ?? "");
  if (link !== undefined) fill(home, ...linkCard(model, link, selection, acts));
  else if (entity !== undefined) fill(home, ...entityCard(model, entity, state, selection, acts));
  else fill(home, ...startCard(model, acts));
}

/** @param {Model} model @param {Entity} entity @param {State} state @param {Selection} selection @param {Acts} acts */
function entityCard(model, entity, state, selection, acts) {
  const links = [...selection.edges, ...selection.attributes].filter(
    (link) => link.subject === entity.id || link.object === entity.id,
  );
  const behind = links.flatMap((link) => shownClaims(model, link, selection));
  const said = (model.says.get(entity.id) ?? []).filter((claim) => selection.claimIds.has(claim.id));
  const all =
    (model.linksOf.get(entity.id) ?? []).flatMap((link) => claimsOf(model, link)).length +
    (model.says.get(entity.id) ?? []).length;
  const hidden = all - behind.length - said.length;
  return [
    head(entity.label, acts),
    el("p", { class: "kind" }, shapeIcon(entity.group), (entity.classes ?? []).map(capital).join(" · ")),
    entity.description ? el("p", {}, entity.description) : null,
    names(entity),
    references(entity),
    entity.degree > 0 ? scope(state, acts) : null,
    ...groups(model, entity, links).map(([relation, group]) =>
      relationSection(model, entity, relation, group, selection, acts),
    ),
    said.length > 0 && saidSection(model, said, acts),
    links.length + said.length === 0 && el("p", { class: "muted" }, "No claim about it is in view."),
    hidden > 0 &&
      el(
        "p",
        { class: "muted" },
        `${hidden} more ${hidden === 1 ? "claim is" : "claims are"} hidden by filters.`,
      ),
  ];
}

/** @param {string} title @param {Acts} acts */
function head(title, acts) {
  return el(
    "div",
    { class: "head" },
    el("h2", { dir: "auto" }, title),
    el(
      "button",
      { type: "button", class: "close", "aria-label": "Close (Escape)", onclick: acts.close },
      "×",
    ),
  );
}

/** @param {Entity} entity */
function names(entity) {
  const names = entity.names ?? [];
  if (names.length === 0) return null;
  const shown = names.flatMap(([name, language], index) => [
    index > 0 ? ", " : "",
    el("span", { lang: language, dir: "auto" }, name),
  ]);
  return el("p", { class: "names" }, el("span", { class: "muted" }, "Also "), ...shown);
}

/** @param {Entity} entity */
function references(entity) {
  const codes = (entity.codes ?? []).map(([list, code]) => `${list} ${code}`);
  const same = (entity.sameAs ?? []).map((address) =>
    webLink(address, address.replace(/^https?:\/\/(www\.)?/, "")),
  );
  if (codes.length + same.length === 0 && !entity.document) return null;
  return el(
    "p",
    { class: "muted refs" },
    codes.join(", "),
    ...same.flatMap((address) => [" ", address]),
    entity.document ? ` Known only from “${entity.document}”.` : null,
  );
}

/** @param {State} state @param {Acts} acts */
function scope(state, acts) {
  const option = (/** @type {number} */ steps, /** @type {string} */ text) =>
    el(
      "button",
      { type: "button", "aria-pressed": String(state.scope === steps), onclick: () => acts.scope(steps) },
      text,
    );
  return el(
    "div",
    { class: "switch scope", role: "group", "aria-label": "How much to show" },
    option(0, "Whole map"),
    option(1, "1 step"),
    option(2, "2 steps"),
  );
}

/**
 * Links by what they say from here, links between entities first.
 * @param {Model} model @param {Entity} entity @param {Link[]} links
 * @returns {[string, Link[]][]}
 */
function groups(model, entity, links) {
  /** @type {Map<string, Link[]>} */
  const found = new Map();
  for (const link of links) {
    const relation = relationFrom(model, link, entity.id);
    const group = found.get(relation);
    if (group) group.push(link);
    else found.set(relation, [link]);
  }
  return [...found].sort(
    ([one, a], [other, b]) =>
      Number(a[0].object === undefined) - Number(b[0].object === undefined) || one.localeCompare(other, "en"),
  );
}

/** @param {Model} model @param {Entity} entity @param {string} relation @param {Link[]} links @param {Selection} selection @param {Acts} acts */
function relationSection(model, entity, relation, links, selection, acts) {
  return el(
    "section",
    { class: "relation" },
    el("h3", {}, relation, links.length > 1 && el("small", {}, ` ${links.length}`)),
    ...links.map((link) => linkRow(model, entity, link, selection, acts)),
  );
}

/** @param {Model} model @param {Entity} entity @param {Link} link @param {Selection} selection @param {Acts} acts */
function linkRow(model, entity, link, selection, acts) {
  const other =
    link.object === undefined
      ? null
      : model.entities.get(link.subject === entity.id ? link.object : link.subject);
  return el(
    "div",
    { class: `link strength-${link.strength}`, "data-link": link.id },
    el(
      "div",
      { class: "ends" },
      strength(model, link, acts),
      other
        ? entityButton(other, acts, "")
        : el("span", { class: "value", lang: link.language, dir: "auto" }, link.value),
    ),
    link.why && el("p", { class: "why" }, `${capital(strengthWord(model, link))}. ${link.why}`),
    ...shownClaims(model, link, selection).map((claim) =>
      el(
        "details",
        { class: "claim", "data-claim": claim.id },
        el("summary", {}, el("span", { class: "who" }, capital(claim.who)), claimChips(model, claim)),
        ...claimDetails(model, claim, acts),
      ),
    ),
  );
}

/** The line sample of a link, which opens the link. @param {Model} model @param {Link} link @param {Acts} acts */
function strength(model, link, acts) {
  const word = strengthWord(model, link);
  return el(
    "button",
    {
      type: "button",
      class: "strength",
      title: `${capital(word)}: open this link`,
      "aria-label": `${word}, open this link`,
      onclick: () => acts.link(link.id),
    },
    lineIcon(String(model.words.styles.get(link.strength)), model.data.dashes),
  );
}

/** @param {Model} model @param {Link} link */
function strengthWord(model, link) {
  const word = model.words.strengths.get(link.strength) ?? link.strength;
  return (
    (link.disputed ? `${word}, disputed by a weaker voice` : word) + (link.holding ? `, ${link.holding}` : "")
  );
}

/** @param {Model} model @param {Claim[]} said @param {Acts} acts */
function saidSection(model, said, acts) {
  return el(
    "section",
    { class: "relation" },
    el("h3", {}, "says", el("small", {}, ` ${said.length}`)),
    ...said.map((claim) =>
      el(
        "details",
        { class: "claim", "data-claim": claim.id },
        el("summary", {}, el("span", { class: "who" }, capital(claim.statement)), claimChips(model, claim)),
        ...claimDetails(model, claim, acts),
      ),
    ),
  );
}

/** @param {Model} model @param {Link} link @param {Selection} selection @param {Acts} acts */
function linkCard(model, link, selection, acts) {
  const predicate = /** @type {import("./model.js").Predicate} */ (model.predicates.get(link.predicate));
  const subject = /** @type {Entity} */ (model.entities.get(link.subject));
  const object = model.entities.get(link.object ?? "");
  const shown = shownClaims(model, link, selection);
  const claims = shown.length > 0 ? shown : claimsOf(model, link);
  const inverse =
    object && !predicate.symmetric ? `${object.label} ${predicate.inverseLabel} ${subject.label}` : null;
  return [
    head(`${nameOf(model, link.subject)} ${predicate.label} ${objectOf(model, link)}`, acts),
    el(
      "p",
      { class: "kind" },
      lineIcon(String(model.words.styles.get(link.strength)), model.data.dashes),
      capital(strengthWord(model, link)),
    ),
    link.why && el("p", { class: "why" }, link.why),
    inverse && el("p", { class: "muted inverse" }, `Read from the other end: ${inverse}.`),
    el(
      "p",
      { class: "pair" },
      entityButton(subject, acts, ""),
      object && object !== subject ? entityButton(object, acts, "") : null,
    ),
    el("h3", {}, claims.length === 1 ? "The claim behind it" : `The ${claims.length} claims behind it`),
    ...claims.map((claim) =>
      claimArticle(model, claim, acts, claims.length > 1 || claim.polarity === "Denied"),
    ),
    claims.length < claimsOf(model, link).length &&
      el("p", { class: "muted" }, `${claimsOf(model, link).length - claims.length} more hidden by filters.`),
  ];
}

/** @param {Model} model @param {Link} link @param {Selection} selection */
function shownClaims(model, link, selection) {
  return claimsOf(model, link).filter((claim) => selection.claimIds.has(claim.id));
}
