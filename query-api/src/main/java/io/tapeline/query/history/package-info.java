/** What the past is asked and told: the history store as a port, free of any engine. */
@NullMarked
package io.tapeline.query.history;

import org.jspecify.annotations.NullMarked;
