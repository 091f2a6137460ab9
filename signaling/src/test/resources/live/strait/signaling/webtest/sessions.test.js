/** Publishers and viewers against a relay inside the page, with real peer connections. */
import { publish, watch } from '/web/strait.js';
import { FakeRelay } from './fake-relay.js';
import { equal, isTrue, test, until } from './harness.js';

/** A picture that moves. */
function movingStream() {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
  const context = canvas.getContext('2d');
  const timer = setInterval(() => {
    context.fillStyle = `hsl(${Math.round(performance.now() / 10) % 360} 60% 50%)`;
    context.fillRect(0, 0, 640, 360);
  }, 33);
  return { stream: canvas.captureStream(30), stop: () => clearInterval(timer) };
}

/** Runs a test with a relay and, unless `alone`, a host; whatever comes of it, all is closed. */
function inRoom(name, body, { alone = false } = {}) {
  test(name, async () => {
    const relay = new FakeRelay('shoes');
    const picture = movingStream();
    const video = Object.assign(document.createElement('video'), { muted: true });
    document.body.append(video);
    const open = [];
    const scene = {
      relay,
      video,
      stream: picture.stream,
      publish: (options = {}) => remember(open, publish({ room: 'shoes', stream: picture.stream, layers: [], ...options })),
      watch: (options = {}) => remember(open, watch({ room: 'shoes', video, ...options })),
    };
    try {
      if (!alone) {
        const publisher = scene.publish();
        await until(() => publisher.state === 'live' && relay.tracks.video, 'the host is live');
        relay.tell({ phase: 'live' });
        relay.requests.length = 0;
      }
      await body(scene);
    } finally {
      open.forEach((session) => session.close());
      relay.close();
      picture.stop();
      video.remove();
    }
  });
}

function remember(open, session) {
  open.push(session);
  session.seen = [];
  session.addEventListener('state', ({ detail }) => session.seen.push(detail.state));
  return session;
}

const framesShown = async (viewer) => (await viewer.stats())?.frozen.framesShown ?? 0;
const sessionsOf = (relay, protocol) => [...relay.sessions].filter(([, s]) => s.protocol === protocol).map(([id]) => id);

inRoom('a viewer sees the host with one request and no candidates', async ({ relay, watch }) => {
  const viewer = watch({ token: 'secret' });
  await until(async () => (await framesShown(viewer)) > 5, 'pictures');
  equal(relay.requests.map(({ method, path }) => `${method} ${path}`), ['POST /whep/shoes']);
  const [post] = relay.requests;
  equal(post.headers.get('Authorization'), 'Bearer secret');
  isTrue(!post.body.includes('a=candidate'), 'nothing was waited for');
  equal(post.body.match(/a=(recvonly|sendrecv|sendonly)/g), Array(8).fill('a=recvonly'), 'lines of the host and of three guests:');
  equal(viewer.seen, ['connecting', 'live']);
});

inRoom('three layers are offered in order, with the codec first', async ({ relay, publish }) => {
  publish({ layers: undefined, codec: 'vp9' });
  const post = await until(() => relay.only('POST')[0], 'the offer');
  isTrue(post.body.includes('a=simulcast:send q;h;f'), post.body);
  const [, first] = post.body.match(/m=video \S+ \S+ (\d+)/);
  isTrue(post.body.includes(`a=rtpmap:${first} VP9/90000`), 'VP9 is preferred');
  isTrue(post.body.includes('VP8/90000'), 'VP8 is still there');
}, { alone: true });

