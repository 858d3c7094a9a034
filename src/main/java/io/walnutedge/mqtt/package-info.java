/**
 * The link to the broker: sessions, what is in flight, what is retained, and when to connect again. How bytes travel is
 * behind {@link io.walnutedge.mqtt.Transport}, which {@code mqtt.paho} implements. Each connection is a new client, and what
 * must not be lost stays in its {@link io.walnutedge.mqtt.MessageSource} until it is acknowledged: the link takes its
 * messages from there, and knows neither where they are kept nor what they say.
 */
@NullMarked
package io.walnutedge.mqtt;

import org.jspecify.annotations.NullMarked;
