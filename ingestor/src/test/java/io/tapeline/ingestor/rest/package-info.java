@NullMarked
package io.tapeline.ingestor.rest;

import org.jspecify.annotations.NullMarked;
