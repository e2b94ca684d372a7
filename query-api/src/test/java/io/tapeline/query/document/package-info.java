/** The OpenAPI document held against what is answered. */
@NullMarked
package io.tapeline.query.document;

import org.jspecify.annotations.NullMarked;
