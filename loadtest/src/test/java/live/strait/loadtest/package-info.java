/// What several tests of this module need.
@NullMarked
package live.strait.loadtest;

import org.jspecify.annotations.NullMarked;
