package live.strait.relay.peers;

import java.io.IOException;

/// What a peer makes of the relay's answer before it takes it.
@FunctionalInterface
interface AnswerReading {
    String read(String answer) throws IOException;
}
