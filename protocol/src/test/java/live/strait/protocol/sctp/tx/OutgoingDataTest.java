package live.strait.protocol.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.sctp.chunk.ChunkReader;
import live.strait.protocol.sctp.chunk.ChunkType;
import live.strait.protocol.sctp.chunk.ChunkWriter;
import live.strait.protocol.sctp.chunk.DataChunk;
import live.strait.protocol.sctp.chunk.ForwardTsnChunk;
import live.strait.protocol.sctp.chunk.SackChunk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The sender packet by packet: what goes out after which SACK and at which time. TSNs begin with 1.
class OutgoingDataTest {
    private static final long MILLI = 1_000_000;
    private static final int PACKET = 1152;
    private static final int WINDOW = 1 << 20;

    private final RoundTripEstimate roundTrip = new RoundTripEstimate(RetransmissionOptions.DEFAULT);
    private final OutgoingData data = new OutgoingData(1, PACKET, roundTrip);
    private final ByteBuffer packet = ByteBuffer.allocate(PACKET - 12);

    private static OutgoingMessage message(int stream, int bytes, int maxRetransmits, long expiresAt) {
        return new OutgoingMessage(stream, 51, new byte[bytes], false, false, maxRetransmits, expiresAt, 0, 0);
    }

    private void queue(int stream, int bytes) {
        data.add(message(stream, bytes, Integer.MAX_VALUE, OutgoingMessage.NEVER));
    }

    private void start() {
        data.start(WINDOW, true);
    }

    /// TSNs of all that is sent now, packet after packet; a FORWARD TSN as its negative.
    private List<Integer> sent(long millis) {
        List<Integer> tsns = new ArrayList<>();
        while (data.write(millis * MILLI, packet.clear())) {
            ChunkReader chunks = new ChunkReader();
            chunks.wrap(packet.flip());
            while (chunks.next()) {
                if (chunks.type() == ChunkType.FORWARD_TSN) {
                    tsns.add(-Objects.requireNonNull(ForwardTsnChunk.read(chunks.value()))
                            .newCumulativeTsn());
                } else {
                    tsns.add(Objects.requireNonNull(DataChunk.read(chunks.flags(), chunks.value()))
                            .tsn());
                }
            }
        }
        return tsns;
    }

    /// A SACK with gap blocks as pairs of TSNs.
    private @Nullable DropReason sack(long millis, int cumulative, int... blocks) {
        return sackWithWindow(millis, WINDOW, cumulative, blocks);
    }

    private @Nullable DropReason sackWithWindow(long millis, int window, int cumulative, int... blocks) {
        ByteBuffer out = ByteBuffer.allocate(200);
        int start = SackChunk.begin(out, cumulative, window, blocks.length / 2, 0);
        for (int tsn : blocks) {
            out.putShort((short) (tsn - cumulative));
        }
        ChunkWriter.end(out, start);
        out.flip().position(ChunkReader.HEADER_BYTES);
        return data.onSack(millis * MILLI, Objects.requireNonNull(SackChunk.read(out)));
    }

    @Test
    void waitsForTheAssociation() {
        queue(1, 10);
        assertThat(sent(0)).isEmpty();
        start();
        assertThat(sent(0)).containsExactly(1);
        assertThat(sent(0)).isEmpty();
    }

    @Test
    void smallMessagesShareAPacketAndLargeOnesAreCut() {
        start();
        queue(1, 100);
        queue(1, 100);
        queue(1, 3000);
        assertThat(data.write(0, packet.clear())).isTrue();
        assertThat(packet.position()).isEqualTo(2 * 116);
        assertThat(sent(0)).containsExactly(3, 4, 5);
    }

    @Test
    void ownerLearnsWhatHasArrivedAndWhatWasGivenUp() {
        start();
        for (int receipt = 1; receipt <= 4; receipt++) {
            data.add(new OutgoingMessage(
                    1, 51, new byte[1500], true, true, 0, OutgoingMessage.NEVER, 0, receipt == 4 ? 0 : receipt));
        }
        assertThat(sent(0)).hasSize(8);
        sack(50, 0, 3, 3);
        assertThat(data.pollReceipt()).as("half a message").isNull();
        sack(50, 0, 3, 5);
        assertThat(data.pollReceipt()).isEqualTo(new Receipt(2, true));
        sack(50, 0, 3, 5, 7, 8);
        assertThat(data.pollReceipt()).as("missing three times").isEqualTo(new Receipt(1, false));
        assertThat(data.pollReceipt()).as("nobody asked for the fourth").isNull();
        data.onTimeout(200 * MILLI);
        assertThat(data.pollReceipt()).isEqualTo(new Receipt(3, false));
        assertThat(data.pollReceipt()).isNull();
    }

