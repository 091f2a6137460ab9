package live.strait.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import live.strait.signaling.control.Codec;
import org.junit.jupiter.api.Test;

/// A viewer's payload type is found by what it means, never by its number.
class CodecMatchTest {
    @Test
    void sameCodecUnderAnotherNumberIsFound() {
        Codec mine = Lines.renumbered(Lines.VP8, 120, -1);
        assertThat(CodecMatch.find(List.of(Lines.VP9, mine), Lines.VP8)).isSameAs(mine);
    }

    @Test
    void codecThatIsNotThereIsNotReplacedByAnother() {
        assertThat(CodecMatch.find(List.of(Lines.VP9, Lines.H264), Lines.VP8)).isNull();
    }

    @Test
    void vp9ProfileIsABitDepthAndMustBeTheSame() {
        Codec tenBit = Lines.video(100, Codec.Name.VP9, Map.of("profile-id", "2"), -1);
        Codec plain = Lines.video(101, Codec.Name.VP9, Map.of(), -1);
        assertThat(CodecMatch.find(List.of(tenBit), Lines.VP9)).isNull();
        assertThat(CodecMatch.find(List.of(tenBit, plain), Lines.VP9)).isSameAs(plain);
    }

    @Test
    void h264PrefersItsOwnProfileAndTakesAnotherOfTheSameMode() {
        Codec high = h264(104, "1", "640032");
        Codec baseline = h264(105, "1", "42E034");
        Codec otherMode = h264(106, "0", "42e01f");
        assertThat(CodecMatch.find(List.of(high, baseline), Lines.H264)).isSameAs(baseline);
        assertThat(CodecMatch.find(List.of(otherMode, high), Lines.H264)).isSameAs(high);
        assertThat(CodecMatch.find(List.of(otherMode), Lines.H264)).isNull();
    }

    @Test
    void clockRateBelongsToTheCodec() {
        Codec narrow = new Codec(9, Codec.Name.OPUS, 16_000, 2, Map.of(), -1, Set.of());
        assertThat(CodecMatch.find(List.of(narrow), Lines.OPUS)).isNull();
    }

    private static Codec h264(int payloadType, String mode, String profileLevelId) {
        return Lines.video(
                payloadType,
                Codec.Name.H264,
                Map.of("packetization-mode", mode, "profile-level-id", profileLevelId),
                -1);
    }
}
