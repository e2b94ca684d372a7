/**
 * What stands before every question: how much one client may ask, how much is worked on at a time,
 * and who may cost.
 */
@NullMarked
package io.tapeline.query.guard;

import org.jspecify.annotations.NullMarked;
