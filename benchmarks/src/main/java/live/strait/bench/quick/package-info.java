/// `strait bench --quick`: the most telling figures of all benchmarks, short, beside those that were recorded.
///
/// [QuickLook] measures row after row and prints each as soon as it is there, as a Markdown table: what is to be
/// recorded is pasted into `benchmarks/RESULTS.md`, where [RecordedFigures] finds it the next time.
///
/// Start reading at [QuickLook].
@NullMarked
package live.strait.bench.quick;

import org.jspecify.annotations.NullMarked;
