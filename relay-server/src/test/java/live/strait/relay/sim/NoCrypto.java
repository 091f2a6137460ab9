package live.strait.relay.sim;

import java.nio.ByteBuffer;
import live.strait.protocol.crypto.AeadCipher;
import live.strait.protocol.crypto.CounterCipher;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.NativeSealer;
import live.strait.protocol.crypto.PacketMac;

/// Leaves every text as it is and takes every tag: for measuring all but the crypto.
final class NoCrypto implements CryptoEngine {
    @Override
    public AeadCipher aesGcm(byte[] key) {
        return new AeadCipher() {
            @Override
            public NativeSealer nativeSealer() {
                return (number, ivHigh, ivLow, plain, plainFrom, packet, from, associatedBytes, textBytes) ->
                        packet.buffer().put(from + associatedBytes, plain.buffer(), plainFrom, textBytes);
            }

            @Override
            public long nativeKey() {
                return 1;
            }

            @Override
            @SuppressWarnings("ReferenceEquality") // equal contents lie elsewhere
            public void seal(
                    int ivHigh,
                    long ivLow,
                    ByteBuffer plain,
                    int plainFrom,
                    ByteBuffer packet,
                    int from,
                    int textFrom,
                    int to) {
                if (plain != packet) {
                    packet.put(textFrom, plain, plainFrom, to - textFrom);
                }
            }

            @Override
            public boolean open(int ivHigh, long ivLow, ByteBuffer packet, int from, int textFrom, int to) {
                return true;
            }
        };
    }

    @Override
    public CounterCipher aesCounter(byte[] key) {
        return (ivHigh, ivLow, packet, from, to) -> {};
    }

    @Override
    public PacketMac hmacSha1(byte[] key) {
        return (packet, from, to, mac) -> {};
    }
}
