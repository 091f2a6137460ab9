/// The egress of this project against a C program that does the same work, on one machine in one run.
///
/// Two processes wait for orders: [JavaFanout] has a [live.strait.bench.fanout.FanoutShow] with a socket behind it,
/// `egress.c` is built on the spot. [EgressComparison] asks them in turn for some hundred milliseconds of CPU
/// time of their one thread, so that whatever else the machine does meets both. What they send goes to a device
/// that drops it.
///
/// Start reading at [EgressCommand].
@NullMarked
package live.strait.bench.egress;

import org.jspecify.annotations.NullMarked;
