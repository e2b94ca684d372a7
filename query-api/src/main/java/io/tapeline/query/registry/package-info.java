/** Every instrument known, from the compacted instruments topic. */
@NullMarked
package io.tapeline.query.registry;

import org.jspecify.annotations.NullMarked;
