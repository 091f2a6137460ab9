package live.strait.loadtest.socket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// The UDP sockets of all peers of one thread, and the wait for what comes.
public interface PeerSockets extends AutoCloseable {
    /// The best that this system has.
    static PeerSockets open() throws IOException {
        return EpollSockets.isSupported() ? new EpollSockets() : new SelectorSockets();
    }

    /// The lightest for many peers of one machine, who are looked after now and then.
    static PeerSockets openForCrowd() throws IOException {
        return CrowdSocket.isSupported() ? new CrowdSocket() : open();
    }

    /// A socket on a free port of all addresses.
    PeerSocket bind(Receiver receiver) throws IOException;

    /// Whether its sockets can send to an address at all.
    default boolean reaches(InetAddress address) {
        return true;
    }

    /// Waits until something comes, [#wakeUp] is called or so many milliseconds have passed, and hands over what there
    /// is.
    ///
    /// @return whether there was anything
    boolean poll(long waitMillis) throws IOException;

    /// Ends the wait; from any thread.
    void wakeUp();

    /// Whether a message of several packets is received as one, and known by its first.
    boolean seesMessages();

    @Override
    void close() throws IOException;

    /// A peer's own.
    interface PeerSocket {
        int localPort() throws IOException;

        /// What the kernel does not take is lost like any other datagram.
        void send(ByteBuffer datagram, InetSocketAddress to);

        void close();
    }

    /// Whose socket it is.
    @FunctionalInterface
    interface Receiver {
        /// Takes a datagram, which is lent for the call.
        ///
        /// @param arrivalNanos when the kernel got it, as `System.nanoTime`; may step back a little
        /// @param beginsMessage whether it is the first of those that the sender gave its kernel together
        void receive(ByteBuffer datagram, InetSocketAddress from, long arrivalNanos, boolean beginsMessage);
    }
}
