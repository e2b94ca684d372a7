/** What follows a question from process to process. */
@NullMarked
package io.tapeline.schemas.trace;

import org.jspecify.annotations.NullMarked;
