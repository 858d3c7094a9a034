/**
 * Values computed from those of other sensors. The formula is read and computed by Javaluator: 28 kB, without reflection,
 * scripting or dependencies, and maintained.
 */
@NullMarked
package io.walnutedge.sensor.formula;

import org.jspecify.annotations.NullMarked;
