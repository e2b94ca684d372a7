package io.tapeline.exchange.venue;

import java.time.Instant;

/**
 * One breach of an exchange's rules by a client.
 *
 * @param venue whose rule: {@code deribit}, {@code coingecko}
 * @param remote the client's address
 * @param rule a short name of the rule, always the same for the same rule
 * @param detail what happened, in words
 */
public record VenueBreach(Instant at, String venue, String remote, String rule, String detail) {}
