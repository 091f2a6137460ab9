package live.strait.protocol.sctp.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import live.strait.protocol.sctp.chunk.ReconfigParameter.OutgoingReset;
import live.strait.protocol.sctp.chunk.ReconfigParameter.Response;
import org.junit.jupiter.api.Test;

/// Bytes written by hand from the RFCs' diagrams.
class GoldenBytesTest {
    private static byte[] hex(String words) {
        return HexFormat.of().parseHex(words.replace(" ", ""));
    }

    private static ByteBuffer value(String chunk) {
        ChunkReader reader = new ChunkReader();
        reader.wrap(ByteBuffer.wrap(hex(chunk)));
        assertThat(reader.next()).isTrue();
        return reader.value();
    }

    @Test
    void initAsWeSendIt() {
        InitChunk init = new InitChunk(
                0x01020304,
                0x20000,
                0xffff,
                0xffff,
                0xa0b0c0d0,
                new InitParameters(true, true, false, null, List.of()));
        assertThat(init.encode(ChunkType.INIT))
                .isEqualTo(hex("01000020 01020304 00020000 ffffffff a0b0c0d0 80080006 82c00000 c0000004"));
        assertThat(InitChunk.read(value("01000020 01020304 00020000 ffffffff a0b0c0d0 80080006 82c00000 c0000004")))
                .isEqualTo(init);
    }

    @Test
    void initAckHasACookieAndReportsWhatWasUnknown() {
        ByteBuffer unknown = ByteBuffer.wrap(hex("c0aa0005 77"));
        ByteBuffer cookie = ByteBuffer.wrap(hex("00112233445566778899aabbccddeeff"));
        InitChunk ack = new InitChunk(1, 2, 3, 4, 5, new InitParameters(true, true, true, cookie, List.of(unknown)));
        assertThat(HexFormat.of().formatHex(ack.encode(ChunkType.INIT_ACK)))
                .isEqualTo("02000048 00000001 00000002 00030004 00000005".replace(" ", "")
                        + "00070014" + "00112233445566778899aabbccddeeff"
                        + "00080009" + "c0aa000577000000"
                        + "8008000682c00000" + "c0000004" + "8001000800000001");
    }

    @Test
    void data() {
        ByteBuffer out = ByteBuffer.allocate(40);
        DataChunk.write(out, 0x0b, 0x11223344, 5, 6, 51, hex("aabbccddee"), 1, 3);
        assertThat(HexFormat.of().formatHex(out.array(), 0, out.position()))
                .isEqualTo("000b0013 11223344 0005 0006 00000033 bbccdd00".replace(" ", ""));
        DataChunk chunk =
                Objects.requireNonNull(DataChunk.read(0x0b, value("000b0013 11223344 0005 0006 00000033 bbccdd00")));
        assertThat(chunk)
                .isNotNull()
                .isEqualTo(new DataChunk(0x0b, 0x11223344, 5, 6, 51, ByteBuffer.wrap(hex("bbccdd"))));
        assertThat(chunk.has(DataChunk.UNORDERED)).isFalse();
        assertThat(chunk.has(DataChunk.IMMEDIATE)).isTrue();
    }

    @Test
    void sack() {
        SackChunk sack = Objects.requireNonNull(
                SackChunk.read(value("0300001c 01020304 00010000 0002 0001 0002 0003 0005 0005 01020301")));
        assertThat(sack.cumulativeTsn()).isEqualTo(0x01020304);
        assertThat(sack.windowBytes()).isEqualTo(0x10000);
        assertThat(sack.gapBlocks()).isEqualTo(2);
        assertThat(List.of(sack.gapStart(0), sack.gapEnd(0), sack.gapStart(1), sack.gapEnd(1)))
                .containsExactly(2, 3, 5, 5);
        assertThat(sack.duplicate(0)).isEqualTo(0x01020301);
    }

    @Test
    void resetOfAnOddNumberOfStreamsCountsNoPadding() {
        OutgoingReset reset = new OutgoingReset(0x0a, 0x0b, 0x0c, List.of(1, 2, 3));
        String bytes = "8200001a 000d0016 0000000a 0000000b 0000000c 0001 0002 0003 0000";
        assertThat(ReconfigParameter.encode(reset)).isEqualTo(hex(bytes));
        assertThat(ReconfigParameter.read(value(bytes))).containsExactly(reset);
    }

    @Test
    void responseAndRequestMayShareAChunk() {
        assertThat(ReconfigParameter.read(
                        value("82000020 0010000c 00000007 00000001 000d0010 00000008 00000006 00000009")))
                .containsExactly(new Response(7, Response.PERFORMED), new OutgoingReset(8, 6, 9, List.of()));
    }

    @Test
    void forwardTsn() {
        ForwardTsnChunk chunk =
                Objects.requireNonNull(ForwardTsnChunk.read(value("c0000010 00000064 0001 0007 0003 0000")));
        assertThat(chunk.newCumulativeTsn()).isEqualTo(100);
        assertThat(chunk.streams()).isEqualTo(2);
        assertThat(chunk.streamId(1)).isEqualTo(3);
        assertThat(chunk.streamSequence(0)).isEqualTo(7);
    }

    @Test
    void abortSaysWhy() {
        byte[] abort = ErrorCause.abort("bye");
        assertThat(abort).isEqualTo(hex("0600000b 000c0007 62796500"));
        assertThat(ErrorCause.abortText(value("0600000b 000c0007 62796500"))).isEqualTo("bye");
        assertThat(ErrorCause.abortText(value("0600000b 000cffff 62796500"))).isEqualTo("bye");
        assertThat(ErrorCause.abortText(value("06000004"))).isEmpty();
    }
}
