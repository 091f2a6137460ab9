/** A viewer's way onto the stage, and what the others see of it. */
import { host, watch } from '/web/strait.js';
import { FakeLane } from './fake-lane.js';
import { FakeRelay } from './fake-relay.js';
import { equal, isTrue, test, until } from './harness.js';

/** A voice that needs no microphone. */
function voice() {
  const audio = new AudioContext();
  const out = audio.createMediaStreamDestination();
  new OscillatorNode(audio).connect(out);
  return out.stream;
}

/** Runs a test with a viewer whose lane is ready. */
function inAudience(name, body) {
  test(name, async () => {
    const relay = new FakeRelay('shoes');
    const node = new FakeLane();
    const viewer = watch({ room: 'shoes' });
    try {
      await until(() => node.of('hello').length === 1, 'hello');
      node.ready();
      await until(() => viewer.lane.isReady && viewer.state === 'live', 'the viewer is there');
      relay.requests.length = 0;
      await body({ relay, node, viewer });
    } finally {
      viewer.close();
      node.restore();
      relay.close();
    }
  });
}

const invitation = { type: 'stage-invite', invite: 'i1', token: 'come-in', place: 2 };

inAudience('an invited viewer publishes with the token of the invitation, and leaves again', async ({ relay, node, viewer }) => {
  const states = [];
  viewer.stage.addEventListener('state', ({ detail }) => states.push(`${detail.state} ${detail.reason}`));
  node.socket.tell(invitation);
  node.socket.tell(invitation);
  await until(() => viewer.stage.state === 'invited', 'the invitation');
  await viewer.stage.join({ stream: voice(), muted: true });
  equal([viewer.stage.state, viewer.stage.place], ['live', 2]);
  const [post] = relay.only('POST');
  equal([post.path, post.headers.get('Authorization')], ['/whip/shoes', 'Bearer come-in']);
  equal(node.of('stage-accept'), [{ type: 'stage-accept', invite: 'i1', camera: false }]);
  isTrue(!viewer.stage.stream.getAudioTracks()[0].enabled, 'it begins silent');
  viewer.stage.mute(false);
  isTrue(viewer.stage.stream.getAudioTracks()[0].enabled, 'then it is heard');

  viewer.stage.leave();
  await until(() => relay.only('DELETE').length === 1, 'the session is ended');
  equal(node.of('stage-leave').length, 1);
  node.socket.tell(invitation);
  await new Promise((resolve) => setTimeout(resolve, 100));
  equal(states, ['invited host', 'joining accepted', 'live connected', 'off left']);
});

inAudience('whoever has no microphone goes back to the audience, and says so', async ({ node, viewer }) => {
  const real = navigator.mediaDevices.getUserMedia;
  navigator.mediaDevices.getUserMedia = async () => Promise.reject(new DOMException('No.', 'NotAllowedError'));
  try {
    node.socket.tell(invitation);
    await until(() => viewer.stage.state === 'invited', 'the invitation');
    let error = null;
    viewer.stage.addEventListener('state', ({ detail }) => (error = detail.error));
    await viewer.stage.join();
    equal([viewer.stage.state, error?.name], ['off', 'NotAllowedError']);
    await until(() => node.of('stage-leave').length === 1, 'the node is told');
  } finally {
    navigator.mediaDevices.getUserMedia = real;
  }
});

inAudience('the host ends a part', async ({ relay, node, viewer }) => {
  node.socket.tell(invitation);
  await until(() => viewer.stage.state === 'invited', 'the invitation');
  await viewer.stage.join({ stream: voice() });
  node.socket.tell({ type: 'stage-leave', reason: 'host' });
  await until(() => viewer.stage.state === 'off', 'the end');
  await until(() => relay.only('DELETE').length === 1, 'the session is ended');
  equal([viewer.stage.place, viewer.stage.stream], [null, null]);
});

inAudience('guests are told with the stream of their place, oneself with what one sends', async ({ node, viewer }) => {
  const stage = [
    { viewer: 'anna', place: 0, live: true },
    { viewer: 'budi', place: 1, live: true },
    { viewer: 'mei', place: 2, live: false },
  ];
  node.socket.tell(invitation);
  await until(() => viewer.stage.state === 'invited', 'the invitation');
  const own = voice();
  await viewer.stage.join({ stream: own });
  node.socket.tell({ type: 'room', version: 8, stage });
  await until(() => viewer.guests.length === 2, 'guests');
  const [budi, mei] = viewer.guests;
  equal([budi.isOwn, mei.isOwn, mei.live], [false, true, false]);
  isTrue(mei.stream === own, 'oneself');
  isTrue(budi.stream !== viewer.stream && budi.stream.getTracks().length === 2, 'a line of its own');
});

test('a desk offers the lines of guests, and none of its own picture', async () => {
  const relay = new FakeRelay('shoes');
  const node = new FakeLane();
  const desk = host({ room: 'shoes', token: 'secret' });
  try {
    const post = await until(() => relay.only('POST')[0], 'the offer');
    equal(post.path, '/whep/shoes');
    const directions = post.body.match(/a=(recvonly|inactive)/g);
    equal(directions, ['a=inactive', 'a=inactive', ...Array(6).fill('a=recvonly')]);
    isTrue(/^m=application/m.exec(post.body).index < post.body.indexOf('m=audio'), 'the channels come first');
    await until(() => node.of('hello').length === 1, 'hello');
    equal(node.of('hello')[0].role, 'host');
  } finally {
    desk.close();
    node.restore();
    relay.close();
  }
});
