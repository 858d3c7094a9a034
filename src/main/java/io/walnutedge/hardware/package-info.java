/**
 * The only user of Pi4J: I2C devices and GPIO lines.
 *
 * <p>Pi4J 2.8.0's classes do the transfers; its providers are replaced by three of this package, because of these faults:
 *
 * <ul>
 *   <li>The output writes {@code both} to {@code edge} on the line that it has just made an output
 *       (LinuxFsDigitalOutput.java, line 91). Since Linux 3.13 the kernel refuses interrupts on an output
 *       ({@code gpiochip_lock_as_irq}) with EIO, so that on a board no output can be opened.
 *   <li>It writes {@code out} to {@code direction}, which drives the line low before the initial level is written: an
 *       active-low relay clicks. Here {@code high} or {@code low} is written: direction and level in one step.
 *   <li>At shutdown it unexports the line, which leaves the level to the controller's driver. Here the line stays exported.
 *   <li>An input is watched by two threads and an inotify instance of its own, which are never closed, and which hear
 *       nothing more once the kernel has forgotten the inode of a file that nobody has open. Here one watcher serves all
 *       inputs, keeps the files open, and ends.
 *   <li>The I2C bus notes the address before it has selected it (LinuxFsI2CBus.java, line 181): after a refusal the next
 *       transfer goes to whichever device was selected before. Here it is noted when the kernel has agreed.
 *   <li>A register is read with I2C_RDWR, whose answer, the number of messages that were sent, is dropped
 *       (LinuxFile.java, ioctl): where an adapter answers a missing acknowledgement with fewer messages, the device that is
 *       not there reads as zeros. Written is with {@code RandomAccessFile}, which on such an adapter tries for ever. Here
 *       both are I2C_RDWR, and its answer is looked at.
 * </ul>
 */
@NullMarked
package io.walnutedge.hardware;

import org.jspecify.annotations.NullMarked;
