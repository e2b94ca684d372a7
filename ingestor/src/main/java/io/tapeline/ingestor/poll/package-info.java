/**
 * Asking an address over HTTP again and again, one request at a time, at a pace that a plan sets.
 */
@NullMarked
package io.tapeline.ingestor.poll;

import org.jspecify.annotations.NullMarked;
