/** The lane: what is said arrives once, whatever becomes of the links. */
import { HostLane } from '/web/sdk/host-lane.js';
import { NodeClock } from '/web/sdk/node-clock.js';
import { race } from '/web/sdk/race.js';
import { RoomState } from '/web/sdk/room-state.js';
import { ViewerLane } from '/web/sdk/viewer-lane.js';
import { FakeLane } from './fake-lane.js';
import { equal, isTrue, test, until } from './harness.js';

let count = 0;

/** Runs a test with a lane of its own; `url` is new each time, as items are kept by it. */
function onLane(name, LaneOfRole, body) {
  test(name, async () => {
    const node = new FakeLane();
    const lane = new LaneOfRole({ url: `ws://node.example/rooms/r${count++}-${Date.now()}/lane`, token: 'secret' });
    try {
      lane.open();
      await until(() => node.of('hello').length === 1, 'hello');
      await body({ node, lane });
    } finally {
      lane.halt();
      node.restore();
    }
  });
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

onLane('hello comes first and alone, with the token and a name of this page', ViewerLane, async ({ node, lane }) => {
  lane.react('heart');
  lane.ask('How much?');
  await pause(50);
  equal(node.received.map(({ message }) => message.type), ['hello']);
  const [{ v, client, token, role }] = node.of('hello');
  equal([v, token, role], [1, 'secret', 'viewer']);
  isTrue(/^[\w-]{16,}$/.test(client), client);
  equal(node.socket.protocol, 'strait.lane.1');
});

onLane('what was asked before ready goes out once after it', ViewerLane, async ({ node, lane }) => {
  lane.ask('How much?');
  lane.clickProduct('shoe');
  node.ready();
  await until(() => node.of('question').length && node.of('product-click').length, 'both');
  await pause(50);
  equal([node.of('question').length, node.of('product-click').length], [1, 1]);
});

onLane('an item is sent again under its id on each new link until its terminal state', ViewerLane, async ({ node, lane }) => {
  node.ready();
  await until(() => lane.isReady, 'ready');
  const question = lane.ask('How much?');
  const other = lane.ask('Which size?');
  node.socket.tell({ type: 'ack', id: question.id, kind: 'question', state: 'accepted' });
  node.socket.tell({ type: 'ack', id: other.id, kind: 'question', state: 'answered', text: 'Nine.' });
  await until(() => other.isOver && question.state === 'accepted', 'states');
  equal(other.answer, 'Nine.');
  node.socket.drop();
  await until(() => node.sockets.length === 2 && node.of('hello').length === 2, 'a new link');
  node.ready();
  await until(() => node.of('question', node.socket).length > 0, 'the question again');
  await pause(50);
  equal(node.of('question', node.socket).map(({ id }) => id), [question.id]);
});

onLane('what a dead link did not confirm goes out on the next one', ViewerLane, async ({ node, lane }) => {
  node.ready();
  await until(() => lane.isReady, 'ready');
  lane.clickProduct('confirmed');
  await until(() => node.of('product-click').length === 1, 'the click');
  await pause(50); // The answer to its clock.
  const silent = node.socket;
  silent.tell = () => {};
  lane.clickProduct('lost');
  silent.drop();
  await until(() => node.of('hello').length === 2, 'a new link');
  node.ready();
  await until(() => node.of('product-click', node.socket).length > 0, 'the click again');
  equal(node.of('product-click', node.socket).map(({ product }) => product), ['lost']);
});

onLane('the second socket and none before tells that the node is back', ViewerLane, async ({ node, lane }) => {
  let backs = 0;
  lane.addEventListener('back', () => (backs += 1));
  node.ready();
  await until(() => lane.isReady, 'ready');
  node.ready(); // As after a gap in the room's versions.
  await pause(50);
  equal(backs, 0);
  node.socket.drop();
  await until(() => node.of('hello').length === 2, 'a new link');
  equal(backs, 0, 'before ready:');
  node.ready();
  await until(() => backs === 1, 'back');
});

onLane('a node that comes back is found within two seconds', ViewerLane, async ({ node, lane }) => {
  node.ready();
  await until(() => lane.isReady, 'ready');
  node.isUp = false;
  node.socket.drop(1012, 'node-stopping');
  await pause(4000);
  node.isUp = true;
  const backMs = performance.now();
  const hellos = node.of('hello').length;
  await until(() => node.of('hello').length > hellos, 'hello again');
  isTrue(performance.now() - backMs < 2000, `after ${performance.now() - backMs} ms`);
});

onLane('who is banned does not come again', ViewerLane, async ({ node }) => {
  node.socket.drop(1008, 'banned');
  await pause(1500);
  equal(node.sockets.length, 1);
});

onLane('an interrupt takes its states in order, whichever way they come', ViewerLane, async ({ node, lane }) => {
  node.ready();
  await until(() => lane.isReady, 'ready');
  const item = lane.interrupt();
  const states = [];
  item.addEventListener('state', ({ detail }) => states.push(detail.state));
  isTrue(lane.interrupt() === item, 'there is one at a time');
  for (const state of ['relayed', 'seen', 'relayed', 'delivered', 'accepted', 'expired']) {
    node.socket.tell({ type: 'ack', id: item.id, kind: 'interrupt', state });
  }
  await until(() => item.isOver, 'the end');
  await pause(50);
  equal(states, ['relayed', 'seen', 'accepted']);
  isTrue(lane.interrupt() !== item, 'then there may be another');
});

onLane('a question without an answer is asked again', ViewerLane, async ({ node, lane }) => {
  node.ready();
  await until(() => lane.isReady, 'ready');
  const question = lane.ask('Anybody there?');
  await until(() => node.of('question').length === 2, 'again');
  node.socket.tell({ type: 'ack', id: question.id, kind: 'question', state: 'accepted' });
  await pause(3500);
  equal(node.of('question').map(({ id }) => id), [question.id, question.id]);
});

onLane('an item that is answered by an error is refused, and not sent again', ViewerLane, async ({ node, lane }) => {
  node.ready();
  await until(() => lane.isReady, 'ready');
  const question = lane.ask('Much too long');
  node.socket.tell({ type: 'error', code: 'too-large', reason: 'At most 280 characters.', id: question.id });
  await until(() => question.isOver, 'the end');
  equal([question.state, question.cause, question.answer], ['refused', 'too-large', 'At most 280 characters.']);
});

onLane('an interrupt that comes in copies is told once', HostLane, async ({ node, lane }) => {
  node.ready({ role: 'host' });
  await until(() => lane.isReady, 'ready');
  const told = [];
  lane.addEventListener('interrupt', ({ detail }) => told.push(detail.item));
  const interrupt = { type: 'interrupt', item: 5, viewer: 'bert', atMs: 1, state: 'relayed' };
  for (let i = 0; i < 3; i++) node.socket.tell(interrupt);
  await until(() => told.length > 0, 'the interrupt');
  lane.dismiss(5);
  node.socket.tell(interrupt);
  node.socket.tell({ ...interrupt, item: 6 });
  await until(() => lane.interrupts.has(6), 'the next one');
  equal([told, lane.interrupts.size], [[5, 6], 1], 'the late copy does not bring it back:');
});

onLane('an interrupt that is accepted stays until the node says so, also when the stage is full', HostLane, async ({ node, lane }) => {
  node.ready({ role: 'host' });
  await until(() => lane.isReady, 'ready');
  const interrupt = { type: 'interrupt', item: 5, viewer: 'bert', atMs: 1, state: 'seen' };
  node.socket.tell(interrupt);
  await until(() => lane.interrupts.size === 1, 'the interrupt');
  lane.invite(5);
  lane.invite(5);
  await until(() => node.of('stage-invite').length === 1, 'the invitation');
  equal([lane.interrupts.size, lane.isInviting(5)], [1, true], 'on its way:');
  let told = '';
  lane.addEventListener('notice', ({ detail }) => (told = detail.text));
  node.socket.tell({ type: 'notice', code: 'stage-full', text: 'The stage is full.' });
  await until(() => told, 'the notice');
  equal([lane.interrupts.size, lane.isInviting(5)], [1, false], 'full:');
  lane.invite(5);
  await until(() => node.of('stage-invite').length === 2, 'the second invitation');
  node.socket.tell({ ...interrupt, state: 'accepted' });
  await until(() => lane.interrupts.size === 0, 'accepted');
  equal(lane.isInviting(5), false);
});

onLane('the board has the most wanted first, and lets go of what is over', HostLane, async ({ node, lane }) => {
  const question = (item, rank, state = 'accepted') => ({ type: 'question', item, text: `Q${item}`, language: 'en', count: 1, viewer: 'bert', atMs: 1, state, rank });
  node.ready({ role: 'host', board: [question(1, 5)] });
  await until(() => lane.board.size === 1, 'the first');
  for (const message of [question(2, 9), question(3, 7, 'pinned'), question(4, 1)]) node.socket.tell(message);
  await until(() => lane.board.size === 4, 'the others');
  equal(lane.ranked.map(({ item }) => item), [2, 3, 1, 4]);
  node.socket.tell(question(2, 9, 'answered'));
  node.socket.tell({ type: 'gone', item: 3 });
  await until(() => lane.board.size === 2, 'two are over');
  equal(lane.ranked.map(({ item }) => item), [1, 4]);
});

onLane('what was painted is told by the clock of the node', HostLane, async ({ node, lane }) => {
  node.ready({ role: 'host' });
  await until(() => lane.isReady && lane.clock.rttMs !== null, 'a clock');
  lane.painted(5);
  const seen = await until(() => node.of('seen')[0], 'seen');
  equal([seen.item, seen.hidden], [5, false]);
  const localMs = performance.timeOrigin + performance.now();
  isTrue(Math.abs(seen.atMs - localMs - 5000) < 500, `${seen.atMs - localMs} ms ahead`);
});

onLane('a change that does not follow the last one makes the lane ask for all', ViewerLane, async ({ node, lane }) => {
  node.ready();
  await until(() => lane.isReady, 'ready');
  node.socket.tell({ type: 'room', version: 8, viewers: 4 });
  await until(() => lane.room.viewers === 4, 'the next');
  node.socket.tell({ type: 'room', version: 10, viewers: 6 });
  await until(() => node.of('hello').length === 2, 'hello again');
  equal(lane.room.viewers, 4);
});

test('parts of a room that a change does not name stay', () => {
  const state = new RoomState();
  state.replace({ version: 1, viewers: 2, product: { id: 'a', title: 'A' }, pins: [], stage: [], rules: {} });
  equal(state.apply({ version: 2, viewers: 3 }), 'changed');
  equal([state.now.viewers, state.now.product.id], [3, 'a']);
  equal(state.apply({ version: 3, product: null }), 'changed');
  equal(state.now.product, null);
  equal(state.apply({ version: 3, viewers: 9 }), 'known');
});

test('the exchange with the shortest round trip sets the clock', () => {
  const clock = new NodeClock();
  clock.push({ t0Ms: 1000, t1Ms: 1500, t2Ms: 1501 }, 1201); // 200 ms, 400 of offset: 100 there and 100 back.
  equal([clock.offsetMs, clock.rttMs], [400, 200]);
  clock.push({ t0Ms: 2000, t1Ms: 2412, t2Ms: 2412 }, 2020); // 20 ms.
  equal([clock.offsetMs, clock.rttMs], [402, 20]);
  clock.push({ t0Ms: 3000, t1Ms: 3600, t2Ms: 3600 }, 3300); // Delayed on its way out alone.
  equal(clock.offsetMs, 402);
});

test('a clock that was set anew is followed at once', () => {
  const clock = new NodeClock();
  clock.push({ t0Ms: 1000, t1Ms: 1010, t2Ms: 1010 }, 1020);
  clock.push({ t0Ms: 2000, t1Ms: 9050, t2Ms: 9050 }, 2100);
  equal(clock.offsetMs, 7000);
});

test('copies of an interrupt go one by one, then slowly, and end with its arrival', async () => {
  const [surelyAt, fastAt] = [[], []];
  let arrived = false;
  race({ surely: () => surelyAt.push(performance.now()), fast: () => fastAt.push(performance.now()), isDone: () => arrived });
  await pause(900);
  arrived = true;
  const sent = fastAt.length;
  await pause(300);
  equal([surelyAt.length, fastAt.length], [1, sent]);
  const all = [surelyAt[0], ...fastAt];
  const gaps = all.slice(1).map((at, i) => at - all[i]);
  isTrue(Math.min(...gaps) >= 13, `never back to back: ${Math.min(...gaps)}`);
  const early = fastAt.filter((at) => at - surelyAt[0] < 340).length;
  isTrue(early >= 10 && early <= 23, `${early} in the first 340 ms`);
  isTrue(sent - early <= 7, `${sent - early} in the next 560 ms`);
});

test('a lane goes over data channels when they open, and over the WebSocket when they are gone', async () => {
  const node = new FakeLane();
  const lane = new ViewerLane({ url: `ws://node.example/rooms/c${Date.now()}/lane`, token: 'secret' });
  const [page, relay] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const got = { lane: [], 'lane-fast': [] };
  relay.addEventListener('datachannel', ({ channel }) => {
    channel.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      got[channel.label].push(message);
      const room = { version: 1, viewers: 1, pins: [], stage: [], rules: {} };
      if (message.type === 'hello') channel.send(JSON.stringify({ type: 'ready', v: 1, viewer: 'anna', role: 'viewer', nowMs: 0, room }));
    };
  });
  page.addEventListener('icecandidate', ({ candidate }) => relay.addIceCandidate(candidate));
  relay.addEventListener('icecandidate', ({ candidate }) => page.addIceCandidate(candidate));
  try {
    lane.open();
    const leave = lane.attach(page);
    await page.setLocalDescription();
    await relay.setRemoteDescription(page.localDescription);
    await relay.setLocalDescription();
    await page.setRemoteDescription(relay.localDescription);
    await until(() => lane.isReady && node.of('hello').length === 1, 'ready by the channel');
    node.ready();
    await until(() => lane.readyLinks().length === 2, 'both links');
    equal(got.lane[0].token, undefined, 'the session has its token:');
    equal(got.lane[0].client, node.of('hello')[0].client, 'one participant:');
    lane.clickProduct('a');
    await until(() => got.lane.some(({ type }) => type === 'product-click'), 'by the channel');
    lane.interrupt();
    await until(() => got['lane-fast'].filter(({ type }) => type === 'interrupt').length > 3, 'copies');
    equal([got.lane, node.received.map(({ message }) => message)].map((of) => of.filter(({ type }) => type === 'interrupt').length), [1, 1]);
    leave();
    lane.clickProduct('b');
    await until(() => node.of('product-click').some(({ product }) => product === 'b'), 'by the WebSocket');
  } finally {
    lane.halt();
    page.close();
    relay.close();
    node.restore();
  }
});
