package io.walnutedge.plan;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.MeasurementKeys;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.I2cDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Each driver in the configuration with the fewest settings that serve, for tests that put keys beside them. */
record EveryDriver(SensorDriver driver, SensorPlan plan, String fewest) {
    /** Keys of a sensor's table that serve with every driver; {@code format} and {@code template} exclude each other. */
    private static final String OF_A_SENSOR = """
        every = 2 min, sample-every = %s, enabled = true, %s, qos = 0, retain = true, replay = latest, derived = []
        """;

    private static final String OF_A_QUANTITY = """
        topic = "some/topic", unit = furlongs, decimals = 4, factor = 2, offset = 1
        filters = [ { median = 3 }, { round = 0.5 } ], entity { name = "A name", icon = "mdi:eye" }
        """;

    /** Each of {@link MeasurementKeys}, but for those that need another beside them. */
    static final List<String> PAYLOADS = List.of("format = json", "template = \"{sensor} {quantity} {value}\"");

    static Stream<EveryDriver> all() {
        var installed = Drivers.installed();
        return installed.names().stream().map(name -> of(installed.find(name).orElseThrow()));
    }

    private static EveryDriver of(SensorDriver driver) {
        var fewest = fewest(driver);
        return new EveryDriver(driver, driver.plan(ConfigFile.parse(fewest, new Problems())), fewest);
    }

    private static String fewest(SensorDriver driver) {
        try (var file = EveryDriver.class.getResourceAsStream("/drivers/" + driver.name() + ".conf")) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    boolean isI2c() {
        return plan.source() instanceof I2cDevice;
    }

    /** Whether the kernel has a driver for it, too. */
    boolean isOfTheKernelToo() {
        return driver.keys().contains("`driver`");
    }

    /** Settings beside which every common key serves: where the chip is, and which driver reads it. */
    List<String> places() {
        var places = new ArrayList<>(List.of(""));
        if (isI2c()) {
            places.add("bus = 2");
            places.add("mux { address = 0x71, channel = 7 }");
        }
        if (isOfTheKernelToo()) {
            places.addAll(List.of("driver = auto", "driver = kernel", "driver = own", "driver = kernel, bus = 2"));
        }
        return places;
    }

    /** All keys that every driver has, where they belong: in the sensor's table, or in that of one of several quantities. */
    String withAllKeys(String payload) {
        var sampleEvery =
                driver.sampleEvery().map(time -> time.toSeconds() + " s").orElse("1 min");
        var ofQuantity = plan.quantities().size() == 1
                ? OF_A_QUANTITY
                : plan.quantities().get(0).name() + " {\n" + OF_A_QUANTITY + "}\n";
        return OF_A_SENSOR.formatted(sampleEvery, payload) + ofQuantity;
    }

    /** The sensor's entry, called {@code s-TYPE}. */
    String entry(String... settings) {
        return "s-" + driver.name() + " { type = " + driver.name() + "\n" + fewest + "\n" + String.join("\n", settings)
                + "\n}\n";
    }

    @Override
    public String toString() {
        return driver.name();
    }
}
