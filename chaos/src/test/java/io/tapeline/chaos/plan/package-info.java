/** What any plan keeps to. */
@NullMarked
package io.tapeline.chaos.plan;

import org.jspecify.annotations.NullMarked;
