package io.tapeline.exchange.stream;

import java.time.Instant;
import java.util.List;

/** What is known of one open connection, for those who watch. */
public record ConnectionView(
        long id,
        String remote,
        Instant since,
        boolean combined,
        List<String> streams,
        long framesWaiting,
        long framesSent) {}
