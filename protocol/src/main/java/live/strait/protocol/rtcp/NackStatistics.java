package live.strait.protocol.rtcp;

/// What became of the gaps in one stream; `missing` is the sum of the others and of what is still being asked for.
///
/// @param missing numbers that a later packet has overtaken
/// @param late of these, came by themselves before they were asked for
/// @param recovered came after they were asked for
/// @param givenUp asked in vain, or never asked because too many were missing at once
/// @param skipped not needed any more, as the stream began anew behind them
/// @param requests sequence numbers asked for, repetitions included
public record NackStatistics(long missing, long late, long recovered, long givenUp, long skipped, long requests) {}
