package live.strait.protocol.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import live.strait.protocol.datachannel.DataChannel;
import live.strait.protocol.datachannel.DataChannelEvent;
import live.strait.protocol.datachannel.DataChannelOptions;
import live.strait.protocol.datachannel.DataChannels;
import live.strait.protocol.datachannel.Reliability;
import live.strait.protocol.sctp.chunk.ChunkType;
import live.strait.protocol.sctp.chunk.ChunkWriter;
import org.junit.jupiter.api.Test;

/// Data channels towards a peer that knows the book of SCTP alone and takes two streams.
class PlainPeerTest {
    private static final String INIT = "01000014 00000007 00020000 0002 0002 00000100";

    private final DataChannels node = new DataChannels(DataChannelOptions.DEFAULT, new SplittableRandom(1), 0);
    private final ByteBuffer packet = ByteBuffer.allocate(1200);

    private List<Integer> sent() {
        List<Integer> types = new ArrayList<>();
        while (node.pollTransmit(0, packet)) {
            byte[] bytes = new byte[packet.remaining()];
            packet.get(0, bytes);
            types.addAll(Peerling.types(bytes));
        }
        return types;
    }

    private List<DataChannelEvent> events() {
        List<DataChannelEvent> events = new ArrayList<>();
        for (DataChannelEvent event = node.pollEvent(); event != null; event = node.pollEvent()) {
            events.add(event);
        }
        return events;
    }

    private void establish() {
        node.receive(0, ByteBuffer.wrap(Peerling.packet(0, HexFormat.of().parseHex(INIT.replace(" ", "")))));
        assertThat(node.pollTransmit(0, packet)).isTrue();
        int tag = packet.getInt(PacketHeader.SIZE + 4);
        int cookieAt = PacketHeader.SIZE + 24;
        byte[] echo = ChunkWriter.chunk(ChunkType.COOKIE_ECHO, 0, packet.slice(cookieAt, 16));
        assertThat(node.receive(0, ByteBuffer.wrap(Peerling.packet(tag, echo)))).isNull();
    }

    @Test
    void channelBeyondThePeersStreamsIsClosed() {
        DataChannel first = node.open(0, "first", "", Reliability.RELIABLE);
        DataChannel second = node.open(0, "second", "", Reliability.RELIABLE);
        establish();
        assertThat(events()).containsExactly(new DataChannelEvent.Connected(), new DataChannelEvent.Closed(second));
        assertThat(first.state()).isEqualTo(DataChannel.State.OPENING);
    }

    @Test
    void channelIsClosedWithoutAskingWhereThePeerKnowsNoReset() {
        DataChannel before = node.open(0, "before", "", Reliability.RELIABLE);
        node.close(0, before);
        establish();
        assertThat(events()).containsExactly(new DataChannelEvent.Connected(), new DataChannelEvent.Closed(before));
        DataChannel after = node.open(0, "after", "", Reliability.RELIABLE);
        sent();
        node.close(0, after);
        assertThat(events()).containsExactly(new DataChannelEvent.Closed(after));
        assertThat(sent()).doesNotContain(ChunkType.RE_CONFIG);
    }
}
