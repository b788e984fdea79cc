/** Shapes of entity groups and patterns of lines: one table for the canvas and for the legend. */

import { svg } from "./dom.js";

/** Outlines in a square from -1 to 1. */
const OUTLINES = {
  authority: "M-.82-.82H.82V.82H-.82Z",
  organization: "M-.9 0A.9.9 0 1 1 .9 0 .9.9 0 1 1-.9 0Z",
  person: "M0-1A.5.5 0 1 1 0 0 .5.5 0 1 1 0-1ZM-.85.95C-.85.35-.5.1 0 .1S.85.35.85.95Z",
  unnamed: "M-.8 0A.8.8 0 1 1 .8 0 .8.8 0 1 1-.8 0Z",
  place:
    "M0 1.1C-.45.5-.8.1-.8-.3A.8.8 0 0 1 .8-.3C.8.1.45.5 0 1.1ZM-.28-.3A.28.28 0 1 0 .28-.3.28.28 0 1 0-.28-.3Z",
  money: "M-.9 0A.9.9 0 1 1 .9 0 .9.9 0 1 1-.9 0ZM-.14-.5H.14V.5H-.14Z",
  project: "M0-1.05 1.05 0 0 1.05-1.05 0Z",
  document: "M-.7-.95H.25L.7-.5V.95H-.7ZM-.38-.12H.38V.06H-.38ZM-.38.3H.38V.48H-.38Z",
  topic: "M0-.9.78-.45V.45L0 .9-.78.45V-.45Z",
};

/** Outer rim of the ring around what is selected, in radii of its shape. */
export const RING = 1.6;

/** Drawn as an outline only: nobody is named, or it is no thing but a theme. */
const HOLLOW = new Set(["unnamed", "topic"]);

/** @type {Map<string, Path2D>} */
const paths = new Map();

/** @param {string} group */
function outline(group) {
  return OUTLINES[/** @type {keyof typeof OUTLINES} */ (group)] ?? OUTLINES.topic;
}

/** @param {string} group */
function pathOf(group) {
  let path = paths.get(group);
  if (path === undefined) {
    path = new Path2D(outline(group));
    paths.set(group, path);
  }
  return path;
}

const ANGLES = 72;
/** Paper around a shape, in radii; half of its stroke, and a breath. */
const HALO = 0.25;
/** @type {Map<string, number[]>} */
const rims = new Map();
/** @type {CanvasRenderingContext2D | null} */
let probe = null;

/**
 * How far the rim of a shape, paper included, lies from its middle in a direction, in radii.
 * @param {string} group
 * @param {number} angle
 */
export function rimOf(group, angle) {
  let rim = rims.get(group);
  if (rim === undefined) {
    probe ??= /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    const tester = probe;
    rim = Array.from({ length: ANGLES }, (_, step) => {
      const [dx, dy] = [Math.cos((step / ANGLES) * 2 * Math.PI), Math.sin((step / ANGLES) * 2 * Math.PI)];
      let far = 1.4;
      // From outside: shapes have holes.
      while (far > 0.4 && !tester.isPointInPath(pathOf(group), far * dx, far * dy)) far -= 0.02;
      return far + HALO;
    });
    rims.set(group, rim);
  }
  const turn = angle / (2 * Math.PI);
  return rim[Math.round((turn - Math.floor(turn)) * ANGLES) % ANGLES];
}

/**
 * Draw the shape of a group.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} group
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @param {{fill: string, paper: string, ring: string | null, alpha: number}} look
 */
export function drawShape(ctx, group, x, y, radius, look) {
  const path = pathOf(group);
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(radius, radius);
  ctx.lineJoin = "round";
  ctx.setLineDash([]);
  // Paper first, also where the shape is faint: lines must not show through.
  ctx.fillStyle = look.paper;
  ctx.strokeStyle = look.paper;
  ctx.lineWidth = 0.42;
  ctx.stroke(path);
  ctx.fill(path);
  ctx.globalAlpha = look.alpha;
  ctx.fillStyle = look.fill;
  ctx.strokeStyle = look.fill;
  if (HOLLOW.has(group)) {
    ctx.lineWidth = 0.28;
    if (group === "unnamed") ctx.setLineDash([0.42, 0.3]);
    ctx.stroke(path);
    ctx.globalAlpha = look.alpha * 0.16;
    ctx.fill(path);
  } else {
    ctx.fill(path, "evenodd");
  }
  if (look.ring !== null) {
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
    ctx.strokeStyle = look.ring;
    ctx.lineWidth = 0.22;
    ctx.beginPath();
    ctx.arc(0, 0, RING - 0.1, 0, 2 * Math.PI);
    ctx.stroke();
  }
  ctx.restore();
}

/**
 * The shape of a group for the legend and the card.
 * @param {string} group
 */
export function shapeIcon(group) {
  const icon = svg("svg", { viewBox: "-1.25 -1.25 2.5 2.5", class: "shape", "aria-hidden": "true" });
  /** @type {Record<string, string | number>} */
  const attributes = HOLLOW.has(group)
    ? {
        fill: `var(--g-${group})`,
        "fill-opacity": 0.16,
        stroke: `var(--g-${group})`,
        "stroke-width": 0.28,
        "stroke-dasharray": group === "unnamed" ? "0.42 0.3" : "none",
      }
    : { fill: `var(--g-${group})`, "fill-rule": "evenodd" };
  icon.append(svg("path", { d: outline(group), ...attributes }));
  return icon;
}

/**
 * A sample of a line style.
 * @param {string} style
 * @param {Record<string, number[] | false>} dashes
 */
export function lineIcon(style, dashes) {
  const icon = svg("svg", { viewBox: "0 0 36 12", class: "line", "aria-hidden": "true" });
  const pattern = dashes[style];
  icon.append(
    svg("path", {
      d: "M1 6H35",
      stroke: "currentColor",
      "stroke-width": style === "dotted" ? 2 : 1.6,
      "stroke-dasharray": pattern
        ? pattern.map((length) => (style === "dotted" && length === 1 ? 2 : length)).join(" ")
        : "none",
    }),
  );
  if (style === "struck") icon.append(svg("path", { d: "M14 2 22 10M22 2 14 10", class: "strike" }));
  if (style === "broken") icon.append(svg("path", { d: "M19 1 16 6H20L17 11", class: "strike" }));
  return icon;
}

/**
 * The mark on the middle of a denied or contradicted line.
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} style
 * @param {number} x
 * @param {number} y
 * @param {number} unit size of a screen pixel
 * @param {string} colour
 */
export function drawMark(ctx, style, x, y, unit, colour) {
  if (style !== "struck" && style !== "broken") return;
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(unit, unit);
  ctx.setLineDash([]);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.8;
  ctx.beginPath();
  if (style === "struck") {
    ctx.moveTo(-4.5, -4.5);
    ctx.lineTo(4.5, 4.5);
    ctx.moveTo(4.5, -4.5);
    ctx.lineTo(-4.5, 4.5);
  } else {
    ctx.moveTo(1.5, -6);
    ctx.lineTo(-2, 0);
    ctx.lineTo(2, 0);
    ctx.lineTo(-1.5, 6);
  }
  ctx.stroke();
  ctx.restore();
}
