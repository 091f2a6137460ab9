/// Who gets the cores where they are short: media first.
@NullMarked
package live.strait.relay.cpu;

import org.jspecify.annotations.NullMarked;
