package live.strait.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import live.strait.relay.loop.MediaLoop;
import org.junit.jupiter.api.Test;

/// A key frame of H.264 begins with its parameter sets, also where these come behind the picture, as retransmissions
/// do: a viewer who begins behind them never learns that they exist.
class KeyFrameStartTest {
    private static final long NOW = 1_000_000_000L;
    private static final long TIMESTAMP = 9_000;
    private static final byte[] PARAMETER_SETS = {0x67, 0x42, 0, 0x1f};
    private static final byte[] FIRST_SLICE = {0x65, (byte) 0x88, 1, 2};
    private static final byte[] SECOND_SLICE = {0x65, 0x40, 1, 2};

    private final MediaLoop loop = Streams.loop();
    private final SourceStream stream = Streams.stream(Streams.track(Lines.simulcast(Lines.H264), loop), 7, loop);
    private final Burst burst = new Burst();
    private final UpSwitch upSwitch = new UpSwitch();

    @Test
    void newcomerGetsParameterSetsThatCameLate() {
        packet(2, FIRST_SLICE, false);
        assertThat(stream.catchUpFrom(NOW)).isZero();
        packet(1, PARAMETER_SETS, false);
        assertThat(stream.catchUpFrom(NOW)).isEqualTo(1);
        packet(3, SECOND_SLICE, true);
        assertThat(stream.catchUpFrom(NOW)).isEqualTo(1);
    }

    @Test
    void switchBeginsWithParameterSetsThatCameLate() {
        packet(2, FIRST_SLICE, false);
        assertThat(firstToForward(0)).isEqualTo(UpSwitch.NOT_YET);
        packet(1, PARAMETER_SETS, false);
        packet(3, SECOND_SLICE, true);
        assertThat(firstToForward(1)).isEqualTo(1);
    }

    private long firstToForward(long from) {
        burst.load(stream, from, stream.cache().arrivals());
        return upSwitch.firstToForward(stream, burst, false, NOW);
    }

    private void packet(int sequence, byte[] payload, boolean last) {
        assertThat(stream.onPacket(Streams.packet(TIMESTAMP, last, sequence, 7, payload), Lines.H264, false, NOW))
                .isNull();
    }
}
