/** Lines: of one weight on the screen at every zoom, each ending where its arrowhead begins. */

import { RING, rimOf } from "./shapes.js";
import { swell } from "./geometry.js";

/**
 * @typedef {import("./model.js").Link} Link
 * @typedef {import("./boxes.js").Segment} Segment
 * @typedef {{x: number, y: number}} Point
 */

const ARROW = 0.45;

/**
 * @param {any} network
 * @param {any} drawn nodes and edges as Python placed them
 * @param {{widthOf: (id: string) => number, radiusOf: (id: string) => number, isChosen: (id: string) => boolean}} look
 */
export function createLines(network, drawn, look) {
  let weighed = 0;
  const nodes = network.body.nodes;
  for (const node of drawn.nodes) {
    // vis-network takes every shape of ours for a square. Arrows stop outside the ring of what is selected.
    nodes[node.id].shape.distanceToBorder = (/** @type {any} */ _, /** @type {number} */ angle) =>
      look.radiusOf(node.id) * (look.isChosen(node.id) ? RING + 0.1 : rimOf(node.group, angle + Math.PI));
  }

  /** Lines, dashes and arrows keep their size on the screen. @param {number} scale */
  function weigh(scale) {
    for (const edge of drawn.edges) {
      const options = network.body.edges[edge.id].options;
      options.width = look.widthOf(edge.id) / scale;
      options.dashes = Array.isArray(edge.dashes)
        ? edge.dashes.map((/** @type {number} */ length) => length / scale)
        : false;
      options.arrows.to.scaleFactor = (ARROW * swell(scale)) / scale;
    }
    for (const node of drawn.nodes) {
      const shape = nodes[node.id].shape;
      shape.customSizeWidth = shape.customSizeHeight = shape.width = shape.height = 2 * look.radiusOf(node.id);
    }
  }

  /** vis-network draws a line to where its arrow was a frame ago: say where it is now. @param {any} ctx */
  function end(ctx) {
    for (const edge of Object.values(network.body.edges)) {
      if (edge.connected && !edge.options.hidden) edge.edgeType.toPoint = arrowOf(edge, ctx).core;
    }
  }

  /** @param {any} edge @param {any} ctx */
  function arrowOf(edge, ctx) {
    const type = edge.edgeType;
    [type.fromPoint, type.toPoint] = [type.from, type.to];
    return type.getArrowData(ctx, "to", type.getViaNode(), false, false, edge.getFormattingValues());
  }

  /** A point of the whole line, from node to node. @param {any} type @param {number} share @returns {Point} */
  function pointOn(type, share) {
    const held = [type.fromPoint, type.toPoint];
    [type.fromPoint, type.toPoint] = [type.from, type.to];
    const point = type.getPoint(share);
    [type.fromPoint, type.toPoint] = held;
    return point;
  }

  return {
    /** Before a frame: all sizes for its scale. @param {any} ctx */
    prepare(ctx) {
      const scale = network.getScale();
      if (Math.abs(scale - weighed) < 1e-6) return;
      weighed = scale;
      weigh(scale);
      end(ctx);
    },
    /** Something moved or looks otherwise: count anew before the next frame. */
    spoil: () => void (weighed = 0),
    /** @param {string} id @returns {Point} */
    middle: (id) => pointOn(network.body.edges[id].edgeType, 0.5),
    /** Where a line runs, as one or four straight pieces, in screen pixels. @param {Link} link @param {number} scale @returns {Segment[]} */
    pieces(link, scale) {
      const type = network.body.edges[link.id]?.edgeType;
      if (!type || link.subject === link.object) return [];
      const steps = type.options.smooth?.enabled ? [0, 0.25, 0.5, 0.75, 1] : [0, 1];
      const points = steps.map((share) => pointOn(type, share));
      return points.slice(1).map((point, index) => ({
        x1: points[index].x * scale,
        y1: points[index].y * scale,
        x2: point.x * scale,
        y2: point.y * scale,
      }));
    },
    /** Where the arrowhead of a line begins and ends. @param {string} id @param {any} ctx */
    endOf(id, ctx) {
      const edge = network.body.edges[id];
      const { core, point } = arrowOf(edge, ctx);
      edge.edgeType.toPoint = core;
      return { core, tip: point };
    },
  };
}
