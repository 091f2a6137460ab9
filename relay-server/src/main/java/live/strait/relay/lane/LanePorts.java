package live.strait.relay.lane;

import javax.crypto.SecretKey;
import live.strait.protocol.rtcp.NtpClock;
import org.jspecify.annotations.Nullable;

/// What a lane needs of the world around it.
///
/// @param clock turns the room loop's time into the node's time since 1970, which all clients learn
/// @param stage lets guests in and ends their part
/// @param nameKey of the node: public names are made with it
/// @param region of the node, shown to hosts beside a viewer's name, or null
public record LanePorts(
        NtpClock clock,
        DeviceIds devices,
        LanguageDetector languages,
        StageDoor stage,
        SecretKey nameKey,
        @Nullable String region) {

    double epochMillis(long nowNanos) {
        return (clock.unixOffsetNanos() + nowNanos) / 1e6;
    }
}
