/// ICE (RFC 8445) over ice4j's STUN message classes: the lite agent of the relay, and the controlling client role
/// that load tests, the demo host and trunks use.
///
/// Start reading at `IceLiteAgent`.
@NullMarked
package live.strait.protocol.ice;

import org.jspecify.annotations.NullMarked;
