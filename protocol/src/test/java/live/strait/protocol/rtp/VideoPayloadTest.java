package live.strait.protocol.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VideoPayloadTest {
    private final RtpView view = new RtpView();
    private final FrameInfo frame = new FrameInfo();

    @Test
    void vp8KeyFrameWithAllFieldsIsRead() {
        peek(VideoCodec.VP8, "90 f0 8123 45 20 50 9d012a");
        assertThat(frame.keyFrame).isTrue();
        assertThat(frame.startOfFrame).isTrue();
        assertThat(frame.pictureId).isEqualTo(0x0123);
        assertThat(frame.tl0PicIdx).isEqualTo(0x45);
        assertThat(frame.temporalId).isZero();
        assertThat(frame.switchUp).isTrue();
        assertThat(frame.interPicturePredicted).isFalse();
    }

    @Test
    void vp8LayerSyncFrameIsASwitchPoint() {
        peek(VideoCodec.VP8, "b0 e0 17 46 a0 51");
        assertThat(frame.keyFrame).isFalse();
        assertThat(frame.discardable).isTrue();
        assertThat(frame.pictureId).isEqualTo(0x17);
        assertThat(frame.tl0PicIdx).isEqualTo(0x46);
        assertThat(frame.temporalId).isEqualTo(2);
        assertThat(frame.switchUp).isTrue();
    }

    @Test
    void vp8LaterPartitionDoesNotStartAFrame() {
        peek(VideoCodec.VP8, "11 00");
        assertThat(frame.startOfFrame).isFalse();
        assertThat(frame.keyFrame).isFalse();
        peek(VideoCodec.VP8, "00 00");
        assertThat(frame.startOfFrame).isFalse();
        assertThat(frame.pictureId).isEqualTo(-1);
    }

    @Test
    void vp8DescriptorThatIsCutOffIsRefused() {
        for (String payload : new String[] {"", "10", "90", "90 80", "90 80 81", "90 80 8123", "90 f0 8123 45 20"}) {
            assertThat(parses(VideoCodec.VP8, payload)).as(payload).isFalse();
        }
    }

    @Test
    void vp9NonFlexibleKeyFrameWithStructureIsRead() {
        // I L B V, 15-bit picture id, tid 0 sid 0, tl0, 2 spatial layers with sizes, 2 pictures in the group.
        peek(VideoCodec.VP9, "aa 8001 00 07", "38 0140 00b4 0280 0168 02 04 01 54 01 02", "82");
        assertThat(frame.keyFrame).isTrue();
        assertThat(frame.startOfFrame).isTrue();
        assertThat(frame.endOfFrame).isFalse();
        assertThat(frame.pictureId).isEqualTo(1);
        assertThat(frame.tl0PicIdx).isEqualTo(7);
    }

    @Test
    void vp9UpperSpatialLayerOfAKeyPictureIsNoKeyFrameButUnpredicted() {
        peek(VideoCodec.VP9, "ac 8001 03 07 82");
        assertThat(frame.keyFrame).isFalse();
        assertThat(frame.spatialId).isEqualTo(1);
        assertThat(frame.interPicturePredicted).isFalse();
        assertThat(frame.startOfFrame).isTrue();
        assertThat(frame.endOfFrame).isTrue();
    }

    @Test
    void vp9FlexibleModeHasReferencesAndNoTl0() {
        peek(VideoCodec.VP9, "f4 2a 52 03 02 ff");
        assertThat(frame.keyFrame).isFalse();
        assertThat(frame.pictureId).isEqualTo(0x2a);
        assertThat(frame.temporalId).isEqualTo(2);
        assertThat(frame.switchUp).isTrue();
        assertThat(frame.spatialId).isEqualTo(1);
        assertThat(frame.tl0PicIdx).isEqualTo(-1);
        assertThat(frame.endOfFrame).isTrue();
        assertThat(frame.startOfFrame).isFalse();
    }

    @Test
    void vp9DescriptorThatIsCutOffIsRefused() {
        String[] payloads = {
            "",
            "08",
            "88",
            "88 80",
            "a8 01",
            "a8 01 00",
            "a8 01 00 07",
            "78 00 03 03 03 ff",
            "0a",
            "0a 30 0140",
            "0a 08 02 04 01 54",
        };
        for (String payload : payloads) {
            assertThat(parses(VideoCodec.VP9, payload)).as(payload).isFalse();
        }
    }

    @Test
    void h264ParameterSetOrIdrStartsAKeyFrame() {
        peek(VideoCodec.H264, "67 42e01f");
        assertThat(frame.keyFrame).isTrue();
        peek(VideoCodec.H264, "65 88 00");
        assertThat(frame.keyFrame).isTrue();
        peek(VideoCodec.H264, "78 0004 6742e01f 0002 68ce 0003 658800");
        assertThat(frame.keyFrame).isTrue();
        assertThat(frame.startOfFrame).isTrue();
        peek(VideoCodec.H264, "7c 85 88");
        assertThat(frame.keyFrame).isTrue();
    }

    @Test
    void h264LaterPiecesOfAnIdrDoNotStartAFrame() {
        peek(VideoCodec.H264, "7c 05 88");
        assertThat(frame.keyFrame).isFalse();
        assertThat(frame.startOfFrame).isFalse();
        peek(VideoCodec.H264, "65 40 00");
        assertThat(frame.keyFrame).as("second slice of the picture").isFalse();
    }

    @Test
    void h264UnreferencedSliceIsDiscardable() {
        peek(VideoCodec.H264, "01 9a");
        assertThat(frame.discardable).isTrue();
        assertThat(frame.startOfFrame).isTrue();
        peek(VideoCodec.H264, "41 9a");
        assertThat(frame.discardable).isFalse();
        assertThat(frame.interPicturePredicted).isTrue();
    }

    @Test
    void h264AggregateThatLiesAboutItsSizesIsRefused() {
        for (String payload :
                new String[] {"", "67", "78", "78 00", "78 0005 67", "78 0000", "79 0001 67", "7c 85", "60 00"}) {
            assertThat(parses(VideoCodec.H264, payload)).as(payload).isFalse();
        }
    }

    @Test
    void h265ParameterSetOrIrapStartsAKeyFrame() {
        peek(VideoCodec.H265, "40 01 0c");
        assertThat(frame.keyFrame).as("VPS").isTrue();
        peek(VideoCodec.H265, "26 01 af");
        assertThat(frame.keyFrame).as("IDR").isTrue();
        peek(VideoCodec.H265, "60 01 0003 40010c 0003 42010c 0003 2601af");
        assertThat(frame.keyFrame).as("aggregate").isTrue();
        peek(VideoCodec.H265, "62 01 93 af");
        assertThat(frame.keyFrame).as("fragment").isTrue();
        peek(VideoCodec.H265, "62 01 13 af");
        assertThat(frame.keyFrame).as("later fragment").isFalse();
    }

    @Test
    void h265TemporalLayersAreRead() {
        peek(VideoCodec.H265, "04 03 80");
        assertThat(frame.temporalId).isEqualTo(2);
        assertThat(frame.switchUp).as("TSA_N").isTrue();
        peek(VideoCodec.H265, "02 02 80");
        assertThat(frame.temporalId).isEqualTo(1);
        assertThat(frame.switchUp).as("TRAIL_R").isFalse();
        assertThat(parses(VideoCodec.H265, "02 00 80"))
                .as("temporal id 0 is forbidden")
                .isFalse();
    }

    @Test
    void av1CodedVideoSequenceStartsWithItsBitOrItsHeader() {
        peek(VideoCodec.AV1, "18 0a 0b 00 00");
        assertThat(frame.keyFrame).as("N bit").isTrue();
        peek(VideoCodec.AV1, "20 02 08 00 32 00 00");
        assertThat(frame.keyFrame).as("sequence header counted by W").isTrue();
        peek(VideoCodec.AV1, "10 30 aa bb");
        assertThat(frame.keyFrame).isFalse();
        assertThat(frame.startOfFrame).isTrue();
    }

    @Test
    void av1LayersComeFromTheObuExtension() {
        peek(VideoCodec.AV1, "10 34 48 00");
        assertThat(frame.temporalId).isEqualTo(2);
        assertThat(frame.spatialId).isEqualTo(1);
        peek(VideoCodec.AV1, "90 34 48 00");
        assertThat(frame.startOfFrame)
                .as("continues an OBU: its first bytes are no header")
                .isFalse();
        assertThat(frame.temporalId).isZero();
    }

    @Test
    void av1ElementThatLiesAboutItsSizeIsRefused() {
        for (String payload :
                new String[] {"", "10", "00 05 30", "20 02 30", "00 80", "00 ffffffffffffffffff", "20 01 30 01"}) {
            boolean parses = parses(VideoCodec.AV1, payload);
            assertThat(parses).as(payload).isEqualTo(payload.equals("20 01 30 01"));
        }
    }

    @Test
    void theMarkerEndsAFrameOfCodecsWithoutAnEndOfTheirOwn() {
        assertThat(view.wrap(Hex.packet("80 e0 0001 00000002 00000003", "41 9a")))
                .isTrue();
        assertThat(VideoPayload.peek(VideoCodec.H264, view, frame)).isTrue();
        assertThat(frame.endOfFrame).isTrue();
        assertThat(VideoPayload.peek(VideoCodec.VP9, view, frame)).isTrue();
        assertThat(frame.endOfFrame).isFalse();
    }

    /// Who renumbered by half of a descriptor would give one packet two plaintexts, one of them as a resend.
    @Test
    void nothingStaysOfADescriptorThatDoesNotParse() {
        for (String payload : new String[] {"aa 8123 00 05", "aa 8123 00 05 f8 00"}) { // structure missing, and cut off
            assertThat(parses(VideoCodec.VP9, payload)).isFalse();
            assertThat(frame.tl0PicIdx).isEqualTo(-1);
            assertThat(frame.pictureId).isEqualTo(-1);
            assertThat(frame.temporalId).isZero();
        }
        assertThat(parses(VideoCodec.H264, "78 0002 67 42 0009 65 88")).isFalse();
        assertThat(frame.keyFrame).isFalse();
    }

    @Test
    void randomPayloadsNeverThrow() {
        Random random = new Random(21);
        byte[] bytes = new byte[12 + 40];
        Map<VideoCodec, Integer> parsed = new EnumMap<>(VideoCodec.class);
        for (int round = 0; round < 200_000; round++) {
            random.nextBytes(bytes);
            bytes[0] = (byte) 0x80;
            assertThat(view.wrap(ByteBuffer.wrap(bytes, 0, 12 + random.nextInt(41))))
                    .isTrue();
            for (VideoCodec codec : VideoCodec.values()) {
                if (VideoPayload.peek(codec, view, frame)) {
                    parsed.merge(codec, 1, Integer::sum);
                    assertThat(frame.temporalId).isBetween(0, 7);
                    assertThat(frame.spatialId).isBetween(0, 7);
                }
            }
        }
        for (VideoCodec codec : VideoCodec.values()) {
            assertThat(parsed.getOrDefault(codec, 0))
                    .as("%s saw good input and bad", codec)
                    .isBetween(1000, 199_000);
        }
    }

    private void peek(VideoCodec codec, String... payload) {
        assertThat(parses(codec, payload)).isTrue();
    }

    private boolean parses(VideoCodec codec, String... payload) {
        assertThat(view.wrap(Hex.packet("80 60 0001 00000002 00000003", String.join("", payload))))
                .isTrue();
        return VideoPayload.peek(codec, view, frame);
    }
}
