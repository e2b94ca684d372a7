/** The API over real HTTP. */
@NullMarked
package io.tapeline.query.web;

import org.jspecify.annotations.NullMarked;
