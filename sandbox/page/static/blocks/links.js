/** Addresses that apps give: which of them lead anywhere, and how they open. */

// Anything else, such as javascript:, is only text.
const KNOWN = /^(https?:\/\/|mailto:|tel:|slack:\/\/)/i;

/** Whether a press on this address may leave the page. */
export function isLink(address) {
  return KNOWN.test(address ?? "");
}

/** Attributes of a link that opens beside the page. */
export function beside(address) {
  return { href: address, target: "_blank", rel: "noopener noreferrer" };
}
