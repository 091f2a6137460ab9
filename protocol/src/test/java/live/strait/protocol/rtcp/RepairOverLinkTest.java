package live.strait.protocol.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import live.strait.protocol.bytes.IntList;
import live.strait.protocol.bytes.SequenceUnwrapper;
import live.strait.protocol.link.LinkProfile;
import live.strait.protocol.link.PeerPair;
import live.strait.protocol.link.SimulatedPeer;
import live.strait.protocol.rtcp.ExtendedReport.Delay;
import live.strait.protocol.rtcp.ExtendedReport.Delays;
import live.strait.protocol.rtcp.ExtendedReport.ReferenceTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The books of both ends together over bad links: what is lost is asked for and comes again, and both ends measure
/// the round trip.
class RepairOverLinkTest {
    private static final long MILLI = 1_000_000;
    private static final int PACKETS_PER_FRAME = 4;
    private static final long FRAME_NANOS = 33_333_333;

    @ParameterizedTest
    @CsvSource({
        "delay 40ms loss 5%,               80, 0.9999",
        "delay 50ms jitter 10ms loss 20%, 100, 0.999",
        "delay 10ms jitter 8ms loss 5% dup 1% reorder on, 20, 0.9999",
        "delay 25ms jitter 20ms burst 5% 3 rate 10mbit queue 150ms, 50, 0.9999",
        "delay 125ms jitter 30ms burst 8% 4 rate 800kbit queue 600ms, 250, 0.995",
    })
    void lossIsRepairedByRequests(String settings, long roundTripMillis, double delivered) {
        Sender sender = new Sender();
        Receiver receiver = new Receiver();
        PeerPair pair = new PeerPair(sender, receiver, LinkProfile.parse(settings, settings), 17);
        pair.runFor(Duration.ofMinutes(2));
        sender.stopped = true;
        pair.runFor(Duration.ofSeconds(2));
        pair.check(() -> {
            NackStatistics nack = receiver.nack.statistics();
            double share = (double) receiver.came.cardinality() / (sender.highest - Sender.FIRST);
            assertThat(share).as("delivered; %s", nack).isGreaterThanOrEqualTo(delivered);
            assertThat((double) nack.requests()).as("%s", nack).isLessThan(2.2 * (nack.recovered() + nack.givenUp()));
            assertThat(sender.roundTrip.smoothedNanos(0) / MILLI)
                    .as("by receiver reports")
                    .isBetween(roundTripMillis - 5, roundTripMillis * 3 / 2 + 20);
            assertThat(receiver.roundTrip.smoothedNanos(0) / MILLI)
                    .as("by reference times")
                    .isBetween(roundTripMillis - 5, roundTripMillis * 3 / 2 + 20);
        });
    }

    /// What both ends have in common: packets to send in order, and a book-keeping tick.
    private abstract static class End implements SimulatedPeer {
        final NtpClock clock = new NtpClock(1_700_000_000L * 1000 * MILLI);
        final RoundTripEstimator roundTrip = new RoundTripEstimator();
        private final Queue<ByteBuffer> outgoing = new ArrayDeque<>();

        final void sendRtcp(RtcpPacket packet) {
            ByteBuffer bytes = ByteBuffer.allocate(packet.sizeBytes());
            assertThat(RtcpWriter.append(bytes, packet)).isTrue();
            outgoing.add(bytes.flip());
        }

        final void sendMedia(long sequence) {
            outgoing.add(ByteBuffer.allocate(400).put(0, (byte) 0x80).putInt(4, (int) sequence));
        }

        @Override
        public final void receive(long nowNanos, ByteBuffer datagram) {
            if (datagram.get(1) == 0) {
                onMedia(nowNanos, datagram.getInt(4) & 0xffff);
            } else {
                List<RtcpPacket> packets = new ArrayList<>();
                assertThat(RtcpReader.read(datagram, packets::add)).isNull();
                packets.forEach(packet -> onRtcp(nowNanos, packet));
            }
        }

        void onMedia(long nowNanos, int sequence) {}

        abstract void onRtcp(long nowNanos, RtcpPacket packet);

