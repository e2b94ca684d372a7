/** What a run has to tell. */
@NullMarked
package io.tapeline.chaos.report;

import org.jspecify.annotations.NullMarked;
