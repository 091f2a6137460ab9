package live.strait.protocol.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpHeaderWriterTest {
    private final RtpHeaderWriter writer = new RtpHeaderWriter();
    private final ByteBuffer out = ByteBuffer.allocate(2048).position(5);
    private final RtpView view = new RtpView();

    @Test
    void aHeaderWithoutElementsHasNoBlock() {
        writer.begin(out, 96, true, 0x12345, 0x1_8000_0001L, 0xcafebabe);
        assertThat(writer.end()).isEqualTo(12);
        assertThat(written()).isEqualTo("80e0234580000001cafebabe");
    }

    @Test
    void smallElementsTakeTheOneByteForm() {
        writer.begin(out, 45, false, 1, 2, 3);
        writer.extensionInt16(3, 0xabcd);
        writer.extensionInt24(14, 0x123456);
        writer.extensionInt8(1, 0x7f);
        assertThat(writer.end()).isEqualTo(28);
        assertThat(written()).isEqualTo("902d00010000000200000003" + "bede0003" + "31abcde2123456107f000000");
    }

    @Test
    void headerWrittenAtOnceIsTheSameToTheByte() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            int payloadType = random.nextInt(128);
            boolean marker = random.nextBoolean();
            int sequence = random.nextInt();
            long timestamp = random.nextLong();
            int ssrc = random.nextInt();
            int id = random.nextInt(1, 15);
            int value = random.nextInt(1 << 16);
            out.clear().position(5);
            RtpHeaderWriter.writeWithInt16(out, payloadType, marker, sequence, timestamp, ssrc, id, value);
            String atOnce = written();
            out.clear().position(5);
            writer.begin(out, payloadType, marker, sequence, timestamp, ssrc);
            writer.extensionInt16(id, value);
            assertThat(writer.end()).isEqualTo(RtpHeaderWriter.WITH_INT16_BYTES);
            assertThat(atOnce).isEqualTo(written());
        }
    }

    @Test
    void aLargeIdAfterSmallElementsTurnsTheBlockIntoTwoByteForm() {
        writer.begin(out, 96, false, 1, 2, 3);
        writer.extensionInt16(3, 0xabcd);
        writer.extensionInt24(14, 0x123456);
        writer.extensionInt8(15, 0x55);
        writer.extensionInt16(2, 0x0102);
        assertThat(writer.end()).isEqualTo(32);
        assertThat(written())
                .isEqualTo("906000010000000200000003" + "10000004" + "0302abcd" + "0e031234" + "560f0155" + "02020102");
    }

    @Test
    void longAndEmptyElementsTakeTheTwoByteForm() {
        ByteBuffer source = Hex.packet("000102030405060708090a0b0c0d0e0f1011");
        writer.begin(out, 96, false, 1, 2, 3);
        writer.extension(4, source, Hex.LEAD, 0);
        writer.extension(5, source, Hex.LEAD + 1, 17);
        writer.end();
        view.wrap(out.duplicate().flip().position(5));
        assertThat(view.findExtension(4)).isTrue();
        assertThat(view.extensionLength()).isZero();
        assertThat(view.findExtension(5)).isTrue();
        assertThat(Hex.of(out, view.extensionOffset(), 17)).isEqualTo("0102030405060708090a0b0c0d0e0f1011");
    }

    @Test
    void sixteenBytesStillFitTheOneByteForm() {
        writer.begin(out, 96, false, 1, 2, 3);
        writer.extension(14, Hex.packet("000102030405060708090a0b0c0d0e0f"), Hex.LEAD, 16);
        writer.end();
        assertThat(written()).startsWith("906000010000000200000003" + "bede0005" + "ef00010203");
    }

    @Test
    void anIdThatNoFormCanHoldIsABugOfTheCaller() {
        writer.begin(out, 96, false, 1, 2, 3);
        assertThatThrownBy(() -> writer.extensionInt8(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.extensionInt8(256, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theViewReadsBackWhateverWasWritten() {
        Random random = new Random(7);
        byte[] noise = new byte[300];
        for (int round = 0; round < 20_000; round++) {
            out.clear().position(random.nextInt(9));
            int start = out.position();
            random.nextBytes(noise);
            ByteBuffer source = ByteBuffer.wrap(noise);
            int sequenceNumber = random.nextInt(1 << 16);
            long timestamp = random.nextInt() & 0xffffffffL;
            int ssrc = random.nextInt();
            boolean wide = random.nextInt(4) == 0;
            List<int[]> elements = new ArrayList<>();
            writer.begin(out, random.nextInt(128), random.nextBoolean(), sequenceNumber, timestamp, ssrc);
            for (int id = 1 + random.nextInt(4); id < (wide ? 40 : 15); id += 1 + random.nextInt(5)) {
                int length = wide && random.nextInt(5) == 0 ? random.nextInt(40) : 1 + random.nextInt(16);
                int offset = random.nextInt(200);
                writer.extension(id, source, offset, length);
                elements.add(new int[] {id, offset, length});
            }
            int headerLength = writer.end();
            assertThat(headerLength).isEqualTo(out.position() - start);
            out.put((byte) 1).flip().position(start);

            assertThat(view.wrap(out)).isTrue();
            assertThat(view.headerLength()).isEqualTo(headerLength);
            assertThat(view.payloadLength()).isEqualTo(1);
            assertThat(view.sequenceNumber()).isEqualTo(sequenceNumber);
            assertThat(view.timestamp()).isEqualTo(timestamp);
            assertThat(view.ssrc()).isEqualTo(ssrc);
            for (int[] element : elements) {
                assertThat(view.findExtension(element[0])).isTrue();
                assertThat(Hex.of(out, view.extensionOffset(), view.extensionLength()))
                        .isEqualTo(Hex.of(source, element[1], element[2]));
            }
        }
    }

    private String written() {
        return Hex.of(out, 5, out.position() - 5);
    }
}
