/**
 * The page at {@code /} in a real browser, against a server whose market moves when a test says so.
 */
@NullMarked
package io.tapeline.query.page;

import org.jspecify.annotations.NullMarked;
