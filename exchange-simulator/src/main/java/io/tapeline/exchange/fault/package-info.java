/** What goes wrong, on request: kinds of fault by name, scripts of them, and what came of each. */
@NullMarked
package io.tapeline.exchange.fault;

import org.jspecify.annotations.NullMarked;
