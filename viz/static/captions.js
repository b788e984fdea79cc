/** Which labels the picture asks for, and how much each matters. */

import { relationFrom } from "./model.js";
import { RING } from "./shapes.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Entity} Entity
 * @typedef {import("./model.js").Link} Link
 * @typedef {import("./labels.js").Box} Box
 * @typedef {import("./labels.js").Wish} Wish
 * @typedef {{x: number, y: number}} Point
 * @typedef {{model: Model, state: import("./select.js").State, selection: import("./select.js").Selection,
 *   lit: Set<string>, hover: {node: string | null, link: string | null}, places: Record<string, Point>,
 *   scale: number, radiusOf: (id: string, scale: number) => number, middle: (link: Link) => Point,
 *   isFaint: (id: string) => boolean,
 *   isAside: (link: Link) => boolean, isLit: (link: Link) => boolean}} Scene
 */

/** Up to so many neighbours of the selected entity always have their names. */
const MOST_NEIGHBOURS = 15;
/** Links from which an entity's label is set larger, and how many entities may have that at most. */
const HUB = 5;
const MOST_HUBS = 40;
/** Room that labels leave around a node, and around the mark on a line, in pixels. */
const BREATH = 2;
const MARK = 6;

/**
 * Labels asked for, and the nodes that they have to keep off, in screen pixels.
 * @param {Scene} scene
 * @returns {{wishes: Wish[], bodies: Box[]}}
 */
export function captions(scene) {
  const { selection, places, scale } = scene;
  const bodies = [...selection.nodes].map((id) =>
    around(places[id], scale, scene.radiusOf(id, scale) * scale * (id === scene.state.node ? RING : 1) + BREATH),
  );
  const marked = selection.edges.filter((link) => isMarked(link) && !scene.isAside(link));
  bodies.push(...marked.map((link) => around(scene.middle(link), scale, MARK)));
  const degrees = [...selection.nodes]
    .map((id) => scene.model.entities.get(id)?.degree ?? 0)
    .sort((a, b) => b - a);
  const hub = Math.max(HUB, degrees[MOST_HUBS] ?? 0);
  const wishes = [
    ...[...selection.nodes].map((id) => nodeWish(scene, id, hub)),
    ...selection.edges.map((link) => edgeWish(scene, link)),
  ];
  return { wishes: wishes.filter((wish) => wish !== null), bodies };
}

/** @param {Point} point @param {number} scale @param {number} radius @returns {Box} */
function around(point, scale, radius) {
  const [x, y] = [point.x * scale, point.y * scale];
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

/** Whether a mark stands on the middle of the line. @param {Link} link */
const isMarked = (link) => link.strength === "denied" || link.strength === "withheld";

/**
 * @param {Scene} scene
 * @param {string} id
 * @param {number} hub
 * @returns {Wish | null}
 */
function nodeWish({ model, state, lit, hover, places, scale, radiusOf, isFaint }, id, hub) {
  const { label, degree } = /** @type {Entity} */ (model.entities.get(id));
  // Beside what is looked at, only landmarks keep their names.
  if (isFaint(id) && degree < hub) return null;
  const near = lit.has(id);
  const radius = radiusOf(id, scale) * scale;
  return {
    id,
    text: label,
    x: places[id].x * scale,
    y: places[id].y * scale,
    radius: id === state.node ? radius * RING : radius,
    forced: id === state.node || id === hover.node || (near && lit.size <= MOST_NEIGHBOURS + 1),
    kind: degree >= hub ? "hub" : "node",
    rank: (id === state.node ? 1e6 : near ? 1e3 : 0) + degree,
  };
}

/**
 * @param {Scene} scene
 * @param {Link} link
 * @returns {Wish | null}
 */
function edgeWish(scene, link) {
  const text = edgeWord(scene, link);
  if (text === null) return null;
  const { x, y } = scene.middle(link);
  return {
    id: link.id,
    text,
    x: x * scene.scale,
    y: y * scene.scale,
    // The mark on the line's middle is not to be written over.
    radius: isMarked(link) ? MARK + 1 : 0,
    // A line that is no plain yes says so before anything else is named.
    rank: scene.isLit(link) ? 500 : 5e3,
    forced: link.id === scene.state.link || link.id === scene.hover.link,
    kind: "edge",
  };
}

/**
 * What stands at a line: its relation where it is looked at, a word where it is no plain yes.
 * @param {Scene} scene
 * @param {Link} link
 */
function edgeWord({ model, isAside, isLit }, link) {
  const mark = link.strength === "denied" ? "denied" : link.strength === "withheld" ? "set aside" : null;
  if (!isLit(link)) return isAside(link) ? null : mark;
  // The arrow gives the direction, so the words are those from its tail.
  const relation = relationFrom(model, link, link.subject);
  return mark === null ? relation : `${mark}: ${relation}`;
}
