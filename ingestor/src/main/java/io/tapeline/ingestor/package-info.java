/** The only part that talks to exchanges: their frames and answers to the raw topics, verbatim. */
@NullMarked
package io.tapeline.ingestor;

import org.jspecify.annotations.NullMarked;
