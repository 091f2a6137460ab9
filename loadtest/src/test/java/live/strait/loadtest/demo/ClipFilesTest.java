package live.strait.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClipFilesTest {
    private static final int LARGEST_CLIP_BYTES = 3_000_000;

    @Test
    void eachLayerHasAKeyFrameAtEachFullSecondAndNowhereElse() throws IOException {
        for (String name : new String[] {"q.ivf", "h.ivf", "f.ivf"}) {
            IvfClip layer = IvfClip.parse(read(name));
            assertThat(layer.framesPerSecond()).isEqualTo(30);
            assertThat(layer.frames()).isEqualTo(360);
            for (int i = 0; i < layer.frames(); i++) {
                assertThat(IvfClip.isKeyFrame(layer.frame(i)))
                        .as(name + " " + i)
                        .isEqualTo(i % 30 == 0);
            }
        }
    }

    @Test
    void soundAndPictureAreEquallyLong() throws IOException {
        OggOpusClip sound = OggOpusClip.parse(read("sound.opus"));
        assertThat(sound.packets()).isBetween(600, 605);
        assertThat(sound.packet(0).remaining()).isBetween(3, 400);
    }

    @Test
    void theClipIsSmall() throws IOException {
        int bytes = read("q.ivf").length + read("h.ivf").length + read("f.ivf").length + read("sound.opus").length;
        assertThat(bytes).isLessThan(LARGEST_CLIP_BYTES);
    }

    @Test
    void aDamagedFileIsRefused() throws IOException {
        byte[] ivf = read("q.ivf");
        byte[] ogg = read("sound.opus");
        assertThatThrownBy(() -> IvfClip.parse(ogg)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> IvfClip.parse(Arrays.copyOf(ivf, ivf.length - 1)))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> OggOpusClip.parse(ivf)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> OggOpusClip.parse(Arrays.copyOf(ogg, ogg.length - 1)))
                .isInstanceOf(IOException.class);
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = ClipSource.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return in.readAllBytes();
        }
    }
}
