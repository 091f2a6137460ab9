package live.strait.protocol.dtls;

import live.strait.protocol.srtp.SrtpKeys;

/// What a [DtlsMachine] tells its owner.
public sealed interface DtlsEvent {
    /// The peer has proved that it holds the certificate of the SDP, and the SRTP keys are there.
    ///
    /// @param local seals what we send
    /// @param remote opens what the peer sends
    record Connected(SrtpKeys local, SrtpKeys remote) implements DtlsEvent {}

    /// The association could not be made, or broke; an alert to the peer may still wait in `pollTransmit`.
    ///
    /// @param cause one sentence for the log and for the session's end
    record Failed(String cause) implements DtlsEvent {}

    /// The peer has ended the association in order (close_notify). Our own answer waits in `pollTransmit`.
    record Closed() implements DtlsEvent {}
}
