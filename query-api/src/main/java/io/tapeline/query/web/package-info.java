/** REST: parameters in, JSON and problem documents out. */
@NullMarked
package io.tapeline.query.web;

import org.jspecify.annotations.NullMarked;
