/** Where the values of a JSON text begin and end, told from its bytes without building anything. */
@NullMarked
package io.tapeline.ingestor.json;

import org.jspecify.annotations.NullMarked;
