/**
 * Labels of our own: constant size on the screen, a halo, no label on another label or on a node. Greedy: the most
 * important first, each at the free place that crosses fewest lines; what finds no place is left out until
 * it is asked for.
 */

import { createGrid, crossings } from "./boxes.js";

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
const MOST_LINES = 3;
const LINE = 14;
const GAP = 3;
/** No picture has room for more. */
const MOST_LABELS = 400;
/** Hundreds of square pixels. */
const RIM = 0.6;
const FACE = '"Inter", "Segoe UI", system-ui, "Noto Sans", sans-serif';
const FONTS = { hub: `600 12.5px ${FACE}`, node: `11.5px ${FACE}`, edge: `italic 11px ${FACE}` };

/** @type {Map<string, {lines: string[], width: number}>} */
const measured = new Map();

/**
 * Lines of a label and the width of the longest.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} text
 * @param {string} font
 * @param {boolean} whole all of it, however long
 */
function measure(ctx, text, font, whole, wrap = WRAP_AT) {
  const key = `${font}|${whole}|${wrap}|${text}`;
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
  const most = font === FONTS.hub ? MOST_LINES + 1 : MOST_LINES;
  if (lines.length > most && !whole) lines = [...lines.slice(0, most - 1), `${lines[most - 1]} …`];
  lines = lines.map((line) => (line.length > 60 && !whole ? `${line.slice(0, 58)}…` : line));
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
 * @returns {Placed[]}
 */
export function placeLabels(ctx, wishes, bodies, lines) {
  /** @type {Placed[]} */
  const placed = [];
  const taken = createGrid();
  const nodes = createGrid();
  for (const body of bodies) nodes.add(body);
  const sorted = [...wishes].sort(
    (a, b) => Number(b.forced) - Number(a.forced) || b.rank - a.rank || (a.id < b.id ? -1 : 1),
  );
  for (const wish of sorted.slice(0, MOST_LABELS)) {
    const options =
      wish.kind === "edge"
        ? shaped(ctx, wish, alongEdge, WRAP_AT)
        : [...shaped(ctx, wish, aroundNode, WRAP_AT), ...shaped(ctx, wish, aroundNode, NARROW)];
    // No label lies on another unless it was asked for; a landmark or a mark may touch the rim of a shape.
    const best =
      cheapest(options, lines, (box) => (taken.hits(box) || nodes.hits(box) ? Infinity : 0)) ??
      (wish.forced
        ? cheapest(options, lines, (box) => taken.covered(box) + nodes.covered(box))
        : wish.kind === "node"
          ? null
          : cheapest(options, lines, (box) => (taken.hits(box) || nodes.covered(box) > RIM ? Infinity : 0)));
    if (best === null) continue;
    taken.add(best.box);
    placed.push({ ...wish, ...best });
  }
  return placed;
}

/**
 * The option that covers least, comes early and crosses few lines; null where all cost without end.
 * @template {{box: Box, lines: string[]}} Option
 * @param {Option[]} options
 * @param {Segment[]} lines
 * @param {(box: Box) => number} covered
 * @returns {Option | null}
 */
function cheapest(options, lines, covered) {
  let best = null;
  let cost = Infinity;
  for (const [place, option] of options.entries()) {
    const least = place * 0.3 + (option.lines.at(-1)?.endsWith("…") ? 2.5 : 0);
    if (least >= cost) continue;
    const here = least + covered(option.box);
    if (here < cost) {
      const whole = here + crossings(option.box, lines);
      if (whole < cost) [best, cost] = [option, whole];
    }
  }
  return best;
}

/**
 * Places for a label when wrapped at a width.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Wish} wish
 * @param {typeof aroundNode} places
 * @param {number} wrap
 */
function shaped(ctx, wish, places, wrap) {
  const { lines, width } = measure(ctx, wish.text, FONTS[wish.kind], wish.forced, wrap);
  return places(wish, width, lines.length * LINE).map((option) => ({ ...option, lines }));
}

/**
 * @param {Wish} wish
 * @param {number} width
 * @param {number} height
 * @returns {{box: Box, anchorX: number, align: CanvasTextAlign}[]}
 */
function aroundNode(wish, width, height) {
  const { x, y, radius, kind } = wish;
  const tight = places(0);
  // A landmark may stand a little off rather than go without its name.
  return kind === "hub" ? [...tight, ...places(9), ...places(18), ...places(28)] : tight;

  /** @param {number} off */
  function places(off) {
    const far = radius + GAP + off;
    const below = (/** @type {number} */ shift) =>
      at(x - width / 2 + shift * width, y + far, width, height, "center");
    const above = (/** @type {number} */ shift) =>
      at(x - width / 2 + shift * width, y - far - height, width, height, "center");
    const right = (/** @type {number} */ shift) =>
      at(x + far + 2, y - height / 2 + shift * height, width, height, "left");
    const left = (/** @type {number} */ shift) =>
      at(x - far - 2 - width, y - height / 2 + shift * height, width, height, "right");
    return [
      below(0),
      above(0),
      right(0),
      left(0),
      right(0.4),
      left(0.4),
      right(-0.4),
      left(-0.4),
      below(0.3),
      below(-0.3),
      above(0.3),
      above(-0.3),
      below(0.48),
      below(-0.48),
      above(0.48),
      above(-0.48),
    ];
  }
}

/**
 * @param {Wish} wish
 * @param {number} width
 * @param {number} height
 */
function alongEdge(wish, width, height) {
  const { x, y, radius } = wish;
  const off = height / 2 + radius;
  const shifts =
    radius > 0 ? [-off, off, -1.5 * off, 1.5 * off] : [0, -height, height, -1.6 * height, 1.6 * height];
  const centred = shifts.map((shift) => at(x - width / 2, y - height / 2 + shift, width, height, "center"));
  const beside = [
    at(x + radius + 6, y - height / 2, width, height, "left"),
    at(x - radius - 6 - width, y - height / 2, width, height, "right"),
  ];
  return [...centred, ...beside];
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
