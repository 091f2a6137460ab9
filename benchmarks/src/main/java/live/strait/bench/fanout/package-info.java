/// A node's fan-out on the caller's thread, and what it costs.
///
/// [FanoutShow] has the production classes from the packet cache to the egress, and viewers that have really shaken
/// hands, in this process ([BenchNode], [BenchClient]). The JMH benchmarks here end at the sealed datagram
/// ([SealedSink]); `strait bench egress` puts a socket there.
///
/// Start reading at [FanoutShow].
@NullMarked
package live.strait.bench.fanout;

import org.jspecify.annotations.NullMarked;
