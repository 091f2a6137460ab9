package live.strait.protocol.srtp;

import live.strait.protocol.crypto.AeadCipher;
import live.strait.protocol.crypto.CounterCipher;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.JdkCryptoEngine;
import live.strait.protocol.crypto.KeyUse;
import live.strait.protocol.crypto.PacketMac;

/// An engine whose key derivation gives chosen session keys: the vectors of RFC 7714 start behind the derivation.
///
/// With a master salt of zero the first counter block's upper half is the label itself.
final class FixedSessionKeys implements CryptoEngine {
    private final CryptoEngine engine = new JdkCryptoEngine();
    private final byte[] key;
    private final byte[] salt;

    FixedSessionKeys(String key, String salt) {
        this.key = Packets.hex(key);
        this.salt = Packets.hex(salt);
    }

    SrtpTransform transform() {
        SrtpProfile profile = key.length == 16 ? SrtpProfile.AEAD_AES_128_GCM : SrtpProfile.AEAD_AES_256_GCM;
        return SrtpTransform.of(
                new SrtpKeys(profile, new byte[key.length], new byte[salt.length]), this, KeyUse.SELDOM);
    }

    @Override
    public AeadCipher aesGcm(byte[] derived) {
        return engine.aesGcm(derived);
    }

    @Override
    public CounterCipher aesCounter(byte[] masterKey) {
        return (label, ivLow, out, from, to) -> {
            boolean isSalt = label == KeyDerivation.RTP_SALT || label == KeyDerivation.RTCP_SALT;
            out.put(from, isSalt ? salt : key, 0, to - from);
        };
    }

    @Override
    public PacketMac hmacSha1(byte[] derived) {
        return engine.hmacSha1(derived);
    }
}
