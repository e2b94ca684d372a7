/** The rules of the house. */
@NullMarked
package io.tapeline.query;

import org.jspecify.annotations.NullMarked;
