package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.UserPath;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Channels;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.Attribute;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.FileSource;
import java.nio.file.Path;
import java.util.List;

/**
 * What went over a network interface since it is there: {@code type = network, interface = eth0}
 * (Documentation/ABI/testing/sysfs-class-net-statistics, sysfs-class-net). Stateless; any thread.
 */
@AutoService(SensorDriver.class)
public final class Network implements SensorDriver {
    static final String DIRECTORY = "class/net";
    private static final Quantity RECEIVED = new Quantity("received", "MB", 3);
    private static final Quantity SENT = new Quantity("sent", "MB", 3);
    private static final Quantity ERRORS = new Quantity("errors", "", 0);

    /** 1 where the interface can carry packets. */
    private static final Quantity LINK = new Quantity("link", "", 0);

    private static final List<Quantity> ALL = List.of(RECEIVED, SENT, ERRORS, LINK);

    private static final double MB = 1e6;

    @Override
    public String name() {
        return "network";
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var device = interfaceOf(settings, "eth0");
        return new SensorPlan(
                new FileSource(device), ALL, hardware -> FoundSensor.open(hardware, files -> find(device, files)));
    }

    /** The name of an interface: up to 15 characters without white space and slashes (netdevice(7), dev_valid_name). */
    static String interfaceOf(ConfigTable settings, String fallback) {
        var name = settings.text("interface", fallback);
        if (!name.matches("[^\\s/:\\x00]{1,15}") || name.startsWith(".")) {
            settings.problem(
                    "interface", "'" + name + "' is no name of an interface; accepted: one like eth0 or wlan0");
            return fallback;
        }
        return UserPath.of(settings, "interface", name).toString();
    }

    private static FoundSensor.Device find(String name, DeviceFiles files) throws SensorException {
        var directory = files.sys().resolve(DIRECTORY);
        var device = directory.resolve(name);
        if (!files.exists(device)) {
            throw new SensorException("no network interface '" + name + "'; there are: "
                    + DeviceFiles.list(files.entries(directory).stream()
                            .map(DeviceFiles::nameOf)
                            .toList()));
        }
        return new Counters(files, device, files.isKernel(files.sys()));
    }

    private static final class Counters implements FoundSensor.Device {
        private final Attribute received;
        private final Attribute sent;
        private final Attribute receiveErrors;
        private final Attribute sendErrors;
        private final Attribute state;

        Counters(DeviceFiles files, Path device, boolean kept) {
            var statistics = device.resolve("statistics");
            received = files.attribute(statistics.resolve("rx_bytes"), kept);
            sent = files.attribute(statistics.resolve("tx_bytes"), kept);
            receiveErrors = files.attribute(statistics.resolve("rx_errors"), kept);
            sendErrors = files.attribute(statistics.resolve("tx_errors"), kept);
            state = files.attribute(device.resolve("operstate"), kept);
        }

        @Override
        public List<Measurement> measure() throws SensorException, InterruptedException {
            return Channels.measure(ALL, each -> each, each -> Measurement.of(each, value(each)));
        }

        private double value(Quantity quantity) throws SensorException {
            if (quantity.equals(RECEIVED)) {
                return received.number() / MB;
            }
            if (quantity.equals(SENT)) {
                return sent.number() / MB;
            }
            return quantity.equals(ERRORS) ? receiveErrors.number() + sendErrors.number() : link();
        }

        private double link() throws SensorException {
            var word = state.text();
            // a loopback or a tunnel does not know
            return word.equals("up") || word.equals("unknown") ? 1 : 0;
        }

        @Override
        public void close() {
            List.of(received, sent, receiveErrors, sendErrors, state).forEach(Attribute::close);
        }
    }
}
