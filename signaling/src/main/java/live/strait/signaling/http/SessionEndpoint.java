package live.strait.signaling.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import live.strait.protocol.sdp.SessionDescription;
import live.strait.signaling.control.LaneVisitor;
import live.strait.signaling.control.RelayControl;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.SessionOpened;
import live.strait.signaling.control.SessionRequest;
import live.strait.signaling.control.SessionRequest.Purpose;
import live.strait.signaling.message.Role;
import live.strait.signaling.session.Negotiation;
import live.strait.signaling.session.OfferRefusal;

/// Opens sessions: `POST /whip/ROOM` for hosts (RFC 9725 section 4.2), `POST /whep/ROOM` for viewers.
///
/// The answer names all candidates at once, so that no client has to trickle, and the session's own resource in
/// `Location`, as an absolute path: it stays right behind a proxy that ends TLS.
final class SessionEndpoint {
    static final String SDP = SessionDescription.MEDIA_TYPE;
    private static final String LAYER_EXTENSION = "urn:ietf:params:whep:ext:core:layer";

    private final Purpose purpose;
    private final RelayControl relay;
    private final Doorkeeper doorkeeper;
    private final HttpOptions options;
    private final SessionTable sessions;

    SessionEndpoint(
            Purpose purpose, RelayControl relay, Doorkeeper doorkeeper, HttpOptions options, SessionTable sessions) {
        this.purpose = purpose;
        this.relay = relay;
        this.doorkeeper = doorkeeper;
        this.options = options;
        this.sessions = sessions;
    }

    void open(RoutingContext context) {
        RoomId room = Requests.room(context);
        Set<Role> allowed = purpose == Purpose.PUBLISH ? Doorkeeper.PUBLISHERS : Doorkeeper.AUDIENCE;
        LaneVisitor visitor = doorkeeper.admit(context, room, allowed);
        Negotiation negotiation = negotiate(Requests.body(context, SDP));
        SessionRequest request = negotiation.request(visitor);
        RelayCall.answer(
                context, relay.open(request), opened -> answer(context, request, opened, negotiation.answer(opened)));
    }

    private Negotiation negotiate(String offer) {
        try {
            return Negotiation.of(offer, purpose);
        } catch (OfferRefusal e) {
            throw HttpProblem.of(e);
        }
    }

    private void answer(RoutingContext context, SessionRequest request, SessionOpened opened, String sdp) {
        SessionTable.Entry entry = new SessionTable.Entry(
                opened.id(),
                request.room(),
                purpose,
                request.remoteIce().ufrag(),
                opened.localIce().ufrag(),
                opened.candidates());
        sessions.put(entry);
        String location = path(purpose) + "/" + entry.room() + "/" + entry.id();
        HttpServerResponse response = context.response()
                .putHeader("Location", location)
                .putHeader("ETag", entry.etag())
                .putHeader("Accept-Patch", SessionResource.FRAGMENT)
                .putHeader("Cache-Control", "no-store");
        List<String> links = links(location);
        if (!links.isEmpty()) {
            response.putHeader("Link", links);
        }
        Answers.send(context, 201, SDP, Buffer.buffer(sdp));
    }

    private List<String> links(String location) {
        List<String> links = new ArrayList<>();
        options.iceServers().forEach(server -> links.add(server.link()));
        if (purpose == Purpose.VIEW) {
            links.add("<" + location + "/layer>; rel=\"" + LAYER_EXTENSION + "\"");
        }
        return links;
    }

    static String path(Purpose purpose) {
        return switch (purpose) {
            case PUBLISH -> "/whip";
            case VIEW -> "/whep";
        };
    }
}
