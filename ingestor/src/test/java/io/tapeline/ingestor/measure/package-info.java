/** Measurements that are run by hand, not by the build. */
@NullMarked
package io.tapeline.ingestor.measure;

import org.jspecify.annotations.NullMarked;
