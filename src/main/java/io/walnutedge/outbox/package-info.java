/**
 * What waits for the broker: bytes in, bytes out, in order. It knows nothing of MQTT or sensors; a source is a name under
 * which losses are counted. {@link io.walnutedge.outbox.log} is what it keeps on the card.
 */
@NullMarked
package io.walnutedge.outbox;

import org.jspecify.annotations.NullMarked;
