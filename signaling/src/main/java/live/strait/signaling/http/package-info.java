/// The HTTP front of a node: WHIP (RFC 9725), WHEP (draft-ietf-wish-whep), rooms, the web pages and the probes.
///
/// ```
/// HttpFront ── routes ─┬─ SessionEndpoint   POST /whip/ROOM, /whep/ROOM ──┐
///                      ├─ SessionResource   PATCH, DELETE …/SESSION ──────┼─ SessionTable
///                      ├─ RoomEndpoint      GET, DELETE /rooms/ROOM       │
///                      ├─ RoomFeed          GET /rooms/ROOM/events        └─> RelayControl
///                      ├─ LaneEndpoint      /rooms/ROOM/lane ── LaneSocket ──> LaneControl
///                      ├─ Pages             /, /studio/ROOM, /watch/ROOM, /web/…
///                      └─ Probes            /healthz, /readyz, /metrics
/// ```
///
/// The only package that sees Vert.x. A handler that cannot go on throws an [HttpProblem], and one place writes
/// it as problem+json (RFC 9457); a [live.strait.signaling.control.RelayRefusal] becomes the same.
///
/// Thread rule: one Vert.x event loop runs every handler and owns all state here, so there are no locks. What the
/// relay completes on its own threads comes back to that loop before it is looked at.
///
/// Start reading at [HttpFront].
@NullMarked
package live.strait.signaling.http;

import org.jspecify.annotations.NullMarked;
