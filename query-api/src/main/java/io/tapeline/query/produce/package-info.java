/** Writing what the query API itself puts into topics. */
@NullMarked
package io.tapeline.query.produce;

import org.jspecify.annotations.NullMarked;
