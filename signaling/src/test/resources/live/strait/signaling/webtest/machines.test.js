/** The parts of the SDK that need no network: what goes in, what comes out. */
import { drawClock, ClockReader } from '/web/page/clock-blocks.js';
import { LANGUAGES, TEXTS } from '/web/page/texts.js';
import { Backoff } from '/web/sdk/backoff.js';
import { FreezeMeter } from '/web/sdk/freezes.js';
import { openLaneChannels } from '/web/sdk/lane-channels.js';
import { defaultLayers, encodingsFor } from '/web/sdk/layers.js';
import { iceServersOf, Refusal } from '/web/sdk/resource.js';
import { EventParser } from '/web/sdk/room-feed.js';
import { restartedAnswer, restartFragment, withStereoOpus } from '/web/sdk/sdp.js';
import { equal, isTrue, test, until } from './harness.js';

test('waits double up to the ceiling and vary by half', () => {
  const backoff = new Backoff(250, 8000);
  for (const ceilingMs of [250, 500, 1000, 2000, 4000, 8000, 8000, 8000]) {
    const ms = backoff.nextMs();
    isTrue(ms >= ceilingMs / 2 && ms <= ceilingMs, `${ms} is between a half and the whole of ${ceilingMs}`);
  }
  backoff.reset();
  isTrue(backoff.nextMs() <= 250, 'a reset starts over');
});

test('a copy waits for the one before, and not for ever', async () => {
  const sent = [];
  const channels = {};
  const pc = {
    connectionState: 'connected',
    createDataChannel: (label) => (channels[label] = { readyState: 'open', bufferedAmount: 0, send: (text) => sent.push(text) }),
  };
  let link;
  openLaneChannels(pc, { onLink: (opened) => (link = opened), onText: () => {}, onLost: () => {}, mayReturn: () => false });
  channels.lane.onopen();
  link.sendFast(1);
  channels['lane-fast'].bufferedAmount = 100;
  link.sendFast(2);
  equal(sent, ['1'], 'the first has not left');
  await until(() => link.sendFast(3) || sent.length > 1, 'a copy beside one that seems stuck');
  link.sendFast(4);
  channels['lane-fast'].bufferedAmount = 0;
  link.sendFast(5);
  equal(sent, ['1', '3', '5']);
});

test('channels that the node has closed are opened again, and not those of a page that it will not have', async () => {
  const opened = [];
  const pc = {
    createDataChannel: (label) => {
      const channel = { label, readyState: 'open', close: () => (channel.readyState = 'closed') };
      opened.push(channel);
      return channel;
    },
  };
  const said = [];
  const leave = openLaneChannels(pc, {
    onLink: () => said.push('link'),
    onText: (link, text) => (link.lastError = text),
    onLost: () => said.push('lost'),
    mayReturn: (link) => link.lastError !== 'banned',
  });
  opened[0].onopen();
  opened[0].onmessage({ data: 'slow-reader' });
  opened[0].onclose();
  equal(opened[1].readyState, 'closed', 'the other one of the pair is closed as well');
  await until(() => opened.length === 4, 'a new pair');
  opened[2].onclose();
  equal(opened.length, 4, 'one that was never open');
  opened[2].onopen();
  opened[2].onmessage({ data: 'banned' });
  opened[2].onclose();
  equal(said, ['link', 'lost', 'link', 'lost']);
  leave();
  equal(said.length, 4, 'nothing is left to be ended');
  pc.sctp = { state: 'closed' };
  openLaneChannels(pc, {});
  equal(opened.length, 4, 'none on an association that has ended');
});

test('events are read whatever pieces they come in', () => {
  const text = ': hello\n\nevent: room\r\ndata: {"a":1}\r\n\r\ndata:x\ndata: y\n\n';
  for (const size of [1, 2, 3, 7, text.length]) {
    const got = [];
    const parser = new EventParser((data) => got.push(data));
    for (let i = 0; i < text.length; i += size) parser.push(text.slice(i, i + size));
    equal(got, ['{"a":1}', 'x\ny'], `pieces of ${size}:`);
  }
});

