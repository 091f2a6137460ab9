package live.strait.relay.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.message.LaneError;
import org.jspecify.annotations.Nullable;

/// A link that hands what it is given to the test, and remembers how it ended.
final class FakeLink implements LaneLink {
    private final Kind kind;
    /// The text, and whether it came urgently.
    private final BiConsumer<String, Boolean> sent;
    private final List<String> log = new ArrayList<>();
    private int backlogBytes;
    private @Nullable LaneError closedWith;

    FakeLink(Kind kind, BiConsumer<String, Boolean> sent) {
        this.kind = kind;
        this.sent = sent;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public void send(String json) {
        log.add(json);
        sent.accept(json, false);
    }

    @Override
    public void sendUrgent(String json, long receipt) {
        log.add(json);
        sent.accept(json, true);
    }

    @Override
    public int backlogBytes() {
        return backlogBytes;
    }

    void backlogBytes(int bytes) {
        backlogBytes = bytes;
    }

    @Override
    public void close(LaneError code, String reason) {
        closedWith = code;
    }

    @Nullable
    LaneError closedWith() {
        return closedWith;
    }

    List<String> log() {
        return log;
    }
}
