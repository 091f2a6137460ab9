/// What a simulated host sends, in a real Chromium. It fails when that is missing: `./strait test` installs it.
@NullMarked
package live.strait.loadtest.browser;

import org.jspecify.annotations.NullMarked;
