package live.strait.protocol.datachannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// An endpoint that sends numbered messages, and judges what it hears by a naive model of what the other has sent.
///
/// A message is: its number, when it was sent, and bytes that follow from the number. The model is a list per
/// channel.
final class Talker extends Endpoint {
    private static final int HEADER_BYTES = 12;

    final Map<String, List<Integer>> sent = new HashMap<>();
    final Map<String, List<Integer>> heard = new HashMap<>();
    private final Map<String, Set<Integer>> seen = new HashMap<>();
    final Map<String, Long> latestNanos = new HashMap<>();
    private final SplittableRandom random;
    private int number;

    Talker(DataChannelOptions options, long seed) {
        super(options, seed);
        random = new SplittableRandom(seed + 1);
    }

    /// Sends a message of a random size; small ones are likelier.
    SendResult say(long nowNanos, DataChannel channel, int maxBytes, SendOptions options) {
        int size = HEADER_BYTES + (random.nextInt(4) == 0 ? random.nextInt(maxBytes) : random.nextInt(200));
        int id = number;
        SendResult result = channels.send(nowNanos, channel, message(id, nowNanos, size), false, options);
        if (result == SendResult.ACCEPTED) {
            number++;
            sent.computeIfAbsent(channel.label(), label -> new ArrayList<>()).add(id);
        }
        return result;
    }

    private static ByteBuffer message(int id, long nowNanos, int size) {
        ByteBuffer message = ByteBuffer.allocate(size).putInt(id).putLong(nowNanos);
        SplittableRandom content = new SplittableRandom(id);
        while (message.hasRemaining()) {
            message.put((byte) content.nextInt());
        }
        return message.flip();
    }

    @Override
    void onEvent(long nowNanos, DataChannelEvent event) {
        if (event instanceof DataChannelEvent.Message(DataChannel channel, ByteBuffer bytes, boolean text)) {
            int id = bytes.getInt(0);
            long sentAt = bytes.getLong(4);
            assertThat(text).isFalse();
            assertThat(bytes).as("content of message %d", id).isEqualTo(message(id, sentAt, bytes.remaining()));
            assertThat(seen.computeIfAbsent(channel.label(), label -> new HashSet<>())
                            .add(id))
                    .as("message %d on %s comes once", id, channel)
                    .isTrue();
            heard.computeIfAbsent(channel.label(), label -> new ArrayList<>()).add(id);
            latestNanos.merge(channel.label(), nowNanos - sentAt, Math::max);
        }
    }

    /// Compares what was heard with what `other` has sent.
    void judge(Talker other, DataChannel channel) {
        List<Integer> all = other.sent.getOrDefault(channel.label(), List.of());
        List<Integer> came = heard.getOrDefault(channel.label(), List.of());
        Reliability reliability = channel.reliability();
        boolean reliable = reliability.maxRetransmits() < 0 && reliability.maxLifetimeMillis() < 0;
        if (reliable && reliability.ordered()) {
            assertThat(came).as("%s", channel).isEqualTo(all);
        } else if (reliable) {
            assertThat(came).as("%s", channel).containsExactlyInAnyOrderElementsOf(all);
        } else {
            assertThat(all).as("%s", channel).containsAll(came);
        }
        if (reliability.ordered()) {
            assertThat(came).as("%s", channel).isSorted();
        }
    }
}
