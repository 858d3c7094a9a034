/**
 * The boards: which one this is, and which line stands behind a pin of its header. Reads sysfs and procfs; touches no pin.
 *
 * <p>A line's sysfs number is its controller's base plus its number on the controller. The base is 0 on the vendor's
 * kernels and another on others, and the order of the controllers changes from boot to boot, so the pin maps name the
 * controller by its label, and the base is read from {@code /sys/class/gpio/gpiochipN/base} each time.
 */
@NullMarked
package io.walnutedge.board;

import org.jspecify.annotations.NullMarked;