    @Test
    void streamsTakeTurns() {
        start();
        for (int i = 0; i < 30; i++) {
            queue(1, 1000);
        }
        queue(2, 1000);
        assertThat(data.write(0, packet.clear())).isTrue();
        assertThat(data.write(0, packet.clear())).isTrue();
        assertThat(packet.getShort(8)).as("stream of the second packet").isEqualTo((short) 2);
    }

    @Test
    void threeReportsOfLaterTsnsSendOneAgain() {
        start();
        for (int i = 0; i < 6; i++) {
            queue(1, 1000);
        }
        assertThat(sent(0)).hasSize(6);
        sack(1, 1);
        sack(1, 1, 3, 3);
        sack(1, 1, 3, 4);
        assertThat(sent(1)).isEmpty();
        sack(1, 1, 3, 5);
        assertThat(sent(1)).containsExactly(2);
    }

    /// The resend is lost, too: what was sent after it arrives, and a round trip and a quarter is over.
    @Test
    void lostResendIsFoundByTime() {
        start();
        for (int i = 0; i < 6; i++) {
            queue(1, 1000);
        }
        sent(0);
        sack(100, 1, 3, 6);
        assertThat(sent(100)).as("one report is no proof").isEmpty();
        assertThat(data.retransmitAtNanos()).isEqualTo(125 * MILLI);
        data.onTimeout(125 * MILLI);
        assertThat(sent(125)).containsExactly(2);
        queue(1, 1000);
        assertThat(sent(130)).containsExactly(7);
        sack(230, 1, 3, 7);
        assertThat(sent(230)).isEmpty();
        data.onTimeout(260 * MILLI);
        assertThat(sent(260)).as("long before the timer").containsExactly(2);
    }

