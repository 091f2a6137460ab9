package live.strait.loadtest.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.Vp8Payload;
import org.junit.jupiter.api.Test;

class Vp8PacketizerTest {
    private final Vp8Packetizer packetizer = new Vp8Packetizer(0x7fff);
    private final FrameInfo info = new FrameInfo();

    @Test
    void payloadsOfAFrameDifferByAByteAtMost() {
        List<byte[]> payloads = cut(new byte[5 * Vp8Packetizer.MAX_PAYLOAD_BYTES + 7]);
        assertThat(payloads).hasSize(6);
        assertThat(payloads).allMatch(payload -> payload.length <= Vp8Packetizer.MAX_PAYLOAD_BYTES);
        assertThat(payloads.getLast().length - payloads.getFirst().length).isBetween(0, 1);
    }

    @Test
    void payloadsPutTogetherAreTheFrame() {
        byte[] frame = new byte[10_000];
        new Random(1).nextBytes(frame);
        ByteBuffer together = ByteBuffer.allocate(frame.length);
        cut(frame).forEach(payload -> together.put(payload, 4, payload.length - 4));
        assertThat(together.array()).isEqualTo(frame);
    }

    @Test
    void onlyTheFirstPayloadStartsAFrameAndPictureIdsWrap() {
        byte[] keyFrame = new byte[3_000];
        List<byte[]> first = cut(keyFrame);
        assertThat(peek(first.getFirst()).startOfFrame).isTrue();
        assertThat(info.keyFrame).isTrue();
        assertThat(info.pictureId).isEqualTo(0x7fff);
        assertThat(peek(first.getLast()).startOfFrame).isFalse();
        assertThat(info.keyFrame).isFalse();
        assertThat(peek(cut(keyFrame).getFirst()).pictureId).isZero();
    }

    private List<byte[]> cut(byte[] frame) {
        List<byte[]> payloads = new ArrayList<>();
        packetizer.cut(ByteBuffer.wrap(frame), payloads::add);
        return payloads;
    }

    private FrameInfo peek(byte[] payload) {
        info.clear();
        assertThat(Vp8Payload.peek(ByteBuffer.wrap(payload), 0, payload.length, info))
                .isTrue();
        return info;
    }
}
