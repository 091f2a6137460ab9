package live.strait.protocol.dtls;

import java.util.List;
import live.strait.protocol.srtp.SrtpProfile;

/// How a [DtlsMachine] behaves.
///
/// @param resendMillis first wait before a flight is sent again, doubled each time. RFC 6347 section 4.2.4.1 has
///   1 s and lets real-time applications go lower: ICE has proved the path, a flight is one packet, and a viewer
///   looks at a black picture meanwhile
/// @param handshakeLimitMillis wall time from the first ClientHello to the end. With 100 ms doubling that is seven
///     tries per flight: at 30 % loss one handshake in a thousand is lost to it
/// @param maxDatagramBytes what we send at most. 1200 passes every path that WebRTC works on (RFC 8831 section 5)
/// @param maxReceiveBytes what we take at most; peers cut at their MTU, and Ethernet's 1500 fits
/// @param maxQueuedDatagrams bound of the queues between the owner and the handshake. A certificate chain of 8 kB
///   in fragments of 256 bytes needs 32
/// @param maxHandshakeMessageBytes longest handshake message taken; room is set aside by the length that a first
///     fragment claims. Three RSA-4096 certificates are 5 kB
/// @param profiles SRTP profiles in our order of preference; ours decides (RFC 5764 section 4.1.2)
/// @param handshakes bounds the handshakes in progress, shared by all machines of the process
/// @param curves who computes on elliptic curves
public record DtlsOptions(
        int resendMillis,
        int handshakeLimitMillis,
        int maxDatagramBytes,
        int maxReceiveBytes,
        int maxQueuedDatagrams,
        int maxHandshakeMessageBytes,
        List<SrtpProfile> profiles,
        DtlsHandshakes handshakes,
        CurveLibrary curves) {
    public static final DtlsOptions DEFAULT = new DtlsOptions(
            100,
            10_000,
            1200,
            2048,
            64,
            8192,
            SrtpProfile.BY_PREFERENCE,
            DtlsHandshakes.OF_PROCESS,
            CurveLibrary.fastest());

    public DtlsOptions {
        profiles = List.copyOf(profiles);
        if (profiles.isEmpty()) {
            throw new IllegalArgumentException("at least one SRTP profile is needed");
        }
        if (maxDatagramBytes < 256 || maxReceiveBytes < maxDatagramBytes) {
            throw new IllegalArgumentException("datagrams of 256 bytes at least, and none longer out than in");
        }
    }

    public DtlsOptions withHandshakeLimitMillis(int millis) {
        return new DtlsOptions(
                resendMillis,
                millis,
                maxDatagramBytes,
                maxReceiveBytes,
                maxQueuedDatagrams,
                maxHandshakeMessageBytes,
                profiles,
                handshakes,
                curves);
    }

    public DtlsOptions withProfiles(List<SrtpProfile> preferred) {
        return new DtlsOptions(
                resendMillis,
                handshakeLimitMillis,
                maxDatagramBytes,
                maxReceiveBytes,
                maxQueuedDatagrams,
                maxHandshakeMessageBytes,
                preferred,
                handshakes,
                curves);
    }

    public DtlsOptions withHandshakes(DtlsHandshakes shared) {
        return new DtlsOptions(
                resendMillis,
                handshakeLimitMillis,
                maxDatagramBytes,
                maxReceiveBytes,
                maxQueuedDatagrams,
                maxHandshakeMessageBytes,
                profiles,
                shared,
                curves);
    }

    public DtlsOptions withCurves(CurveLibrary library) {
        return new DtlsOptions(
                resendMillis,
                handshakeLimitMillis,
                maxDatagramBytes,
                maxReceiveBytes,
                maxQueuedDatagrams,
                maxHandshakeMessageBytes,
                profiles,
                handshakes,
                library);
    }
}
