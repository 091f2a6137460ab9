package live.strait.protocol.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureIdLineTest {
    private static final int BITS = 15;
    private static final int STEPS = 4000;

    private final FrameInfo frame = new FrameInfo();

    /// Against a book in which every picture has its own offset, written when the line came to it.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithABookOfEveryPicture(long seed) {
        Random random = new Random(seed);
        PictureIdLine line = new PictureIdLine();
        Map<Integer, Integer> outgoing = new HashMap<>();
        Set<Integer> dropped = new HashSet<>();
        int newest = random.nextInt(1 << BITS);
        int offset = newest - 700;
        line.begin(picture(newest), 700, 0);
        outgoing.put(newest, newest - offset);
        for (int step = 0; step < STEPS; step++) {
            int before = newest;
            newest += random.nextInt(20) == 0 ? random.nextInt(300) : random.nextInt(3);
            for (int place = before + 1; place <= newest; place++) {
                outgoing.put(place, place - offset);
            }
            line.advanceTo(line.place(picture(newest)));
            int back = random.nextInt(3) == 0 ? random.nextInt(PictureIdMapper.WINDOW) : 0;
            if (random.nextInt(4) == 0 && line.holds(newest - back)) {
                offset += back == 0 && dropped.add(newest) ? 1 : 0;
                dropped.add(newest - back);
                line.drop(newest - back);
            }
            for (int place = newest; line.holds(place); place--) {
                assertThat(line.isDropped(place)).isEqualTo(dropped.contains(place));
                assertThat(line.outgoing(place)).isEqualTo(outgoing.get(place));
            }
        }
    }

    private FrameInfo picture(int place) {
        frame.pictureIdBits = BITS;
        frame.pictureId = place & ((1 << BITS) - 1);
        return frame;
    }
}
