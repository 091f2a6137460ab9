/// The relay node: the command line, its configuration, start and stop.
///
/// Start reading at [Node], which puts the parts together; [Main] is the way there from a shell, and [RelayConfig]
/// the file that an operator writes.
@NullMarked
package live.strait.relay;

import org.jspecify.annotations.NullMarked;
