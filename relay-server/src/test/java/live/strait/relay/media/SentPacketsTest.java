package live.strait.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What a viewer can ask again, and what it is answered with.
class SentPacketsTest {
    private final SourceStream source = Streams.stream(1);
    private final PacketRewrite rewrite = new PacketRewrite();
    private final SentPackets sent = new SentPackets(8);

    @Test
    void packetIsFoundWithAllThatWasRewritten() {
        put(70_000, 65_600, 0xFFFF_FFF0L, 0xFFFE, 0x7FFF, 0xFF);
        PacketRewrite found = new PacketRewrite();
        assertThat(sent.find(70_000, found)).isSameAs(source);
        assertThat(sent.sourceSeq(70_000)).isEqualTo(65_600);
        assertThat((int) found.timestamp).isEqualTo(0xFFFF_FFF0);
        assertThat(found.transportSeq).isEqualTo(0xFFFE);
        assertThat(found.pictureId).isEqualTo(0x7FFF);
        assertThat(found.tl0PicIdx).isEqualTo(0xFF);
    }

    @Test
    void packetIsForgottenWhenItsSlotIsTaken() {
        put(10, 1, 0, 0, 0, 0);
        put(18, 2, 0, 0, 0, 0);
        assertThat(sent.find(10, rewrite)).isNull();
        assertThat(sent.find(18, rewrite)).isSameAs(source);
    }

    @Test
    void numberNeverSentIsNotFound() {
        assertThat(sent.find(0, rewrite)).isNull();
        assertThat(sent.find(-1, rewrite)).isNull();
    }

    @Test
    void numberIsFreeOnceAndOnlyWhileItsNeighboursAreRemembered() {
        put(10, 1, 0, 0, 0, 0);
        assertThat(sent.isFree(10, 10)).isFalse();
        assertThat(sent.isFree(11, 11)).isTrue();
        put(13, 4, 0, 0, 0, 0);
        assertThat(sent.isFree(12, 13)).as("a gap").isTrue();
        assertThat(sent.isFree(5, 13)).as("out of memory").isFalse();
    }

    @Test
    void repeatedRequestWithinTheQuietTimeIsAnEcho() {
        put(10, 1, 0, 0, 0, 0);
        assertThat(sent.mayResend(10, 1_000, 50)).isTrue();
        assertThat(sent.mayResend(10, 1_049, 50)).isFalse();
        assertThat(sent.mayResend(10, 1_050, 50)).isTrue();
    }

    private void put(long out, long sourceSeq, long timestamp, int transportSeq, int pictureId, int tl0PicIdx) {
        rewrite.timestamp = timestamp;
        rewrite.transportSeq = transportSeq;
        rewrite.pictureId = pictureId;
        rewrite.tl0PicIdx = tl0PicIdx;
        sent.put(out, source, sourceSeq, rewrite);
    }
}
