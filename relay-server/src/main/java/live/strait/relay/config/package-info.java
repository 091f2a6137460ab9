/// One YAML file to a tree of records, read once at start.
///
/// The records are the schema: each component says its default, unit and sentence in a [Setting], and the reader,
/// the commented file of `serve --print-config` and `docs/config.md` are all made from those, so they cannot
/// differ. An unknown key, a wrong value or a broken file ends in a [ConfigException] that names key and line.
///
/// Nothing here knows what a relay is: the tree itself is `live.strait.relay.RelayConfig`.
///
/// Thread rule: immutable values and pure functions, but for the one read of the file.
///
/// Start reading at [ConfigReader].
@NullMarked
package live.strait.relay.config;

import org.jspecify.annotations.NullMarked;
