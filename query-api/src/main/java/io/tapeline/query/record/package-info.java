/** Clean topics into the history store: batches, dead letters, positions. */
@NullMarked
package io.tapeline.query.record;

import org.jspecify.annotations.NullMarked;
