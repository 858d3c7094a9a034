/**
 * Tests on a real Linux kernel without a board: a guest that takes emulated chips and pins for hardware.
 *
 * <p>A fake that we write proves what we already believe. Here the kernel's own drivers read the same chips, its GPIO
 * and I2C subsystems refuse what they refuse on a board, and what the daemon does to a pin is seen from outside it.
 * {@code src/test/board/README.md} explains the pieces; {@code deploy/test-board.sh} builds the guest and runs the tests.
 */
@NullMarked
package io.walnutedge.vboard;

import org.jspecify.annotations.NullMarked;
