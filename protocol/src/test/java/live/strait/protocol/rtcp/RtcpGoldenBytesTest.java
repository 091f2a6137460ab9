package live.strait.protocol.rtcp;

import static live.strait.protocol.rtcp.RtcpBytes.assertWire;
import static live.strait.protocol.rtcp.RtcpBytes.bytes;
import static live.strait.protocol.rtcp.RtcpBytes.hex;
import static live.strait.protocol.rtcp.RtcpBytes.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import live.strait.protocol.rtcp.ExtendedReport.Delay;
import live.strait.protocol.rtcp.ExtendedReport.Delays;
import live.strait.protocol.rtcp.ExtendedReport.ReferenceTime;
import org.junit.jupiter.api.Test;

/// Bytes laid out by hand from the diagrams of the RFCs.
class RtcpGoldenBytesTest {
    private static final ReportBlock BLOCK =
            new ReportBlock(0x11223344, 0x40, -2, 0x0001fffeL, 0x10, 0x8dd31a05, 0x00054000);
    private static final String BLOCK_HEX = "11223344 40 fffffe 0001fffe 00000010 8dd31a05 00054000";

    @Test
    void senderReport() {
        assertWire(
                new SenderReport(0xcafe0001, 0xb44db705_20000000L, 0xfffffff0L, 3, 0xf0000000L, List.of(BLOCK)),
                "81 c8 000c cafe0001 b44db705 20000000 fffffff0 00000003 f0000000" + BLOCK_HEX);
    }

    @Test
    void receiverReport() {
        assertWire(new ReceiverReport(1, List.of(BLOCK, BLOCK)), "82 c9 000d 00000001" + BLOCK_HEX + BLOCK_HEX);
        assertWire(new ReceiverReport(1, List.of()), "80 c9 0001 00000001");
    }

    @Test
    void profileExtensionsOfReportsAreIgnored() {
        assertThat(read(bytes("80 c9 0002 00000001 deadbeef"))).containsExactly(new ReceiverReport(1, List.of()));
    }

    @Test
    void canonicalName() {
        assertWire(SourceDescription.cname(0x0a, "ab"), "81 ca 0003 0000000a 01 02 6162 00000000");
        assertWire(SourceDescription.cname(0x0a, "abc"), "81 ca 0003 0000000a 01 03 616263 000000");
        assertWire(SourceDescription.cname(0x0a, "abcde"), "81 ca 0003 0000000a 01 05 6162636465 00");
        assertThat(SourceDescription.cname(1, "é").chunks().getFirst().cname()).isEqualTo("é");
    }

    @Test
    void descriptionOfTwoSourcesWithAnotherItem() {
        SourceDescription description = new SourceDescription(List.of(
                new SourceDescription.Chunk(
                        1, List.of(new SourceDescription.Item(1, "a"), new SourceDescription.Item(15, "0"))),
                new SourceDescription.Chunk(2, List.of())));
        assertWire(description, "82 ca 0005 00000001 01 01 61 0f 01 30 0000 00000002 00000000");
        assertThat(description.chunks().getLast().cname()).isNull();
    }

    @Test
    void bye() {
        assertWire(new Bye(List.of(1, 2), ""), "82 cb 0002 00000001 00000002");
        assertWire(new Bye(List.of(1), "over"), "81 cb 0003 00000001 04 6f766572 000000");
        assertWire(new Bye(List.of(), ""), "80 cb 0000");
    }

    @Test
    void nackSharesAnEntryAmongSeventeenNumbers() {
        assertWire(
                new GenericNack(1, 2, SequenceNumbers.of(65535, 0, 15, 16, 100)),
                "81 cd 0005 00000001 00000002 ffff8001 00100000 00640000");
    }

    @Test
    void pictureLossIndication() {
        assertWire(new PictureLossIndication(1, 0xfffffffe), "81 ce 0002 00000001 fffffffe");
    }

    @Test
    void fullIntraRequest() {
        assertWire(
                new FullIntraRequest(1, List.of(new FullIntraRequest.Entry(7, 255))),
                "84 ce 0004 00000001 00000000 00000007 ff000000");
    }

    @Test
    void receiverEstimatedMaximumBitrate() {
        assertWire(
                new Remb(1, 250_000, List.of(2, 3)),
                "8f ce 0006 00000001 00000000 52454d42 02 03d090 00000002 00000003");
        assertWire(new Remb(1, 0x3ffffL << 4, List.of()), "8f ce 0004 00000001 00000000 52454d42 00 13ffff");
    }

    @Test
    void largeRatesLoseTheirLowBits() {
        assertThat(read(bytes(hex(new Remb(1, (1L << 40) + 1, List.of())))))
                .containsExactly(new Remb(1, 1L << 40, List.of()));
        assertThat(read(bytes(hex(new Remb(1, Long.MAX_VALUE, List.of())))).getFirst())
                .isEqualTo(new Remb(1, 0x3ffffL << 45, List.of()));
    }

    @Test
    void otherApplicationFeedbackIsKept() {
        assertThat(read(bytes("8f ce 0003 00000001 00000000 41424344")).getFirst())
                .isInstanceOfSatisfying(UnknownRtcp.class, unknown -> {
                    assertThat(unknown.packetType()).isEqualTo(206);
                    assertThat(unknown.countOrFormat()).isEqualTo(15);
                    assertThat(unknown.body()).isEqualTo(bytes("00000001 00000000 41424344"));
                    assertThat(hex(unknown)).isEqualTo("8fce0003000000010000000041424344");
                });
    }

    @Test
    void receiverReferenceTimeAndItsAnswer() {
        assertWire(
                new ExtendedReport(1, List.of(new ReferenceTime(0x0102030405060708L))),
                "80 cf 0004 00000001 04 00 0002 01020304 05060708");
        assertWire(
                new ExtendedReport(1, List.of(new Delays(List.of(new Delay(9, 0x03040506, 0x8000))))),
                "80 cf 0005 00000001 05 00 0003 00000009 03040506 00008000");
    }

    @Test
    void otherReportBlocksAreSkipped() {
        assertThat(read(bytes("80 cf 0006 00000001 2a 00 0001 ffffffff 04 00 0002 00000000 00000001")))
                .containsExactly(new ExtendedReport(1, List.of(new ReferenceTime(1))));
    }

    @Test
    void transportFeedbackWithARunOfSmallDeltas() {
        assertWire(
                TransportFeedback.of(1, 2, 0xfffe, 0x010203, 7, 0, 4, 259),
                "8f cd 0006 00000001 00000002 fffe 0003 010203 07 2003 00 04 ff 000000");
    }

    @Test
    void transportFeedbackWithABitVector() {
        assertWire(
                TransportFeedback.of(1, 2, 5, -1, 0, 1, TransportFeedback.NOT_RECEIVED, 3),
                "8f cd 0005 00000001 00000002 0005 0003 ffffff 00 a800 01 02");
    }

    @Test
    void transportFeedbackWithLargeAndNegativeDeltas() {
        assertWire(
                TransportFeedback.of(1, 2, 5, 0, 255, 0, 256, 255),
                "8f cd 0006 00000001 00000002 0005 0003 000000 ff da00 00 0100 ffff 00");
    }

    @Test
    void transportFeedbackWithALongHole() {
        int[] ticks = new int[8193];
        Arrays.fill(ticks, 1, 8192, TransportFeedback.NOT_RECEIVED);
        ticks[8192] = 1;
        assertWire(
                TransportFeedback.of(1, 2, 0, 0, 0, ticks),
                "8f cd 0006 00000001 00000002 0000 2001 000000 00 a000 1ff2 2001 00 01");
    }
}
