/** A message or a view on screen, drawn anew without losing what somebody does in it. */

import { drawBlock } from "./layout.js";
import { refreshMentions } from "./mentions.js";
import { inTurn } from "./outbox.js";
import { currentFocus, restoreFocus } from "./focus.js";

const surfaces = new WeakMap();

/** The surface drawn in this element, made when there is none. */
export function surfaceOf(host) {
  if (!surfaces.has(host)) surfaces.set(host, new Surface(host));
  return surfaces.get(host);
}

/**
 * Draw the blocks of a message or view into `host`, again as often as they change.
 * @param {HTMLElement} host
 * @param {object[]} blocks
 * @param {object} context me, users, channels, surface, values, errors, deed,
 *   upload, downloadUrl, openUser, say
 */
export function drawBlocks(host, blocks, context) {
  surfaceOf(host).draw(blocks, context);
}

export class Surface {
  constructor(host) {
    this.host = host;
    this.fields = new Map();
    this.widgets = new Map();
    this.isBusy = false;
    this.context = {};
    this.#forget();
  }

  #entries;
  #problems;
  #address = "";

  #forget() {
    this.#entries = new Map();
    this.#problems = new Map();
    this.fields.clear();
    this.widgets.clear();
    this.host.replaceChildren();
  }

  /** Whether it is being drawn: what is blurred then was not left by anybody. */
  isDrawing = false;

  draw(blocks, context) {
    const address = JSON.stringify(context.surface ?? null);
    if (address !== this.#address) this.#forget();
    this.#address = address;
    this.context = context;
    const focus = currentFocus(this.host);
    this.isDrawing = true;
    const entries = new Map();
    const used = new Set();
    let hasChanged = false;
    blocks.forEach((block, at) => {
      const key = block.block_id ?? `at ${at}`;
      const kept = this.#kept(key, block);
      hasChanged ||= !kept;
      entries.set(key, kept ?? this.#drawn(block));
      entries.get(key).places.forEach((place) => used.add(place));
    });
    this.#entries = entries;
    this.#put([...entries.values()].map((entry) => entry.node));
    this.#dropUnused(used);
    refreshMentions(this.host, context);
    this.#hear(hasChanged);
    this.showErrors();
    this.isDrawing = false;
    restoreFocus(focus, this.host);
  }

  #kept(key, block) {
    const entry = this.#entries.get(key);
    return entry?.signature === JSON.stringify(block) ? entry : null;
  }

  #drawn(block) {
    const places = [];
    const drawn = drawBlock(block, this, (place) => places.push(place));
    return { signature: JSON.stringify(block), places, ...drawn };
  }

  /** Nodes in this order; those that stay are not moved, so focus stays too. */
  #put(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...this.host.childNodes]) {
      if (!wanted.has(child)) child.remove();
    }
    let next = this.host.firstChild;
    for (const node of nodes) {
      if (node === next) next = next.nextSibling;
      else this.host.insertBefore(node, next);
    }
  }

  #dropUnused(used) {
    for (const kept of [this.fields, this.widgets]) {
      for (const key of [...kept.keys()]) if (!used.has(key)) kept.delete(key);
    }
  }

  #hear(isNewRevision) {
    const values = this.context.values ?? {};
    for (const field of this.fields.values()) {
      const { block_id: blockId, action_id: actionId } = field.spot.place;
      field.hear(values[blockId]?.[actionId], isNewRevision);
      field.widget?.refresh?.();
    }
  }

  // -- errors ---------------------------------------------------------------------

  #errorOf(blockId) {
    return this.#problems.get(blockId) ?? this.context.errors?.[blockId] ?? "";
  }

  /** Say under the fields what is wrong. */
  showErrors() {
    for (const [blockId, entry] of this.#entries) {
      entry.showError?.(this.#errorOf(blockId));
    }
  }

  /** The fields under which something is wrong, top to bottom. */
  wrongFields() {
    return [...this.#entries]
      .filter(([blockId, entry]) => entry.showError && this.#errorOf(blockId))
      .map(([, entry]) => entry);
  }

  /** Say at a field why something was not taken; elsewhere the page has said it. */
  showProblem(blockId, problem) {
    this.#problems.set(blockId, problem);
    this.showErrors();
  }

  /** Put the keyboard into a block. Gives whether there is anything to put it in. */
  focus(blockId) {
    const entry = this.#entries.get(blockId);
    const reachable = "input, button, textarea, a[href]";
    if (entry?.focus) entry.focus();
    else entry?.node.querySelector(reachable)?.focus();
    return Boolean(entry?.node.contains(document.activeElement));
  }

  clearProblem(blockId) {
    if (this.#problems.delete(blockId)) this.showErrors();
  }

  clearProblems() {
    this.#problems.clear();
    this.showErrors();
  }

  // -- doing ----------------------------------------------------------------------

  /** Send what she typed and has not left yet. Gives whether all of it was taken. */
  async flush(except = null) {
    if (this.isBusy) return true;
    const ahead = [...this.fields.values()].filter(
      (field) => field.isDirty && field !== except,
    );
    const taken = await Promise.all(
      ahead.map((field) =>
        field.send({ isQuiet: Boolean(field.spot.block.dispatch_action) }),
      ),
    );
    return taken.every(Boolean);
  }

  /** Do something here, after what she typed; not when that was refused. */
  send(body) {
    const flushed = this.flush();
    return inTurn(async () =>
      (await flushed) ? this.deed(body) : { problem: "", isHeldBack: true },
    );
  }

  /** Ask the workspace; what goes wrong on the way is a problem like any other. */
  async deed(body) {
    try {
      return (await this.context.deed(body)) ?? {};
    } catch (error) {
      return { problem: String(error?.message ?? error) };
    }
  }
}
