/** What a person does, told to the server as herself. */

import { toast } from "./toasts.js";

/** @typedef {import("./protocol.js").Answer} Answer */

const UNHEARD = "The workspace did not answer. Has it stopped?";

export class Deeds {
  /** @param {string} name whom one is */
  constructor(name) {
    this.path = `/client/${encodeURIComponent(name)}`;
  }

  /**
   * Do something; a problem is said over the page and given back.
   * @param {{deed: string, [more: string]: unknown}} body
   * @returns {Promise<Answer>}
   */
  do(body) {
    const headers = { "Content-Type": "application/json" };
    return this.send("deeds", { headers, body: JSON.stringify(body) });
  }

  /** @param {FormData} form @returns {Promise<Answer>} */
  upload(form) {
    return this.send("files", { body: form });
  }

  /** Where a file of hers is downloaded. */
  downloadUrl(fileId) {
    return `${this.path}/files/${encodeURIComponent(fileId)}`;
  }

  async send(where, request) {
    const answer = await post(`${this.path}/${where}`, request);
    const isSaidAtField = Object.keys(answer.fields ?? {}).length > 0;
    if (!answer.ok && !isSaidAtField) toast(answer.problem);
    return answer;
  }
}

async function post(address, request) {
  try {
    const response = await fetch(address, { method: "POST", ...request });
    const answer = await response.json();
    const problem = answer.problem ?? `The workspace refused that (${response.status}).`;
    return response.ok ? { ok: true, ...answer } : { ...answer, ok: false, problem };
  } catch {
    return { ok: false, problem: UNHEARD };
  }
}
