/** Files that go with a submission. */

import { freshId, make } from "/shared/dom.js";
import { icon } from "/shared/icons.js";
import { inTurn } from "./outbox.js";

const MOST_BYTES = 10 * 1024 * 1024;
const UNITS = ["bytes", "KB", "MB"];

function sizeInWords(bytes) {
  let [size, unit] = [bytes, 0];
  while (size >= 1024 && unit < 2) [size, unit] = [size / 1024, unit + 1];
  return `${unit ? size.toFixed(1) : size} ${UNITS[unit]}`;
}

function isSame(one, other) {
  return one.name === other.name && one.size === other.size;
}

class FileInput {
  #uploading = [];

  constructor(spot) {
    this.spot = spot;
    const { filetypes, max_files: most = 10 } = spot.element;
    this.kinds = filetypes ?? [];
    this.most = most;
    this.told = make("p.bk-file-limits", { id: freshId() }, this.#limits());
    this.input = make("input.bk-file-chooser", {
      id: freshId(),
      type: "file",
      multiple: most > 1,
      accept: this.kinds.map((kind) => `.${kind}`).join(",") || null,
      "aria-label": "Files",
      "aria-required": spot.isRequired ? "true" : null,
      "data-part": "file",
      onchange: () => this.#take([...this.input.files]),
    });
    this.list = make("ul.bk-files", { "aria-label": "Files chosen" });
    this.status = make("p.bk-status", { role: "status" });
    const words =
      most === 1 ? "Choose a file, or drop it here" : "Choose files, or drop them here";
    const invitation = make("p.bk-drop-words", { lang: "en" }, words);
    this.zone = make("div.bk-drop", {}, this.input, invitation, this.told);
    this.zone.addEventListener("dragover", (event) => event.preventDefault());
    this.zone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.#take([...event.dataTransfer.files]);
    });
    this.node = make("div.bk-file-input", {}, this.zone, this.list, this.status);
  }

  #limits() {
    const kinds = this.kinds.map((kind) => `.${kind}`).join(", ");
    const count = this.most === 1 ? "1 file" : `up to ${this.most} files`;
    return [kinds, count, "10 MB each"].filter(Boolean).join(" · ");
  }

  get #held() {
    return this.spot.field.value ?? [];
  }

  /** What Slack's client would not take, in words; "" when it would. */
  #refusal(file) {
    const kind = file.name.split(".").at(-1).toLowerCase();
    if (this.kinds.length && !this.kinds.includes(kind)) {
      return `${file.name}: choose ${this.kinds.map((each) => `.${each}`).join(" or ")}`;
    }
    if (file.size > MOST_BYTES) return `${file.name} is larger than 10 MB`;
    return file.size ? "" : `${file.name} is empty`;
  }

  async #take(files) {
    const { surface, block } = this.spot;
    this.input.value = "";
    surface.clearProblem(block.block_id);
    const room = this.most - this.#held.length - this.#uploading.length;
    const refused = files.map((file) => this.#refusal(file)).filter(Boolean);
    if (files.length > room) refused.push(`No more than ${this.most} can be added`);
    const good = files.filter((file) => !this.#refusal(file)).slice(0, Math.max(room, 0));
    if (refused.length) surface.showProblem(block.block_id, `${refused.join(". ")}.`);
    const coming = good.map((file) => ({ file, id: null }));
    this.#uploading.push(...coming);
    this.show();
    for (const each of coming) await this.#upload(each);
  }

  async #upload(coming) {
    const { file } = coming;
    const { surface, block, element, context } = this.spot;
    const form = new FormData();
    form.append("view_id", context.surface.view);
    form.append("block_id", block.block_id);
    form.append("action_id", element.action_id);
    form.append("file", file);
    const answer = await inTurn(() => surface.context.upload(form)).catch(String);
    if (answer?.ok) {
      coming.id = answer.file_id;
      this.status.textContent = `${file.name} added`;
    } else {
      this.#uploading = this.#uploading.filter((each) => each !== coming);
      surface.showProblem(
        block.block_id,
        answer?.problem || `${file.name} was not taken.`,
      );
    }
    this.show();
  }

  async #remove(file) {
    const { surface, block, element, context } = this.spot;
    const ids = {
      view_id: context.surface.view,
      block_id: block.block_id,
      action_id: element.action_id,
    };
    this.input.focus();
    await inTurn(() => surface.deed({ deed: "remove_file", ...ids, file_id: file.id }));
    this.status.textContent = `${file.name} removed`;
  }

  show() {
    const ids = new Set(this.#held.map((file) => file.id));
    this.#uploading = this.#uploading.filter(({ id }) => !ids.has(id));
    const held = this.#held.map((file) =>
      this.#row(file.name, sizeInWords(file.size), () => this.#remove(file)),
    );
    // The workspace may know of it before the upload has its answer.
    const coming = this.#uploading
      .filter(({ file }) => !this.#held.some((each) => isSame(each, file)))
      .map(({ file }) => this.#row(file.name, "", null));
    this.list.replaceChildren(...held, ...coming);
    this.list.hidden = held.length + coming.length === 0;
  }

  #row(name, size, remove) {
    const label = make("span.bk-file-name", { dir: "auto" }, name);
    const progress = make("progress", { "aria-label": `Uploading ${name}` });
    const attributes = {
      type: "button",
      "aria-label": `Remove ${name}`,
      onclick: remove,
    };
    const button = make("button.bk-clear", attributes, icon("cross"));
    const about = remove ? make("span.bk-file-size", {}, size) : progress;
    return make("li.bk-file", {}, icon("file"), label, about, remove && button);
  }
}

/** @param {import("./spot.js").Spot} spot */
export function fileInput(spot) {
  const input = new FileInput(spot);
  return {
    node: input.node,
    control: input.input,
    show: () => input.show(),
    describedBy: input.told.id,
  };
}
