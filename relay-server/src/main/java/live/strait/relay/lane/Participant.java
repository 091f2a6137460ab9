package live.strait.relay.lane;

import java.util.ArrayList;
import java.util.List;
import live.strait.signaling.message.ItemKind;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// One load of a page by one person, over one or two links.
///
/// The main link is the data channel while there is one, else the WebSocket. What must not wait goes over all.
sealed class Participant permits HostPage {
    private final Person person;
    private final String client;
    private final Role role;
    private final List<Link> links = new ArrayList<>();
    private @Nullable String issuedToken;

    /// @param client the page's own name for this load of it
    Participant(Person person, String client, Role role) {
        this.person = person;
        this.client = client;
        this.role = role;
    }

    static boolean isHost(Role role) {
        return role == Role.HOST || role == Role.COHOST;
    }

    final Person person() {
        return person;
    }

    final String client() {
        return client;
    }

    final Role role() {
        return role;
    }

    /// The device id that the node gave to this page; it is told on all its links.
    final @Nullable String issuedToken() {
        return issuedToken;
    }

    final void issued(String token) {
        issuedToken = token;
    }

    final boolean isHost() {
        return isHost(role);
    }

    final boolean isViewer() {
        return role == Role.VIEWER || role == Role.GUEST;
    }

    final List<Link> links() {
        return links;
    }

    final @Nullable Link mainLink() {
        for (Link link : links) {
            if (link.isDataChannel()) {
                return link;
            }
        }
        return links.isEmpty() ? null : links.getFirst();
    }

    final boolean hasDataChannel() {
        Link main = mainLink();
        return main != null && main.isDataChannel();
    }

    /// What the main link has not yet got rid of.
    final int backlogBytes() {
        Link main = mainLink();
        return main == null ? 0 : main.backlogBytes();
    }

    /// Over the main link, in order.
    final void send(String json) {
        Link main = mainLink();
        if (main != null) {
            main.send(json);
        }
    }

    final void send(NodeMessage message) {
        Link main = mainLink();
        if (main != null) {
            main.send(message);
        }
    }

    /// A copy ahead of everything over the data channels, which may be lost.
    final void sendCopy(String json, long receipt) {
        for (Link link : links) {
            if (link.isDataChannel()) {
                link.sendUrgent(json, receipt);
            }
        }
    }

    /// Over all links at once: urgently over data channels, where it may be lost, reliably over WebSockets.
    final void sendUrgent(String json, long receipt) {
        for (Link link : links) {
            if (link.isDataChannel()) {
                link.sendUrgent(json, receipt);
            } else {
                link.send(json);
            }
        }
    }

    /// As fast as it can be, and reliably as well.
    final void sendSurely(String json) {
        sendUrgent(json, 0);
        for (Link link : links) {
            if (link.isDataChannel()) {
                link.send(json);
            }
        }
    }

    /// Tells the page the state of one of its user's items.
    final void tell(NodeMessage.Ack ack, String json) {
        if (ack.kind() == ItemKind.INTERRUPT || ack.state() == ItemState.REFUSED) {
            sendSurely(json);
        } else {
            send(json);
        }
    }
}
