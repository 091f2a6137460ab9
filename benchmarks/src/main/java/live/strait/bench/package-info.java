/// Benchmarks of the way of a packet, by JMH.
///
/// Each class holds one question, its command and, in `@Param`, what the answer depends on. Figures are per packet;
/// `-prof gc` beside the time, as the promise is also that a forwarded packet allocates nothing.
///
/// `fanout` has those that need a node's sessions, `egress` goes on to the kernel, `quick` is a look at all.
///
/// Start reading at [SrtpBenchmark]; [Main] runs them.
@NullMarked
package live.strait.bench;

import org.jspecify.annotations.NullMarked;
