package live.strait.relay.lane;

import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// A host's, cohost's or moderator's page: the board as far as it was shown there, and the interrupts that it has
/// not got.
final class HostPage extends Participant {
    private final HostFeed feed;
    private final UrgentCopies copies;

    /// @param region of the node, shown beside a viewer's name, or null
    HostPage(Person person, String client, Role role, @Nullable String region, long nowNanos) {
        super(person, client, role);
        this.feed = new HostFeed(this, region);
        this.copies = new UrgentCopies(nowNanos);
    }

    HostFeed feed() {
        return feed;
    }

    UrgentCopies copies() {
        return copies;
    }
}
