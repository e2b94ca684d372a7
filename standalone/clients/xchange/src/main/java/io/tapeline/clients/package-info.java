/** Clients of the exchange's, unmodified, that the tests point at Tapeline's mirror. */
@NullMarked
package io.tapeline.clients;

import org.jspecify.annotations.NullMarked;
