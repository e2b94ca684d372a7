/** Tests of what stands before every question. */
@NullMarked
package io.tapeline.query.guard;

import org.jspecify.annotations.NullMarked;
