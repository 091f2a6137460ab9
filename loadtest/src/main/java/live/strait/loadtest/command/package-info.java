/// What the scenarios' commands have in common: whom they drive, how many take part, for how long.
///
/// [ScenarioOptions] is a picocli mixin, and starts the node where none is given. Start reading there.
@NullMarked
package live.strait.loadtest.command;

import org.jspecify.annotations.NullMarked;