/** Frames at 30 per second from `fromMs`; returns the time after the last. */
function play(meter, fromMs, frames, presentedBefore) {
  for (let i = 0; i < frames; i++) meter.onFrame(fromMs + i * 33, presentedBefore + i + 1);
  return fromMs + (frames - 1) * 33;
}

test('a steady picture is never frozen', () => {
  const meter = new FreezeMeter();
  const endMs = play(meter, 1000, 300, 0);
  equal(meter.snapshot(endMs).frozenMs, 0);
  equal(meter.snapshot(endMs).watchedMs, 299 * 33);
});

test('a gap of more than an interval and 150 ms is frozen, a shorter one is not', () => {
  const meter = new FreezeMeter();
  let endMs = play(meter, 0, 60, 0);
  endMs = play(meter, endMs + 180, 60, 60);
  equal(meter.snapshot(endMs).freezes, 0, 'after 180 ms');
  endMs = play(meter, endMs + 400, 60, 120);
  const { freezes, frozenMs, longestGapMs } = meter.snapshot(endMs);
  equal([freezes, frozenMs, longestGapMs], [1, 400, 400], 'after 400 ms');
});

test('a gap that is still open counts', () => {
  const meter = new FreezeMeter();
  const endMs = play(meter, 0, 60, 0);
  const { frozenMs, stuckPercent, pictureAgeMs } = meter.snapshot(endMs + 2000);
  equal([frozenMs, pictureAgeMs], [2000, 2000]);
  isTrue(stuckPercent > 50, 'half of the time it was stuck');
});

test('a busy page that misses callbacks has missed no frames', () => {
  const meter = new FreezeMeter();
  const endMs = play(meter, 0, 60, 0);
  meter.onFrame(endMs + 330, 70);
  equal(meter.snapshot(endMs + 330).freezes, 0);
  equal(meter.snapshot(endMs + 330).framesShown, 70);
});

test('time without a picture owed is left out', () => {
  const meter = new FreezeMeter();
  const endMs = play(meter, 0, 60, 0);
  meter.suspend();
  equal(meter.snapshot(endMs + 60_000).frozenMs, 0, 'while hidden');
  const laterMs = play(meter, endMs + 60_000, 60, 60);
  equal(meter.snapshot(laterMs).frozenMs, 0, 'and after');
});

test('only answers about the request itself are final', () => {
  const isFinal = (status) => new Refusal(status, '', '', null).isFinal;
  equal([400, 401, 403, 404, 409, 410, 422].map(isFinal), Array(7).fill(true));
  equal([408, 425, 429, 500, 502, 503].map(isFinal), Array(6).fill(false));
});

test('a refusal speaks in the words of the problem document', async () => {
  const problem = { title: 'No common codec', detail: 'This browser decodes nothing of what the host sends.', status: 422 };
  const refusal = await Refusal.of(new Response(JSON.stringify(problem), { status: 422, headers: { 'Retry-After': '3' } }));
  equal([refusal.message, refusal.title, refusal.retryAfterMs], [problem.detail, problem.title, 3000]);
  const bare = await Refusal.of(new Response('<h1>Bad gateway</h1>', { status: 502 }));
  equal(bare.message, 'HTTP 502');
});

test('ICE servers are read from Link headers', () => {
  const header =
    '<https://relay.example/whep/a/1/layer>; rel="urn:ietf:params:whep:ext:core:layer", <stun:stun.example>; rel="ice-server", ' +
    '<turn:turn.example?transport=udp>; rel="ice-server"; username="u,1"; credential="c"; credential-type="password"';
  equal(iceServersOf(header), [
    { urls: 'stun:stun.example' },
    { urls: 'turn:turn.example?transport=udp', username: 'u,1', credential: 'c' },
  ]);
  equal(iceServersOf(null), []);
});

const sdp = (...lines) => lines.join('\r\n') + '\r\n';

