/// Tests of the node as a whole, through its front door.
@NullMarked
package live.strait.relay;

import org.jspecify.annotations.NullMarked;
