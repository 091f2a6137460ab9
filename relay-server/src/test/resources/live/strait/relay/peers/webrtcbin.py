"""GStreamer's webrtcbin as a peer: publishes by WHIP or watches by WHEP, and says on standard output what it sees.

usage: webrtcbin.py publish ENDPOINT SECONDS
       webrtcbin.py watch ENDPOINT SECONDS

Lines on standard output: "offer" and "answer" before each line of the texts, "video" and "audio" for each decoded
buffer, "state NAME" when the connection's state changes, "error TEXT". It ends by itself after SECONDS.
"""

import sys
import urllib.error
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

PUBLISH = """
    videotestsrc is-live=true pattern=ball ! video/x-raw,width=640,height=360,framerate=30/1
        ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=60 bitrate=800
        ! video/x-h264,profile=constrained-baseline
        ! rtph264pay config-interval=-1 aggregate-mode=zero-latency
        ! application/x-rtp,media=video,encoding-name=H264,payload=96,clock-rate=90000 ! peer.
    audiotestsrc is-live=true freq=440 ! audioconvert ! audioresample ! opusenc ! rtpopuspay
        ! application/x-rtp,media=audio,encoding-name=OPUS,payload=97,clock-rate=48000 ! peer.
    webrtcbin name=peer bundle-policy=max-bundle
"""

WATCH = "webrtcbin name=peer bundle-policy=max-bundle latency=50"
WATCHED = (
    "application/x-rtp,media=video,encoding-name=VP8,payload=96,clock-rate=90000,"
    "rtcp-fb-nack=true,rtcp-fb-nack-pli=true",
    "application/x-rtp,media=audio,encoding-name=OPUS,payload=97,clock-rate=48000",
)
DECODERS = {
    "VP8": ("video", "rtpvp8depay ! vp8dec"),
    "OPUS": ("audio", "rtpopusdepay ! opusdec"),
}


def say(*words):
    # One write for a line: decoders speak on threads of their own.
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


class Peer:
    def __init__(self, mode, endpoint):
        self.endpoint = endpoint
        self.pipeline = Gst.parse_launch(PUBLISH) if mode == "publish" else Gst.Pipeline.new()
        if mode == "watch":
            self.pipeline.add(Gst.parse_launch(WATCH))
        self.peer = self.pipeline.get_by_name("peer")
        self.peer.connect("pad-added", self.decode)
        self.peer.connect("notify::connection-state", self.tell_state)
        bus = self.pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::error", lambda _, message: say("error", message.parse_error()))
        if mode == "publish":
            # Asked for when the encoders have told their formats.
            self.peer.connect("on-negotiation-needed", self.negotiate)
            self.pipeline.set_state(Gst.State.PLAYING)
        else:
            # Asked for at once, and without these lines: the offer waits for them.
            self.pipeline.set_state(Gst.State.PLAYING)
            for caps in WATCHED:
                direction = GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY
                self.peer.emit("add-transceiver", direction, Gst.Caps.from_string(caps))
            self.negotiate(self.peer)

    def negotiate(self, _):
        self.peer.emit("create-offer", None, Gst.Promise.new_with_change_func(self.exchange))

    def exchange(self, promise):
        reply = promise.get_reply()  # the offer is a part of it and gone with it
        offer = reply.get_value("offer")
        text = offer.sdp.as_text()
        self.peer.emit("set-local-description", offer, Gst.Promise.new())
        tell("offer", text)
        request = urllib.request.Request(
            self.endpoint, text.encode(), {"Content-Type": "application/sdp"}, method="POST"
        )
        try:
            answer = urllib.request.urlopen(request, timeout=10).read().decode()
        except urllib.error.HTTPError as refusal:
            say("error", refusal.code, refusal.read().decode())
            return
        tell("answer", answer)
        _, message = GstSdp.SDPMessage.new_from_text(answer)
        described = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
        self.peer.emit("set-remote-description", described, Gst.Promise.new())

    def decode(self, _, pad):
        if pad.direction != Gst.PadDirection.SRC:
            return
        kind, decoder = DECODERS[pad.get_current_caps().get_structure(0).get_string("encoding-name")]
        sink = Gst.parse_bin_from_description(decoder + " ! fakesink name=sink sync=false signal-handoffs=true", True)
        sink.get_by_name("sink").connect("handoff", lambda *_: say(kind))
        self.pipeline.add(sink)
        sink.sync_state_with_parent()
        pad.link(sink.get_static_pad("sink"))

    def tell_state(self, *_):
        say("state", self.peer.get_property("connection-state").value_nick)


def tell(what, text):
    for line in text.splitlines():
        say(what, line)


def main():
    mode, endpoint, seconds = sys.argv[1:]
    Gst.init(None)
    loop = GLib.MainLoop()
    peer = Peer(mode, endpoint)
    GLib.timeout_add_seconds(int(seconds), loop.quit)
    loop.run()
    peer.pipeline.set_state(Gst.State.NULL)


main()
