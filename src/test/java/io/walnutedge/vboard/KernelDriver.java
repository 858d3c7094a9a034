package io.walnutedge.vboard;

/** A kernel driver that was bound to a chip by hand; for as long, the address is closed to user space. */
final class KernelDriver implements AutoCloseable {
    private static final String BUS = "/sys/bus/i2c/devices/i2c-1/";

    private final Guest guest;
    private final int address;

    KernelDriver(Guest guest, String driver, int address) {
        this.guest = guest;
        this.address = address;
        guest.output("echo %s 0x%02x > %snew_device; test -e %s/driver".formatted(driver, address, BUS, device()));
    }

    /** Reads a file of the device, such as {@code hwmon/hwmon*}{@code /temp1_input}. */
    String read(String file) {
        return guest.read(device() + "/" + file);
    }

    double number(String file) {
        return Double.parseDouble(read(file));
    }

    /** A file in thousandths of its unit. */
    double milli(String file) {
        return number(file) / 1000;
    }

    /** Where a file of the device is, whose path may hold shell patterns. */
    String path(String file) {
        return guest.output("ls " + device() + "/" + file);
    }

    private String device() {
        return "/sys/bus/i2c/devices/1-%04x".formatted(address);
    }

    @Override
    public void close() {
        guest.output("echo 0x%02x > %sdelete_device".formatted(address, BUS));
    }
}
