package live.strait.loadtest.viewer;

import live.strait.loadtest.stamp.PacketStamps;

/// One host's packets as they are measured: which of their numbers count.
///
/// An interval is one of numbers, not of arrivals: a packet sent before its end counts however late it comes.
/// One thread begins and ends, the viewers' loop reads.
public final class RoomStream {
    private final PacketStamps stamps;
    private volatile int firstNumber = Integer.MAX_VALUE;
    private volatile int endNumber = Integer.MAX_VALUE;

    public RoomStream(PacketStamps stamps) {
        this.stamps = stamps;
    }

    /// From the next packet on everything counts, and nothing before.
    public void beginMeasuring() {
        endNumber = Integer.MAX_VALUE;
        firstNumber = stamps.count();
    }

    /// What has been sent is the last that counts.
    public void endMeasuring() {
        endNumber = stamps.count();
    }

    /// How many packets each viewer should have got.
    public int expected() {
        return endNumber() - Math.min(firstNumber, stamps.count());
    }

    /// How many packets the host has sent since it began, measured or not; the number of the next one.
    public int sent() {
        return stamps.count();
    }

    int firstNumber() {
        return firstNumber;
    }

    int endNumber() {
        return Math.min(endNumber, stamps.count());
    }

    boolean counts(int number) {
        return number >= firstNumber && number < endNumber;
    }
}
