/**
 * What is published: readings, as messages of a topic and a payload, from the outbox to the link. How a message travels, and
 * when again, is {@link io.walnutedge.mqtt}'s concern, which knows no reading: to it {@link
 * io.walnutedge.publish.ReadingPublisher} is one {@link io.walnutedge.mqtt.MessageSource}.
 */
@NullMarked
package io.walnutedge.publish;

import org.jspecify.annotations.NullMarked;
