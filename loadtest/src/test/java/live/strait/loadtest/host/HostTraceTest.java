package live.strait.loadtest.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class HostTraceTest {
    private static final String KEY_PICTURE = "0,-20000,q,k,2000,2\n100,-20000,h,k,6000,6\n200,-20000,f,k,34000,30\n";
    private static final String SOUND = "5000,4000,a,,120,1\n";

    @Test
    void theBundledTraceHasThreeLayersWithoutAHole() throws IOException {
        HostTrace trace = HostTrace.load();
        for (int layer = 0; layer < 3; layer++) {
            int wanted = layer;
            assertThat(trace.video().stream().filter(frame -> frame.layer() == wanted))
                    .hasSizeBetween(870, 900);
        }
        assertThat(trace.keyPictures()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(trace.video().subList(trace.steady(), trace.video().size()))
                .noneMatch(HostTrace.VideoFrame::keyFrame);
        assertThat(trace.steadyBitrateBps(2)).isBetween(1_600_000L, 1_800_000L);
    }

    @Test
    void whatFollowsTheLastKeyPictureLongEnoughIsSteady() throws IOException {
        HostTrace trace = parse(KEY_PICTURE + "2000000,1970000,f,n,500,1\n2030000,2000000,q,,100,1\n"
                + "2030100,2000000,f,,5000,5\n" + SOUND);
        assertThat(trace.keyPictures()).containsExactly(0);
        assertThat(trace.steady()).isEqualTo(4);
        assertThat(trace.video().get(3).discardable()).isTrue();
        assertThat(trace.audio()).hasSize(1);
    }

    @Test
    void aDamagedTraceIsRefused() {
        assertThatThrownBy(() -> parse(KEY_PICTURE + SOUND)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> parse("0,0,q,,2000,2\n" + SOUND)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> parse("0,0,z,k,2000,2\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> parse("0,0,q\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> parse("0,0,q,k,many,2\n")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> parse(KEY_PICTURE + "100,-30000,q,,5,1\n" + SOUND))
                .isInstanceOf(IOException.class);
    }

    private static HostTrace parse(String text) throws IOException {
        return HostTrace.parse(new StringReader("# a comment\n" + text));
    }
}
