package live.strait.signaling.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Brings what the relay completes on a thread of its own back to the event loop.
final class RelayCall {
    private RelayCall() {}

    /// The stage's result, on the loop that this is called on; a failure without its wrapping.
    static <T> Future<T> of(Vertx vertx, CompletionStage<T> stage) {
        return Future.fromCompletionStage(stage, vertx.getOrCreateContext())
                .recover(failure -> Future.failedFuture(
                        failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                ? wrapped.getCause()
                                : failure));
    }

    /// Goes on with a request once the relay has answered; a failure, of the relay or of `then`, ends the request.
    static <T> Future<Void> answer(RoutingContext context, CompletionStage<T> stage, Consumer<? super T> then) {
        return of(context.vertx(), stage)
                .<Void>map(result -> {
                    then.accept(result);
                    return null;
                })
                .onFailure(context::fail);
    }
}
