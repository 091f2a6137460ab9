/// Tests with peers that are not ours: libwebrtc inside this process, GStreamer as a child process, and clients of
/// the exact shape of FFmpeg's and OBS's.
///
/// Each one talks to a whole node through its front door: HTTP, then ICE, DTLS and SRTP over real sockets of this
/// machine. Start reading at [SignalingClient], then [LibwebrtcTest].
@NullMarked
package live.strait.relay.peers;

import org.jspecify.annotations.NullMarked;
