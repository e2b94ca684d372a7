/** Market types to the Protobuf bytes of the clean topics, and back. */
@NullMarked
package io.tapeline.schemas.wire;

import org.jspecify.annotations.NullMarked;
