/**
 * A relay inside the page: it takes the place of `fetch`, and answers WHIP and WHEP with real peer connections that pass
 * one layer on. A browser cannot receive simulcast, so the answer to a host leaves it out.
 */
export class FakeRelay {
  /** Every request to it: `{method, path, headers, body, atMs}`. */
  requests = [];
  sessions = new Map();
  tracks = {};
  status;

  #faults = [];
  #feeds = new Set();
  #former = [];
  #count = 0;
  #realFetch = globalThis.fetch;

  /** @param {string} room */
  constructor(room) {
    this.room = room;
    this.status = { room, phase: 'waiting', viewers: 0, layers: [] };
    globalThis.fetch = (url, init = {}) => this.#answer(new URL(url, location.href), init);
  }

  close() {
    globalThis.fetch = this.#realFetch;
    for (const id of [...this.sessions.keys()]) this.drop(id);
    for (const { pc } of this.#former) pc.close();
  }

  /** The next requests of this method get this answer instead. */
  refuse(method, status, detail, { times = 1, retryAfter } = {}) {
    this.#faults.push({ method, status, detail, times, retryAfter });
  }

  /** Changes the room's status and tells all who listen. */
  tell(change) {
    Object.assign(this.status, change);
    for (const feed of this.#feeds) feed.enqueue(event(this.status));
  }

  /** Is another process from now on: it knows no session, and the one before has said goodbye to nobody. */
  startAnew() {
    this.#former.push(...this.sessions.values());
    this.sessions.clear();
    this.status = { ...this.status, phase: 'waiting' };
    this.cutFeeds();
  }

  /** Ends the answers to all who listen to the room's status. */
  cutFeeds() {
    for (const feed of this.#feeds) feed.close();
    this.#feeds.clear();
  }

  /** Ends a session without a DELETE. */
  drop(id) {
    this.sessions.get(id)?.pc.close();
    this.sessions.delete(id);
  }

  only(method) {
    return this.requests.filter((request) => request.method === method);
  }

  async #answer(url, { method = 'GET', headers, body, signal }) {
    const request = { method, path: url.pathname, headers: new Headers(headers), body, atMs: performance.now() };
    if (url.pathname.endsWith('/events')) return this.#feed(signal);
    this.requests.push(request);
    const fault = this.#faults.find((f) => f.method === method && f.times > 0);
    if (fault) {
      fault.times -= 1;
      const retry = fault.retryAfter ? { 'Retry-After': String(fault.retryAfter) } : {};
      return new Response(JSON.stringify({ title: 'Refused', detail: fault.detail }), { status: fault.status, headers: retry });
    }
    const [, protocol, , id, layer] = url.pathname.split('/');
    if (!id) return this.#open(protocol, url, body);
    if (!this.sessions.has(id)) return new Response('{"title":"Unknown session"}', { status: 404 });
    if (layer) return new Response(null, { status: 204 });
    if (method === 'PATCH' && !body.includes('ice-ufrag')) return new Response(null, { status: 204 });
    if (method === 'PATCH') return new Response(await this.#restart(this.sessions.get(id).pc, body));
    if (method === 'DELETE') this.drop(id);
    return new Response(null);
  }

  async #open(protocol, url, offer) {
    const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    const id = `s${++this.#count}`;
    this.sessions.set(id, { pc, protocol });
    if (protocol === 'whip') pc.addEventListener('track', ({ track }) => this.#pass(track));
    await pc.setRemoteDescription({ type: 'offer', sdp: offer });
    if (protocol === 'whep') {
      for (const line of pc.getTransceivers()) line.direction = 'sendonly';
      for (const kind of ['audio', 'video']) await firstLine(pc, kind)?.sender.replaceTrack(this.tracks[kind] ?? null);
    }
    await pc.setLocalDescription();
    await gathered(pc);
    return new Response(pc.localDescription.sdp, { status: 201, headers: { Location: `${url.pathname}/${id}`, ETag: `"${id}"` } });
  }

  #pass(track) {
    this.tracks[track.kind] = track;
    for (const { pc, protocol } of this.sessions.values()) {
      if (protocol !== 'whep') continue;
      firstLine(pc, track.kind)?.sender.replaceTrack(track);
    }
  }

  async #restart(pc, fragment) {
    const line = (name) => fragment.match(new RegExp(`a=${name}:(\\S+)`))[1];
    const sdp = pc.remoteDescription.sdp
      .replace(/a=ice-ufrag:.*/g, `a=ice-ufrag:${line('ice-ufrag')}`)
      .replace(/a=ice-pwd:.*/g, `a=ice-pwd:${line('ice-pwd')}`)
      .replace(/a=candidate:.*\r\n/g, '');
    await pc.setRemoteDescription({ type: 'offer', sdp });
    await pc.setLocalDescription();
    await gathered(pc);
    const wanted = /^a=(ice-ufrag|ice-pwd|candidate)/;
    return pc.localDescription.sdp.split('\r\n').filter((l) => wanted.test(l)).join('\r\n');
  }

  #feed(signal) {
    let feed;
    const body = new ReadableStream({
      start: (controller) => {
        feed = controller;
        this.#feeds.add(feed);
        feed.enqueue(event(this.status));
      },
      cancel: () => this.#feeds.delete(feed),
    });
    signal?.addEventListener('abort', () => {
      if (this.#feeds.delete(feed)) feed.error(signal.reason);
    });
    return new Response(body);
  }
}

/** The host's place; nobody sits at the others. */
const firstLine = (pc, kind) => pc.getTransceivers().find((line) => line.receiver.track.kind === kind);

const event = (status) => new TextEncoder().encode(`data: ${JSON.stringify(status)}\n\n`);

function gathered(pc) {
  return new Promise((resolve) => {
    const look = () => pc.iceGatheringState === 'complete' && resolve();
    pc.addEventListener('icegatheringstatechange', look);
    look();
  });
}
