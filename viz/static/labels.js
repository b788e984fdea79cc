/**
 * Labels of our own: constant size on the screen, a halo, no label on another label or on a node. Greedy: the most
 * important first, each at the free place that crosses fewest lines; what finds no place is left out until
 * it is asked for.
 */

import { createGrid, crossings, frameOf } from "./boxes.js";

/**
 * @typedef {import("./boxes.js").Box} Box
 * @typedef {import("./boxes.js").Segment} Segment
 * @typedef {{id: string, text: string, x: number, y: number, radius: number, rank: number, forced: boolean,
 *   kind: "hub" | "node" | "edge"}} Wish
 * @typedef {Wish & {lines: string[], box: Box, anchorX: number, align: CanvasTextAlign}} Placed
 */

/** As in viz/labels.py, so that Python leaves the room that is needed here. */
const WRAP_AT = 122;
/** Tried where the usual shape finds no room. */
const NARROW = 86;
const WIDE = 165;
/** Lines of a label that is cut where the whole of it finds no room; no label has more than the second number. */
const CUT_LINES = 3;
const MOST_LINES = 5;
const LINE = 13.5;
const GAP = 3;
/** Between labels, in pixels: half of it around each. */
const APART = 4;
/** No picture has room for more. */
const MOST_LABELS = 400;
/** So far names may reach out of the picture at its sides; every pixel more costs, or they would make it small. */
const RIM = 30;
const OUTSIDE = 0.03;
/** What it costs to stand close to a node that is not the label's own. */
const STRANGER = 0.35;
/** A minor label that would lie on so many lines is left out. */
const MOST_CROSSED = 3;
const FACE = '"Inter", "Segoe UI", system-ui, "Noto Sans", sans-serif';
const FONTS = { hub: `600 12px ${FACE}`, node: `11px ${FACE}`, edge: `italic 11px ${FACE}` };

/** @type {Map<string, {lines: string[], width: number}>} */
const measured = new Map();

/**
 * Lines of a label and the width of the longest.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {string} font
 * @param {number} most lines, after which it is cut
 * @param {number} wrap width in pixels at which a line is broken
 */
