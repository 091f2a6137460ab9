/// Tests with a real Chromium, headless, driven by ChromeDriver. They fail when it is missing: `./strait test`
/// installs it.
@NullMarked
package live.strait.relay.browser;

import org.jspecify.annotations.NullMarked;
