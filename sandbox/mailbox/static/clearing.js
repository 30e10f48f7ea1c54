/** Clears everything, once somebody has said so twice. */

import { setText } from "/shared/keyed.js";
import { counted } from "./words.js";

export class Clearing {
  /** @param {() => void} onCleared */
  constructor(onCleared) {
    this.button = document.getElementById("clear");
    this.dialog = document.getElementById("clearing");
    this.button.addEventListener("click", () => this.dialog.showModal());
    this.dialog.addEventListener("click", async ({ target }) => {
      const { answer } = target.dataset;
      if (!answer) return;
      this.dialog.close();
      if (answer !== "yes") return;
      const done = await fetch("/clear", { method: "POST" });
      if (done.ok) onCleared();
    });
  }

  draw({ count }) {
    this.button.disabled = count === 0;
    const words = `${counted(count, "letter")} will be gone for good, in every window.`;
    setText(document.getElementById("clearing-words"), words);
  }
}