    @Test
    void tailIsProbedThriceBeforeTheTimerTakesAllAsLost() {
        start();
        queue(1, 100);
        sent(0);
        sack(100, 1);
        queue(1, 100);
        queue(1, 100);
        assertThat(sent(200)).containsExactly(2, 3);
        List<Long> times = new ArrayList<>();
        List<Integer> tsns = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long next = Math.min(data.probeAtNanos(), data.retransmitAtNanos());
            data.onTimeout(next);
            times.add(next / MILLI - 200);
            tsns.addAll(sent(next / MILLI));
        }
        assertThat(times).containsExactly(210L, 420L, 630L, 840L, 1340L);
        assertThat(tsns).containsExactly(3, 3, 3, 2, 3, 2, 3);
    }

    @Test
    void askedForAnImmediateSackByTheLastOfTheQueueOnly() {
        start();
        queue(1, 1100);
        queue(1, 1100);
        assertThat(data.write(0, packet.clear())).isTrue();
        assertThat(packet.get(1) & DataChunk.IMMEDIATE).isZero();
        assertThat(data.write(0, packet.clear())).isTrue();
        assertThat(packet.get(1) & DataChunk.IMMEDIATE).isNotZero();
    }

    @Test
    void closedWindowIsAskedWithOneFragment() {
        start();
        queue(1, 1000);
        sent(0);
        sackWithWindow(10, 0, 1);
        queue(1, 1000);
        queue(1, 1000);
        assertThat(sent(10)).containsExactly(2);
        data.onTimeout(data.probeAtNanos());
        assertThat(sent(100)).containsExactly(2);
        sackWithWindow(110, 1500, 2);
        assertThat(sent(110)).containsExactly(3);
    }

    @Test
    void peerThatTakesBackAGapBlockGetsItAgain() {
        start();
        for (int i = 0; i < 3; i++) {
            queue(1, 1000);
        }
        sent(0);
        sack(100, 0, 2, 3);
        sack(100, 0, 3, 3);
        data.onTimeout(data.retransmitAtNanos());
        sent(130);
        sack(230, 1, 3, 3);
        assertThat(sent(230)).isEmpty();
        data.onTimeout(2000 * MILLI);
        assertThat(sent(2000)).containsExactly(2);
    }

    @Test
    void sackOfTheFutureIsRefusedAndOneOfThePastIgnored() {
        start();
        queue(1, 100);
        queue(1, 100);
        sent(0);
        assertThat(sack(10, 3)).isEqualTo(DropReason.SCTP_UNEXPECTED);
        assertThat(sack(10, 2)).isNull();
        assertThat(sack(10, 1)).isNull();
        assertThat(data.bufferedBytes()).isZero();
    }

    @Test
    void gapBlocksOutOfOrderOrBeyondTheFlightAreReadAsFarAsTheyMakeSense() {
        start();
        for (int i = 0; i < 6; i++) {
            queue(1, 1000);
        }
        sent(0);
        assertThat(sack(10, 0, 4, 60_000, 2, 2)).isNull();
        data.onTimeout(1000 * MILLI);
        assertThat(sent(1000)).startsWith(1).doesNotContain(4, 5, 6);
    }

    @Test
    void messageThatMayNotBeSentAgainIsGoneByAndThePeerIsTold() {
        start();
        data.add(message(1, 1000, 0, OutgoingMessage.NEVER));
        data.add(message(1, 1000, 0, OutgoingMessage.NEVER));
        queue(1, 1000);
        assertThat(sent(0)).containsExactly(1, 2, 3);
        sack(100, 0, 3, 3);
        data.onTimeout(125 * MILLI);
        assertThat(sent(125)).containsExactly(-2);
        assertThat(packet.limit(packet.capacity()).getInt(8))
                .as("stream 1, sequence 1")
                .isEqualTo(0x00010001);
        sack(225, 3);
        assertThat(data.isDrained()).isTrue();
        assertThat(data.bufferedBytes()).isZero();
    }

    @Test
    void allHolesAreGonePastAtOnceOverWhatThePeerHas() {
        start();
        for (int i = 0; i < 3; i++) {
            data.add(message(1, 1000, 0, OutgoingMessage.NEVER));
            queue(2, 1000);
        }
        assertThat(sent(0)).containsExactly(1, 2, 3, 4, 5, 6);
        sack(100, 0, 2, 2, 4, 4, 6, 6);
        data.onTimeout(125 * MILLI);
        assertThat(sent(125)).containsExactly(-5);
        sack(225, 6);
        assertThat(data.isDrained()).isTrue();
    }

    @Test
    void holeBehindAPartOfAMessageIsNotGonePast() {
        start();
        data.add(message(1, 1000, 0, OutgoingMessage.NEVER));
        queue(2, 2000);
        data.add(message(1, 1000, 0, OutgoingMessage.NEVER));
        queue(2, 1000);
        assertThat(sent(0)).containsExactly(1, 2, 3, 4, 5);
        sack(100, 0, 2, 2, 5, 5);
        data.onTimeout(125 * MILLI);
        assertThat(sent(125)).containsExactly(-1, 3);
    }

    @Test
    void lostForwardTsnIsSentAgain() {
        start();
        data.add(message(1, 1000, 0, OutgoingMessage.NEVER));
        sent(0);
        long timer = data.retransmitAtNanos();
        data.onTimeout(timer);
        assertThat(sent(timer / MILLI)).containsExactly(-1);
        timer = data.retransmitAtNanos();
        data.onTimeout(timer);
        assertThat(sent(timer / MILLI)).containsExactly(-1);
        sack(3000, 1);
        assertThat(data.isDrained()).isTrue();
        assertThat(data.retransmitAtNanos()).isEqualTo(Long.MAX_VALUE);
    }

    /// Ten fragments have gone out and were acknowledged; the rest expires. The peer waits for an end that does not
    /// come, unless it is told to go past one TSN more.
    @Test
    void halfSentMessageThatExpiresIsGonePastEvenWhenAllOfItWasAcknowledged() {
        start();
        data.add(message(1, 100_000, Integer.MAX_VALUE, 50 * MILLI));
        assertThat(sent(0)).hasSizeBetween(10, 11);
        sack(60, 10);
        sack(60, 11);
        List<Integer> after = sent(60);
        assertThat(after).containsExactly(-data.lastAssignedTsn());
        sack(120, data.lastAssignedTsn());
        assertThat(data.bufferedBytes()).isZero();
        queue(1, 100);
        assertThat(sent(130)).containsExactly(data.lastAssignedTsn());
    }

    @Test
    void peerThatCannotGoPastGetsWhatWasBegun() {
        data.start(WINDOW, false);
        data.add(message(1, 3000, 0, 50 * MILLI));
        data.add(message(1, 1000, 0, 50 * MILLI));
        assertThat(data.write(0, packet.clear())).isTrue();
        data.onTimeout(1000 * MILLI);
        assertThat(sent(1000)).as("the one that was not begun has expired").containsExactly(1, 2, 3);
    }
}
