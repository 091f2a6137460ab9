package live.strait.protocol.ice;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/// The layout of one received STUN message (RFC 8489 section 5): a reusable flyweight that holds a copy of its
/// bytes.
///
/// `wrap` walks the attributes once, checks every length and the FINGERPRINT, and remembers where the few
/// attributes are that ICE reads. ice4j's own decoder is not given hostile bytes: it throws on wrong lengths,
/// reads some attribute types with a wrong sign and takes in attributes behind MESSAGE-INTEGRITY, which nothing
/// protects.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0 0|     STUN Message Type     |         Message Length        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                    Magic Cookie 0x2112A442                    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     Transaction ID (96 bits)                  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |         Type                  |            Length             |  \ attributes, each padded
/// |                         Value (variable)                ....  |  / to 32 bits
/// ```
final class StunView {
    static final int HEADER_BYTES = 20;
    static final int MAGIC_COOKIE = 0x2112a442;

    static final int BINDING_REQUEST = 0x0001;
    static final int BINDING_INDICATION = 0x0011;
    static final int BINDING_SUCCESS = 0x0101;
    static final int BINDING_ERROR = 0x0111;

    /// Chromium's checks take about 120 bytes, and no STUN message over UDP may exceed the path's MTU.
    static final int MAX_BYTES = 1500;

    /// Unknown attributes that are named in a 420 answer; whoever sends more is not worth a longer list.
    private static final int MAX_UNKNOWN = 8;

    private static final int TYPE_USERNAME = 0x0006;
    private static final int TYPE_MESSAGE_INTEGRITY = 0x0008;
    private static final int TYPE_ERROR_CODE = 0x0009;
    private static final int TYPE_PRIORITY = 0x0024;
    private static final int TYPE_USE_CANDIDATE = 0x0025;
    private static final int TYPE_FINGERPRINT = 0x8028;
    private static final int TYPE_ICE_CONTROLLED = 0x8029;
    private static final int TYPE_ICE_CONTROLLING = 0x802a;

    private static final int MESSAGE_INTEGRITY_BYTES = 20;
    private static final int FINGERPRINT_MASK = 0x5354554e;

    private final byte[] bytes = new byte[MAX_BYTES];
    private final ByteBuffer words = ByteBuffer.wrap(bytes);
    private final CRC32 crc = new CRC32();
    private final char[] unknown = new char[MAX_UNKNOWN];

    private int sizeBytes;
    private int usernameAt;
    private int usernameBytes;
    private int errorCodeAt;
    private int integrityAt;
    private int fingerprintAt;
    private int unknownCount;
    private boolean useCandidate;
    private boolean controlled;
    private boolean controlling;
    private boolean wellFormed;

    /// Copies and walks one message; false when it is no STUN message, contradicts its own lengths or its
    /// FINGERPRINT.
    boolean wrap(ByteBuffer stun) {
        int size = stun.remaining();
        if (size < HEADER_BYTES || size > MAX_BYTES) {
            return false;
        }
        stun.get(stun.position(), bytes, 0, size);
        sizeBytes = size;
        usernameAt = usernameBytes = errorCodeAt = integrityAt = fingerprintAt = unknownCount = 0;
        useCandidate = controlled = controlling = false;
        wellFormed = true;
        return (bytes[0] & 0xc0) == 0
                && words.getInt(4) == MAGIC_COOKIE
                && words.getChar(2) == size - HEADER_BYTES
                && walk()
                && (fingerprintAt == 0 || fingerprintMatches());
    }

    int type() {
        return words.getChar(0);
    }

    byte[] transactionId() {
        return Arrays.copyOfRange(bytes, 8, HEADER_BYTES);
    }

    /// The first 64 of the transaction id's 96 random bits: enough to tell transactions apart.
    long transactionPrefix() {
        return words.getLong(8);
    }

    boolean useCandidate() {
        return useCandidate;
    }

    boolean controlled() {
        return controlled;
    }

    boolean controlling() {
        return controlling;
    }

    boolean hasIntegrity() {
        return integrityAt != 0;
    }

    /// Whether the attributes that ICE reads have the lengths they must have; false earns a 400.
    boolean wellFormed() {
        return wellFormed;
    }

    /// Comprehension-required attributes (RFC 8489 section 14) that are not known here; empty for nearly all
    /// messages.
    char[] unknownAttributes() {
        return Arrays.copyOf(unknown, unknownCount);
    }

