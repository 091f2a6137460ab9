package live.strait.loadtest.node;

/// What a node of our own used and did in a measured interval. A packet is one of RTP to one viewer.
///
/// @param nodeCpuNsPerPacket of all its threads, kernel included
/// @param nodeUserCpuNsPerPacket the part of it outside the kernel
/// @param loopCpuNsPerPacket the part of it that the media loops used
/// @param allocatedBytesPerPacket objects that the media loops made while they fanned out and sent
/// @param allocatedBytesPerDatagramIn all other objects that they made, for each datagram received
/// @param datagramsPerMessage datagrams in one message to the kernel, all kinds together
/// @param messagesPerCall such messages in one system call
/// @param maxPauseMs the longest safepoint, from its request to its end
/// @param maxLoopGapMs the longest time between two batches of a media loop, where a tick begins one each 5 ms
/// @param keyFramesRequested of hosts
/// @param droppedDatagrams by the node, whatever the reason
public record NodeFigures(
        double nodeCpuNsPerPacket,
        double nodeUserCpuNsPerPacket,
        double loopCpuNsPerPacket,
        double allocatedBytesPerPacket,
        double allocatedBytesPerDatagramIn,
        double datagramsPerMessage,
        double messagesPerCall,
        double maxPauseMs,
        double maxLoopGapMs,
        long keyFramesRequested,
        long droppedDatagrams) {}
