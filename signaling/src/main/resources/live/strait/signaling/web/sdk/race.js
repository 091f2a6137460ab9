/** Bursts of loss eat neighbours: copies go this far apart, never back to back. */
const COPY_INTERVAL_MS = 15;
const COPY_JITTER_MS = 5;

/** By now the first copies have had their chance on the longest way round the world. */
const RACE_MS = 340;

/** Afterwards the network is away: each try costs little, and the first one after its return counts. */
const OUTAGE_INTERVAL_MS = 100;
const LONG_OUTAGE_MS = 5000;
const LONG_OUTAGE_INTERVAL_MS = 500;

/** How often what is reliable anyway is sent once more. */
const RESEND_INTERVAL_MS = 2000;

/**
 * Sends one message until it has arrived: by every link at once, then in copies that are never resent by anybody else.
 *
 * @param {object} way
 * @param {() => void} way.surely sends it by every link
 * @param {() => void} way.fast sends one copy
 * @param {() => boolean} way.isDone
 */
export function race({ surely, fast, isDone }) {
  const beganMs = performance.now();
  let surelyAtMs = beganMs;
  const step = () => {
    if (isDone()) return;
    const nowMs = performance.now();
    if (nowMs - surelyAtMs > RESEND_INTERVAL_MS) {
      surely();
      surelyAtMs = nowMs;
    } else fast();
    setTimeout(step, intervalMs(nowMs - beganMs));
  };
  surely();
  setTimeout(step, intervalMs(0));
}

function intervalMs(elapsedMs) {
  if (elapsedMs < RACE_MS) return COPY_INTERVAL_MS + Math.random() * COPY_JITTER_MS;
  return elapsedMs < LONG_OUTAGE_MS ? OUTAGE_INTERVAL_MS : LONG_OUTAGE_INTERVAL_MS;
}
