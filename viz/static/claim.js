/** One claim as a reader has to judge it: who says it, how firmly, when, where it stands, and what we decided. */

import { copy, el, fill, webLink } from "./dom.js";

/**
 * @typedef {import("./model.js").Model} Model
 * @typedef {import("./model.js").Claim} Claim
 * @typedef {import("./dom.js").Child} Child
 * @typedef {{node: (id: string) => void, link: (id: string) => void}} Pick
 */

/**
 * Who says it and how firmly, in one line.
 * @param {Model} model
 * @param {Claim} claim
 */
export function claimChips(model, claim) {
  const modality = model.words.modalities.get(claim.modality) ?? claim.modality;
  return el(
    "span",
    { class: "chips" },
    el("span", { class: `chip voice-${claim.voice}` }, model.words.voices.get(claim.voice) ?? claim.voice),
    el(
      "span",
      { class: `chip modality-${claim.modality}` },
      modality,
      claim.hedge ? ` “${claim.hedge}”` : null,
    ),
    claim.polarity === "Denied" && el("span", { class: "chip denied" }, "denied"),
    claim.rank !== "Normal" && el("span", { class: "chip rank" }, claim.rank === "Deprecated" ? "set aside" : claim.rank.toLowerCase()),
    (claim.rivals ?? []).length > 0 && el("span", { class: "chip denied" }, "has a rival"),
  );
}

/**
 * The whole claim. `sentence` is left out where the card above has said it already.
 * @param {Model} model
 * @param {Claim} claim
 * @param {Pick} pick
 * @param {boolean} sentence
 */
export function claimArticle(model, claim, pick, sentence) {
  return el(
    "article",
    { class: `claim ${claim.polarity === "Denied" ? "is-denied" : ""}`, "data-claim": claim.id },
    sentence && el("p", { class: "said" }, claim.statement),
    claimChips(model, claim),
    ...claimDetails(model, claim, pick),
  );
}

/**
 * Everything but the sentence and the chips.
 * @param {Model} model
 * @param {Claim} claim
 * @param {Pick} pick
 * @returns {HTMLElement[]}
 */
export function claimDetails(model, claim, pick) {
  const source = /** @type {import("./model.js").Source} */ (model.sources.get(claim.source));
  const speaker = claim.speaker;
  const rows = [
    row(
      "Who",
      el("span", {}, claim.who),
      speaker !== undefined && chooser("show", () => pick.node(speaker)),
      claim.anonymous && " · anonymous",
    ),
    claim.condition && row("Condition", claim.condition),
    row("Holds", claim.holds),
    claim.said && row("Said", claim.said),
    ...(claim.qualifiers ?? []).map(([name, value]) => row(capital(name), value)),
    row("Source", webLink(source.address, source.title), el("br"), sourceLine(source)),
    ...(claim.passages ?? []).map((passage) => row("Place", passage.place)),
    row("Review", claim.review),
    ...(claim.rivals ?? []).map((rival) =>
      row(
        "Rival",
        `${rival.statement} (${rival.who})`,
        el("br"),
        el("span", { class: "muted" }, rival.outcome),
        model.claims.has(rival.claim) &&
          chooser("open", () => pick.link(/** @type {Claim} */ (model.claims.get(rival.claim)).link)),
      ),
    ),
  ];
  return [
    ...quotes(claim),
    ...(claim.note ? [el("p", { class: "note" }, claim.note)] : []),
    el("dl", { class: "facts" }, ...rows),
    el(
      "p",
      { class: "cite" },
      copyButton("Copy citation", () => claim.citation),
      el("span", { class: "muted" }, claim.key ? `${claim.key} · ` : null, claim.id),
    ),
  ];
}

/** @param {Claim} claim */
function quotes(claim) {
  const held = (claim.passages ?? []).filter((passage) => passage.quote);
  if (held.length > 0) return held.map((passage) => el("blockquote", {}, passage.quote));
  return [
    el(
      "p",
      { class: "no-quote" },
      (claim.passages ?? []).length > 0 ? "quotation not included" : "no quoted evidence",
    ),
  ];
}

/** @param {import("./model.js").Source} source */
function sourceLine(source) {
  const parts = [source.publisher, source.published, source.type, `reliability ${source.reliability}`];
  return el(
    "span",
    { class: "muted" },
    parts.filter(Boolean).join(" · "),
    source.relays ? ` · relays ${source.relays}` : null,
  );
}

/**
 * @param {string} term
 * @param {...Child} children
 */
function row(term, ...children) {
  return el("div", {}, el("dt", {}, term), el("dd", {}, ...children));
}

/**
 * A quiet button within a line.
 * @param {string} text
 * @param {() => void} act
 */
function chooser(text, act) {
  return el("button", { type: "button", class: "inline", onclick: act }, text);
}

/**
 * A button that copies and says that it did.
 * @param {string} label
 * @param {() => string} text
 */
export function copyButton(label, text) {
  const button = el("button", { type: "button", class: "small" }, label);
  button.addEventListener("click", async () => {
    const done = await copy(text());
    fill(button, done ? "Copied" : "Could not copy");
    setTimeout(() => fill(button, label), 1500);
  });
  return button;
}

/** @param {string} text */
export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
