package live.strait.protocol.rtp;

/// The latest sender report of each of a few sources: which NTP time belongs to which RTP timestamp (RFC 3550
/// section 6.4.1).
///
/// Bounded, because sources come from the network: with more than [#CAPACITY] of them the one that was entered
/// first gives way. NTP times are 32.32 fixed point.
final class SenderReportTable {
    /// Three simulcast layers, before and after a host's reconnect.
    static final int CAPACITY = 8;

    private final int clockRate;
    private final int[] sources = new int[CAPACITY];
    private final long[] ntpTimes = new long[CAPACITY];
    private final int[] timestamps = new int[CAPACITY];
    private int size;
    private int nextVictim;

    SenderReportTable(int clockRate) {
        this.clockRate = clockRate;
    }

    void put(int source, long ntpTime, int rtpTimestamp) {
        int slot = find(source);
        if (slot < 0) {
            slot = size < CAPACITY ? size++ : nextVictim++ % CAPACITY;
        }
        sources[slot] = source;
        ntpTimes[slot] = ntpTime;
        timestamps[slot] = rtpTimestamp;
    }

    boolean has(int source) {
        return find(source) >= 0;
    }

    /// The NTP time of this source's report; only where it [#has] one.
    long ntpTime(int source) {
        return ntpTimes[find(source)];
    }

    /// The timestamp of this source's report; only where it [#has] one.
    int timestamp(int source) {
        return timestamps[find(source)];
    }

    /// How many ticks pass in an NTP duration, modulo 2^32: rounded to the nearest; whole seconds and fraction
    /// apart, because their product would overflow.
    int ticks(long ntpDuration) {
        long seconds = ntpDuration >> 32;
        long fraction = ntpDuration & 0xFFFF_FFFFL;
        return (int) (seconds * clockRate + ((fraction * clockRate + (1L << 31)) >>> 32));
    }

    private int find(int source) {
        for (int i = 0; i < size; i++) {
            if (sources[i] == source) {
                return i;
            }
        }
        return -1;
    }
}
