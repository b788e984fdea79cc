/** The current view as a table: one row a claim, the same claims as in the picture and the counts. */

import { el, fill } from "./dom.js";
import { capital } from "./claim.js";
import { nameOf, objectOf } from "./model.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Link} Link
 * @typedef {import("./model.js").Claim} Claim
 * @typedef {import("./select.js").Selection} Selection
 * @typedef {{id: string, title: string, text: (claim: Claim, link: Link) => string, key?: (claim: Claim) => string}} Column
 */

/**
 * Columns, each with its text and, where that does not sort, a key.
 * @param {Model} model
 * @returns {Column[]}
 */
export function columnsOf(model) {
  const firmly = (/** @type {Claim} */ claim) =>
    [
      claim.polarity === "Denied" ? "denied" : null,
      model.words.modalities.get(claim.modality),
      claim.hedge ? `“${claim.hedge}”` : null,
      claim.condition,
    ]
      .filter(Boolean)
      .join(", ");
  const relation = (/** @type {Link} */ link) =>
    model.predicates.get(link.predicate)?.label ?? link.predicate;
  return [
    { id: "subject", title: "Subject", text: (_, link) => nameOf(model, link.subject) },
    { id: "relation", title: "Relation", text: (_, link) => relation(link) },
    { id: "object", title: "Object", text: (_, link) => objectOf(model, link) },
    {
      id: "link",
      title: "Link stands as",
      text: (_, link) => (model.words.strengths.get(link.strength) ?? "").replace(/:.*/, ""),
    },
    { id: "firmly", title: "How firmly", text: firmly },
    { id: "who", title: "Who says it", text: (claim) => claim.who },
    { id: "holds", title: "Holds", text: (claim) => claim.holds },
    {
      id: "published",
      title: "Published",
      text: (claim) => model.sources.get(claim.source)?.published ?? "",
      key: (claim) => claim.published,
    },
    {
      id: "source",
      title: "Source",
      text: (claim) => model.sources.get(claim.source)?.title ?? claim.source,
    },
    {
      id: "place",
      title: "Place",
      text: (claim) => (claim.passages ?? []).map((passage) => passage.place).join("; "),
    },
  ];
}

/**
 * The table in its home; the returned function fills it for a selection.
 * @param {HTMLElement} home
 * @param {Model} model
 * @param {(link: string) => void} open
 */
export function createTable(home, model, open) {
  const columns = columnsOf(model);
  let sorted = "subject";
  let falling = false;
  /** @type {Selection} */
  let selection;

  /** @param {Column} column */
  function sort(column) {
    falling = sorted === column.id && !falling;
    sorted = column.id;
    draw();
    /** @type {HTMLElement | null} */ (home.querySelector(`th[data-column="${column.id}"] button`))?.focus();
  }

  function draw() {
    const column = /** @type {Column} */ (columns.find((each) => each.id === sorted));
    const linkOf = (/** @type {Claim} */ claim) => /** @type {Link} */ (model.linkById.get(claim.link));
    const key = (/** @type {Claim} */ claim) =>
      column.key ? column.key(claim) : column.text(claim, linkOf(claim));
    const rows = selection.claims
      .map((claim, place) => ({ claim, place, key: key(claim) }))
      .sort((a, b) => (falling ? -1 : 1) * a.key.localeCompare(b.key, "en") || a.place - b.place);
    fill(
      home,
      el(
        "table",
        {},
        el(
          "caption",
          {},
          `${rows.length} ${rows.length === 1 ? "claim" : "claims"} in view, sorted by ${column.title.toLowerCase()}`,
        ),
        el("thead", {}, el("tr", {}, ...columns.map(header))),
        el("tbody", {}, ...rows.map(({ claim }) => row(claim, linkOf(claim)))),
      ),
    );
  }

  /** @param {Column} column */
  function header(column) {
    const here = column.id === sorted;
    return el(
      "th",
      {
        scope: "col",
        "data-column": column.id,
        "aria-sort": here ? (falling ? "descending" : "ascending") : "none",
      },
      el(
        "button",
        { type: "button", onclick: () => sort(column) },
        column.title,
        el("span", { "aria-hidden": "true" }, here ? (falling ? " ▾" : " ▴") : ""),
      ),
    );
  }

  /** @param {Claim} claim @param {Link} link */
  function row(claim, link) {
    const [first, ...rest] = columns;
    return el(
      "tr",
      { "data-claim": claim.id, class: claim.polarity === "Denied" ? "is-denied" : null },
      el(
        "th",
        { scope: "row" },
        el(
          "button",
          { type: "button", class: "inline", onclick: () => open(link.id) },
          first.text(claim, link),
        ),
      ),
      ...rest.map((column) =>
        el(
          "td",
          { class: `c-${column.id}`, dir: "auto" },
          column.id === "who" ? capital(column.text(claim, link)) : column.text(claim, link),
        ),
      ),
    );
  }

  return (/** @type {Selection} */ next) => {
    selection = next;
    draw();
  };
}
