package live.strait.protocol.sctp;

import java.util.List;
import live.strait.protocol.sctp.rx.IncomingMessage;
import live.strait.protocol.sctp.tx.Receipt;

/// What an association tells its owner.
public sealed interface AssociationEvent {

    /// Data flows both ways.
    record Established() implements AssociationEvent {}

    /// A message has come; its bytes count against the window until they are released.
    record MessageReceived(IncomingMessage message) implements AssociationEvent {}

    /// What has become of a message of ours that asked for it.
    record MessageSettled(Receipt receipt) implements AssociationEvent {}

    /// The peer has finished these streams of its own, all when there are none: they begin anew.
    record StreamsReset(List<Integer> streams) implements AssociationEvent {}

    /// The reset of these streams of ours is over, performed or refused.
    record StreamsFinished(List<Integer> streams) implements AssociationEvent {}

    /// Over: shut down, aborted or given up. The last event.
    record Ended(String cause) implements AssociationEvent {}
}
