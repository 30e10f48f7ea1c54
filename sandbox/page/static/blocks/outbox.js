/** What she does leaves in the order in which she did it. */

let last = Promise.resolve();

/**
 * Do something once everything before it has been done.
 * @template T
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
export function inTurn(act) {
  const done = last.then(act);
  last = done.catch(() => undefined);
  return done;
}

/** When everything so far has been done; for what may be overtaken afterwards. */
export function allDone() {
  return last;
}
