/// A run as a page: what was run where, the figures, and plots; one file that needs nothing else.
///
/// A scenario says what there is to see ([Page], [Plot], [Table], plain records); [PageWriter] writes it as HTML
/// and [PlotWriter] each plot as SVG inside it, without scripts: what a line's points are shows where the mouse
/// rests. Colours follow the reader's theme. Start reading at [Page].
@NullMarked
package live.strait.loadtest.report;

import org.jspecify.annotations.NullMarked;
