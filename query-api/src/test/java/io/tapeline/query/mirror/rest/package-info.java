@NullMarked
package io.tapeline.query.mirror.rest;

import org.jspecify.annotations.NullMarked;
