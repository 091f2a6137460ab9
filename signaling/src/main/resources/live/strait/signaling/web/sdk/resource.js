/**
 * The HTTP half of WHIP and WHEP (RFC 9725): the endpoint that answers an offer, and the resource that stands for the
 * session afterwards. Nothing here knows about peer connections.
 */

/** How long one request may take. A relay answers in milliseconds; a request this old was lost with its network. */
const REQUEST_TIMEOUT_MS = 8000;

/** Answers of 4xx that speak of the moment and not of the request: timeout, too early, too many. */
const PASSING_STATUS = new Set([408, 425, 429]);

/** A request that the server did not grant, in the words of its problem document (RFC 9457). */
export class Refusal extends Error {
  /**
   * @param {number} status of HTTP
   * @param {string} title in a few words
   * @param {string} detail one sentence for a person
   * @param {number | null} retryAfterMs the server's own wish for the wait, or null
   * @param {string} [code] the last word of the problem's type
   */
  constructor(status, title, detail, retryAfterMs, code = '') {
    super(detail || title);
    this.name = 'Refusal';
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
    this.code = code;
  }

  /** True when asking again would get the same answer. */
  get isFinal() {
    return this.status >= 400 && this.status < 500 && !PASSING_STATUS.has(this.status);
  }

  /** @param {Response} response one that is not ok */
  static async of(response) {
    const problem = await response.json().catch(() => ({}));
    const title = problem.title || response.statusText || `HTTP ${response.status}`;
    const code = String(problem.type ?? '').split(':').at(-1);
    return new Refusal(response.status, title, problem.detail || '', retryAfterMs(response.headers.get('Retry-After')), code);
  }
}

/**
 * Retry-After is a number of seconds or a date (RFC 9110 section 10.2.3).
 *
 * @param {string | null} value
 */
function retryAfterMs(value) {
  if (!value) return null;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}

/**
 * @param {string} url
 * @param {string | null} token
 * @param {RequestInit} init
 */
async function request(url, token, init) {
  const headers = new Headers(init.headers);
  if (token) headers.set('Authorization', `Bearer ${token}`);
  const response = await fetch(url, {
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    ...init,
    headers,
  });
  if (!response.ok) throw await Refusal.of(response);
  return response;
}

/** The resource behind a Location header: one session on the server. */
export class SessionResource {
  constructor(url, token, answer, iceServers) {
    this.url = url;
    this.token = token;
    /** The answer to the offer, as SDP. */
    this.answer = answer;
    /** STUN and TURN servers named by the server's Link headers. */
    this.iceServers = iceServers;
  }

  /**
   * Sends an offer to a WHIP or WHEP endpoint.
   *
   * @param {string} endpoint
   * @param {string | null} token
   * @param {string} offer
   * @returns {Promise<SessionResource>}
   */
  static async create(endpoint, token, offer) {
    const response = await request(endpoint, token, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp', Accept: 'application/sdp' },
      body: offer,
    });
    const location = response.headers.get('Location');
    if (!location) throw new Refusal(response.status, 'No Location', 'The server opened a session without naming it.', null);
    // A redirect may have led to another node: the Location is relative to whoever answered.
    const url = new URL(location, response.url || endpoint).href;
    const iceServers = iceServersOf(response.headers.get('Link'));
    return new SessionResource(url, token, await response.text(), iceServers);
  }

  /**
   * Restarts ICE (RFC 9725 section 4.3.3): whatever the entity tag is now, hence the asterisk.
   *
   * @param {string} fragment our new credentials
   * @returns {Promise<string>} the server's
   */
  async restartIce(fragment) {
    const response = await request(this.url, this.token, {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' },
      body: fragment,
    });
    return response.text();
  }

  /**
   * Whether the server still has this session: told that there are no more candidates, which is so (RFC 8840 section
   * 8.2), a server that was started anew says 404. Any other trouble says nothing about the session.
   */
  async isKnown() {
    try {
      await request(this.url, this.token, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' },
        body: 'a=end-of-candidates\r\n',
      });
      return true;
    } catch (error) {
      return !(error instanceof Refusal && (error.status === 404 || error.status === 410));
    }
  }

  /**
   * Tells the relay which layer to send, and whether to send video at all.
   *
   * @param {{encodingId: string | null, videoPaused: boolean}} wish
   */
  async selectLayer(wish) {
    await request(`${this.url}/layer`, this.token, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(wish),
    });
  }

  /** Ends the session; goes out even while the page is being closed, and an answer does not matter. */
  async delete() {
    await request(this.url, this.token, { method: 'DELETE', keepalive: true }).catch(() => {});
  }
}

/**
 * Reads `<turn:host?transport=udp>; rel="ice-server"; username="u"; credential="c"` (RFC 9725 section 4.6).
 *
 * @param {string | null} header
 * @returns {RTCIceServer[]}
 */
export function iceServersOf(header) {
  if (!header) return [];
  return header
    .split(/,\s*(?=<)/)
    .filter((link) => /;\s*rel="?ice-server"?/i.test(link))
    .map((link) => {
      const parameter = (name) => link.match(new RegExp(`;\\s*${name}="([^"]*)"`, 'i'))?.[1];
      const server = { urls: link.match(/<([^>]*)>/)?.[1] ?? '' };
      if (parameter('username')) Object.assign(server, { username: parameter('username'), credential: parameter('credential') });
      return server;
    })
    .filter((server) => /^(stun|turn)s?:/.test(server.urls));
}
