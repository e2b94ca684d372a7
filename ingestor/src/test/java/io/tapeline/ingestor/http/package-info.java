/** Questions of other parts, as they may come. */
@NullMarked
package io.tapeline.ingestor.http;

import org.jspecify.annotations.NullMarked;
