/// The relay node: configuration, start and stop.
///
/// Start reading at [Node], which puts the parts together.
@NullMarked
package live.strait.relay;

import org.jspecify.annotations.NullMarked;
