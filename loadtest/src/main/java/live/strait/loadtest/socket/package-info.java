/// The sockets of simulated peers: one each, hundreds on one thread, and as little work for each datagram as can be.
///
/// [PeerSockets] is the port. [EpollSockets] calls the kernel by foreign functions: a run of packets that the node sent
/// as one message is received as one (UDP_GRO), with the time when it arrived (SO_TIMESTAMPNS), so that neither what
/// the load costs nor how busy it is shows in the figures. [SelectorSockets] does the same with the JDK alone, one
/// datagram after the other. [CrowdSocket] is one socket for all peers, for a crowd on the node's own machine. Used by
/// one thread, but for `wakeUp`. Start reading at [PeerSockets].
///
/// Foreign memory: this package holds its addresses to itself, and all its buffers live as long as it is open.
@NullMarked
package live.strait.loadtest.socket;

import org.jspecify.annotations.NullMarked;
