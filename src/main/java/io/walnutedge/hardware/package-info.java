/**
 * The only user of Pi4J: I2C devices and GPIO lines.
 *
 * <p>Pi4J 2.8.0's linuxfs output provider writes {@code both} to {@code edge} on the line that it has just made an output
 * (LinuxFsDigitalOutput.java, line 91). Since Linux 3.13 the kernel refuses interrupts on an output
 * ({@code gpiochip_lock_as_irq}) with EIO, so that on a board no output can be opened; and it writes {@code out} to
 * {@code direction}, which drives the line low before the initial level is written. The provider of this package uses the
 * same classes over a {@code LinuxGpio} that says it has no interrupts and writes {@code high} or {@code low} to
 * {@code direction}: direction and level in one step.
 */
@NullMarked
package io.walnutedge.hardware;

import org.jspecify.annotations.NullMarked;
