/**
 * What is said to the broker: states, availability, events and the device in Homie's terms, each on its topic. How a message
 * travels is {@link io.walnutedge.mqtt}'s concern.
 */
@NullMarked
package io.walnutedge.publish;

import org.jspecify.annotations.NullMarked;
