/** The query API: state and history to REST, server-sent events and a web page. */
@NullMarked
package io.tapeline.query;

import org.jspecify.annotations.NullMarked;
