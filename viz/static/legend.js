/** The legend is the filter: every row shows how a thing is drawn, how many there are, and switches it off. */

import { el, fill } from "./dom.js";
import { unlinked } from "./select.js";
import { capital } from "./claim.js";
import { lineIcon, shapeIcon } from "./shapes.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./select.js").State} State
 * @typedef {import("./select.js").Selection} Selection
 * @typedef {{value: string, text: string, title?: string}} Row
 * @typedef {{id: string, text: string, icon: Element | null, rows: Row[]}} Family
 * @typedef {{values: string[], facet: string, box: HTMLInputElement, count: HTMLElement}} Bound
 */

/**
 * Build the legend once; the returned function brings ticks and counts up to date.
 * @param {HTMLElement} home
 * @param {Model} model
 * @param {(change: Partial<State>) => void} change
 * @param {() => State} current
 */
export function createLegend(home, model, change, current) {
  /** @type {Bound[]} */
  const bound = [];
  const { data, words } = model;

  /** @param {string} facet @param {string[]} values @param {boolean} on */
  function turn(facet, values, on) {
    const off = new Set(current().off[facet]);
    for (const value of values) {
      if (on) off.delete(value);
      else off.add(value);
    }
    change({ off: { ...current().off, [facet]: off } });
  }

  /** @param {string} facet @param {string[]} values @param {string} text @param {Element | null} icon @param {string} [title] */
  function tick(facet, values, text, icon, title) {
    const box = /** @type {HTMLInputElement} */ (
      el("input", {
        type: "checkbox",
        "data-facet": facet,
        "data-value": values.length === 1 ? values[0] : "",
      })
    );
    box.addEventListener("change", () => turn(facet, values, box.checked));
    const count = el("output", { class: "count" });
    bound.push({ values, facet, box, count });
    return el("label", { class: "row", title }, box, icon, el("span", { class: "text" }, text), count);
  }

  /** Families of rows, those of one row without a fold. @param {string} facet @param {Family[]} families */
  function families(facet, families) {
    return families.map(({ text, icon, rows }) =>
      rows.length === 1 && icon !== null
        ? tick(facet, [rows[0].value], text, icon, capital(rows[0].text))
        : el(
            "details",
            { class: "family" },
            el(
              "summary",
              {},
              tick(
                facet,
                rows.map((row) => row.value),
                text,
                icon,
              ),
            ),
            ...rows.map((row) => tick(facet, [row.value], row.text, null, row.title)),
          ),
    );
  }

  /** @param {string} title @param {string} unit @param {...(HTMLElement | null)} rows */
  function block(title, unit, ...rows) {
    return el("fieldset", {}, el("legend", {}, title, el("small", {}, unit)), ...rows);
  }

  const lonely = unlinked(model).length;
  const lonelyBox = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", id: "unlinked" }));
  lonelyBox.addEventListener("change", () => change({ unlinked: lonelyBox.checked }));
  const reset = el(
    "button",
    {
      type: "button",
      class: "small",
      id: "reset",
      onclick: () =>
        change({
          off: Object.fromEntries(Object.keys(current().off).map((facet) => [facet, new Set()])),
          unlinked: false,
          scope: 0,
        }),
    },
    "Show everything",
  );

  const heard = (/** @type {"voice" | "modality"} */ axis) =>
    new Set(data.claims.map((/** @type {any} */ claim) => claim[axis]));
  const voices = heard("voice");
  const modalities = heard("modality");
  fill(
    home,
    block(
      "Entities",
      "entities",
      ...families(
        "class",
        data.groups.map((/** @type {any} */ group) => ({
          id: group.id,
          text: group.label,
          icon: shapeIcon(group.id),
          rows: data.classes
            .filter((/** @type {any} */ each) => each.group === group.id)
            .map((/** @type {any} */ each) => ({
              value: each.id,
              text: capital(each.label),
              title: each.definition,
            })),
        })),
      ),
      lonely > 0
        ? el(
            "label",
            { class: "row extra" },
            lonelyBox,
            el("span", { class: "text" }, "Entities without a link"),
            el("output", { class: "count" }, lonely),
          )
        : null,
    ),
    block(
      "How a link stands",
      "links",
      ...[...words.strengths]
        .filter(([strength]) => data.links.some((/** @type {any} */ link) => link.strength === strength))
        .map(([strength, text]) =>
          tick(
            "strength",
            [strength],
            capital(text),
            lineIcon(String(words.styles.get(strength)), data.dashes),
            capital(words.standings.get(strength) ?? ""),
          ),
        ),
    ),
    block(
      "Who says it",
      "claims",
      ...[...words.voices]
        .filter(([voice]) => voices.has(voice))
        .map(([voice, text]) => tick("voice", [voice], capital(text), null)),
    ),
    block(
      "How firmly",
      "claims",
      ...[...words.modalities]
        .filter(([modality]) => modalities.has(modality))
        .map(([modality, text]) => tick("modality", [modality], capital(text), null)),
    ),
    block("Relation", "links", ...families("predicate", byGroup(data.predicates))),
    el("p", { class: "reset" }, reset),
  );

  return (/** @type {State} */ state, /** @type {Selection} */ selection) => {
    for (const { values, facet, box, count } of bound) {
      const off = values.filter((value) => state.off[facet].has(value)).length;
      box.checked = off < values.length;
      box.indeterminate = off > 0 && off < values.length;
      const number = values.reduce((sum, value) => sum + (selection.facets[facet].get(value) ?? 0), 0);
      count.textContent = String(number);
      box.parentElement?.classList.toggle("empty", number === 0);
    }
    lonelyBox.checked = state.unlinked;
    reset.hidden = !selection.filtered && !state.unlinked;
  };
}

/**
 * Predicates by their group in the ontology.
 * @param {any[]} predicates
 * @returns {Family[]}
 */
function byGroup(predicates) {
  const names = [...new Set(predicates.map((each) => each.group))];
  return names.map((name) => ({
    id: name,
    text: capital(name),
    icon: null,
    rows: predicates
      .filter((each) => each.group === name)
      .map((each) => ({ value: each.id, text: each.label, title: each.definition })),
  }));
}
