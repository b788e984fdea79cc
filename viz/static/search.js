/** The search box: a combobox over every name of every entity, in any script, with or without accents. */

import { byId, el, fill } from "./dom.js";
import { shapeIcon } from "./shapes.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Entity} Entity
 * @typedef {{entity: Entity, name: string, rank: number}} Hit
 */

const MOST = 12;
/** Letters that have no accent to drop, but are typed without a stroke. */
const PLAIN = new Map(
  Object.entries({ ø: "o", đ: "d", ł: "l", ß: "ss", æ: "ae", œ: "oe", ı: "i", þ: "th", ð: "d", "’": "'" }),
);

/**
 * Lower case, without accents.
 * @param {string} text
 */
export function fold(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return [...bare]
    .map((char) => PLAIN.get(char) ?? char)
    .join("")
    .trim();
}

/**
 * Every name of every entity, folded once.
 * @param {Model} model
 */
export function nameIndex(model) {
  return [...model.entities.values()].flatMap((entity) =>
    [entity.label, ...(entity.names ?? []).map(([name]) => name)].map((name) => ({
      entity,
      name,
      folded: fold(name),
    })),
  );
}

/**
 * The best entities for what was typed: equal, then beginning, then a word's beginning, then within.
 * @param {ReturnType<typeof nameIndex>} index
 * @param {string} typed
 * @returns {Hit[]}
 */
export function find(index, typed) {
  const wanted = fold(typed);
  if (wanted === "") return [];
  /** @type {Map<string, Hit>} */
  const best = new Map();
  for (const { entity, name, folded } of index) {
    const at = folded.indexOf(wanted);
    if (at < 0) continue;
    const begins = at === 0 || /[^\p{L}\p{N}]/u.test(folded[at - 1]);
    const rank = folded === wanted ? 0 : at === 0 ? 1 : begins ? 2 : 3;
    const known = best.get(entity.id);
    if (known === undefined || rank < known.rank) best.set(entity.id, { entity, name, rank });
  }
  return [...best.values()]
    .sort(
      (a, b) => a.rank - b.rank || b.entity.degree - a.entity.degree || (a.entity.id < b.entity.id ? -1 : 1),
    )
    .slice(0, MOST);
}

/**
 * Bring the box of the template to life.
 * @param {Model} model
 * @param {(id: string) => void} choose
 */
export function createSearch(model, choose) {
  const box = /** @type {HTMLInputElement} */ (byId("search"));
  const list = byId("hits");
  const index = nameIndex(model);
  /** @type {Hit[]} */
  let hits = [];
  let active = -1;

  function close() {
    list.hidden = true;
    active = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  /** @param {number} next */
  function mark(next) {
    active = next;
    [...list.children].forEach((child, place) =>
      child.setAttribute("aria-selected", String(place === active)),
    );
    const chosen = list.children[active];
    if (chosen === undefined) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    }
  }

  function open() {
    hits = find(index, box.value);
    if (fold(box.value) === "") return close();
    fill(
      list,
      hits.length > 0
        ? hits.map(option)
        : el(
            "li",
            { class: "none", role: "option", "aria-disabled": "true" },
            `Nothing is called “${box.value.trim()}”. Try a shorter part of the name.`,
          ),
    );
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    mark(hits.length > 0 ? 0 : -1);
    return undefined;
  }

  /** @param {Hit} hit @param {number} place */
  function option(hit, place) {
    return el(
      "li",
      {
        id: `hit-${place}`,
        role: "option",
        "aria-selected": "false",
        onmousedown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => take(hit),
      },
      shapeIcon(hit.entity.group),
      el("span", { dir: "auto" }, hit.entity.label),
      hit.name !== hit.entity.label && el("em", { dir: "auto" }, hit.name),
      el("small", {}, (hit.entity.classes ?? [])[0] ?? ""),
    );
  }

  /** @param {Hit} hit */
  function take(hit) {
    box.value = hit.entity.label;
    close();
    choose(hit.entity.id);
  }

  box.addEventListener("input", open);
  box.addEventListener("focus", () => box.select());
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open();
      else if (hits.length > 0)
        mark((active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length);
    } else if (event.key === "Enter" && hits[active] !== undefined && !list.hidden) {
      event.preventDefault();
      take(hits[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
  return {
    focus: () => box.focus(),
    /** @param {string} text */
    show: (text) => void (box.value = text),
  };
}
