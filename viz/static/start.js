/** What the panel says before anything is chosen, and the button that stands for an entity everywhere in it. */

import { el } from "./dom.js";
import { shapeIcon } from "./shapes.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Entity} Entity
 * @typedef {import("./claim.js").Pick} Pick
 */

const STARTS = 5;

/**
 * What this is, and where to begin.
 * @param {Model} model
 * @param {Pick} acts
 */
export function startCard(model, acts) {
  const { data } = model;
  const starts = [...model.entities.values()]
    .filter((entity) => entity.degree > 0)
    .sort((one, other) => other.degree - one.degree || (one.id < other.id ? -1 : 1))
    .slice(0, STARTS);
  const sources = model.sources.size === 1 ? "one source" : `${model.sources.size} sources`;
  return [
    el("h2", {}, "Start here"),
    data.description ? el("p", { class: "lead" }, data.description) : null,
    el(
      "p",
      { class: data.description ? "" : "lead" },
      `${data.description ? "" : "Who says what about central bank digital currency: "}${model.claims.size} claims from ${sources} on ` +
        `${model.entities.size} entities, as of ${data.dateWords}. `,
      "A solid line is a fact; every other line is only as firm as it looks. Behind each stands who says it, when and where.",
    ),
    el("h3", {}, "Most connected"),
    el(
      "ul",
      { class: "starts" },
      ...starts.map((entity) => el("li", {}, entityButton(entity, acts, `${entity.degree} links`))),
    ),
    el(
      "p",
      { class: "muted hint" },
      "Press ",
      el("kbd", {}, "/"),
      " to search, choose an entity or a line to see its claims, ",
      el("kbd", {}, "Esc"),
      " to come back here.",
    ),
    el("p", { class: "muted hint" }, `Release ${data.version} · licence ${data.licence}`),
  ];
}

/**
 * A button with shape and name that opens an entity.
 * @param {Entity} entity
 * @param {Pick} acts
 * @param {string} aside
 */
export function entityButton(entity, acts, aside) {
  return el(
    "button",
    { type: "button", class: "entity", "data-entity": entity.id, onclick: () => acts.node(entity.id) },
    shapeIcon(entity.group),
    el("span", {}, entity.label),
    el("small", {}, aside),
  );
}
