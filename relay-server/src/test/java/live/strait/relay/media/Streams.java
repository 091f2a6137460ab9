package live.strait.relay.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.protocol.rtp.RtpView;
import live.strait.relay.loop.LoopMailbox;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.loop.RecordingEgress;
import live.strait.relay.observe.LoopCounters;
import live.strait.signaling.control.MediaLine;

/// Streams and packets for tests of one part alone.
final class Streams {
    private Streams() {}

    static MediaLoop loop() {
        return new MediaLoop(0, new LoopMailbox(() -> {}), new RecordingEgress(), new LoopCounters(), 0);
    }

    static PublishedTrack track(MediaLine line, MediaLoop loop) {
        return new PublishedTrack(line, new Fanout(loop, List.of(loop)), new KeyframeGate(), () -> {});
    }

    static SourceStream stream(PublishedTrack track, int ssrc, MediaLoop loop) {
        return new SourceStream(track, ssrc, "", 0, 90_000, loop);
    }

    static SourceStream stream(int ssrc) {
        MediaLoop loop = loop();
        return stream(track(Lines.simulcast(Lines.VP8), loop), ssrc, loop);
    }

    /// A packet of VP8 in plain.
    static RtpView packet(long timestamp, boolean last, int sequence, int ssrc, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(1536);
        RtpHeaderWriter header = new RtpHeaderWriter();
        header.begin(out, 96, last, sequence, timestamp, ssrc);
        header.end();
        return view(out.put(payload).flip());
    }

    /// A packet in plain: header, optional texts as extensions, payload.
    static RtpView packet(int payloadType, int sequence, int ssrc, byte[] payload, Object... idsAndTexts) {
        ByteBuffer out = ByteBuffer.allocate(1500);
        RtpHeaderWriter header = new RtpHeaderWriter();
        header.begin(out, payloadType, false, sequence, 0, ssrc);
        for (int i = 0; i < idsAndTexts.length; i += 2) {
            byte[] text = ((String) idsAndTexts[i + 1]).getBytes(StandardCharsets.US_ASCII);
            header.extension((Integer) idsAndTexts[i], ByteBuffer.wrap(text), 0, text.length);
        }
        header.end();
        return view(out.put(payload).flip());
    }

    private static RtpView view(ByteBuffer out) {
        RtpView view = new RtpView();
        if (!view.wrap(out)) {
            throw new AssertionError("the test's own packet does not parse");
        }
        return view;
    }
}
