package live.strait.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import live.strait.protocol.rtp.FrameInfo;
import org.junit.jupiter.api.Test;

/// What a viewer can ask again, and what it is answered with.
class SentPacketsTest {
    private final SourceStream source = Streams.stream(1);
    private final SourceStream other = Streams.stream(2);
    private final PacketRewrite rewrite = new PacketRewrite();
    private final SentPackets sent = new SentPackets(8);

    @Test
    void packetIsFoundWithAllThatWasRewritten() {
        CachedPacket packet = packet(source, 65_600, 5, 0x7FF0, 0xF0);
        put(sent, 70_000, packet, 0xFFFF_FFF0L, 0xFFFE, 0x0003, 0x0F);
        PacketRewrite found = new PacketRewrite();
        assertThat(sent.find(70_000)).isSameAs(source);
        assertThat(sent.sourceSeq(70_000)).isEqualTo(65_600);
        sent.recall(70_000, packet, found);
        assertThat((int) found.timestamp).isEqualTo(0xFFFF_FFF0);
        assertThat(found.transportSeq).isEqualTo(0xFFFE);
        assertThat(found.pictureId & 0x7FFF).isEqualTo(0x0003);
        assertThat(found.tl0PicIdx & 0xFF).isEqualTo(0x0F);
    }

    @Test
    void packetIsForgottenWhenItsSlotIsTaken() {
        put(sent, 10, packet(source, 1, 0, 0, 0), 0, 0, 0, 0);
        put(sent, 18, packet(source, 2, 0, 0, 0), 0, 0, 0, 0);
        assertThat(sent.find(10)).isNull();
        assertThat(sent.find(18)).isSameAs(source);
    }

    @Test
    void numberNeverSentIsNotFound() {
        assertThat(sent.find(0)).isNull();
        assertThat(sent.find(-1)).isNull();
        put(sent, 10, packet(source, 1, 0, 0, 0), 0, 0, 0, 0);
        assertThat(sent.find(0)).isNull();
        assertThat(sent.find(-1)).isNull();
    }

    @Test
    void numberIsFreeOnceAndOnlyWhileItsNeighboursAreRemembered() {
        put(sent, 10, packet(source, 1, 0, 0, 0), 0, 0, 0, 0);
        assertThat(sent.isFree(10, 10)).isFalse();
        assertThat(sent.isFree(11, 11)).isTrue();
        put(sent, 13, packet(source, 4, 0, 0, 0), 0, 0, 0, 0);
        assertThat(sent.isFree(12, 13)).as("a gap").isTrue();
        assertThat(sent.isFree(5, 13)).as("out of memory").isFalse();
    }

    @Test
    void repeatedRequestWithinTheQuietTimeIsAnEcho() {
        put(sent, 10, packet(source, 1, 0, 0, 0), 0, 0, 0, 0);
        assertThat(sent.mayResend(10, 1_000, 50)).isTrue();
        assertThat(sent.mayResend(10, 1_049, 50)).isFalse();
        assertThat(sent.mayResend(10, 1_050, 50)).isTrue();
    }

    /// Sources, numbers and offsets change at random, as behind layer switches: what is found is what was put,
    /// and a number that was put is never free again.
    @Test
    void whatIsFoundIsWhatWasPutHoweverOftenTheLineMoves() {
        Random random = new Random(7);
        SentPackets book = new SentPackets(1024);
        CachedPacket[] packets = new CachedPacket[5000];
        PacketRewrite[] rewrites = new PacketRewrite[packets.length];
        int[] paddings = new int[packets.length];
        SourceStream from = source;
        long seqShift = 100;
        long timestampShift = 0;
        int pictureShift = 0;
        int found = 0;
        for (int out = 1; out < packets.length; out++) {
            if (random.nextInt(30) == 0) {
                from = from == source ? other : source;
                seqShift += random.nextInt(100_000);
                timestampShift = random.nextInt();
                pictureShift = random.nextInt(1 << 15);
            }
            CachedPacket packet = packet(from, out + seqShift, out * 700L & 0xFFFF_FFFFL, out & 0x7FFF, out & 0xFF);
            PacketRewrite as = new PacketRewrite();
            as.timestamp = packet.timestamp + timestampShift;
            as.transportSeq = random.nextInt(1 << 16);
            packet.paddingBytes = random.nextInt(Burst.MOST_PADDING_BYTES + 1);
            paddings[out] = packet.paddingBytes;
            as.pictureId = (packet.frame.pictureId + pictureShift) & 0x7FFF;
            as.tl0PicIdx = (packet.frame.tl0PicIdx + pictureShift) & 0xFF;
            book.put(out, packet, as);
            packets[out] = packet;
            rewrites[out] = as;
            int asked = Math.max(1, out - random.nextInt(1100));
            assertThat(book.isFree(asked, out)).isFalse();
            SourceStream answer = book.find(asked);
            if (answer == null) {
                assertThat(asked).as("the latest change is remembered").isLessThan(out);
                continue;
            }
            found++;
            assertThat(answer).isSameAs(packets[asked].stream());
            assertThat(book.sourceSeq(asked)).isEqualTo(packets[asked].extSeq);
            PacketRewrite recalled = new PacketRewrite();
            packets[asked].paddingBytes = -1;
            book.recall(asked, packets[asked], recalled);
            assertThat((int) recalled.timestamp).isEqualTo((int) rewrites[asked].timestamp);
            assertThat(recalled.transportSeq).isEqualTo(rewrites[asked].transportSeq);
            assertThat(packets[asked].paddingBytes).isEqualTo(paddings[asked]);
            assertThat(recalled.pictureId & 0x7FFF).isEqualTo(rewrites[asked].pictureId);
            assertThat(recalled.tl0PicIdx & 0xFF).isEqualTo(rewrites[asked].tl0PicIdx);
        }
        assertThat(found).isGreaterThan(3000);
    }

    private void put(
            SentPackets book,
            long out,
            CachedPacket packet,
            long timestamp,
            int transportSeq,
            int pictureId,
            int tl0PicIdx) {
        rewrite.timestamp = timestamp;
        rewrite.transportSeq = transportSeq;
        rewrite.pictureId = pictureId;
        rewrite.tl0PicIdx = tl0PicIdx;
        book.put(out, packet, rewrite);
    }

    private static CachedPacket packet(SourceStream from, long extSeq, long timestamp, int pictureId, int tl0PicIdx) {
        FrameInfo info = new FrameInfo();
        info.pictureId = pictureId;
        info.pictureIdBits = 15;
        info.tl0PicIdx = tl0PicIdx;
        from.cache().put(extSeq, Streams.packet(96, (int) extSeq, 7, new byte[] {1}), info);
        CachedPacket packet = new CachedPacket(0);
        if (!packet.load(from, extSeq)) {
            throw new AssertionError("what was put is not there");
        }
        packet.timestamp = timestamp;
        return packet;
    }
}
