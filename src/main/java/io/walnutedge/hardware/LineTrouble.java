package io.walnutedge.hardware;

import io.walnutedge.board.Pin;
import io.walnutedge.gpio.GpioException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Makes sentences of what Pi4J throws about lines. Stateless. */
final class LineTrouble {
    private LineTrouble() {}

    static GpioException opening(Pin pin, Exception failed) {
        return of(pin, "cannot be opened", failed);
    }

    static GpioException of(Pin pin, String what, Exception failed) {
        return new GpioException(pin + " " + what + ": " + reason(failed), failed);
    }

    /** By type, not by text: the kernel's words come in the user's language. */
    private static String reason(Throwable failed) {
        var cause = Causes.first(failed, IOException.class);
        if (cause instanceof LineHeldException) {
            return "another driver or program holds it (" + cause.getMessage()
                    + "); a device tree overlay may claim it, see /boot/config.txt and /sys/kernel/debug/gpio";
        }
        if (cause instanceof AccessDeniedException) {
            return cause.getMessage() + " may not be written by this user; deploy/install.sh installs the udev rule,"
                    + " or run as root";
        }
        if (cause instanceof NoSuchFileException) {
            return cause.getMessage() + " is missing; does the kernel have CONFIG_GPIO_SYSFS?";
        }
        return cause == null ? Causes.words(failed) : Causes.words(cause);
    }
}
