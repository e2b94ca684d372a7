/** Every topic there is, declared once. */
@NullMarked
package io.tapeline.schemas.topic;

import org.jspecify.annotations.NullMarked;
