/** Rates are taken over about this long: shorter ones jump with every burst, longer ones hide what happens. */
const RATE_WINDOW_MS = 2000;

/**
 * Turns the browser's ever-growing counters into rates.
 *
 * Every report is kept for two seconds; a rate is the difference to the oldest one kept, so that any number of callers
 * may ask at any time without spoiling each other's figures.
 */
export class RateWindow {
  #reports = [];

  /**
   * @param {RTCStatsReport} report the newest
   * @param {number} atMs when it was taken
   */
  push(report, atMs) {
    this.#reports.push({ report, atMs });
    while (this.#reports.length > 2 && this.#reports[1].atMs <= atMs - RATE_WINDOW_MS) this.#reports.shift();
  }

  /** Forgets everything: the next report is of another connection. */
  clear() {
    this.#reports = [];
  }

  /**
   * How much a counter has grown within the window.
   *
   * @param {RTCStats} stats of the newest report
   * @param {string} counter
   */
  growth(stats, counter) {
    const before = this.#reports[0].report.get(stats.id)?.[counter] ?? 0;
    return Math.max(0, (stats[counter] ?? 0) - before);
  }

  /** Growth per second. */
  perSecond(stats, counter) {
    const elapsedMs = this.#reports.at(-1).atMs - this.#reports[0].atMs;
    return elapsedMs > 0 ? (1000 * this.growth(stats, counter)) / elapsedMs : 0;
  }

  bitrateBps(stats, counter) {
    return Math.round(8 * this.perSecond(stats, counter));
  }

  /** Growth of a sum per growth of its count, such as seconds per frame; null when nothing was counted. */
  mean(stats, sum, count) {
    const counted = this.growth(stats, count);
    return counted > 0 ? this.growth(stats, sum) / counted : null;
  }
}

const percent = (part, whole) => (whole > 0 ? (100 * part) / whole : 0);
const toMs = (seconds) => (seconds === null || seconds === undefined ? null : seconds * 1000);
const all = (report, type) => [...report.values()].filter((stats) => stats.type === type);
const codecName = (report, stats) => report.get(stats.codecId)?.mimeType.split('/')[1] ?? null;

/** The candidate pair that media goes over. */
function path(report) {
  const transport = all(report, 'transport')[0];
  const pair = report.get(transport?.selectedCandidatePairId) ?? all(report, 'candidate-pair').find((p) => p.nominated);
  return {
    rttMs: toMs(pair?.currentRoundTripTime),
    protocol: report.get(pair?.localCandidateId)?.protocol ?? null,
    availableOutgoingBps: pair?.availableOutgoingBitrate ?? null,
  };
}

/**
 * What a viewer receives of the host.
 *
 * @param {RTCStatsReport} report
 * @param {RateWindow} rates with this report as its newest
 * @param {Set<string>} trackIds of the host: guests are not counted
 */
export function receiving(report, rates, trackIds) {
  const inbound = all(report, 'inbound-rtp').filter((stats) => trackIds.has(stats.trackIdentifier));
  const audio = inbound.find((stats) => stats.kind === 'audio');
  const video = inbound.find((stats) => stats.kind === 'video');
  const { rttMs, protocol } = path(report);
  return {
    rttMs,
    protocol,
    video: video && {
      ...received(report, rates, video),
      width: video.frameWidth ?? 0,
      height: video.frameHeight ?? 0,
      fps: rates.perSecond(video, 'framesDecoded'),
      framesDecoded: video.framesDecoded ?? 0,
      framesDropped: video.framesDropped ?? 0,
      keyFramesDecoded: video.keyFramesDecoded ?? 0,
      nacks: video.nackCount ?? 0,
      keyFramesAsked: video.pliCount ?? 0,
    },
    audio: audio && {
      ...received(report, rates, audio),
      concealedPercent: percent(rates.growth(audio, 'concealedSamples'), rates.growth(audio, 'totalSamplesReceived')),
    },
  };
}

function received(report, rates, stats) {
  const lost = rates.growth(stats, 'packetsLost');
  return {
    codec: codecName(report, stats),
    bitrateBps: rates.bitrateBps(stats, 'bytesReceived'),
    packetsReceived: stats.packetsReceived ?? 0,
    packetsLost: stats.packetsLost ?? 0,
    lossPercent: percent(lost, lost + rates.growth(stats, 'packetsReceived')),
    jitterMs: toMs(stats.jitter),
    jitterBufferMs: toMs(rates.mean(stats, 'jitterBufferDelay', 'jitterBufferEmittedCount')),
  };
}

/**
 * What a publisher sends.
 *
 * @param {RTCStatsReport} report
 * @param {RateWindow} rates with this report as its newest
 */
export function sending(report, rates) {
  const outbound = all(report, 'outbound-rtp');
  const remote = new Map(all(report, 'remote-inbound-rtp').map((stats) => [stats.localId, stats]));
  const audio = outbound.find((stats) => stats.kind === 'audio');
  const layers = outbound
    .filter((stats) => stats.kind === 'video')
    .sort((a, b) => (a.encodingIndex ?? 0) - (b.encodingIndex ?? 0))
    .map((stats) => sentLayer(report, rates, stats, remote.get(stats.id)));
  const { rttMs, protocol, availableOutgoingBps } = path(report);
  return {
    rttMs,
    protocol,
    availableBps: availableOutgoingBps,
    bitrateBps: outbound.reduce((sum, stats) => sum + rates.bitrateBps(stats, 'bytesSent'), 0),
    lossPercent: Math.max(0, ...[...remote.values()].map((stats) => 100 * (stats.fractionLost ?? 0))),
    layers,
    audio: audio && { codec: codecName(report, audio), bitrateBps: rates.bitrateBps(audio, 'bytesSent') },
  };
}

function sentLayer(report, rates, stats, remote) {
  return {
    rid: stats.rid ?? '',
    active: stats.active ?? true,
    codec: codecName(report, stats),
    bitrateBps: rates.bitrateBps(stats, 'bytesSent'),
    targetBps: stats.targetBitrate ?? null,
    width: stats.frameWidth ?? 0,
    height: stats.frameHeight ?? 0,
    fps: rates.perSecond(stats, 'framesSent'),
    framesSent: stats.framesSent ?? 0,
    retransmittedPercent: percent(rates.growth(stats, 'retransmittedBytesSent'), rates.growth(stats, 'bytesSent')),
    lossPercent: 100 * (remote?.fractionLost ?? 0),
    rttMs: toMs(remote?.roundTripTime),
    /** Why the browser sends less than it may: `none`, `cpu`, `bandwidth` or `other`. */
    limitation: stats.qualityLimitationReason ?? 'none',
  };
}
