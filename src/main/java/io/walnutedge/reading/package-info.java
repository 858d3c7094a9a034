/**
 * What the daemon is about: a {@link io.walnutedge.reading.Reading} is one quantity of one sensor at one moment.
 *
 * <p>These are values without behaviour or dependencies, so that every other package may speak of them.
 */
@NullMarked
package io.walnutedge.reading;

import org.jspecify.annotations.NullMarked;
