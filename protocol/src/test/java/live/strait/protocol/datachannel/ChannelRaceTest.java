package live.strait.protocol.datachannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Packets carried by hand, so that one comes late or never.
class ChannelRaceTest {
    private final Endpoint left = new Endpoint(true, 1);
    private final Endpoint right = new Endpoint(false, 2);

    @BeforeEach
    void establish() {
        left.channels.connect(0);
        exchange(0);
        assertThat(right.events(DataChannelEvent.Connected.class)).hasSize(1);
    }

    private static List<ByteBuffer> sent(Endpoint from, long nowNanos) {
        List<ByteBuffer> packets = new ArrayList<>();
        ByteBuffer packet = ByteBuffer.allocate(2000);
        while (from.pollTransmit(nowNanos, packet)) {
            packets.add(ByteBuffer.allocate(packet.remaining()).put(packet).flip());
        }
        return packets;
    }

    private boolean carry(long nowNanos, Endpoint from, Endpoint to) {
        List<ByteBuffer> packets = sent(from, nowNanos);
        packets.forEach(packet -> to.receive(nowNanos, packet));
        return !packets.isEmpty();
    }

    private void exchange(long nowNanos) {
        boolean busy = true;
        while (busy) {
            boolean toRight = carry(nowNanos, left, right);
            boolean toLeft = carry(nowNanos, right, left);
            busy = toRight || toLeft;
        }
    }

    @Test
    void unorderedMessageDoesNotOvertakeTheOpeningOfItsChannel() {
        DataChannel channel = left.channels.open(1, "fast", "", Reliability.RELIABLE_UNORDERED);
        left.send(1, channel, "x".repeat(1100));
        List<ByteBuffer> packets = sent(left, 1);
        assertThat(packets).hasSize(2);
        right.receive(2, packets.get(1));
        right.receive(3, packets.get(0));
        assertThat(right.texts()).hasSize(1);
        assertThat(right.events.getLast()).isInstanceOf(DataChannelEvent.Message.class);
    }

    @Test
    void channelIsOpenedAgainThoughTheEndOfTheOldOneWasNotHeard() {
        DataChannel old = left.channels.open(1, "old", "", Reliability.RELIABLE);
        exchange(1);
        DataChannel theirs = right.opened("old");
        left.channels.close(2, old);
        carry(2, left, right);
        carry(2, right, left);
        assertThat(old.state()).isEqualTo(DataChannel.State.CLOSED);
        sent(left, 2); // its answer to the other's reset is lost
        assertThat(theirs.state()).isEqualTo(DataChannel.State.CLOSING);

        DataChannel again = left.channels.open(3, "new", "", Reliability.RELIABLE);
        assertThat(again.streamId()).isEqualTo(old.streamId());
        carry(3, left, right);
        assertThat(theirs.state()).isEqualTo(DataChannel.State.CLOSED);
        right.send(3, right.opened("new"), "welcome back");
        exchange(3);
        assertThat(left.texts()).as("the stream has not begun anew yet").isEmpty();
        for (int i = 0; i < 2; i++) { // a SACK, then the reset again
            long next = right.nextDeadlineNanos();
            right.onTimeout(next);
            exchange(next);
        }
        assertThat(left.texts()).containsExactly("welcome back");
        assertThat(again.state()).isEqualTo(DataChannel.State.OPEN);
    }

    @Test
    void channelThatIsOpenedAgainAndClosedAtOnceIsResetOnceMore() {
        DataChannel old = left.channels.open(1, "old", "", Reliability.RELIABLE);
        exchange(1);
        left.channels.close(2, old);
        carry(2, left, right);
        carry(2, right, left);
        sent(left, 2); // its answer to the other's reset is lost

        DataChannel again = left.channels.open(3, "new", "", Reliability.RELIABLE);
        carry(3, left, right);
        DataChannel theirs = right.opened("new");
        right.send(3, theirs, "hello and goodbye");
        right.channels.close(3, theirs);
        for (int i = 0; i < 4; i++) {
            long retry = right.nextDeadlineNanos();
            right.onTimeout(retry);
            exchange(retry);
        }
        assertThat(left.texts()).containsExactly("hello and goodbye");
        assertThat(theirs.state()).isEqualTo(DataChannel.State.CLOSED);
        assertThat(again.state()).isEqualTo(DataChannel.State.CLOSED);
    }
}
