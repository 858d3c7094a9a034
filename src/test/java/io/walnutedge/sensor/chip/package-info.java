@NullMarked
package io.walnutedge.sensor.chip;

import org.jspecify.annotations.NullMarked;
