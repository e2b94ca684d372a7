/** Recording over a real broker. */
@NullMarked
package io.tapeline.query.record;

import org.jspecify.annotations.NullMarked;
