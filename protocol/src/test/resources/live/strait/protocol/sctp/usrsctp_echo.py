"""Returns every SCTP message on its own stream, by usrsctp in GStreamer. Arguments: our UDP port, theirs."""
import sys

import gi

gi.require_version("Gst", "1.0")
from gi.repository import GLib, Gst

Gst.init(None)
pipeline = Gst.parse_launch(
    f"udpsrc address=127.0.0.1 port={sys.argv[1]} caps=application/x-sctp"
    " ! sctpdec name=decoder sctp-association-id=7 local-sctp-port=5000"
    " sctpenc name=encoder sctp-association-id=7 remote-sctp-port=5000"
    f" ! udpsink host=127.0.0.1 port={sys.argv[2]} sync=false async=false"
)
encoder = pipeline.get_by_name("encoder")


def give_back(_decoder, pad):
    stream = pad.get_name().split("_")[1]
    queue = Gst.ElementFactory.make("queue")
    pipeline.add(queue)
    # Without these caps the encoder sends unordered.
    ordered = Gst.Caps.from_string("application/x-message,ordered=(boolean)true,ppid=(uint)53")
    sink = encoder.request_pad(encoder.get_pad_template("sink_%u"), f"sink_{stream}", ordered)
    queue.get_static_pad("src").link(sink)
    queue.sync_state_with_parent()
    pad.link(queue.get_static_pad("sink"))


pipeline.get_by_name("decoder").connect("pad-added", give_back)
pipeline.set_state(Gst.State.PLAYING)
GLib.MainLoop().run()
