/**
 * What the OpenAPI document says beyond what the operations' own code tells: ranges, refusals,
 * headers, examples.
 */
@NullMarked
package io.tapeline.query.document;

import org.jspecify.annotations.NullMarked;
