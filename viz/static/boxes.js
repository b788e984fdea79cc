/** Boxes and lines on the screen: which meet. */

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {{x1: number, y1: number, x2: number, y2: number}} Segment
 */

/**
 * How many lines run through a box.
 * @param {Box} box
 * @param {Segment[]} lines
 */
export function crossings(box, lines) {
  let count = 0;
  for (const line of lines) {
    // Most lines are far away: look at their frames first.
    const { x1, y1, x2, y2 } = line;
    if (x1 < box.left ? x2 < box.left : x1 > box.right && x2 > box.right) continue;
    if (y1 < box.top ? y2 < box.top : y1 > box.bottom && y2 > box.bottom) continue;
    if (cuts(line, box)) count += 1;
  }
  return count;
}

/**
 * Whether a segment touches a box (Liang and Barsky's clipping).
 * @param {Segment} line
 * @param {Box} box
 */
function cuts(line, box) {
  const dx = line.x2 - line.x1;
  const dy = line.y2 - line.y1;
  let enter = 0;
  let leave = 1;
  for (const [p, q] of [
    [-dx, line.x1 - box.left],
    [dx, box.right - line.x1],
    [-dy, line.y1 - box.top],
    [dy, box.bottom - line.y1],
  ]) {
    if (p === 0) {
      if (q < 0) return false;
    } else if (p < 0) enter = Math.max(enter, q / p);
    else leave = Math.min(leave, q / p);
    if (enter > leave) return false;
  }
  return true;
}

/** The frame of boxes. @param {Box[]} boxes @returns {Box} */
export function frameOf(boxes) {
  const frame = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const box of boxes) {
    frame.left = Math.min(frame.left, box.left);
    frame.right = Math.max(frame.right, box.right);
    frame.top = Math.min(frame.top, box.top);
    frame.bottom = Math.max(frame.bottom, box.bottom);
  }
  return frame;
}

/** Boxes by cell, so that a thousand labels do not ask each other. */
export function createGrid() {
  const CELL = 40;
  /** @type {Map<number, Box[]>} */
  const cells = new Map();
  const span = (/** @type {number} */ from, /** @type {number} */ to) => [
    Math.floor(from / CELL),
    Math.floor(to / CELL),
  ];

  /** Look at the boxes near a box, some of them more than once, until one is enough. @param {Box} box @param {(other: Box) => boolean} enough */
  function near(box, enough) {
    const [left, right] = span(box.left, box.right);
    const [top, bottom] = span(box.top, box.bottom);
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) {
        const cell = cells.get(column * 65536 + row);
        if (cell !== undefined && cell.some(enough)) return true;
      }
    }
    return false;
  }

  /** @param {Box} box */
  function met(box) {
    /** @type {Set<Box>} */
    const found = new Set();
    near(box, (other) => {
      if (shared(box, other) > 0) found.add(other);
      return false;
    });
    return found;
  }

  return {
    /** @param {Box} box */
    add(box) {
      const [left, right] = span(box.left, box.right);
      const [top, bottom] = span(box.top, box.bottom);
      for (let column = left; column <= right; column += 1) {
        for (let row = top; row <= bottom; row += 1) {
          const cell = cells.get(column * 65536 + row);
          if (cell) cell.push(box);
          else cells.set(column * 65536 + row, [box]);
        }
      }
    },
    /** Whether anything lies there. @param {Box} box */
    hits: (box) => near(box, (other) => shared(box, other) > 0),
    /** How many lie there. @param {Box} box */
    count: (box) => met(box).size,
    /** Hundreds of square pixels of a box that are taken. @param {Box} box */
    covered(box) {
      let area = 0;
      for (const other of met(box)) area += shared(box, other);
      return area / 100;
    },
  };
}

/** @param {Box} one @param {Box} other */
function shared(one, other) {
  const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}
