package live.strait.protocol.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import live.strait.protocol.sctp.chunk.ChunkType;
import live.strait.protocol.sctp.chunk.ReconfigParameter;
import live.strait.protocol.sctp.chunk.ReconfigParameter.OtherRequest;
import live.strait.protocol.sctp.chunk.ReconfigParameter.OutgoingReset;
import live.strait.protocol.sctp.chunk.ReconfigParameter.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamResetTest {
    private static final AssociationEvent RESET = new AssociationEvent.StreamsReset(List.of(1));
    private static final AssociationEvent FINISHED = new AssociationEvent.StreamsFinished(List.of(1));

    private final Peerling left = new Peerling(1);
    private final Peerling right = new Peerling(2);

    @BeforeEach
    void establish() {
        Peerling.establish(left, right);
    }

    private static int initialTsn(Peerling peer) {
        return ByteBuffer.wrap(peer.sent.getFirst()).getInt(PacketHeader.SIZE + 16);
    }

    /// The result that `right` answers to a request made by hand; -1 for none.
    private int answer(ReconfigParameter request) {
        right.feed(1, Peerling.packet(right.localTag(), ReconfigParameter.encode(request)));
        List<byte[]> answer = right.transmit(1);
        return answer.isEmpty() ? -1 : ByteBuffer.wrap(answer.getFirst()).getInt(PacketHeader.SIZE + 12);
    }

    @Test
    void whatIsSentWhileAResetIsUnderWayComesAfterIt() {
        left.say(1, "before");
        left.association.resetStream(1);
        List<byte[]> packets = left.transmit(1);
        assertThat(Peerling.types(packets.getLast())).containsExactly(ChunkType.RE_CONFIG);
        left.say(2, "after");
        assertThat(left.transmit(2)).isEmpty();
        packets.forEach(packet -> right.feed(2, packet));
        Peerling.exchange(2, left, right);
        assertThat(right.texts).containsExactly("before", "after");
        assertThat(right.events).contains(RESET);
        assertThat(left.events).contains(FINISHED);
    }

    @Test
    void resetWaitsForDataThatIsStillOnItsWayAndIsThenAnsweredUnasked() {
        left.say(1, "late");
        byte[] late = left.transmit(1).getFirst();
        left.association.resetStream(1);
        left.transmit(2).forEach(packet -> right.feed(2, packet));
        assertThat(right.events).doesNotContain(RESET);
        right.transmit(2).forEach(packet -> left.feed(2, packet));
        assertThat(left.events).as("put off").doesNotContain(FINISHED);
        right.feed(3, late);
        assertThat(right.events.getLast()).isEqualTo(RESET);
        Peerling.exchange(3, left, right);
        assertThat(left.events).contains(FINISHED);
        assertThat(right.texts).containsExactly("late");
    }

    @Test
    void lostAnswerIsGivenAgainAndNothingIsResetTwice() {
        left.association.resetStream(1);
        byte[] request = left.transmit(1).getFirst();
        right.feed(1, request);
        right.transmit(1);
        long retry = left.nextDeadlineNanos();
        left.onTimeout(retry);
        List<byte[]> again = left.transmit(retry);
        assertThat(again).hasSize(1);
        assertThat(again.getFirst()).isEqualTo(request);
        right.feed(retry, again.getFirst());
        right.transmit(retry).forEach(packet -> left.feed(retry, packet));
        assertThat(left.events).contains(FINISHED);
        assertThat(right.events.stream().filter(RESET::equals)).hasSize(1);
    }

    @Test
    void requestsOutOfTurnAreRefused() {
        int next = initialTsn(left);
        assertThat(answer(new OutgoingReset(next + 1, 0, next - 1, List.of(1)))).isEqualTo(Response.BAD_SEQUENCE);
        assertThat(answer(new OutgoingReset(next, 0, next - 1, List.of(1)))).isEqualTo(Response.PERFORMED);
        assertThat(answer(new OutgoingReset(next, 0, next - 1, List.of(1)))).isEqualTo(Response.PERFORMED);
        assertThat(answer(new OutgoingReset(next - 1, 0, next - 1, List.of(1)))).isEqualTo(Response.BAD_SEQUENCE);
        assertThat(right.events.stream().filter(RESET::equals)).hasSize(1);
    }

    @Test
    void otherRequestsAreDeniedButMoreStreamsAreThere() {
        int next = initialTsn(left);
        assertThat(answer(new OtherRequest(14, next))).isEqualTo(Response.DENIED);
        assertThat(answer(new OtherRequest(15, next + 1))).isEqualTo(Response.DENIED);
        assertThat(answer(new OtherRequest(17, next + 2))).isEqualTo(Response.PERFORMED);
        assertThat(answer(new OtherRequest(18, next + 3))).isEqualTo(Response.DENIED);
    }

    @Test
    void requestThatWasPutOffIsRepeatedUnderANewNumber() {
        left.association.resetStream(1);
        int number = ByteBuffer.wrap(left.transmit(1).getFirst()).getInt(PacketHeader.SIZE + 8);
        left.feed(1, response(number, Response.IN_PROGRESS));
        left.onTimeout(left.nextDeadlineNanos());
        byte[] again = left.transmit(2_000_000_000).getFirst();
        assertThat(ByteBuffer.wrap(again).getInt(PacketHeader.SIZE + 8)).isEqualTo(number + 1);
        left.feed(3_000_000_000L, response(number, Response.PERFORMED));
        assertThat(left.events).as("an answer to the old number").doesNotContain(FINISHED);
        left.feed(3_000_000_000L, response(number + 1, Response.PERFORMED));
        assertThat(left.events).contains(FINISHED);
    }

    private byte[] response(int number, int result) {
        byte[] chunk = ReconfigParameter.encode(new Response(number, result));
        assertThat(HexFormat.of().formatHex(chunk)).startsWith("820000100010000c");
        return Peerling.packet(left.localTag(), chunk);
    }
}