        @Override
        public final boolean pollTransmit(long nowNanos, ByteBuffer out) {
            ByteBuffer next = outgoing.poll();
            if (next == null) {
                return false;
            }
            out.put(next).flip();
            return true;
        }
    }

    /// A host: frames of four packets, everything kept for resending, a sender report each second.
    private static final class Sender extends End {
        static final long FIRST = 65536 + 65000;

        private long highest = FIRST;
        private boolean stopped;
        private long nextFrame;
        private long nextReport;

        @Override
        void onRtcp(long nowNanos, RtcpPacket packet) {
            switch (packet) {
                case GenericNack nack -> {
                    SequenceUnwrapper line = new SequenceUnwrapper();
                    line.unwrap((int) highest);
                    for (int i = 0; i < nack.lost().size(); i++) {
                        sendMedia(line.peek(nack.lost().get(i)));
                    }
                }
                case ReceiverReport report ->
                    report.reports()
                            .forEach(block -> roundTrip.onAnswer(
                                    block.lastSenderReport(),
                                    block.delaySinceLastSenderReport(),
                                    clock.compactTime(nowNanos)));
                case ExtendedReport report -> {
                    ReferenceTime time = (ReferenceTime) report.blocks().getFirst();
                    Delay answer = new Delay(report.senderSsrc(), NtpClock.compact(time.ntpTime()), 0);
                    sendRtcp(new ExtendedReport(1, List.of(new Delays(List.of(answer)))));
                }
                default -> throw new AssertionError(packet);
            }
        }

        @Override
        public void onTimeout(long nowNanos) {
            if (nextReport <= nowNanos) {
                nextReport = nowNanos + 1000 * MILLI;
                sendRtcp(new SenderReport(1, clock.ntpTime(nowNanos), 0, 0, 0, List.of()));
            }
            if (nextFrame <= nowNanos && !stopped) {
                nextFrame += FRAME_NANOS;
                for (int i = 0; i < PACKETS_PER_FRAME; i++) {
                    sendMedia(highest++);
                }
            }
        }

        @Override
        public long nextDeadlineNanos() {
            return stopped ? nextReport : Math.min(nextFrame, nextReport);
        }
    }

    /// The relay's side of a host.
    private static final class Receiver extends End {
        private final SequenceUnwrapper line = new SequenceUnwrapper();
        private final BitSet came = new BitSet();
        private final NackRequester nack = new NackRequester(NackOptions.DEFAULT);
        private final ReceptionStatistics statistics = new ReceptionStatistics();
        private final IntList asked = new IntList(100);
        private long nextReport = 500 * MILLI;

        @Override
        void onMedia(long nowNanos, int sequence) {
            long extended = line.unwrap(sequence);
            came.set((int) extended);
            nack.onPacket(extended, nowNanos);
            statistics.onPacket(extended, 0, nowNanos, 90_000);
        }

        @Override
        void onRtcp(long nowNanos, RtcpPacket packet) {
            switch (packet) {
                case SenderReport report -> statistics.onSenderReport(report.ntpTime(), nowNanos);
                case ExtendedReport report -> {
                    Delay answer =
                            ((Delays) report.blocks().getFirst()).answers().getFirst();
                    roundTrip.onAnswer(answer.lastReferenceTime(), answer.delay(), clock.compactTime(nowNanos));
                    nack.onRoundTrip(roundTrip.smoothedNanos(0));
                }
                default -> throw new AssertionError(packet);
            }
        }

        @Override
        public void onTimeout(long nowNanos) {
            asked.clear();
            nack.pollNack(nowNanos, asked);
            if (!asked.isEmpty()) {
                sendRtcp(new GenericNack(2, 1, SequenceNumbers.copyOf(asked)));
            }
            if (nextReport <= nowNanos) {
                nextReport = nowNanos + 500 * MILLI;
                sendRtcp(new ReceiverReport(2, List.of(statistics.build(1, nowNanos))));
                sendRtcp(new ExtendedReport(2, List.of(new ReferenceTime(clock.ntpTime(nowNanos)))));
            }
        }

        @Override
        public long nextDeadlineNanos() {
            return Math.min(nextReport, nack.nextDeadline().atNanos());
        }
    }
}
