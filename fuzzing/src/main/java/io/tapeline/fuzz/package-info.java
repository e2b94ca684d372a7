/** What reads bytes that nobody vouches for is given bytes that nobody thought of. */
@NullMarked
package io.tapeline.fuzz;

import org.jspecify.annotations.NullMarked;
