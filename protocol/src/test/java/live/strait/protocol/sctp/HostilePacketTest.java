package live.strait.protocol.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.sctp.chunk.ChunkType;
import live.strait.protocol.sctp.chunk.ChunkWriter;
import live.strait.protocol.sctp.tx.OutgoingMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostilePacketTest {
    private final Peerling left = new Peerling(1);
    private final Peerling right = new Peerling(2);

    @BeforeEach
    void establish() {
        Peerling.establish(left, right);
    }

    private static byte[] chunk(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private @Nullable DropReason feed(String chunk) {
        return right.feed(1, Peerling.packet(right.localTag(), chunk(chunk)));
    }

    private void assertAlive() {
        int before = right.texts.size();
        left.say(9, "alive?");
        Peerling.exchange(9, left, right);
        right.say(9, "alive!");
        Peerling.exchange(9, left, right);
        assertThat(right.texts).hasSize(before + 1);
        assertThat(left.texts.getLast()).isEqualTo("alive!");
    }

    @Test
    void packetOfAnotherAssociationIsDropped() {
        byte[] heartbeat = ChunkWriter.chunk(ChunkType.HEARTBEAT, 0);
        assertThat(right.feed(1, Peerling.packet(right.localTag() + 1, heartbeat)))
                .isEqualTo(DropReason.SCTP_UNKNOWN_ASSOCIATION);
        byte[] otherPort = Peerling.packet(right.localTag(), heartbeat);
        ByteBuffer.wrap(otherPort).putShort((short) 5001).putInt(8, 0);
        assertThat(right.feed(1, otherPort)).isEqualTo(DropReason.SCTP_UNKNOWN_ASSOCIATION);
        byte[] abort = ChunkWriter.chunk(ChunkType.ABORT, 0);
        assertThat(right.feed(1, Peerling.packet(left.localTag(), abort)))
                .isEqualTo(DropReason.SCTP_UNKNOWN_ASSOCIATION);
        assertAlive();
    }

    @Test
    void wrongChecksumIsDroppedAndNoneIsTaken() {
        byte[] heartbeat = Peerling.packet(right.localTag(), ChunkWriter.chunk(ChunkType.HEARTBEAT, 0));
        heartbeat[9] ^= 1;
        assertThat(right.feed(1, heartbeat)).isEqualTo(DropReason.SCTP_CHECKSUM);
        ByteBuffer.wrap(heartbeat).putInt(8, 0);
        assertThat(right.feed(1, heartbeat)).isNull();
        assertThat(Peerling.types(right.transmit(1).getFirst())).containsExactly(ChunkType.HEARTBEAT_ACK);
    }

    /// A stream that is used costs memory, and resets that the peer does not answer.
    @Test
    void streamsBeyondTheOfferedOnesAreDropped() {
        assertThat(feed("00030011 00000001 0400 0000 00000033 41000000")).isEqualTo(DropReason.SCTP_UNEXPECTED);
        assertThat(feed("00030011 00000001 ffff 0000 00000033 41000000")).isEqualTo(DropReason.SCTP_UNEXPECTED);
        assertAlive();
    }

    /// Our packets are smaller than what a peer may send, and so is the answer to what it asks.
    @Test
    void answerThatFitsIntoNoPacketKeepsNothingBack() {
        byte[] heartbeat = ChunkWriter.chunk(ChunkType.HEARTBEAT, 0, ByteBuffer.allocate(1_400));
        assertThat(right.feed(1, Peerling.packet(right.localTag(), heartbeat))).isNull();
        assertThat(right.feed(1, Peerling.packet(right.localTag(), ChunkWriter.chunk(ChunkType.HEARTBEAT, 0))))
                .isNull();
        assertThat(Peerling.types(right.transmit(1).getFirst())).containsExactly(ChunkType.HEARTBEAT_ACK);
        assertAlive();
    }

    @Test
    void chunksThatContradictTheirLengthsAreDropped() {
        assertThat(feed("04000003")).isEqualTo(DropReason.SCTP_MALFORMED);
        assertThat(feed("04000009 00000000")).isEqualTo(DropReason.SCTP_MALFORMED);
        assertThat(feed("00030010 00000001 00010000 00000033")).as("no data").isEqualTo(DropReason.SCTP_MALFORMED);
        assertThat(feed("03000010 00000001 00010000 0005 0000")).as("no gaps").isEqualTo(DropReason.SCTP_MALFORMED);
        assertThat(feed("82000008 000d 0004")).as("empty reset").isEqualTo(DropReason.SCTP_MALFORMED);
        assertThat(feed("c0000006 0000 0000")).as("short FORWARD TSN").isEqualTo(DropReason.SCTP_MALFORMED);
        assertAlive();
    }

    /// 0x3f ends the packet, 0x7f ends it and is reported, 0xbf is skipped, 0xff is skipped and reported.
    @Test
    void unknownChunksAreTreatedByTheirHighBits() {
        String heartbeat = "04000004";
        assertThat(answers("3f000004" + heartbeat)).isEmpty();
        assertThat(answers("7f000004" + heartbeat)).containsExactly(ChunkType.ERROR);
        assertThat(answers("bf000004" + heartbeat)).containsExactly(ChunkType.HEARTBEAT_ACK);
        assertThat(answers("ff000004" + heartbeat)).containsExactly(ChunkType.ERROR, ChunkType.HEARTBEAT_ACK);
        right.feed(1, Peerling.packet(right.localTag(), chunk("ff000008 01020304")));
        assertThat(HexFormat.of().formatHex(right.transmit(1).getFirst()))
                .as("cause 6 with the chunk")
                .endsWith("09000010" + "0006000c" + "ff00000801020304");
        assertAlive();
    }

    private List<Integer> answers(String chunks) {
        right.feed(1, Peerling.packet(right.localTag(), chunk(chunks)));
        return right.transmit(1).stream()
                .flatMap(packet -> Peerling.types(packet).stream())
                .toList();
    }

    @Test
    void heartbeatIsReturnedAsItCame() {
        feed("0400000c 00010008 deadbeef");
        assertThat(HexFormat.of().formatHex(right.transmit(1).getFirst())).endsWith("0500000c00010008deadbeef");
        assertThat(feed("0500000c 00010008 deadbeef"))
                .as("an answer to nothing")
                .isNull();
        assertAlive();
    }

    @Test
    void sackOfWhatWasNeverSentIsDropped() {
        assertThat(feed("03000010 7fffffff 00010000 0000 0000")).isIn(DropReason.SCTP_UNEXPECTED, null);
        assertAlive();
    }

    @Test
    void dataFarBeyondTheWindowIsDropped() {
        List<DropReason> reasons = new ArrayList<>();
        int initialTsn = ByteBuffer.wrap(left.sent.getFirst()).getInt(PacketHeader.SIZE + 16);
        for (int ahead : new int[] {70_000, 1 << 30, -(1 << 30)}) {
            byte[] data = chunk("00030011 00000000 00010000 00000033 78000000");
            ByteBuffer.wrap(data).putInt(4, initialTsn + ahead);
            reasons.add(right.feed(1, Peerling.packet(right.localTag(), data)));
        }
        assertThat(reasons)
                .containsExactly(DropReason.SCTP_OUT_OF_WINDOW, DropReason.SCTP_OUT_OF_WINDOW, DropReason.DUPLICATE);
        assertAlive();
    }

    @Test
    void fragmentsThatNeverBecomeAMessageLeaveNothingBehind() {
        int tsn = ByteBuffer.wrap(left.sent.getFirst()).getInt(PacketHeader.SIZE + 16);
        // Begin, begin, end without its middle's stream, middles without a beginning.
        int[][] shapes = {{2, 1, 0}, {2, 1, 0}, {1, 2, 0}, {0, 1, 0}, {0, 1, 0}, {2, 3, 7}, {1, 3, 8}, {3, 1, 0}};
        for (int[] shape : shapes) {
            byte[] data = chunk("00000011 00000000 00000000 00000033 78000000");
            ByteBuffer.wrap(data)
                    .put(1, (byte) shape[0])
                    .putInt(4, tsn++)
                    .putShort(8, (short) shape[1])
                    .putShort(10, (short) shape[2]);
            assertThat(right.feed(1, Peerling.packet(right.localTag(), data))).isNull();
        }
        assertThat(right.texts).containsExactly("x");
        byte[] sack = right.transmit(1).getLast();
        assertThat(ByteBuffer.wrap(sack).getInt(PacketHeader.SIZE + 4))
                .as("acknowledged")
                .isEqualTo(tsn - 1);
        assertThat(ByteBuffer.wrap(sack).getInt(PacketHeader.SIZE + 8))
                .as("the window is whole again")
                .isEqualTo(Peerling.OPTIONS.receiveBufferBytes());
    }

    @Test
    void noiseEndsNothing() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            assertThat(right.feed(i, noise)).isNotNull();
        }
        assertAlive();
    }

    /// Packets of a lively association with bytes changed and the checksum set right: whatever comes of it,
    /// nothing is thrown, and the books stay in order.
    @Test
    void changedPacketsNeverThrow() {
        for (long seed = 1; seed <= 100; seed++) {
            Peerling from = new Peerling(seed);
            Peerling to = new Peerling(seed + 1000);
            Peerling.establish(from, to);
            SplittableRandom random = new SplittableRandom(seed);
            for (int round = 0; round < 60; round++) {
                long now = round * 50_000_000L;
                chatter(from, random, now);
                chatter(to, random, now);
                from.onTimeout(now);
                to.onTimeout(now);
                for (byte[] packet : from.transmit(now)) {
                    to.feed(now, random.nextInt(3) == 0 ? changed(packet, random) : packet);
                }
                for (byte[] packet : to.transmit(now)) {
                    from.feed(now, packet);
                }
                assertThat(to.association.bufferedBytes()).isNotNegative();
                assertThat(from.association.bufferedBytes()).isNotNegative();
            }
        }
    }

    private static void chatter(Peerling peer, SplittableRandom random, long now) {
        int stream = random.nextInt(4);
        peer.association.send(new OutgoingMessage(
                stream,
                51,
                new byte[1 + random.nextInt(3000)],
                random.nextBoolean(),
                random.nextInt(5) == 0,
                random.nextBoolean() ? 1 : Integer.MAX_VALUE,
                random.nextBoolean() ? now + 100_000_000 : OutgoingMessage.NEVER,
                now,
                random.nextInt(3)));
        if (random.nextInt(10) == 0) {
            peer.association.resetStream(stream);
        }
    }

    private static byte[] changed(byte[] packet, SplittableRandom random) {
        byte[] copy = Arrays.copyOf(packet, random.nextInt(8) == 0 ? random.nextInt(packet.length + 8) : packet.length);
        for (int i = random.nextInt(4); i >= 0 && copy.length > PacketHeader.SIZE; i--) {
            int at = PacketHeader.SIZE + random.nextInt(Math.min(40, copy.length - PacketHeader.SIZE));
            copy[at] = (byte) random.nextInt();
        }
        if (copy.length >= PacketHeader.SIZE) {
            ByteBuffer.wrap(copy).putInt(8, 0);
        }
        return copy;
    }
}
