package live.strait.protocol.rtcp;

import static live.strait.protocol.rtcp.RtcpBytes.bytes;
import static live.strait.protocol.rtcp.RtcpBytes.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import live.strait.protocol.demux.DropReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtcpReaderTest {
    @Test
    void compoundIsReadInOrderAndTheBufferStaysWhereItWas() {
        ByteBuffer compound = bytes("ffff 80c9000100000001 81ce00020000000100000002 81cb000100000001 ee");
        compound.position(2).limit(compound.limit() - 1);
        assertThat(read(compound))
                .containsExactly(
                        new ReceiverReport(1, List.of()), new PictureLossIndication(1, 2), new Bye(List.of(1), ""));
        assertThat(compound.position()).isEqualTo(2);
    }

    @Test
    void directBuffersAreRead() {
        ByteBuffer direct = ByteBuffer.allocateDirect(12);
        RtcpWriter.append(direct, new PictureLossIndication(3, 4));
        assertThat(read(direct.flip())).containsExactly(new PictureLossIndication(3, 4));
    }

    @Test
    void reducedSizePacketNeedsNoReportBeforeIt() {
        assertThat(read(bytes("81ce0002 00000001 00000002"))).containsExactly(new PictureLossIndication(1, 2));
    }

    @Test
    void paddingIsTakenOffOnAnyPacket() {
        assertThat(read(bytes("a0c90002 00000001 00000004 a1ce0003 00000001 00000002 00000004")))
                .containsExactly(new ReceiverReport(1, List.of()), new PictureLossIndication(1, 2));
    }

    @Test
    void nothingIsDeliveredAfterAMalformedPacket() {
        List<RtcpPacket> packets = new ArrayList<>();
        ByteBuffer compound = bytes("80c9000100000001 81c9000100000001 81ce00020000000100000002");
        assertThat(RtcpReader.read(compound, packets::add)).isEqualTo(DropReason.RTCP_MALFORMED);
        assertThat(packets).containsExactly(new ReceiverReport(1, List.of()));
    }

    @Test
    void kindsThatNobodyWantsAreSteppedOver() {
        List<RtcpPacket> packets = new ArrayList<>();
        ByteBuffer compound = bytes("81c9000100000001 80ca0000 81ce00020000000100000002 8fce00020000000100000002");
        assertThat(RtcpReader.read(compound, Set.of(RtcpKind.PICTURE_LOSS_INDICATION), packets::add))
                .isNull();
        assertThat(packets).containsExactly(new PictureLossIndication(1, 2));
        ByteBuffer cut = compound.limit(compound.limit() - 1);
        assertThat(RtcpReader.read(cut, Set.of(RtcpKind.PICTURE_LOSS_INDICATION), _ -> {}))
                .as("a length that is not there")
                .isEqualTo(DropReason.RTCP_MALFORMED);
    }

    /// What SRTCP adds is 20 bytes with AEAD and 14 with the shorter tag; anything more may be another packet.
    @Test
    void singlePacketOfAKindIsToldFromItsClearHeader() {
        Set<RtcpKind> feedback = Set.of(RtcpKind.TRANSPORT_FEEDBACK);
        byte[] twcc = {(byte) 0x8f, (byte) 205, 0, 4};
        byte[] nack = {(byte) 0x81, (byte) 205, 0, 4};
        for (int behind = 0; behind < 60; behind++) {
            ByteBuffer sealed = ByteBuffer.allocate(20 + behind).put(0, twcc);
            assertThat(RtcpReader.isSingle(sealed, feedback))
                    .as("%d behind", behind)
                    .isEqualTo(behind == 14 || behind == 20);
            assertThat(RtcpReader.isSingle(sealed.put(0, nack), feedback)).isFalse();
        }
        assertThat(RtcpReader.isSingle(ByteBuffer.allocate(3), feedback)).isFalse();
        assertThat(RtcpReader.isSingle(
                        ByteBuffer.allocate(40).put(0, new byte[] {(byte) 0x8f, (byte) 205, -1, -1}), feedback))
                .isFalse();
    }

    @Test
    void whatIsNotWantedMakesNoGarbage() {
        ByteBuffer report = ByteBuffer.allocateDirect(500);
        RtcpWriter.append(report, SourceDescription.cname(1, "a viewer's name"));
        RtcpWriter.append(report, TransportFeedback.of(1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        report.flip();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int reports = 100_000;
        long before = 0;
        for (int i = 0; i < 2 * reports; i++) {
            if (i == reports) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            RtcpReader.read(report, Set.of(), _ -> {});
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat((double) allocated / reports).as("bytes a report").isLessThan(1);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    an empty datagram,                       ''
                    less than a header,                      80c900
                    version 1,                               40c9000100000001
                    longer than the datagram,                80c9000200000001
                    zero bytes of padding,                   a0c9000100000000
                    more padding than packet,                a0c9000100000005
                    a sender report without its counters,    80c8000200000001 0000000000
                    a report block cut short,                81c9000200000001 00000000
                    fewer leaving sources than counted,      82cb000100000001
                    a reason longer than the packet,         81cb000200000001 04616263
                    an SDES chunk that is not closed,        81ca000200000001 01026162
                    an SDES item longer than the packet,     81ca000200000001 01ff6162
                    a NACK that asks for nothing,            81cd00020000000100000002
                    a PLI without a media source,            81ce000100000001
                    a FIR without an entry,                  84ce00020000000100000000
                    a REMB of fewer sources than counted,    8fce0004000000010000000052454d4202000001
                    a REMB beyond 63 bits,                   8fce0004000000010000000052454d4200ffffff
                    an XR block longer than the packet,      80cf0002000000010400000200000000
                    feedback on no packet,                   8fcd000400000001000000020000000000000000
                    feedback whose chunks end early,         8fcd00050000000100000002000001000000000080008000
                    feedback whose deltas end early,         8fcd0005000000010000000200000003000000002003 0000
                    feedback with the reserved symbol,       8fcd000500000001000000020000000100000000f0000000
                    feedback on more than half the numbers,  8fcd000600000001000000020000ffff000000001fff1fff1fff1fff
                    """)
    void malformedPacketIsRefused(String what, String hex) {
        List<RtcpPacket> packets = new ArrayList<>();
        assertThat(RtcpReader.read(bytes(hex), packets::add)).as(what).isEqualTo(DropReason.RTCP_MALFORMED);
        assertThat(packets).isEmpty();
    }

    @Test
    void emptyRunLengthChunksEndWithTheBytes() {
        assertThat(RtcpReader.read(bytes("8fcd000500000001000000020000000100000000 00000000"), _ -> {}))
                .isEqualTo(DropReason.RTCP_MALFORMED);
    }

    @Test
    void noBytesMakeTheReaderThrowAndWhatItReadsCanBeWrittenAgain() {
        Random random = new Random(20260101);
        ByteBuffer out = ByteBuffer.allocate(70_000);
        for (int round = 0; round < 60_000; round++) {
            ByteBuffer hostile = hostile(random);
            RtcpReader.read(hostile, packet -> {
                assertThat(RtcpWriter.append(out.clear(), packet)).isTrue();
                assertThat(read(out.flip())).containsExactly(packet);
            });
        }
    }

    /// One to three packets with plausible headers and random insides, so that the fuzz gets past the first check.
    private static ByteBuffer hostile(Random random) {
        ByteBuffer bytes = ByteBuffer.allocate(400);
        for (int packets = 1 + random.nextInt(3); packets > 0; packets--) {
            int words = random.nextInt(25);
            int end = bytes.position() + 4 + words * 4;
            bytes.put((byte) (0x80 | random.nextInt(random.nextBoolean() ? 4 : 64)));
            bytes.put((byte) (199 + random.nextInt(10))).putShort((short) words);
            while (bytes.position() < end) {
                bytes.put((byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(4)));
            }
            if (random.nextInt(4) == 0 && words > 3) {
                bytes.putInt(end - words * 4 + 8, 0x52454d42);
            }
        }
        bytes.flip();
        return random.nextInt(8) == 0 ? bytes.limit(random.nextInt(bytes.limit() + 1)) : bytes;
    }
}
