/** What can go wrong. */
@NullMarked
package io.tapeline.chaos.fault;

import org.jspecify.annotations.NullMarked;
