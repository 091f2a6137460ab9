package live.strait.relay.peers;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// H.264 and Opus as plain RTP, made by GStreamer in a process of its own and taken from a local socket.
///
/// A key frame comes every two seconds and never when asked for, as with most encoders outside of browsers.
final class EncodedSource implements AutoCloseable {
    private final DatagramChannel socket;
    private final Process encoder;
    private final ByteBuffer packet = ByteBuffer.allocate(2048);

    EncodedSource(int videoPayloadType, long videoSsrc, int audioPayloadType, long audioSsrc) throws IOException {
        socket = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
        socket.configureBlocking(false);
        int port = ((InetSocketAddress) socket.getLocalAddress()).getPort();
        String graph =
                String.format(Locale.ROOT, """
                videotestsrc is-live=true pattern=ball ! video/x-raw,width=640,height=360,framerate=30/1
                ! x264enc tune=zerolatency speed-preset=ultrafast key-int-max=60 bitrate=800
                ! video/x-h264,profile=constrained-baseline
                ! rtph264pay config-interval=-1 mtu=1150 pt=%d ssrc=%d ! udpsink host=127.0.0.1 port=%d async=false
                audiotestsrc is-live=true ! audioconvert ! audioresample ! opusenc
                ! rtpopuspay pt=%d ssrc=%d ! udpsink host=127.0.0.1 port=%d async=false
                """, videoPayloadType, videoSsrc, port, audioPayloadType, audioSsrc, port);
        List<String> command = new ArrayList<>(List.of("timeout", "60", "gst-launch-1.0", "-q"));
        command.addAll(List.of(graph.strip().split("\\s+")));
        encoder = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start();
    }

    void register(Selector selector) throws IOException {
        socket.register(selector, SelectionKey.OP_READ);
    }

    /// The next RTP packet, valid until the next call, or null when there is none yet.
    @Nullable
    ByteBuffer poll() throws IOException {
        packet.clear();
        return socket.receive(packet) == null ? null : packet.flip();
    }

    @Override
    public void close() throws IOException {
        encoder.destroy();
        socket.close();
    }
}
