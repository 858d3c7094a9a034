/**
 * What is published, each on its topic: readings from the outbox, states, availability, alerts, events of keys, and the device
 * in Homie's terms. How a message travels, and when again, is {@link io.walnutedge.mqtt}'s concern, which knows no reading: to
 * it {@link io.walnutedge.publish.ReadingPublisher} is one {@link io.walnutedge.mqtt.MessageSource}.
 */
@NullMarked
package io.walnutedge.publish;

import org.jspecify.annotations.NullMarked;
