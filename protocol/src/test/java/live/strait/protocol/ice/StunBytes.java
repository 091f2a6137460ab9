package live.strait.protocol.ice;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Writes STUN messages byte by byte, right and wrong ones, without any code of the agents under test: those of
/// this package, and those of a whole node.
public final class StunBytes {
    public static final int USERNAME = 0x0006;
    public static final int PRIORITY = 0x0024;
    public static final int USE_CANDIDATE = 0x0025;
    public static final int ICE_CONTROLLED = 0x8029;
    public static final int ICE_CONTROLLING = 0x802a;

    private final ByteBuffer out = ByteBuffer.allocate(3000);

    public StunBytes(int type, long transaction) {
        out.putChar((char) type).putChar((char) 0).putInt(0x2112a442);
        out.putInt(0).putLong(transaction);
        out.putLong(8, transaction);
        out.putInt(16, 7);
    }

    /// A check as Chromium sends it, short of USE-CANDIDATE, which it sends behind ICE-CONTROLLING.
    public static StunBytes chromiumCheck(long transaction, IceCredentials from, IceCredentials to) {
        return new StunBytes(0x0001, transaction)
                .username(to.ufrag() + ":" + from.ufrag())
                .attribute(0xc057, "00010000")
                .attribute(ICE_CONTROLLING, "1122334455667788")
                .attribute(PRIORITY, "6e7f1eff");
    }

    public static StunBytes nomination(long transaction, IceCredentials from, IceCredentials to) {
        return chromiumCheck(transaction, from, to).attribute(USE_CANDIDATE, "");
    }

    public StunBytes username(String username) {
        return attribute(USERNAME, HexFormat.of().formatHex(username.getBytes(StandardCharsets.UTF_8)));
    }

    public StunBytes attribute(int type, String hex) {
        byte[] value = HexFormat.of().parseHex(hex);
        out.putChar((char) type).putChar((char) value.length).put(value);
        while (out.position() % 4 != 0) {
            out.put((byte) 0);
        }
        return this;
    }

    public StunBytes integrity(String password) {
        try {
            setLength(24);
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            mac.update(out.array(), 0, out.position());
            return attribute(0x0008, HexFormat.of().formatHex(mac.doFinal()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public StunBytes fingerprint() {
        setLength(8);
        CRC32 crc = new CRC32();
        crc.update(out.array(), 0, out.position());
        return attribute(0x8028, HexFormat.of().toHexDigits((int) crc.getValue() ^ 0x5354554e));
    }

    /// Ends the message with its true length.
    public ByteBuffer done() {
        setLength(0);
        return ByteBuffer.wrap(out.array(), 0, out.position()).slice();
    }

    /// The usual end: signed, with a fingerprint.
    public ByteBuffer signed(String password) {
        return integrity(password).fingerprint().done();
    }

    private void setLength(int more) {
        out.putChar(2, (char) (out.position() - 20 + more));
    }
}
