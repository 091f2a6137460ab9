/** Runs every test in turn and posts what came of it to the JUnit test that has opened this page. */
import { tests } from './harness.js';
import './lane.test.js';
import './machines.test.js';
import './sessions.test.js';
import './stage.test.js';

/** Far longer than any test takes: one that hangs must not take the others' results with it. */
const TEST_TIMEOUT_MS = 20_000;

const tooLong = () => new Promise((_, reject) => setTimeout(() => reject(new Error('took more than 20 s')), TEST_TIMEOUT_MS));

const results = [];
for (const { name, run } of tests) {
  try {
    await Promise.race([run(), tooLong()]);
    results.push({ name, failure: null });
  } catch (error) {
    results.push({ name, failure: String(error.stack ?? error) });
  }
}
await fetch('/results', { method: 'POST', body: JSON.stringify(results) });
