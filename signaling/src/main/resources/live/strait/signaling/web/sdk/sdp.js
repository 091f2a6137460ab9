/** The few places where SDP text has to be looked at; everything else is the browser's business. */

const EOL = '\r\n';

const lines = (sdp) => sdp.split(/\r?\n/).filter((line) => line.length > 0);
const value = (sdpLines, prefix) => sdpLines.find((line) => line.startsWith(prefix))?.slice(prefix.length);

/**
 * The fragment that asks for an ICE restart (RFC 8840 section 9): the new credentials, under the bundle's first line.
 *
 * @param {string} offer a local description made with `iceRestart`
 */
export function restartFragment(offer) {
  const all = lines(offer);
  const media = all.findIndex((line) => line.startsWith('m='));
  const first = all.slice(media);
  const wanted = [first[0], `a=mid:${value(first, 'a=mid:')}`];
  for (const prefix of ['a=ice-ufrag:', 'a=ice-pwd:']) wanted.push(prefix + (value(first, prefix) ?? value(all, prefix)));
  const group = all.find((line) => line.startsWith('a=group:BUNDLE'));
  return [...(group ? [group] : []), ...wanted].join(EOL) + EOL;
}

/**
 * The answer to a restarted offer: the one we had, with the credentials (and the candidates, where it names any) of
 * the server's fragment.
 *
 * @param {string} answer the remote description before the restart
 * @param {string} fragment what the server answered to the PATCH
 */
export function restartedAnswer(answer, fragment) {
  const news = lines(fragment);
  const ufrag = value(news, 'a=ice-ufrag:');
  const pwd = value(news, 'a=ice-pwd:');
  if (!ufrag || !pwd) throw new Error('The answer to an ICE restart has no credentials.');
  const candidates = news.filter((line) => line.startsWith('a=candidate:'));
  const isOldCandidate = (line) => line.startsWith('a=candidate:') || line === 'a=end-of-candidates';
  const kept = lines(answer).filter((line) => candidates.length === 0 || !isOldCandidate(line));
  const changed = kept.map((line) => {
    if (line.startsWith('a=ice-ufrag:')) return `a=ice-ufrag:${ufrag}`;
    if (line.startsWith('a=ice-pwd:')) return `a=ice-pwd:${pwd}`;
    return line;
  });
  if (candidates.length > 0) {
    const second = changed.findIndex((line, i) => line.startsWith('m=') && i > changed.findIndex((l) => l.startsWith('m=')));
    changed.splice(second < 0 ? changed.length : second, 0, ...candidates);
  }
  return changed.join(EOL) + EOL;
}

/**
 * Asks for two channels of Opus (RFC 7587 section 6.1): without `stereo=1` a sender may send, and a receiver will
 * decode, one.
 *
 * @param {string} sdp
 */
export function withStereoOpus(sdp) {
  const payloadType = sdp.match(/^a=rtpmap:(\d+) opus\/48000\/2\r?$/im)?.[1];
  if (!payloadType) return sdp;
  const fmtp = new RegExp(`^(a=fmtp:${payloadType} )([^\\r\\n]*)`, 'm');
  if (!fmtp.test(sdp)) return sdp;
  return sdp.replace(fmtp, (whole, head, parameters) =>
    /(^|;)\s*stereo=/.test(parameters) ? whole : `${head}${parameters};stereo=1;sprop-stereo=1`,
  );
}
