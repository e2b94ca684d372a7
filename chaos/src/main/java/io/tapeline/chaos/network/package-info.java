/** The wires between processes, which can be slow or dead. */
@NullMarked
package io.tapeline.chaos.network;

import org.jspecify.annotations.NullMarked;
