/** All of Tapeline in one process. */
@NullMarked
package io.tapeline.standalone;

import org.jspecify.annotations.NullMarked;
