package live.strait.protocol.link;

/// Random numbers of a link: each a pure function of seed, direction, purpose and the packet's number.
///
/// The timing of packets does not matter, and changing one setting does not reshuffle the others. The arithmetic
/// (splitmix64's finaliser) and the keys are the emulator's, so that both agree packet by packet.
final class LinkFates {
    /// What a number is drawn for, with its part of the key.
    enum Purpose {
        LOSS(0),
        BURST(1),
        CORRUPTION(2),
        CORRUPT_BIT(3),
        DUPLICATION(4),
        JITTER(5),
        JITTER_ANGLE(6);

        private final int key;

        Purpose(int key) {
            this.key = key;
        }
    }

    private final long directionKey;

    LinkFates(long seed, LinkDirection direction) {
        directionKey = mix(seed)
                + switch (direction) {
                    case LEFT_TO_RIGHT -> 0;
                    case RIGHT_TO_LEFT -> 64;
                };
    }

    /// In [0, 1).
    double uniform(Purpose purpose, long packet) {
        return (mix(mix(directionKey + purpose.key) ^ mix(packet)) >>> 11) * 0x1p-53;
    }

    /// What jitter adds to the delay; may be negative.
    double jitterNanos(LinkConditions conditions, long packet) {
        double u = uniform(Purpose.JITTER, packet);
        return conditions.jitterNanos
                * switch (conditions.distribution) {
                    case UNIFORM -> 2 * u - 1;
                    case NORMAL -> {
                        double angle = 2 * Math.PI * uniform(Purpose.JITTER_ANGLE, packet);
                        yield Math.clamp(Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(angle), -3, 3);
                    }
                    case EXPONENTIAL -> -Math.log(1 - u);
                };
    }

    private static long mix(long value) {
        long x = value + 0x9e3779b97f4a7c15L;
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }
}
