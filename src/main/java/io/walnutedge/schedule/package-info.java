/**
 * When sensors are read, on which thread, and what happens when they fail. The only place that catches a sensor's
 * troubles: it counts, backs off and tells once per change of state.
 */
@NullMarked
package io.walnutedge.schedule;

import org.jspecify.annotations.NullMarked;
