/** Reports of what is missing. */
@NullMarked
package io.tapeline.query.completeness;

import org.jspecify.annotations.NullMarked;
