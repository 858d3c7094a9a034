package io.walnutedge.sensor.chip;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.i2c.I2cDevice;
import io.walnutedge.testkit.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of chips in the documents is made of what the drivers say of themselves. After a change of a driver, {@code mvn test
 * -Dtest=CatalogueTest -Dwalnutedge.catalogue=write} writes it anew.
 */
class CatalogueTest {
    private static final Path CHIPS = Documents.SITE.resolve("chips.md");
    private static final String BEGIN = "<!-- chips -->\n";
    private static final String END = "<!-- end of chips -->";

    @Test
    void document_listsEveryChip() throws IOException {
        var document = Files.readString(CHIPS);
        var from = document.indexOf(BEGIN) + BEGIN.length();
        var to = document.indexOf(END);
        assertThat(to).isGreaterThan(from - 1);
        if ("write".equals(System.getProperty("walnutedge.catalogue"))) {
            document = document.substring(0, from) + catalogue() + document.substring(to);
            Files.writeString(CHIPS, document);
        }
        assertThat(document)
                .as("chips.md is older than the drivers; -Dwalnutedge.catalogue=write mends it")
                .contains(BEGIN + catalogue() + END);
    }

    @Test
    void everyChipHasATitle() {
        assertThat(chips()).allSatisfy(name -> assertThat(driver(name).title()).isNotEmpty());
    }

    private static Iterable<String> chips() {
        return Drivers.installed().names().stream()
                .filter(name -> driver(name).getClass().getPackage() == CatalogueTest.class.getPackage())
                .toList();
    }

    private static SensorDriver driver(String name) {
        return Drivers.installed().find(name).orElseThrow();
    }

    private static String catalogue() {
        var table = new StringBuilder("| type | chips | gives | `address` | further keys |\n|---|---|---|---|---|\n");
        for (var name : chips()) {
            var driver = driver(name);
            table.append(String.format(
                    "| `%s` | %s | %s | %s | %s |%n",
                    name, driver.title(), gives(name), addresses(name), driver.keys()));
        }
        return table.toString();
    }

    private static String gives(String name) {
        return Bench.plan(name, "").quantities().stream()
                .map(quantity ->
                        "`" + quantity.name() + "`" + (quantity.unit().isEmpty() ? "" : " (" + quantity.unit() + ")"))
                .collect(Collectors.joining(" "));
    }

    /** The first is the default; the others are in the error of an address that is none. */
    private static String addresses(String name) {
        var device = (I2cDevice) Bench.plan(name, "").source();
        var all = Bench.problems(name, "address = 0x03").get(0).replaceAll("^.*accepted: ", "");
        var first = String.format("0x%02x", device.address());
        return all.replace(",", "").replace(first, "**" + first + "**");
    }
}
