/** What every history store must do. */
@NullMarked
package io.tapeline.query.history;

import org.jspecify.annotations.NullMarked;
