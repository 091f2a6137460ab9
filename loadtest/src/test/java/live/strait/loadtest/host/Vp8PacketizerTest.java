package live.strait.loadtest.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import live.strait.loadtest.host.HostTrace.VideoFrame;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.Vp8Payload;
import org.junit.jupiter.api.Test;

class Vp8PacketizerTest {
    private final FrameInfo info = new FrameInfo();

    @Test
    void payloadsOfAFrameDifferByAByteAtMost() {
        List<byte[]> payloads = cut(new byte[5 * Vp8Packetizer.MAX_PAYLOAD_BYTES + 7], false);
        assertThat(payloads).hasSize(6);
        assertThat(payloads).allMatch(payload -> payload.length <= Vp8Packetizer.MAX_PAYLOAD_BYTES);
        assertThat(payloads.getLast().length - payloads.getFirst().length).isBetween(0, 1);
    }

    @Test
    void payloadsPutTogetherAreTheFrame() {
        byte[] frame = new byte[10_000];
        new Random(1).nextBytes(frame);
        ByteBuffer together = ByteBuffer.allocate(frame.length);
        cut(frame, false).forEach(payload -> together.put(payload, 1, payload.length - 1));
        assertThat(together.array()).isEqualTo(frame);
    }

    @Test
    void onlyTheFirstPayloadStartsAFrameAndAllSayWhetherItIsNeeded() {
        byte[] keyFrame = new byte[3_000];
        List<byte[]> payloads = cut(keyFrame, false);
        assertThat(peek(payloads.getFirst()).startOfFrame).isTrue();
        assertThat(info.keyFrame).isTrue();
        assertThat(info.discardable).isFalse();
        assertThat(peek(payloads.getLast()).startOfFrame).isFalse();
        assertThat(info.keyFrame).isFalse();
        assertThat(cut(keyFrame, true)).allMatch(payload -> peek(payload).discardable);
    }

    @Test
    void framesAreCutIntoAsManyPacketsAsChromiumCutThemInto() throws IOException {
        List<VideoFrame> recorded = HostTrace.load().video();
        long alike = recorded.stream()
                .filter(frame -> cut(new byte[frame.bytes()], false).size() == frame.packets())
                .count();
        assertThat((double) alike / recorded.size()).isGreaterThan(0.995);
    }

    private static List<byte[]> cut(byte[] frame, boolean discardable) {
        List<byte[]> payloads = new ArrayList<>();
        EncodedFrame whole = new EncodedFrame(ByteBuffer.wrap(frame), false, discardable);
        int count = Vp8Packetizer.count(whole);
        for (int i = 0; i < count; i++) {
            byte[] payload = new byte[Vp8Packetizer.payloadBytes(whole, i, count)];
            Vp8Packetizer.write(whole, i, count, ByteBuffer.wrap(payload));
            payloads.add(payload);
        }
        return payloads;
    }

    private FrameInfo peek(byte[] payload) {
        info.clear();
        assertThat(Vp8Payload.peek(ByteBuffer.wrap(payload), 0, payload.length, info))
                .isTrue();
        return info;
    }
}
