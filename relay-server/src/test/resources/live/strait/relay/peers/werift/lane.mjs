// werift with nothing but data channels. Told and said on standard input and output, a JSON object a line:
//   told  {answer} {open, init} {close} {send, text}     open, close and send name a channel by its label
//   said  {offer} {opened} {closed} {message, label}
// It ends with its standard input.
import { createInterface } from "node:readline";
import { RTCPeerConnection } from "werift";

const peer = new RTCPeerConnection({ iceServers: [], bundlePolicy: "max-bundle" });
const channels = new Map();

function say(said) {
  process.stdout.write(JSON.stringify(said) + "\n");
}

function open(label, init) {
  const channel = peer.createDataChannel(label, init);
  channels.set(label, channel);
  channel.stateChanged.subscribe((state) => {
    if (state === "open") say({ opened: label });
    if (state === "closed") say({ closed: label });
  });
  channel.onMessage.subscribe((message) => say({ message: String(message), label }));
}

open("lane", {});
open("lane-fast", { ordered: false, maxRetransmits: 0 });
await peer.setLocalDescription(await peer.createOffer());
say({ offer: peer.localDescription.sdp });

for await (const line of createInterface({ input: process.stdin })) {
  const told = JSON.parse(line);
  if (told.answer) await peer.setRemoteDescription({ type: "answer", sdp: told.answer });
  else if (told.open) open(told.open, told.init);
  else if (told.close) channels.get(told.close).close();
  else channels.get(told.send).send(told.text);
}
process.exit();
