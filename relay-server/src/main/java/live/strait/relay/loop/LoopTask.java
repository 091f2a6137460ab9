package live.strait.relay.loop;

/// Work for a loop, with the time at which its batch began.
@FunctionalInterface
public interface LoopTask {
    void run(long nowNanos);
}
