/// Offer and answer: what a peer's offer becomes as a session, and the answer it gets (RFC 8829, RFC 9725).
///
/// [Negotiation] reads the offer of a host or a viewer, decides line by line, and after the relay has admitted the
/// session writes the answer. All decisions are made before the relay is asked, and the answer is nothing but their
/// text. An offer that cannot become a session ends in an [OfferRefusal] with an HTTP status and a sentence.
///
/// [ClientOffer] and [ClientAnswer] are the other side of the table, for load tests, the demo host and trunks.
///
/// No state, no threads, no IO. Start reading at [Negotiation].
@NullMarked
package live.strait.signaling.session;

import org.jspecify.annotations.NullMarked;
