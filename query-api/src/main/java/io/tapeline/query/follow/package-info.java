/** What the aggregators accept, as they accept it, for whoever in this process watches it. */
@NullMarked
package io.tapeline.query.follow;

import org.jspecify.annotations.NullMarked;
