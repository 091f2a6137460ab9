package live.strait.protocol.rtcp;

/// Turns the owner's monotonic time into NTP time (RFC 3550 section 4) by an offset that is measured once.
///
/// NTP time counts seconds since 1900 in its upper 32 bits and 1/2^32 s in its lower; the compact form, its middle
/// 32 bits, counts 1/65536 s and wraps after 18 hours. Wall-clock steps during a session do not show: peers need
/// differences.
///
/// @param unixOffsetNanos nanoseconds since 1970 at the instant when the monotonic clock was zero
public record NtpClock(long unixOffsetNanos) {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;

    public long ntpTime(long nowNanos) {
        long unixNanos = unixOffsetNanos + nowNanos;
        long seconds = Math.floorDiv(unixNanos, NANOS_PER_SECOND) + SECONDS_1900_TO_1970;
        long fraction = (Math.floorMod(unixNanos, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
        return seconds << 32 | fraction;
    }

    public int compactTime(long nowNanos) {
        return compact(ntpTime(nowNanos));
    }

    /// The inverse of `ntpTime`, for the times in a peer's sender reports, as far as its clock is right.
    public long nanosOf(long ntpTime) {
        long seconds = (ntpTime >>> 32) - SECONDS_1900_TO_1970;
        long fraction = ((ntpTime & 0xffffffffL) * NANOS_PER_SECOND) >>> 32;
        return seconds * NANOS_PER_SECOND + fraction - unixOffsetNanos;
    }

    /// The middle 32 bits, as LSR and LRR carry them.
    public static int compact(long ntpTime) {
        return (int) (ntpTime >>> 16);
    }

    /// A duration in the 32.32 fixed point of NTP times, to be added to one.
    public static long fixedPoint(long nanos) {
        return Math.floorDiv(nanos, NANOS_PER_SECOND) << 32
                | (Math.floorMod(nanos, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
    }

    /// A duration in 1/65536 s, as DLSR and DLRR carry it; up to 18 hours.
    public static int compactDuration(long nanos) {
        return (int) ((nanos << 16) / NANOS_PER_SECOND);
    }

    /// Nanoseconds of a duration in 1/65536 s, unsigned.
    public static long durationNanos(int compact) {
        return ((compact & 0xffffffffL) * NANOS_PER_SECOND) >>> 16;
    }
}
