/** Several query APIs behind one proxy. */
@NullMarked
package io.tapeline.query.instances;

import org.jspecify.annotations.NullMarked;
