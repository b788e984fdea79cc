/** What follows from places and links alone. */

import { frameOf } from "./boxes.js";
import { ends } from "./select.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./select.js").State} State
 * @typedef {import("./select.js").Selection} Selection
 */

/** How much larger or smaller nodes are on the screen at a scale: less than the picture itself. @param {number} scale */
export function swell(scale) {
  return Math.min(Math.max(scale * 1.25, 0.5), 1.25);
}

/**
 * The nearest place in a direction; what lies aside counts as further away.
 * @param {Record<string, {x: number, y: number}>} places
 * @param {string} from
 * @param {number} dx
 * @param {number} dy
 */
export function nearest(places, from, dx, dy) {
  let best = null;
  let cost = Infinity;
  for (const [id, place] of Object.entries(places)) {
    const [x, y] = [place.x - places[from].x, place.y - places[from].y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (id !== from && along > 0 && along + 2 * aside < cost) [best, cost] = [id, along + 2 * aside];
  }
  return best;
}

/** No picture is drawn out further than that: clusters would no longer look like clusters. */
const MOST_STRETCH = 1.45;

/**
 * Places drawn out along one axis to the shape of the room, so that neither its sides nor its corners stay empty.
 * @param {{id: string, x: number, y: number}[]} nodes
 * @param {Set<string>} aside ids that are not shown at first
 * @param {{width: number, height: number}} room
 */
export function stretched(nodes, aside, room) {
  // Names at the rim take so much of the room, however large the picture is.
  const free = { x: room.width - Math.min(room.width * 0.25, 200), y: room.height - Math.min(room.height * 0.1, 60) };
  const scale = (/** @type {"x" | "y"} */ axis) => {
    const all = nodes.filter((node) => !aside.has(node.id)).map((node) => node[axis]);
    return all.length > 1 ? free[axis] / Math.max(Math.max(...all) - Math.min(...all), 1) : 1;
  };
  const wide = scale("x") / scale("y");
  const by = (/** @type {number} */ factor) => Math.min(Math.max(factor || 1, 1), MOST_STRETCH);
  return new Map(nodes.map(({ id, x, y }) => [id, { x: x * by(wide), y: y * by(1 / wide) }]));
}

/** Entities that stand out: the selected one with its neighbours or its scope, or both ends. @param {Model} model @param {State} state @param {Selection} selection */
export function litBy(model, state, selection) {
  if (state.link !== null) return new Set(ends(model.linkById.get(state.link)));
  if (state.node === null) return new Set();
  if (state.scope > 0) return selection.nodes;
  const near = selection.edges.filter((link) => ends(link).includes(/** @type {string} */ (state.node)));
  return new Set([state.node, ...near.flatMap(ends)]);
}

/**
 * Middle and scale that show places with their labels. Labels keep their size while the picture shrinks, so the
 * scale is found step by step.
 * @param {{x: number, y: number}[]} places
 * @param {(scale: number) => import("./labels.js").Box[]} boxesAt labels in screen pixels at a scale
 * @param {{width: number, height: number}} room
 * @param {number} most
 */
export function framing(places, boxesAt, room, most) {
  let scale = 0.6;
  let frame = frameAt(places, boxesAt(scale), scale);
  for (let step = 0; step < 8; step += 1) {
    const by = Math.min(room.width / (frame.right - frame.left), room.height / (frame.bottom - frame.top));
    // Late steps only shrink: what fits at one scale need not at the next.
    if ((step > 4 && by >= 1) || (by > 0.985 && by < 1.03)) break;
    scale = Math.min(Math.max(scale * by, 0.02), most);
    frame = frameAt(places, boxesAt(scale), scale);
  }
  return { x: (frame.left + frame.right) / 2 / scale, y: (frame.top + frame.bottom) / 2 / scale, scale };
}

/**
 * What nodes and labels take, in screen pixels.
 * @param {{x: number, y: number}[]} places
 * @param {import("./labels.js").Box[]} boxes
 * @param {number} scale
 */
function frameAt(places, boxes, scale) {
  const BODY = 12;
  const bodies = places.map(({ x, y }) => ({
    left: x * scale - BODY,
    right: x * scale + BODY,
    top: y * scale - BODY,
    bottom: y * scale + BODY,
  }));
  return frameOf([...bodies, ...boxes]);
}
