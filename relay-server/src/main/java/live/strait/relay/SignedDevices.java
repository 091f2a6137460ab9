package live.strait.relay;

import java.util.Optional;
import live.strait.relay.lane.DeviceIds;
import live.strait.signaling.token.NodeTokens;

/// Device ids as the node signs them.
record SignedDevices(NodeTokens tokens) implements DeviceIds {

    @Override
    public Optional<String> verify(String token) {
        return tokens.deviceSubject(token);
    }

    @Override
    public Device issue() {
        NodeTokens.Device device = tokens.newDevice();
        return new Device(device.subject(), device.token());
    }
}
