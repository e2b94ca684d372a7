/** Which faults come when, by chance and yet the same for the same seed. */
@NullMarked
package io.tapeline.chaos.plan;

import org.jspecify.annotations.NullMarked;
