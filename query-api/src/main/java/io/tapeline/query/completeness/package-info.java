/** Which minutes the history has of those that there were, and why it lacks the others. */
@NullMarked
package io.tapeline.query.completeness;

import org.jspecify.annotations.NullMarked;
