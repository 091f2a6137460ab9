package live.strait.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import live.strait.protocol.rtp.RtpView;
import live.strait.relay.loop.MediaLoop;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.MediaLine.Kind;
import live.strait.signaling.control.MediaLine.SsrcPair;
import org.junit.jupiter.api.Test;

/// Which stream an SSRC belongs to, said in each of the ways that senders have.
class StreamTableTest {
    private static final byte[] PAYLOAD = new byte[20];

    private final MediaLoop loop = Streams.loop();

    @Test
    void midAndRidOnTheFirstPacketNameTheLayerForGood() {
        StreamTable table = table(Lines.browserAudio(), Lines.simulcast(Lines.VP8));
        StreamTable.Binding first = bound(table, layer(96, 77, "h"));
        SourceStream stream = streamOf(table, layer(96, 77, "h"));
        assertThat(stream.rid()).isEqualTo("h");
        assertThat(stream.rank()).isEqualTo(1);
        assertThat(table.find(bare(96, 77))).isSameAs(first);
        assertThat(table.stream(77)).isSameAs(stream);
    }

    @Test
    void layersComeInAnyOrderAndAreRankedByTheOffer() {
        MediaLine line = Lines.simulcast(Lines.VP8);
        PublishedTrack track = Streams.track(line, loop);
        StreamTable table = new StreamTable(List.of(track), loop);
        table.find(layer(96, 3, "f"));
        table.find(layer(96, 1, "q"));
        table.find(layer(96, 2, "h"));
        assertThat(track.streams()).extracting(SourceStream::rid).containsExactly("q", "h", "f");
    }

    @Test
    void unknownRidAndMissingRidAreNotGuessed() {
        StreamTable table = table(Lines.simulcast(Lines.VP8));
        assertThat(table.find(layer(96, 1, "x"))).isNull();
        assertThat(table.find(bare(96, 2))).isNull();
        assertThat(table.find(Streams.packet(96, 1, 3, PAYLOAD, Lines.MID_ID, "nothing", Lines.RID_ID, "q")))
                .isNull();
    }

    @Test
    void retransmissionBeforeTheFirstMediaPacketFindsItsLayerLater() {
        StreamTable table = table(Lines.simulcast(Lines.VP8));
        RtpView probe = Streams.packet(97, 1, 500, PAYLOAD, Lines.MID_ID, "1", Lines.REPAIRED_RID_ID, "h");
        StreamTable.Binding rtx = bound(table, probe);
        assertThat(rtx.isRtx()).isTrue();
        assertThat(rtx.stream()).isNull();
        SourceStream media = streamOf(table, layer(96, 77, "h"));
        assertThat(streamOf(table, bare(97, 500))).isSameAs(media);
    }

    @Test
    void announcedSsrcsNeedNoExtensions() {
        StreamTable table = table(
                Lines.announced("0", Kind.AUDIO, List.of(new SsrcPair(10, -1)), Lines.OPUS),
                Lines.announced("1", Kind.VIDEO, List.of(new SsrcPair(20, 21)), Lines.VP8));
        assertThat(streamOf(table, bare(96, 20)).ssrc()).isEqualTo(20);
        StreamTable.Binding rtx = bound(table, bare(97, 21));
        assertThat(rtx.isRtx()).isTrue();
        assertThat(streamOf(table, bare(97, 21)).ssrc()).isEqualTo(20);
        assertThat(bound(table, bare(111, 10)).track().line().kind()).isEqualTo(Kind.AUDIO);
    }

    @Test
    void payloadTypeThatOneLineAloneHasIsEnough() {
        StreamTable table = table(
                Lines.announced("0", Kind.AUDIO, List.of(), Lines.OPUS),
                Lines.announced("1", Kind.VIDEO, List.of(), Lines.H264));
        assertThat(bound(table, bare(102, 1234)).track().line().mid()).isEqualTo("1");
        assertThat(bound(table, bare(111, 1235)).track().line().mid()).isEqualTo("0");
        assertThat(table.find(bare(50, 1236))).isNull();
    }

    @Test
    void payloadTypeOfTwoLinesIsNotGuessed() {
        StreamTable table = table(
                Lines.announced("0", Kind.VIDEO, List.of(), Lines.VP8),
                Lines.announced("1", Kind.VIDEO, List.of(), Lines.VP8));
        assertThat(table.find(bare(96, 1))).isNull();
    }

