package live.strait.signaling.http;

/// Offers of peers that want as little as a peer can want: Opus and VP8 over one transport.
final class Offers {
    static final String UFRAG = "peerUfrag";
    static final String HOST = offer("sendonly");
    static final String VIEWER = offer("recvonly");

    private Offers() {}

    private static String offer(String direction) {
        return """
                v=0
                o=- 1 1 IN IP4 0.0.0.0
                s=-
                t=0 0
                a=group:BUNDLE 0 1
                m=audio 9 UDP/TLS/RTP/SAVPF 111
                c=IN IP4 0.0.0.0
                a=mid:0
                a=%1$s
                a=rtcp-mux
                a=ice-ufrag:%2$s
                a=ice-pwd:peerPasswordOfTwentyTwoOrMore
                a=fingerprint:sha-256 %3$s
                a=setup:actpass
                a=rtpmap:111 opus/48000/2
                m=video 9 UDP/TLS/RTP/SAVPF 96 97
                c=IN IP4 0.0.0.0
                a=mid:1
                a=%1$s
                a=rtcp-mux
                a=ice-ufrag:%2$s
                a=ice-pwd:peerPasswordOfTwentyTwoOrMore
                a=fingerprint:sha-256 %3$s
                a=setup:actpass
                a=rtpmap:96 VP8/90000
                a=rtcp-fb:96 nack
                a=rtcp-fb:96 nack pli
                a=rtpmap:97 rtx/90000
                a=fmtp:97 apt=96
                """.formatted(direction, UFRAG, "AB:".repeat(31) + "AB").replace("\n", "\r\n");
    }

    /// A fragment as it trickles candidates, or with another ufrag restarts ICE.
    static String fragment(String ufrag) {
        return """
                a=group:BUNDLE 0 1
                m=audio 9 UDP/TLS/RTP/SAVPF 111
                a=mid:0
                a=ice-ufrag:%s
                a=ice-pwd:peerPasswordOfTwentyTwoOrMore
                a=candidate:1 1 udp 2130706431 0a1b2c3d.local 50000 typ host
                """.formatted(ufrag).replace("\n", "\r\n");
    }
}