    boolean hasUnknownAttributes() {
        return unknownCount > 0;
    }

    boolean usernameIs(byte[] expected) {
        return usernameAt != 0
                && Arrays.equals(bytes, usernameAt, usernameAt + usernameBytes, expected, 0, expected.length);
    }

    /// Whether USERNAME begins with `prefix`, which ends with the colon.
    boolean usernameStartsWith(byte[] prefix) {
        return usernameAt != 0
                && usernameBytes >= prefix.length
                && Arrays.equals(bytes, usernameAt, usernameAt + prefix.length, prefix, 0, prefix.length);
    }

    /// The ERROR-CODE of an error answer, 0 when there is none.
    int errorCode() {
        return errorCodeAt == 0 ? 0 : (bytes[errorCodeAt + 2] & 0x07) * 100 + (bytes[errorCodeAt + 3] & 0xff);
    }

    /// Verifies MESSAGE-INTEGRITY (RFC 8489 section 14.5). The HMAC covers all before the attribute, with a message
    /// length that ends behind it.
    boolean isSignedBy(IntegrityKey key) {
        if (integrityAt == 0) {
            return false;
        }
        char wholeLength = words.getChar(2);
        words.putChar(2, (char) (integrityAt + MESSAGE_INTEGRITY_BYTES - HEADER_BYTES));
        boolean matches = key.matches(bytes, integrityAt - 4, integrityAt);
        words.putChar(2, wholeLength);
        return matches;
    }

    private boolean walk() {
        int at = HEADER_BYTES;
        while (at < sizeBytes) {
            if (sizeBytes - at < 4 || fingerprintAt != 0) {
                return false;
            }
            int type = words.getChar(at);
            int length = words.getChar(at + 2);
            int value = at + 4;
            if (length > sizeBytes - value || !take(type, value, length)) {
                return false;
            }
            at = value + ((length + 3) & ~3);
        }
        return at == sizeBytes;
    }

    private boolean take(int type, int value, int length) {
        if (type == TYPE_FINGERPRINT) {
            fingerprintAt = value;
            return length == 4;
        }
        if (integrityAt != 0) {
            return true; // nothing protects what follows MESSAGE-INTEGRITY: it is ignored (RFC 8489 section 14.5)
        }
        switch (type) {
            case TYPE_USERNAME -> {
                if (usernameAt == 0) {
                    usernameAt = value;
                    usernameBytes = length;
                }
            }
            case TYPE_MESSAGE_INTEGRITY -> {
                integrityAt = value;
                return length == MESSAGE_INTEGRITY_BYTES;
            }
            case TYPE_ERROR_CODE -> {
                errorCodeAt = value;
                return length >= 4;
            }
            case TYPE_PRIORITY -> wellFormed &= length == 4;
            case TYPE_USE_CANDIDATE -> {
                useCandidate = true;
                wellFormed &= length == 0;
            }
            case TYPE_ICE_CONTROLLED -> {
                controlled = true;
                wellFormed &= length == 8;
            }
            case TYPE_ICE_CONTROLLING -> {
                controlling = true;
                wellFormed &= length == 8;
            }
            default -> noteUnknown(type);
        }
        return true;
    }

    private void noteUnknown(int type) {
        boolean comprehensionRequired = type < 0x8000;
        if (comprehensionRequired && !isUnderstood(type) && unknownCount < MAX_UNKNOWN) {
            unknown[unknownCount++] = (char) type;
        }
    }

    /// Attributes of RFC 8489 that mean nothing to ICE's short-term credentials and may be there all the same.
    private static boolean isUnderstood(int type) {
        return switch (type) {
            case 0x0001, // MAPPED-ADDRESS
                    0x000a, // UNKNOWN-ATTRIBUTES
                    0x0014, // REALM
                    0x0015, // NONCE
                    0x001c, // MESSAGE-INTEGRITY-SHA256, sent beside SHA-1 by agents that know both
                    0x001d, // PASSWORD-ALGORITHM
                    0x001e, // USERHASH
                    0x0020 // XOR-MAPPED-ADDRESS: a client has no use for its own address here
            -> true;
            default -> false;
        };
    }

    private boolean fingerprintMatches() {
        crc.reset();
        crc.update(bytes, 0, fingerprintAt - 4);
        return words.getInt(fingerprintAt) == ((int) crc.getValue() ^ FINGERPRINT_MASK);
    }
}
