/** The REST side: endpoints, parameters, errors, request weights and bans. */
@NullMarked
package io.tapeline.exchange.rest;

import org.jspecify.annotations.NullMarked;
