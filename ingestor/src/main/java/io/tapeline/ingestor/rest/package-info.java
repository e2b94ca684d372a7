/** Requests to an exchange within its weight limits (EXCHANGES.md A.6, A.7). */
@NullMarked
package io.tapeline.ingestor.rest;

import org.jspecify.annotations.NullMarked;