function measure(ctx, text, font, most, wrap) {
  const key = `${font}|${most}|${wrap}|${text}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  ctx.font = font;
  /** @type {string[]} */
  let lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length > 0 && ctx.measureText(longer).width <= wrap) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length > most) lines = [...lines.slice(0, most - 1), `${lines[most - 1]} …`];
  if (most < Infinity) lines = lines.map((line) => (line.length > 60 ? `${line.slice(0, 58)}…` : line));
  const made = { lines, width: Math.max(0, ...lines.map((line) => ctx.measureText(line).width)) };
  measured.set(key, made);
  return made;
}

/**
 * Find a place for every label that can have one. Coordinates are screen pixels, however far the picture moved.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Wish[]} wishes
 * @param {Box[]} bodies nodes, which labels keep off
 * @param {Segment[]} lines edges, which labels avoid where they can
 * @param {boolean} tight whether names must stay within the picture, as on a phone
 * @returns {Placed[]}
 */
export function placeLabels(ctx, wishes, bodies, lines, tight) {
  /** @type {Placed[]} */
  const placed = [];
  const taken = createGrid();
  const nodes = createGrid();
  for (const body of bodies) nodes.add(body);
  const around = frameOf(bodies);
  const sorted = [...wishes].sort(
    (a, b) => Number(b.forced) - Number(a.forced) || b.rank - a.rank || (a.id < b.id ? -1 : 1),
  );
  const frame = grown(around, RIM);
  const beyond = (/** @type {Box} */ box) =>
    tight &&
    (frame.left > box.left || frame.right < box.right || around.top - 6 > box.top || around.bottom + 12 < box.bottom);
  const soft = (/** @type {Box} */ box) =>
    OUTSIDE * (Math.max(0, frame.left - box.left) + Math.max(0, box.right - frame.right)) +
    STRANGER * Math.max(0, nodes.count(grown(box, 8)) - 1);
  const free = (/** @type {Box} */ box, /** @type {number} */ off) =>
    taken.hits(box) || nodes.hits(box) || beyond(box) || (off > 20 && nodes.count(grown(box, 8)) > 0)
      ? Infinity
      : soft(box);
  const least = (/** @type {Box} */ box) => taken.covered(box) + nodes.covered(box);
  for (const wish of sorted.slice(0, MOST_LABELS)) {
    const whole = wish.forced ? Infinity : MOST_LINES;
    const shapes = wish.kind === "edge" ? [WRAP_AT, NARROW] : [WRAP_AT, WIDE, NARROW];
    const options = shapes.flatMap((wrap) => shaped(ctx, wish, whole, wrap));
    // What stands off its node stands by no other, or it would be taken for that one's name.
    // No label lies on another, on a node or on a mark unless it was asked for; it is cut before it is left out.
    const best =
      cheapest(options, lines, free) ??
      (wish.forced
        ? cheapest(options, lines, least)
        : wish.kind === "edge"
          ? null
          : cheapest([WRAP_AT, NARROW].flatMap((wrap) => shaped(ctx, wish, CUT_LINES, wrap)), lines, free));
    if (best === null || (wish.kind === "node" && !wish.forced && best.crossed >= MOST_CROSSED)) continue;
    taken.add(grown(best.box, APART));
    placed.push({ ...wish, ...best });
  }
  return placed;
}

/** @param {Box} box @param {number} by @returns {Box} */
function grown({ left, top, right, bottom }, by) {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

/**
 * The option that covers least, crosses few lines and comes early; null where all cost without end.
 * @template {{box: Box, lines: string[], off: number, place: number}} Option
 * @param {Option[]} options
 * @param {Segment[]} lines
 * @param {(box: Box, off: number) => number} covered
 * @returns {(Option & {crossed: number}) | null}
 */
function cheapest(options, lines, covered) {
  let best = null;
  let cost = Infinity;
  for (const option of options) {
    const least = option.place * 0.06 + option.off * 0.1;
    if (least >= cost) continue;
    const here = least + covered(option.box, option.off);
    if (here < cost) {
      const crossed = crossings(option.box, lines);
      if (here + crossed < cost) [best, cost] = [{ ...option, crossed }, here + crossed];
    }
  }
  return best;
}

/**
 * Places for a label when wrapped at a width.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Wish} wish
 * @param {number} most lines
 * @param {number} wrap
 */
function shaped(ctx, wish, most, wrap) {
  const { lines, width } = measure(ctx, wish.text, FONTS[wish.kind], most, wrap);
  const places = wish.kind === "edge" ? alongEdge : aroundNode;
  return places(wish, width, lines.length * LINE).map((option) => ({
    ...option,
    lines,
    // The usual width first.
    place: option.place + (wrap === WRAP_AT ? 0 : 6),
  }));
}

/** How far a label may stand off its node: what matters goes there rather than go without its name. */
const OFFS = { node: [0, 5], hub: [0, 6, 12, 20, 30], forced: [0, 9, 18, 28, 42, 60] };

/**
 * @param {Wish} wish
 * @param {number} width
 * @param {number} height
 * @returns {{box: Box, anchorX: number, align: CanvasTextAlign, off: number, place: number}[]}
 */
function aroundNode(wish, width, height) {
  const { x, y, radius, kind, forced } = wish;
  return OFFS[forced ? "forced" : kind === "hub" ? "hub" : "node"].flatMap((off) =>
    places(off).map((option, place) => ({ ...option, off, place })),
  );

  /** @param {number} off */
  function places(off) {
    const clear = radius + GAP + off;
    const below = (/** @type {number} */ shift) =>
      at(x - width / 2 + shift * width, y + clear, width, height, "center");
    const above = (/** @type {number} */ shift) =>
      at(x - width / 2 + shift * width, y - clear - height, width, height, "center");
    const right = (/** @type {number} */ shift) =>
      at(x + clear + 2, y - height / 2 + shift * height, width, height, "left");
    const left = (/** @type {number} */ shift) =>
      at(x - clear - 2 - width, y - height / 2 + shift * height, width, height, "right");
    const sides = [0.4, -0.4].flatMap((shift) => [right(shift), left(shift)]);
    const ends = [0.3, -0.3, 0.48, -0.48].flatMap((shift) => [below(shift), above(shift)]);
    return [below(0), above(0), right(0), left(0), ...sides, ...ends];
  }
}

/** Where the word of a line stands, in its own heights from the line's middle. */
const SHIFTS = [0, -1, 1, -1.6, 1.6, -2.3, 2.3];

/**
 * @param {Wish} wish
 * @param {number} width
 * @param {number} height
 * @returns {{box: Box, anchorX: number, align: CanvasTextAlign, off: number, place: number}[]}
 */
function alongEdge(wish, width, height) {
  const { x, y, radius } = wish;
  // With a mark on the line's middle nothing may stand there.
  const step = radius > 0 ? height / 2 + radius : height;
  const shifts = radius > 0 ? SHIFTS.slice(1) : SHIFTS;
  const far = width / 2 + radius + 4;
  const aside = [0, 0.7, -0.7, 1.3, -1.3, 2, -2, 3, -3].flatMap((shift) => [
    [far, shift * height],
    [-far, shift * height],
  ]);
  return [...shifts.map((shift) => [0, shift * step]), ...aside].map(([dx, dy], place) => ({
    ...at(x - width / 2 + dx, y - height / 2 + dy, width, height, "center"),
    off: 0,
    place,
  }));
}

/**
 * @param {number} left
 * @param {number} top
 * @param {number} width
 * @param {number} height
 * @param {CanvasTextAlign} align
 */
function at(left, top, width, height, align) {
  const anchorX = align === "center" ? left + width / 2 : align === "left" ? left : left + width;
  return { box: { left, top, right: left + width, bottom: top + height }, anchorX, align };
}

/**
 * Draw placed labels; the context is scaled to screen pixels.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Placed[]} placed
 * @param {(label: Placed) => {ink: string, paper: string, alpha: number, strong: boolean}} look
 */
export function drawLabels(ctx, placed, look) {
  ctx.textBaseline = "alphabetic";
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  for (const label of placed) {
    const { ink, paper, alpha, strong } = look(label);
    ctx.font = strong ? FONTS[label.kind].replace(/^(600 )?/, "600 ") : FONTS[label.kind];
    ctx.textAlign = label.align;
    ctx.strokeStyle = paper;
    ctx.lineWidth = 4;
    ctx.globalAlpha = alpha;
    label.lines.forEach((line, index) => {
      const base = label.box.top + index * LINE + 11;
      ctx.strokeText(line, label.anchorX, base);
      ctx.fillStyle = ink;
      ctx.fillText(line, label.anchorX, base);
    });
    ctx.globalAlpha = 1;
  }
}
