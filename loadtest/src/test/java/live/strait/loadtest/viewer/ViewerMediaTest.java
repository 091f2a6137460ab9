package live.strait.loadtest.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import live.strait.loadtest.stamp.PacketStamps;
import live.strait.loadtest.stamp.PayloadKind;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.signaling.session.ClientAnswer;
import live.strait.signaling.session.ClientOffer;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ViewerMediaTest {
    private static final long MILLI = 1_000_000;

    private final PacketStamps stamps = new PacketStamps();
    private final RoomStream room = new RoomStream(stamps);
    private final Audience audience = new Audience();
    private final ViewerFigures figures = new ViewerFigures(0);
    private int sequence;

    @Test
    void delaysAreKeptApartByWhatThePacketsCarry() {
        ViewerMedia viewer = viewer();
        room.beginMeasuring();
        for (int i = 0; i < 12; i++) {
            receive(viewer, PayloadKind.KEY_FRAME, 20 * MILLI);
        }
        for (int i = 0; i < 30; i++) {
            receive(viewer, PayloadKind.DELTA_FRAME, 4 * MILLI);
        }
        for (int i = 0; i < 5; i++) {
            receive(viewer, PayloadKind.SOUND, MILLI);
        }
        Delays delays = audience.takeDelays();
        assertThat(delays.keyFrames().getTotalCount()).isEqualTo(12);
        assertThat(millis(delays.keyFrames(), 0)).isEqualTo(20);
        assertThat(delays.deltaFrames().getTotalCount()).isEqualTo(30);
        assertThat(millis(delays.deltaFrames(), 100)).isEqualTo(4);
        assertThat(delays.sound().getTotalCount()).isEqualTo(5);
        assertThat(millis(delays.sound(), 100)).isEqualTo(1);
        assertThat(delays.all().getTotalCount()).isEqualTo(47);
        assertThat(millis(delays.all(), 50)).isEqualTo(4);
        assertThat(millis(delays.all(), 99)).isEqualTo(20);
        assertThat(audience.takeDelays().all().getTotalCount()).as("taken once").isZero();
    }

    @Test
    void whatIsLostIsKnownByNumberAndOfTheMeasuredIntervalOnly() {
        ViewerMedia viewer = viewer();
        receive(viewer, PayloadKind.SOUND, MILLI);
        lose(3);
        room.beginMeasuring();
        int first = room.sent();
        receive(viewer, PayloadKind.SOUND, MILLI);
        lose(2);
        int second = room.sent();
        receive(viewer, PayloadKind.SOUND, MILLI);
        lose(1);
        room.endMeasuring();
        lose(4);
        assertThat(figures.lost(room, 0, second)).isEqualTo(2);
        assertThat(figures.lost(room, second, Integer.MAX_VALUE)).isEqualTo(1);
        assertThat(figures.lost(room, 0, first)).isZero();
        assertThat(figures.lost(room, room.sent(), Integer.MAX_VALUE)).isZero();
    }

    private ViewerMedia viewer() {
        ClientAnswer answer = new ClientAnswer(
                new IceCredentials("ufrag", "aPasswordOfAtLeast22Characters"),
                new Fingerprint("sha-256", "00:11"),
                DtlsRole.CLIENT,
                List.of(),
                List.of(),
                null);
        return new ViewerMedia(answer, figures, audience, room);
    }

    private void receive(ViewerMedia viewer, PayloadKind kind, long delayNanos) {
        long sentNanos = 1_000 * MILLI;
        byte[] payload = new byte[200];
        stamps.write(ByteBuffer.wrap(payload), kind, sentNanos);
        ByteBuffer packet = ByteBuffer.allocate(1_500);
        RtpHeaderWriter header = new RtpHeaderWriter();
        header.begin(packet, ClientOffer.VP8.payloadType(), false, sequence++, 0, 1);
        header.end();
        viewer.onRtp(packet.put(payload).flip(), sentNanos + delayNanos);
    }

    private void lose(int packets) {
        for (int i = 0; i < packets; i++) {
            stamps.write(ByteBuffer.allocate(PacketStamps.SIZE_BYTES), PayloadKind.SOUND, 0);
        }
    }

    private static double millis(Histogram nanos, double percentile) {
        return Math.round(nanos.getValueAtPercentile(percentile) / (double) MILLI);
    }
}
