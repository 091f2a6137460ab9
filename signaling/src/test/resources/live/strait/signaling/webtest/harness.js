/** As much of a test framework as these tests need. */

/** @type {{name: string, run: () => Promise<void>}[]} */
export const tests = [];

/** @param {string} name a behaviour @param {() => void | Promise<void>} body */
export function test(name, body) {
  tests.push({ name, run: async () => body() });
}

/** Compares by value. */
export function equal(actual, expected, what = '') {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`${what} expected ${e} but was ${a}`);
}

export function isTrue(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`);
}

/** Resolves with the first truthy value. @template T @param {() => T} look @returns {Promise<T>} */
export async function until(look, what, withinMs = 10_000) {
  const giveUpAtMs = performance.now() + withinMs;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (performance.now() > giveUpAtMs) throw new Error(`did not come within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
