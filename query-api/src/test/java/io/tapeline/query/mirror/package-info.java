@NullMarked
package io.tapeline.query.mirror;

import org.jspecify.annotations.NullMarked;