    @Test
    void layerThatStartsAnewWithAnotherSsrcReplacesTheOld() {
        PublishedTrack track = Streams.track(Lines.simulcast(Lines.VP8), loop);
        StreamTable table = new StreamTable(List.of(track), loop);
        SourceStream old = streamOf(table, layer(96, 77, "h"));
        old.onPacket(layer(96, 77, "h"), Lines.VP8, false, 1);
        SourceStream fresh = streamOf(table, layer(96, 78, "h"));
        assertThat(fresh).isNotSameAs(old);
        assertThat(old.isActive()).isFalse();
        assertThat(track.streams()).containsExactly(fresh);
        assertThat(table.streams()).containsExactly(fresh);
        assertThat(streamOf(table, bare(96, 77)))
                .as("stragglers stay with the old one")
                .isSameAs(old);
    }

    @Test
    void retransmissionsOfALayerThatStartsAnewMayComeFirst() {
        StreamTable table = table(Lines.simulcast(Lines.VP8));
        SourceStream old = streamOf(table, layer(96, 77, "h"));
        RtpView oldRepair = Streams.packet(97, 1, 500, PAYLOAD, Lines.MID_ID, "1", Lines.REPAIRED_RID_ID, "h");
        RtpView newRepair = Streams.packet(97, 1, 501, PAYLOAD, Lines.MID_ID, "1", Lines.REPAIRED_RID_ID, "h");
        assertThat(streamOf(table, oldRepair)).isSameAs(old);
        assertThat(bound(table, newRepair).stream()).as("not of the old stream").isNull();
        SourceStream fresh = streamOf(table, layer(96, 78, "h"));
        assertThat(streamOf(table, newRepair)).isSameAs(fresh);
        assertThat(streamOf(table, oldRepair)).isSameAs(old);
    }

    @Test
    void stragglerOfAReplacedLayerDoesNotBringItBack() {
        PublishedTrack track = Streams.track(Lines.simulcast(Lines.VP8), loop);
        StreamTable table = new StreamTable(List.of(track), loop);
        SourceStream old = streamOf(table, layer(96, 77, "h"));
        table.find(layer(96, 78, "h"));
        old.onPacket(bare(96, 77), Lines.VP8, false, 1);
        assertThat(old.isActive()).isFalse();
        assertThat(track.bestActive()).isNull();
    }

    @Test
    void floodOfSsrcsIsBounded() {
        StreamTable table = table(Lines.simulcast(Lines.VP8));
        Random random = new Random(1);
        int bound = 0;
        for (int i = 0; i < 100_000; i++) {
            String rid = List.of("q", "h", "f").get(random.nextInt(3));
            bound += table.find(layer(96, random.nextInt(), rid)) == null ? 0 : 1;
        }
        assertThat(bound).isLessThanOrEqualTo(48);
        assertThat(table.isFull()).isTrue();
        assertThat(table.streams()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void offerWithMoreSsrcLinesThanAllowedIsCut() {
        List<SsrcPair> many = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            many.add(new SsrcPair(1000 + 2 * i, 1001 + 2 * i));
        }
        StreamTable table = table(Lines.announced("1", Kind.VIDEO, many, Lines.VP8));
        assertThat(table.streams()).hasSizeLessThanOrEqualTo(48);
    }

    private static StreamTable.Binding bound(StreamTable table, RtpView packet) {
        return Objects.requireNonNull(table.find(packet));
    }

    private static SourceStream streamOf(StreamTable table, RtpView packet) {
        return Objects.requireNonNull(bound(table, packet).stream());
    }

    private StreamTable table(MediaLine... lines) {
        return new StreamTable(
                Arrays.stream(lines).map(line -> Streams.track(line, loop)).toList(), loop);
    }

    private static RtpView layer(int payloadType, int ssrc, String rid) {
        return Streams.packet(payloadType, 1, ssrc, PAYLOAD, Lines.MID_ID, "1", Lines.RID_ID, rid);
    }

    private static RtpView bare(int payloadType, int ssrc) {
        return Streams.packet(payloadType, 1, ssrc, PAYLOAD);
    }
}
