/**
 * The link to the broker. {@code PahoTransport} alone knows Paho, whose reconnecting, buffering and persistence are not
 * used: each connection is a new client, and what must not be lost stays in the outbox until it is acknowledged.
 */
@NullMarked
package io.walnutedge.mqtt;

import org.jspecify.annotations.NullMarked;
