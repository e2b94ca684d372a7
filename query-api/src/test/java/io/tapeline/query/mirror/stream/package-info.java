@NullMarked
package io.tapeline.query.mirror.stream;

import org.jspecify.annotations.NullMarked;
