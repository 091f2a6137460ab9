package live.strait.signaling.control;

import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// Who is behind a link of the lane, as far as a token says it.
///
/// @param subject null for a shared link (no `sub` in the token) and on an open node without a token: then the
///   device id of `hello` counts
/// @param role the highest that is allowed; the wish in `hello` narrows it
/// @param open whether there was no token, on a node that is open to everybody
/// @param clientAddress that the link comes from
public record LaneVisitor(RoomId room, @Nullable String subject, Role role, boolean open, String clientAddress) {}
