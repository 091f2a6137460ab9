/// What plays host and viewers: load tests over real UDP and the demo.
///
/// Everything goes through the front door of a node (or of any other WHIP and WHEP server): `peer` is the client,
/// `host` and `viewer` are what it carries, `node` starts a node as a child process, `report` shows a run
/// as a page. Nothing here knows the inside of the relay.
///
/// Start reading at [Main].
@NullMarked
package live.strait.loadtest;

import org.jspecify.annotations.NullMarked;
