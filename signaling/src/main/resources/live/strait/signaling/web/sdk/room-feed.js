import { Backoff, RETURN_WAIT_MS } from './backoff.js';
import { Refusal } from './resource.js';

/** A node tells at least every 2 s how the room is; a feed this quiet hangs on a network that is gone. */
const QUIET_MS = 10_000;

/**
 * @typedef {object} RoomStatus
 * @property {string} room
 * @property {'waiting' | 'live' | 'interrupted' | 'ended'} phase
 * @property {number} viewers
 * @property {{rid: string, codec: string, bitrateBps: number}[]} layers of the host's video, lowest first
 */

/**
 * The room's status as it changes, over server-sent events.
 *
 * Read with `fetch` and not with `EventSource`: that one can carry no Authorization header, so that the token would
 * end up in logs, and gives no say in when it tries again.
 */
export class RoomFeed {
  #url;
  #token;
  #onStatus;
  #onBack;
  #wasHeard = false;
  #abort = new AbortController();
  #wake = () => {};

  /**
   * @param {string} url of the events
   * @param {string | null} token
   * @param {(status: RoomStatus) => void} onStatus
   * @param {() => void} onBack the server is heard again after the feed had ended
   */
  constructor(url, token, onStatus, onBack) {
    this.#url = url;
    this.#token = token;
    this.#onStatus = onStatus;
    this.#onBack = onBack;
    this.#follow();
  }

  close() {
    this.#abort.abort();
    this.#wake();
  }

  /** Tries again now instead of later. */
  nudge() {
    this.#wake();
  }

  async #follow() {
    const backoff = new Backoff();
    const { signal } = this.#abort;
    while (!signal.aborted) {
      let waitMs = null;
      try {
        await this.#read(signal, backoff);
      } catch (error) {
        // A server without this feed, or a token without this right: the session itself goes on.
        if (error instanceof Refusal && error.isFinal) return;
        waitMs = error.retryAfterMs;
      }
      if (signal.aborted) return;
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, waitMs ?? backoff.nextMs());
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  async #read(closed, backoff) {
    const quiet = new AbortController();
    const signal = AbortSignal.any([closed, quiet.signal]);
    let timer = setTimeout(() => quiet.abort(), QUIET_MS);
    let isBack = this.#wasHeard;
    const parser = new EventParser((data) => {
      if (closed.aborted) return; // Closed by what the event before it brought.
      clearTimeout(timer);
      timer = setTimeout(() => quiet.abort(), QUIET_MS);
      backoff.maxMs = RETURN_WAIT_MS;
      backoff.reset();
      this.#wasHeard = true;
      this.#onStatus(JSON.parse(data));
      if (isBack) this.#onBack();
      isBack = false;
    });
    try {
      const headers = { Accept: 'text/event-stream', ...(this.#token && { Authorization: `Bearer ${this.#token}` }) };
      const response = await fetch(this.#url, { headers, signal, cache: 'no-store', credentials: 'omit' });
      if (!response.ok) throw await Refusal.of(response);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        parser.push(value);
      }
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Takes text in any pieces and gives the data of each event (the `text/event-stream` format of the HTML standard). */
export class EventParser {
  #rest = '';
  #data = [];
  #onData;

  /** @param {(data: string) => void} onData */
  constructor(onData) {
    this.#onData = onData;
  }

  /** @param {string} text */
  push(text) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop();
    for (const raw of lines) {
      const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
      if (line.startsWith('data:')) this.#data.push(line.slice(line[5] === ' ' ? 6 : 5));
      else if (line === '' && this.#data.length > 0) this.#onData(this.#data.splice(0).join('\n'));
    }
  }
}
