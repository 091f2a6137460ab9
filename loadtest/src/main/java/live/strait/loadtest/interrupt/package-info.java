/// Viewers who ask and cut in, and a host who sees it: how long from the click to the paint, and what was lost.
///
/// [InterruptCommand] is `strait loadtest interrupt`; [InterruptRun] plays it, [InterruptReport] is what comes out.
/// [Crowd] are the viewers, each with its own link, its picture and a [live.strait.loadtest.lane.ViewerPage];
/// [CutInBook] and [QuestionBook] know of each item what became of it. Start reading at [InterruptRun].
@NullMarked
package live.strait.loadtest.interrupt;

import org.jspecify.annotations.NullMarked;
