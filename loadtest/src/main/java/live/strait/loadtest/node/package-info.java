/// A node as a child process, and the machine that both share: cores, steal time, load.
///
/// [NodeProcess] starts and ends the node; [CpuPlacement] gives node and load a core each, so that one does not
/// spoil the other's figures; [WarmUp] lasts until the compilers are done; [StealMeter] tells how much of the
/// machine somebody else had. Linux knows all that; elsewhere it is left out and said so. Start reading at
/// [NodeProcess].
@NullMarked
package live.strait.loadtest.node;

import org.jspecify.annotations.NullMarked;
