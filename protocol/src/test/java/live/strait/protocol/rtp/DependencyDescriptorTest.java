package live.strait.protocol.rtp;

import static live.strait.protocol.rtp.DependencyDescriptor.Indication.DISCARDABLE;
import static live.strait.protocol.rtp.DependencyDescriptor.Indication.NOT_PRESENT;
import static live.strait.protocol.rtp.DependencyDescriptor.Indication.REQUIRED;
import static live.strait.protocol.rtp.DependencyDescriptor.Indication.SWITCH;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DependencyDescriptorTest {
    /// S0T0 as key and as delta, S0T1, S0T2 behind T0 and behind T1; three decode targets, one chain. Template
    /// ids start at 62 and wrap.
    private static final String L1T3_STRUCTURE = "111110 00010"
            + "00 01 01 00 11"
            + "101010 101010 000110 000001 000001"
            + "0 10011 0 10001 0 10000 0 10000 0"
            + "01"
            + "0000 0100 0010 0001 0011"
            + "1 0000010011111111 0000001011001111";

    /// S0 and S1, key and delta each; the upper layer's delta refers to both; a chain each.
    private static final String L2T1_STRUCTURE = "000100 00001"
            + "00 10 00 11"
            + "1010 1011 0010 0010"
            + "0 10001 0 10000 0 10001 10000 0"
            + "11 0 1"
            + "0000 0000 0010 0001 0001 0001 0001 0001"
            + "0";

    private final DependencyDescriptor descriptor = new DependencyDescriptor();
    private final FrameInfo frame = new FrameInfo();

    @Test
    void nothingIsKnownBeforeTheFirstStructure() {
        assertThat(read("80 0001")).isFalse();
        assertThat(read("80 00")).isFalse();
    }

    @Test
    void keyFrameBringsTheStructure() {
        assertThat(readBits("11 111110" + number(100), "10000", L1T3_STRUCTURE)).isTrue();
        descriptor.fill(frame);
        assertThat(frame.keyFrame).isTrue();
        assertThat(frame.startOfFrame).isTrue();
        assertThat(frame.endOfFrame).isTrue();
        assertThat(frame.temporalId).isZero();
        assertThat(frame.spatialId).isZero();
        assertThat(frame.interPicturePredicted).isFalse();
        assertThat(frame.switchUp).isTrue();
        assertThat(frame.pictureId).isEqualTo(100);
        assertThat(frame.pictureIdBits).isEqualTo(16);
        assertThat(descriptor.decodeTargets()).isEqualTo(3);
        assertThat(descriptor.decodeTargetOf(0, 2)).isEqualTo(2);
        assertThat(descriptor.decodeTargetOf(1, 0)).isEqualTo(-1);
        assertThat(descriptor.isActive(2)).isTrue();
        assertThat(descriptor.chainPredecessor(0)).isEqualTo(-1);
    }

    @Test
    void laterFramesNameATemplate() {
        readBits("11 111110" + number(0xffff), "10000", L1T3_STRUCTURE);
        assertThat(readBits("11 000001" + number(0))).isTrue();
        descriptor.fill(frame);
        assertThat(frame.temporalId).isEqualTo(2);
        assertThat(frame.keyFrame).isFalse();
        assertThat(frame.discardable).isTrue();
        assertThat(frame.interPicturePredicted).isTrue();
        assertThat(descriptor.indication(0)).isEqualTo(NOT_PRESENT);
        assertThat(descriptor.indication(2)).isEqualTo(DISCARDABLE);
        assertThat(descriptor.chainPredecessor(2)).isEqualTo(0xffff);
        assertThat(readBits("11 000011" + number(1)))
                .as("a template that does not exist")
                .isFalse();
    }

    @Test
    void everyTemporalLayerOpensBehindASwitchIndication() {
        readBits("11 111110" + number(10), "10000", L1T3_STRUCTURE);
        assertThat(switchUpOf("000001", 11)).as("first T2").isTrue();
        assertThat(switchUpOf("000001", 11)).as("its second packet").isTrue();
        assertThat(switchUpOf("000000", 12)).as("T1").isTrue();
        assertThat(switchUpOf("000010", 13)).as("T2 behind T1").isTrue();
        assertThat(switchUpOf("000010", 14)).as("T2 behind T2").isFalse();
        switchUpOf("111111", 15);
        assertThat(switchUpOf("000001", 16)).as("T2 behind T0").isTrue();
        assertThat(switchUpOf("000010", 18)).as("T2 behind a hole").isFalse();
        assertThat(switchUpOf("000000", 17)).as("late").isFalse();
    }

    @Test
    void upperSpatialLayerOpensOnAPictureThatNeedsNoEarlierOne() {
        readBits("11 000100" + number(10), "10000", L2T1_STRUCTURE);
        descriptor.fill(frame);
        assertThat(frame.keyFrame).isTrue();
        assertThat(readBits("11 000110" + number(11))).isTrue();
        descriptor.fill(frame);
        assertThat(frame.spatialId).isEqualTo(1);
        assertThat(frame.keyFrame).isFalse();
        assertThat(frame.interPicturePredicted).isFalse();
        readBits("11 000101" + number(12));
        descriptor.fill(frame);
        assertThat(frame.spatialId).isZero();
        assertThat(descriptor.indication(0)).isEqualTo(SWITCH);
        assertThat(descriptor.indication(1)).isEqualTo(REQUIRED);
        assertThat(descriptor.chainPredecessor(0)).isEqualTo(10);
        assertThat(descriptor.chainPredecessor(1)).isEqualTo(11);
        readBits("11 000111" + number(13));
        descriptor.fill(frame);
        assertThat(frame.interPicturePredicted).isTrue();
        assertThat(descriptor.farthestReference()).isEqualTo(2);
    }

    @Test
    void aFrameMayOverrideItsTemplate() {
        readBits("11 111110" + number(100), "10000", L1T3_STRUCTURE);
        // Active targets 110, own indications, references 300 and 2 back, chain 7 back.
        assertThat(readBits(
                        "10 111111" + number(400), "01111", "110", "001110", "11 000100101011 01 0001 00", "00000111"))
                .isTrue();
        assertThat(descriptor.isActive(0)).isFalse();
        assertThat(descriptor.isActive(2)).isTrue();
        assertThat(descriptor.indication(0)).isEqualTo(NOT_PRESENT);
        assertThat(descriptor.indication(1)).isEqualTo(REQUIRED);
        assertThat(descriptor.indication(2)).isEqualTo(SWITCH);
        assertThat(descriptor.farthestReference()).isEqualTo(300);
        assertThat(descriptor.chainPredecessor(1)).isEqualTo(393);
        assertThat(readBits("01 111111" + number(400))).isTrue();
        assertThat(descriptor.isActive(0)).as("stays until said otherwise").isFalse();
        assertThat(descriptor.indication(0)).isEqualTo(SWITCH);
    }

    @Test
    void aStructureThatComesLateDoesNotReplaceANewerOne() {
        readBits("11 000100" + number(200), "10000", L2T1_STRUCTURE);
        assertThat(readBits("11 111110" + number(150), "10000", L1T3_STRUCTURE)).isTrue();
        assertThat(descriptor.decodeTargets()).as("its own frame is understood").isEqualTo(3);
        assertThat(readBits("11 000111" + number(201))).isTrue();
        assertThat(descriptor.decodeTargets()).isEqualTo(2);
        assertThat(descriptor.spatialId()).isEqualTo(1);
        assertThat(readBits("11 111110" + number(60_000), "10000", L1T3_STRUCTURE))
                .isTrue();
        assertThat(readBits("11 000010" + number(60_001)))
                .as("a sender that began anew")
                .isTrue();
        assertThat(descriptor.temporalId()).isEqualTo(2);
    }

    @Test
    void aStructureThatIsCutOffChangesNothing() {
        readBits("11 000100" + number(200), "10000", L2T1_STRUCTURE);
        ByteBuffer whole = element("11 111110" + number(201), "10000", L1T3_STRUCTURE);
        for (int length = 4; length < whole.remaining(); length++) {
            assertThat(descriptor.read(whole, whole.position(), length))
                    .as("%d bytes", length)
                    .isFalse();
            assertThat(readBits("11 000101" + number(201))).isTrue();
            assertThat(descriptor.decodeTargets()).isEqualTo(2);
        }
    }

    @Test
    void theFrameNumberIsRewrittenInPlace() {
        ByteBuffer element = Hex.packet("c1017280");
        DependencyDescriptor.rewriteFrameNumber(element, element.position(), 0xfffe);
        assertThat(Hex.of(element)).isEqualTo("c1fffe80");
    }

    @Test
    void randomBytesNeverThrow() {
        Random random = new Random(23);
        byte[] bytes = new byte[120];
        int structures = 0;
        int frames = 0;
        for (int round = 0; round < 200_000; round++) {
            random.nextBytes(bytes);
            boolean extended = random.nextInt(10) == 0;
            if (!descriptor.read(ByteBuffer.wrap(bytes), 0, extended ? random.nextInt(121) : 3)) {
                continue;
            }
            structures += extended ? 1 : 0;
            frames++;
            descriptor.fill(frame);
            assertThat(frame.spatialId).isBetween(0, 3);
            assertThat(frame.temporalId).isBetween(0, 7);
            for (int target = 0; target < descriptor.decodeTargets(); target++) {
                assertThat(descriptor.indication(target)).isNotNull();
                assertThat(descriptor.chainPredecessor(target)).isBetween(-1, 0xffff);
            }
        }
        assertThat(structures).isGreaterThan(100);
        assertThat(frames).isGreaterThan(structures);
    }

    private boolean switchUpOf(String templateId, int frameNumber) {
        assertThat(readBits("11" + templateId + number(frameNumber))).isTrue();
        descriptor.fill(frame);
        return frame.switchUp;
    }

    private boolean read(String hex) {
        ByteBuffer element = Hex.packet(hex);
        return descriptor.read(element, element.position(), element.remaining());
    }

    private boolean readBits(String... fields) {
        ByteBuffer element = element(fields);
        return descriptor.read(element, element.position(), element.remaining());
    }

    private static String number(int frameNumber) {
        return Integer.toBinaryString(0x10000 | frameNumber).substring(1);
    }

    private static ByteBuffer element(String... fields) {
        StringBuilder bits = new StringBuilder(String.join("", fields).replace(" ", ""));
        while (bits.length() % 8 != 0) {
            bits.append('0');
        }
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < bits.length(); i += 4) {
            hex.append(Integer.toHexString(Integer.parseInt(bits.substring(i, i + 4), 2)));
        }
        return Hex.packet(hex.toString());
    }
}
