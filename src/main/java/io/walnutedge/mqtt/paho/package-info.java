/**
 * Sockets, TLS, WebSocket and Paho, which the classes beginning with its name alone know, and whose reconnecting, buffering
 * and persistence are not used.
 *
 * <p>Paho does not see a message that arrives: it trusts its broker, and one that is hostile, or whoever stands between, could
 * fill the memory by it or end its receiver in silence. {@code PacketGuard} judges each packet and decodes the messages;
 * Paho gets the answers that it waits for, and acknowledges what it is told to. An {@link java.lang.Error} on one of its
 * threads ends the process by {@code PahoThreads}.
 *
 * <p>Nor does it encode a text: it refuses far more than MQTT does, a full-width colon in a topic say, and then ends the
 * connection. {@code config.MqttText} judges what is sent, when the configuration is read and once more before it is sent;
 * {@code ConnectPacket} and {@code PahoClient} encode it.
 */
@NullMarked
package io.walnutedge.mqtt.paho;

import org.jspecify.annotations.NullMarked;
