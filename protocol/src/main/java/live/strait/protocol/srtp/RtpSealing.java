package live.strait.protocol.srtp;

import live.strait.protocol.crypto.NativeSealer;

/// How the RTP packets of one key are sealed in native memory, for who keeps that beside other things that he needs
/// for each packet (RFC 7714 section 8.1). [GcmTransform] says what a vector is made of.
///
/// @param key for the sealer, until the [SrtpSender] is closed
public record RtpSealing(NativeSealer sealer, long key, int saltHigh, long saltLow) {
    /// The first 32 bits of the initialisation vector of every packet of an SSRC.
    public int ivHigh(int ssrc) {
        return saltHigh ^ GcmTransform.high(ssrc);
    }

    /// The last 64 bits for index 0; another 48-bit index is XORed with them.
    public long ivLow(int ssrc) {
        return saltLow ^ GcmTransform.low(ssrc, 0);
    }
}