test('a restart fragment has the new credentials under the first line', () => {
  const offer = sdp('v=0', 's=-', 'a=group:BUNDLE 0 1', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=ice-ufrag:U', 'a=ice-pwd:P', 'a=mid:0', 'm=video 9 X 96', 'a=ice-ufrag:U', 'a=mid:1');
  equal(restartFragment(offer), sdp('a=group:BUNDLE 0 1', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0', 'a=ice-ufrag:U', 'a=ice-pwd:P'));
});

test('a restarted answer takes credentials and candidates of the fragment', () => {
  const answer = sdp('v=0', 'm=audio 9 X 111', 'a=ice-ufrag:old', 'a=ice-pwd:old', 'a=candidate:1 old', 'm=video 9 X 96', 'a=ice-ufrag:old', 'a=ice-pwd:old');
  const fragment = sdp('m=audio 9 X 0', 'a=mid:0', 'a=ice-ufrag:new', 'a=ice-pwd:secret', 'a=candidate:2 new');
  equal(restartedAnswer(answer, fragment), sdp('v=0', 'm=audio 9 X 111', 'a=ice-ufrag:new', 'a=ice-pwd:secret', 'a=candidate:2 new', 'm=video 9 X 96', 'a=ice-ufrag:new', 'a=ice-pwd:secret'));
  const without = restartedAnswer(answer, sdp('a=ice-ufrag:new', 'a=ice-pwd:secret'));
  isTrue(without.includes('a=candidate:1 old'), 'a fragment without candidates leaves the old ones');
});

test('stereo is asked for once, on Opus alone', () => {
  const offer = sdp('a=rtpmap:63 red/48000/2', 'a=fmtp:63 111/111', 'a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1');
  const asked = withStereoOpus(offer);
  isTrue(asked.includes('a=fmtp:111 minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1\r\n'), asked);
  isTrue(asked.includes('a=fmtp:63 111/111\r\n'), 'RED is left alone');
  equal(withStereoOpus(asked), asked);
});

test('layers are fitted to the picture', () => {
  equal(defaultLayers({ width: 1280, height: 720 }).map((l) => l.maxBitrateBps), [150_000, 500_000, 1_700_000]);
  const portrait = defaultLayers({ width: 720, height: 1280 });
  equal(portrait.map((l) => l.maxBitrateBps), [150_000, 500_000, 1_700_000], 'portrait:');
  isTrue(defaultLayers({ width: 1920, height: 1080 })[2].maxBitrateBps > 2_500_000, '1080p gets more');
});

test('VP9 and AV1 layers are streams of their own', () => {
  for (const codec of ['vp9', 'av1']) equal(encodingsFor(defaultLayers({}), codec).map((e) => e.scalabilityMode), ['L1T3', 'L1T3', 'L1T3']);
  isTrue(encodingsFor(defaultLayers({}), 'vp8').every((e) => !('scalabilityMode' in e)), 'VP8 needs none');
});

test('the clock of the test picture is read back', async () => {
  const atMs = 1_760_000_000_123;
  const reader = new ClockReader();
  const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
  const context = canvas.getContext('2d');
  const video = Object.assign(document.createElement('video'), { muted: true, autoplay: true, srcObject: canvas.captureStream(30) });
  document.body.append(video);
  let isRunning = false;
  const timer = setInterval(() => {
    context.fillStyle = `hsl(${performance.now() % 360} 50% 50%)`;
    context.fillRect(0, 0, 1280, 720);
    if (isRunning) drawClock(context, atMs);
  }, 33);
  try {
    await until(() => video.videoWidth === 1280, 'a picture');
    equal(reader.ageMs(video, Date.now()), null, 'without a clock:');
    isRunning = true;
    equal(await until(() => reader.ageMs(video, atMs + 77), 'a clock'), 77);
  } finally {
    clearInterval(timer);
    video.remove();
  }
});

test('every text is there in every language, with the same places to fill in', () => {
  const places = (text) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, row] of Object.entries(TEXTS)) {
    equal(row.length, LANGUAGES.length, key);
    for (const text of row) equal(places(text), places(row[0]), key);
    isTrue(row[0] === '' || row.every((text) => text.trim() !== ''), `${key} says something in each`);
  }
});

test('pages name only texts that there are', async () => {
  const named = /data-(?:text|label|placeholder|title)="([^"]+)"/g;
  for (const page of ['watch', 'studio']) {
    const html = await (await fetch(`/web/${page}.html`)).text();
    const keys = [...html.matchAll(named)].map(([, key]) => key);
    isTrue(keys.length > 20, `${page} has texts`);
    equal(keys.filter((key) => !(key in TEXTS)), [], page);
  }
});
