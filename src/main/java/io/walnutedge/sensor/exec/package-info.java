/** Values that a program prints, where root allows it. */
@NullMarked
package io.walnutedge.sensor.exec;

import org.jspecify.annotations.NullMarked;
