/// The ciphers of SRTP behind one port, so that a node may seal with the fastest library it finds.
///
/// [CryptoEngine] makes one cipher object per key. The objects work in place over absolute ranges of a
/// ByteBuffer, heap or direct, and take initialisation vectors as numbers: an engine over foreign memory needs
/// nothing but the address of a direct buffer and a few registers. The way of SRTP itself (what is authenticated,
/// what is sealed, in which order) is in `protocol.srtp`; nothing here knows a packet.
///
/// Who goes through thousands of keys for every frame holds them as numbers, and seals by an engine's [NativeSealer].
///
/// There are three: over libipsec-mb, over OpenSSL and over `javax.crypto`, which is always there. [CryptoChoice]
/// takes the fastest that passes [KnownAnswers]. Foreign memory is used nowhere else but around the relay's
/// sockets: every range, alignment and lifetime is checked in Java, in [ForeignAead], [NativeMemory] and
/// [NativeScratch], before an address leaves it.
///
/// An engine may be shared by all threads. A cipher object belongs to the thread that owns its session, which
/// closes it. Algorithms: AES in Galois/counter mode (NIST SP 800-38D), AES in counter mode, HMAC-SHA1 (RFC 2104).
///
/// Start reading at [CryptoEngine], then [JdkCryptoEngine], [IpsecMbGcm].
@NullMarked
package live.strait.protocol.crypto;

import org.jspecify.annotations.NullMarked;