inRoom('an ICE restart goes on in the same session', async ({ relay, watch }) => {
  const viewer = watch();
  await until(async () => (await framesShown(viewer)) > 5, 'pictures');
  const before = viewer.peerConnection;
  const ufrag = () => before.currentLocalDescription.sdp.match(/a=ice-ufrag:(\S+)/)[1];
  const oldUfrag = ufrag();
  window.dispatchEvent(new Event('online'));
  const patch = await until(() => relay.only('PATCH')[0], 'the PATCH');
  equal(patch.headers.get('If-Match'), '*');
  equal(patch.headers.get('Content-Type'), 'application/trickle-ice-sdpfrag');
  await until(() => before.signalingState === 'stable' && ufrag() !== oldUfrag, 'new credentials');
  const shown = await framesShown(viewer);
  await until(async () => (await framesShown(viewer)) > shown + 5, 'pictures go on');
  isTrue(viewer.peerConnection === before && viewer.state === 'live', 'the same connection');
});

inRoom('a session that the server forgot is made anew, in the same stream', async ({ relay, watch, video }) => {
  const viewer = watch();
  await until(async () => (await framesShown(viewer)) > 5, 'pictures');
  await viewer.select('h');
  relay.drop(sessionsOf(relay, 'whep')[0]);
  await until(() => viewer.seen.filter((state) => state === 'live').length === 2, 'live again');
  const shown = await framesShown(viewer);
  await until(async () => (await framesShown(viewer)) > shown + 5, 'pictures again');
  equal(viewer.seen, ['connecting', 'live', 'reconnecting', 'live']);
  equal(viewer.stream.getTracks().map(({ kind }) => kind).sort(), ['audio', 'video']);
  isTrue(video.srcObject === viewer.stream, 'the element was not touched');
  const wishes = relay.requests.filter(({ path }) => path.endsWith('/layer'));
  equal(wishes.map(({ body }) => JSON.parse(body).encodingId), ['h', 'h'], 'the new session knows the wish:');
});

inRoom('a node that was killed and started anew has everybody back at once', async ({ relay, publish, watch }) => {
  const viewer = watch();
  await until(async () => (await framesShown(viewer)) > 5, 'pictures');
  relay.startAnew(); // The connections to the former process look alive.
  const diedAtMs = performance.now();
  await until(() => relay.only('POST').length === 3, 'both have come again');
  const [, ...again] = relay.only('POST');
  equal(again.map(({ path }) => path).sort(), ['/whep/shoes', '/whip/shoes']);
  isTrue(again.every(({ atMs }) => atMs - diedAtMs < 1000), `after ${again.map(({ atMs }) => atMs - diedAtMs)} ms`);
  await until(() => viewer.seen.filter((state) => state === 'live').length === 2, 'live again');
  const shown = await framesShown(viewer);
  await until(async () => (await framesShown(viewer)) > shown + 5, 'pictures again');
  equal(relay.requests.filter(({ body }) => body?.includes('ice-ufrag') && !body.includes('m=')).length, 0, 'ICE restarts:');
});

inRoom('a feed that ends alone leaves the session in peace', async ({ relay, watch }) => {
  const viewer = watch();
  await until(async () => (await framesShown(viewer)) > 5, 'pictures');
  const before = viewer.peerConnection;
  relay.cutFeeds();
  const patch = await until(() => relay.only('PATCH').find(({ path }) => path.startsWith('/whep/')), 'the question whether it is known');
  equal(patch.body, 'a=end-of-candidates\r\n');
  const shown = await framesShown(viewer);
  await until(async () => (await framesShown(viewer)) > shown + 15, 'pictures go on');
  isTrue(viewer.peerConnection === before && viewer.state === 'live', 'the same connection');
  equal(relay.only('POST').length, 1, 'sessions:');
});

inRoom('Retry-After is kept to, and the viewer comes in afterwards', async ({ relay, watch }) => {
  relay.refuse('POST', 503, 'Full.', { times: 2, retryAfter: 1 });
  const viewer = watch();
  await until(() => viewer.state === 'live', 'live');
  const at = relay.only('POST').map(({ atMs }) => atMs);
  equal(at.length, 3);
  isTrue(at[1] - at[0] >= 995 && at[2] - at[1] >= 995, `waited ${at[1] - at[0]} and ${at[2] - at[1]} ms`);
});

