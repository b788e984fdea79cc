/** The picture: vis-network draws nodes and edges where Python put them, we draw shapes, labels and marks. */

import { ends, unlinked } from "./select.js";
import { drawMark, drawShape } from "./shapes.js";
import { drawLabels, placeLabels } from "./labels.js";
import { captions } from "./captions.js";
import { framing, litBy, nearest, stretched, swell } from "./geometry.js";
import { createLines } from "./lines.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Link} Link
 * @typedef {import("./select.js").State} State
 * @typedef {import("./select.js").Selection} Selection
 * @typedef {import("./labels.js").Placed} Placed
 */

/** Room around the picture. */
const MARGIN = { x: 16, top: 14, bottom: 14 };
const MOST_SCALE = 2;
/** Width in pixels below which the home view is framed by its nodes alone. */
const SMALL = 560;

/**
 * Make the picture in an element.
 * @param {HTMLElement} home
 * @param {Model} model
 * @param {{node: (id: string) => void, link: (id: string) => void, nothing: () => void}} pick
 */
export function createGraph(home, model, pick) {
  const drawn = model.data.network;
  const styles = model.words.styles;
  /** @type {State} */
  let state;
  /** @type {Selection} */
  let selection;
  /** @type {Set<string>} */
  let lit = new Set();
  /** @type {{node: string | null, link: string | null}} */
  const hover = { node: null, link: null };
  /** @type {Record<string, string>} */
  let ink = {};
  /** @type {Placed[]} */
  let labels = [];
  /** @type {import("./boxes.js").Box[]} */
  let taken = [];
  let version = 0;
  let labelled = "";
  const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

  const places = stretched(drawn.nodes, new Set(unlinked(model)), roomIn(home));
  const nodes = new vis.DataSet(
    drawn.nodes.map((/** @type {any} */ node) => ({
      id: node.id,
      ...places.get(node.id),
      size: node.size,
      shape: "custom",
      ctxRenderer: renderer(node),
    })),
  );
  const edges = new vis.DataSet(drawn.edges.map((/** @type {any} */ edge) => ({ ...edge, width: 1 })));
  const network = new vis.Network(home, { nodes, edges }, drawn.options);
  const lines = createLines(network, drawn, {
    widthOf: (id) => widthOf(/** @type {Link} */ (model.linkById.get(id))),
    radiusOf: (id) => radiusOf(id),
    isChosen: (id) => id === state?.node,
  });

  /** @param {any} node */
  function renderer(node) {
    return (/** @type {any} */ { ctx, x, y }) => ({
      drawNode: () => {
        const radius = radiusOf(node.id);
        const chosen = node.id === state.node;
        drawShape(ctx, node.group, x, y, radius, {
          fill: ink[`g-${node.group}`],
          paper: ink.paper,
          ring: chosen ? ink.accent : hover.node === node.id ? ink.muted : null,
          alpha: isFaint(node.id) ? 0.22 : 1,
        });
      },
      nodeDimensions: { width: 2 * radiusOf(node.id), height: 2 * radiusOf(node.id) },
    });
  }

  /** Radius in the picture's units: on the screen nodes shrink and grow less than the picture. @param {string} id */
  function radiusOf(id, scale = network?.getScale() ?? 1) {
    return ((model.entities.get(id)?.size ?? 8) * swell(scale)) / scale;
  }

  const isFaint = (/** @type {string} */ id) => lit.size > 0 && !lit.has(id) && hover.node !== id;

  const isLit = (/** @type {Link} */ link) =>
    link.id === state.link ||
    link.id === hover.link ||
    (state.node !== null && ends(link).includes(state.node));

  /** Not among what is looked at. @param {Link} link */
  const isAside = (link) => lit.size > 0 && !ends(link).every((id) => lit.has(id));

  /** @param {Link} link */
  function widthOf(link) {
    const base = styles.get(link.strength) === "dotted" ? 1.7 : 1.25;
    return link.id === state?.link || link.id === hover.link ? base + 1.2 : base;
  }

  /** @param {Link} link */
  function colourOf(link) {
    if (link.id === state.link) return ink.accent;
    if (isLit(link)) return ink.ink;
    if (isAside(link)) return ink["line-faint"];
    return link.strength === "fact" ? ink["line-fact"] : ink.line;
  }

  /** @param {Link} link */
  const middle = (link) => lines.middle(link.id);

  /** Labels for a scale, in screen pixels from the picture's middle; counted anew only when something changed. @param {number} scale */
  function arrange(scale) {
    const key = `${scale.toFixed(4)}|${version}`;
    if (key === labelled) return labels;
    labelled = key;
    const places = network.getPositions([...selection.nodes]);
    const scene = {
      model,
      state,
      selection,
      lit,
      hover,
      places,
      scale,
      radiusOf,
      middle,
      isFaint,
      isAside,
      isLit,
    };
    const { wishes, bodies } = captions(scene);
    const near = selection.edges.length <= 400 ? selection.edges : [];
    const drawnLines = near.flatMap((link) => lines.pieces(link, scale));
    taken = bodies;
    labels = placeLabels(ruler, wishes, bodies, drawnLines, home.clientWidth < SMALL);
    return labels;
  }

  network.on("beforeDrawing", lines.prepare);
  network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ ctx) => {
    if (!selection) return;
    const scale = network.getScale();
    for (const link of selection.edges) {
      const style = String(styles.get(link.strength));
      if (style !== "struck" && style !== "broken") continue;
      const { x, y } = middle(link);
      if (!isAside(link)) drawMark(ctx, style, x, y, 1 / scale, ink.alarm);
    }
    arrange(scale);
    ctx.save();
    ctx.scale(1 / scale, 1 / scale);
    drawLabels(ctx, labels, (label) => ({
      ink:
        label.kind === "edge" ? (/^(denied|set aside)/.test(label.text) ? ink.alarm : ink.muted) : ink.ink,
      paper: ink.paper,
      alpha: label.kind !== "edge" && isFaint(label.id) ? 0.35 : 1,
      strong: label.id === state.node || label.id === hover.node,
    }));
    ctx.restore();
  });
  network.on("click", (/** @type {any} */ { pointer }) => {
    const node = network.getNodeAt(pointer.DOM);
    const edge = node === undefined ? network.getEdgeAt(pointer.DOM) : undefined;
    if (node !== undefined) pick.node(node);
    else if (edge !== undefined) pick.link(edge);
    else pick.nothing();
  });
  const over = (/** @type {"node" | "link"} */ what, /** @type {string | null} */ id) => {
    hover[what] = id;
    home.style.cursor = id === null ? "" : "pointer";
    repaint();
  };
  network.on("hoverNode", (/** @type {any} */ event) => over("node", event.node));
  network.on("blurNode", () => over("node", null));
  network.on("hoverEdge", (/** @type {any} */ event) => over("link", event.edge));
  network.on("blurEdge", () => over("link", null));
  network.on("dragging", () => {
    version += 1;
    lines.spoil();
  });

  /** Draw again with the colours and widths of now. */
  function repaint() {
    version += 1;
    lines.spoil();
    for (const link of selection.edges) {
      const edge = network.body.edges[link.id];
      edge.options.color = { ...edge.options.color, color: colourOf(link), inherit: false, opacity: 1 };
    }
    network.redraw();
  }

  return {
    /** @param {State} nextState @param {Selection} nextSelection */
    show(nextState, nextSelection) {
      [state, selection] = [nextState, nextSelection];
      lit = litBy(model, state, selection);
      hide(nodes, model.entities.keys(), selection.nodes);
      hide(edges, drawn.edges.map(idOf), new Set(selection.edges.map(idOf)));
      repaint();
    },
    /** Read the colours of the theme again. @param {Record<string, string>} colours */
    paint(colours) {
      ink = colours;
      if (selection) repaint();
    },
    /** Show the given entities, or all that are shown, with their labels. @param {Iterable<string>} [ids] */
    fit(ids) {
      const wanted = new Set(ids ?? selection.nodes);
      const places = Object.values(network.getPositions([...wanted]));
      // On a phone names may reach over the rim of the map, else little but names would be seen.
      const small = home.clientWidth < SMALL && ids === undefined;
      const side = small ? 40 : MARGIN.x;
      const room = roomIn(home, side);
      if (places.length === 0 || room.width <= 0 || room.height <= 0) return;
      const boxesAt = (/** @type {number} */ at) =>
        small ? [] : arrange(at).flatMap((label) => (wanted.has(label.id) ? [label.box] : []));
      const { x, y, scale } = framing(places, boxesAt, room, MOST_SCALE);
      network.moveTo({ position: { x, y: y + (MARGIN.bottom - MARGIN.top) / 2 / scale }, scale });
    },
    /** Bring what stands out to the middle, as near as it can be read. */
    centre() {
      if (lit.size > 0) this.fit(lit);
    },
    /** @param {number} factor */
    zoom: (factor) => network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.05), 5) }),
    /** The nearest shown entity in a direction. @param {string} from @param {number} dx @param {number} dy */
    towards: (from, dx, dy) => nearest(network.getPositions([...selection.nodes]), from, dx, dy),
    positions: () => network.getPositions(),
    /** Where a line and its arrowhead end on the page. @param {string} id */
    endOf(id) {
      const frame = home.getBoundingClientRect();
      const onPage = ([name, at]) => {
        const { x, y } = network.canvasToDOM(at);
        return [name, { x: frame.left + x, y: frame.top + y }];
      };
      return Object.fromEntries(Object.entries(lines.endOf(id, ruler)).map(onPage));
    },
    /** Where a link's middle and an entity lie on the page. @param {string} id */
    pointOf(id) {
      const at =
        model.linkById.has(id) && network.body.edges[id]
          ? middle(/** @type {Link} */ (model.linkById.get(id)))
          : network.getPositions([id])[id];
      const { x, y } = network.canvasToDOM(at);
      const frame = home.getBoundingClientRect();
      return { x: frame.left + x, y: frame.top + y };
    },
    labels: () =>
      labels.map(({ id, text, lines, kind, box, forced, crossed }) => ({ id, text, lines, kind, box, forced, crossed })),
    bodies: () => taken.map((box) => ({ ...box })),
    drawn: (/** @type {string} */ id) => selection.edges.some((link) => link.id === id && link.subject !== link.object),
    moves: () => network.physics.physicsEnabled === true,
  };
}

/** What the picture may fill. @param {HTMLElement} home @param {number} [side] */
function roomIn(home, side = MARGIN.x) {
  return {
    width: home.clientWidth - 2 * side,
    height: home.clientHeight - MARGIN.top - MARGIN.bottom,
  };
}

const idOf = (/** @type {{id: string}} */ record) => record.id;

/**
 * Hide what is not shown; only what changes is handed to vis-network, which recounts much at every change.
 * @param {any} table
 * @param {Iterable<string>} ids
 * @param {Set<string>} shown
 */
function hide(table, ids, shown) {
  const changed = [...ids].filter((id) => (table.get(id).hidden === true) === shown.has(id));
  if (changed.length > 0) table.update(changed.map((id) => ({ id, hidden: !shown.has(id) })));
}
