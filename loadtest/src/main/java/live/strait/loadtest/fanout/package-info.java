/// One host, many viewers of its room, one relay: how long a packet takes and whether it comes.
///
/// [FanoutCommand] is `strait loadtest fanout`; [FanoutRun] plays it, [FanoutReport] is what comes out,
/// [FanoutPage] and [FanoutPlots] are how it looks. Start reading at [FanoutRun].
@NullMarked
package live.strait.loadtest.fanout;

import org.jspecify.annotations.NullMarked;
