/// Small number and byte tools that every wire format needs: sequence unwrapping, unsigned reads.
///
/// Start reading at [SequenceUnwrapper].
@NullMarked
package live.strait.protocol.bytes;

import org.jspecify.annotations.NullMarked;
