/**
 * The link to the broker. {@code PahoTransport} alone knows Paho, whose reconnecting, buffering and persistence are not
 * used: each connection is a new client, and what must not be lost stays in the outbox until it is acknowledged.
 *
 * <p>Nor does it see a message that arrives: it trusts its broker, and one that is hostile, or whoever stands between, could
 * fill the memory by it or end its receiver in silence. {@code PacketGuard} judges each packet and decodes the messages;
 * Paho gets the answers that it waits for, and acknowledges what it is told to. An {@link java.lang.Error} on one of its
 * threads ends the process by {@code PahoThreads}.
 */
@NullMarked
package io.walnutedge.mqtt;

import org.jspecify.annotations.NullMarked;