for (const status of [401, 403, 409, 422]) {
  inRoom(`${status} is final and says why`, async ({ relay, watch }) => {
    relay.refuse('POST', status, 'Because of this.', { times: 9 });
    const viewer = watch();
    await until(() => viewer.state === 'failed', 'failed');
    equal([viewer.error.status, viewer.error.message], [status, 'Because of this.']);
    await new Promise((resolve) => setTimeout(resolve, 600));
    equal(relay.requests.length, 1, 'requests:');
  }, { alone: true });
}

inRoom('the last of many wishes wins', async ({ relay, watch }) => {
  const viewer = watch();
  await until(() => viewer.state === 'live', 'live');
  await Promise.all(['q', 'h', 'f', null, 'h'].map((rid) => viewer.select(rid)));
  await viewer.pauseVideo(true);
  const wishes = relay.requests.filter(({ path }) => path.endsWith('/layer')).map(({ body }) => JSON.parse(body));
  equal(wishes.at(-2), { encodingId: 'h', videoPaused: false });
  equal(wishes.at(-1), { encodingId: 'h', videoPaused: true });
  isTrue(wishes.length <= 3, 'what was overtaken was not sent');
});

inRoom('a viewer waits for the host and sees it come', async ({ relay, watch, publish }) => {
  const viewer = watch();
  await until(() => viewer.state === 'live' && viewer.room?.phase === 'waiting', 'waiting');
  publish();
  await until(async () => (await framesShown(viewer)) > 5, 'pictures');
  equal(sessionsOf(relay, 'whep').length, 1, 'sessions of the viewer:');
}, { alone: true });

inRoom('an ended room is left, and joined again when it goes on', async ({ relay, watch }) => {
  const viewer = watch();
  await until(() => viewer.state === 'live', 'live');
  relay.tell({ phase: 'ended' });
  await until(() => viewer.state === 'ended', 'ended');
  equal(sessionsOf(relay, 'whep'), [], 'sessions left:');
  relay.tell({ phase: 'waiting' });
  await until(() => viewer.state === 'live', 'live again');
});

inRoom('a host opens a room again that had ended before', async ({ relay, publish }) => {
  relay.tell({ phase: 'ended' });
  const publisher = publish();
  await until(() => publisher.state === 'live' && publisher.room, 'live');
  relay.tell({ phase: 'live' });
  await until(() => publisher.room.phase === 'live', 'on air');
  relay.tell({ phase: 'ended' });
  await until(() => publisher.state === 'ended', 'an end that it has lived to see is one');
}, { alone: true });

inRoom('another picture goes out in the same session', async ({ relay, watch, publish, stream }) => {
  const publisher = publish();
  await until(() => publisher.state === 'live' && relay.tracks.video, 'the host is live');
  const viewer = watch();
  await until(async () => (await framesShown(viewer)) > 5, 'pictures');
  const other = movingStream();
  await publisher.replaceStream(other.stream);
  const shown = await framesShown(viewer);
  await until(async () => (await framesShown(viewer)) > shown + 5, 'pictures go on');
  equal(relay.only('POST').length, 2, 'sessions of host and viewer:');
  isTrue(stream.getVideoTracks()[0].readyState === 'live', 'the old track is left to its owner');
  other.stop();
}, { alone: true });

inRoom('a session closed before its answer is still ended on the server', async ({ relay, watch }) => {
  const viewer = watch();
  await until(() => relay.only('POST').length === 1, 'the offer');
  viewer.close();
  await until(() => relay.only('DELETE').length === 1, 'the DELETE');
  equal(viewer.state, 'ended');
}, { alone: true });

inRoom('a page that goes away ends its session', async ({ relay, watch }) => {
  const viewer = watch();
  await until(() => viewer.state === 'live', 'live');
  window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  equal(relay.only('DELETE').length, 1);
  window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  await until(() => viewer.state === 'live', 'and comes back with it');
}, { alone: true });
