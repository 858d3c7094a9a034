package io.walnutedge.board;

/**
 * A GPIO line, as resolved on this board. Immutable; any thread.
 *
 * @param name for people: {@code PC9 (header 11)} or {@code gpio73}
 * @param sysfs the global number of Linux's GPIO sysfs ABI (Documentation/admin-guide/gpio/sysfs.rst): the controller's
 *     base plus the line
 */
public record Pin(String name, int sysfs) {
    @Override
    public String toString() {
        return name;
    }
}
