package live.strait.protocol.crypto;

import java.nio.ByteBuffer;

/// A message authentication code under one key.
public interface PacketMac {
    /// Computes the code over a range of the packet.
    ///
    /// @param from absolute index of the first byte
    /// @param to absolute index behind the last byte
    /// @param mac takes the whole code from its start: 20 bytes for HMAC-SHA1
    void compute(ByteBuffer packet, int from, int to, byte[] mac);
}
