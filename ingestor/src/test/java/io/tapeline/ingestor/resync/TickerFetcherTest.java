package io.tapeline.ingestor.resync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapeline.ingestor.rest.RestOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TickerFetcherTest {

    private static final FetchFailedException REFUSED =
            new FetchFailedException(new RestOutcome.Refused(400, -1121, "Invalid symbol."));
    private static final FetchFailedException PASSING =
            new FetchFailedException(new RestOutcome.Failed("status 503"));

    @Test
    void oneThatIsRefusedDoesNotHideOneThatFailedForPassingReasons() {
        assertThat(failureOf(List.of(good(), bad(REFUSED), bad(PASSING)))).isSameAs(PASSING);
        assertThat(failureOf(List.of(bad(PASSING), bad(REFUSED)))).isSameAs(PASSING);
    }

    @Test
    void whereAllThatFailedIsRefusedItIsARefusal() {
        assertThat(failureOf(List.of(good(), bad(REFUSED)))).isSameAs(REFUSED);
    }

    @Test
    void whatNeedsNothingElseIsGood() {
        assertThat(TickerFetcher.all(List.of(good(), good()))).isCompletedWithValue(null);
        assertThat(TickerFetcher.all(List.of())).isCompletedWithValue(null);
    }

    /** As it ends after another step, wrapped by the future. */
    private static CompletableFuture<@Nullable Void> bad(FetchFailedException failure) {
        return CompletableFuture.<@Nullable Void>failedFuture(failure).thenApply(_ -> null);
    }

    private static CompletableFuture<@Nullable Void> good() {
        return CompletableFuture.completedFuture(null);
    }

    private static Throwable failureOf(List<CompletableFuture<@Nullable Void>> fetches) {
        Throwable failure = TickerFetcher.all(fetches).exceptionNow();
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
