/** How parts of Tapeline know one another. */
@NullMarked
package io.tapeline.schemas.access;

import org.jspecify.annotations.NullMarked;
