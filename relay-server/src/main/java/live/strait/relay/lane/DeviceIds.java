package live.strait.relay.lane;

import java.util.Optional;

/// Port: signed names for those whose token says only the room.
public interface DeviceIds {

    /// The device's identity (`device:` and something random) when the node has signed it.
    Optional<String> verify(String token);

    /// A new one.
    Device issue();

    /// A new name.
    ///
    /// @param token says the identity, signed
    record Device(String identity, String token) {}
}
