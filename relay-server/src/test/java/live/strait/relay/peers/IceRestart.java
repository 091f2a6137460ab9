package live.strait.relay.peers;

import dev.onvoid.webrtc.RTCPeerConnection;
import java.util.List;

/// An ICE restart as a client of RFC 9725 section 4.3.3 does it: new credentials by PATCH, and the old answer with
/// the relay's new ones.
final class IceRestart {
    private IceRestart() {}

    static void of(RTCPeerConnection connection, SignalingClient session) throws Exception {
        String offer = Libwebrtc.offer(connection, true);
        String fragment = session.restart("""
                a=ice-ufrag:%s
                a=ice-pwd:%s
                m=audio 9 UDP/TLS/RTP/SAVPF 0
                a=mid:0
                """.formatted(value(offer, "ice-ufrag"), value(offer, "ice-pwd"))
                .replace("\n", "\r\n"));
        String answer = session.answer();
        for (String name : List.of("ice-ufrag", "ice-pwd")) {
            answer = answer.replace(value(answer, name), value(fragment, name));
        }
        Libwebrtc.answer(connection, answer);
    }

    /// The value of an attribute where it stands first.
    private static String value(String sdp, String attribute) {
        String prefix = "a=" + attribute + ":";
        return sdp.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + prefix + " in " + sdp));
    }
}
