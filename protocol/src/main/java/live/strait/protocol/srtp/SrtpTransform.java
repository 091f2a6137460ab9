package live.strait.protocol.srtp;

import java.nio.ByteBuffer;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.KeyUse;

/// What one protection profile does to the bytes of a packet whose index is known (RFC 3711 section 4: a
/// "cryptographic transform").
///
/// The packet lies from position to limit; protecting moves the limit out, unprotecting moves it in. The caller has
/// checked that header and tag fit. An index is the 48-bit packet index of SRTP; of SRTCP it is the word that
/// goes on the wire: the E bit and the 31-bit index.
sealed interface SrtpTransform extends AutoCloseable permits GcmTransform, CounterModeTransform {
    /// Set in the SRTCP index word of an encrypted packet (RFC 3711 section 3.4).
    int E_BIT = 1 << 31;

    /// Bytes of the SRTCP index word.
    int INDEX_WORD_BYTES = 4;

    /// The header of the first packet of a compound, which SRTCP leaves in clear.
    int RTCP_HEADER_BYTES = 8;

    static SrtpTransform of(SrtpKeys keys, CryptoEngine engine, KeyUse rtpUse) {
        return switch (keys.profile()) {
            case AEAD_AES_128_GCM, AEAD_AES_256_GCM -> new GcmTransform(keys, engine, rtpUse);
            case AES_CM_128_HMAC_SHA1_80 -> new CounterModeTransform(keys, engine);
        };
    }

    /// Encrypts the payload behind the header and appends the tag.
    ///
    /// @param plain has the payload, which goes behind the header from there; the packet itself where it stands
    ///   already
    void protectRtp(ByteBuffer plain, int plainFrom, ByteBuffer packet, int headerBytes, int ssrc, long index);

    /// False when the packet is not authentic; its bytes are then worthless.
    boolean unprotectRtp(ByteBuffer packet, int headerBytes, int ssrc, long index);

    void protectRtcp(ByteBuffer packet, int ssrc, int indexWord);

    /// False when the packet is not authentic; its bytes are then worthless.
    boolean unprotectRtcp(ByteBuffer packet, int ssrc, int indexWord);

    /// Reads the index word of a protected SRTCP packet.
    int indexWord(ByteBuffer packet);

    /// Forgets the keys.
    @Override
    void close();
}
