package live.strait.loadtest.interrupt;

import java.net.URI;
import java.time.Duration;
import live.strait.protocol.link.LinkProfile;

/// What to play.
///
/// @param interrupts in all, evenly over `measured`
/// @param questionsPerSecond of all viewers together
/// @param link each viewer's, with a seed of its own
/// @param hostLink that of the host's page
/// @param warmUp with the same load, before anything counts: the compilers of both JVMs have to be done
/// @param measured how long interrupts that count are clicked
/// @param joinsPerSecond how fast viewers come
/// @param target base address of the node
record InterruptOptions(
        int viewers,
        int interrupts,
        int questionsPerSecond,
        LinkProfile link,
        LinkProfile hostLink,
        Duration warmUp,
        Duration measured,
        int joinsPerSecond,
        String target,
        String room) {

    URI endpoint(String verb) {
        return URI.create(target.replaceAll("/+$", "") + "/" + verb + "/" + room);
    }
}
