package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Drivers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A unit means the same wherever one can be written. */
class UnitPlaceTest {
    private static final List<String> SENSORS = List.of(
            "ds18b20, temperature { unit = \"%s\", entity { device-class = temperature } }",
            "file, path = /run/x, unit = \"%s\", entity { device-class = temperature }",
            "file, path = /run/x, filters = [ { convert { from = \"%s\", to = \"%s\" } } ], entity { device-class ="
                    + " temperature }",
            "formula, formula = \"a\", inputs { a = b.value }, unit = \"%s\", entity { device-class = temperature }",
            "exec, command = [/bin/x], pattern = \"(?<t>.*)\", values { t { unit = \"%s\" } }",
            "i2c-registers, address = 0x48, reads = [{ register = 0, bytes = 2 }], fields { temperature { bytes ="
                    + " \"0-1\", unit = \"%s\" } }",
            "ads1115, channels = [a0], a0 { unit = \"%s\", entity { device-class = temperature } }");

    @ParameterizedTest
    @ValueSource(strings = {"°C", "℃", "ºC", "C", "degC", "Ｃ"})
    void unit_isTheSame_inEveryPlace(String typed) throws Exception {
        for (var sensor : SENSORS) {
            var problems = new Problems();
            var hocon = "device.id = a\nsensors {\nb { type = file, path = /run/b }\ns { type = "
                    + sensor.replace("%s", typed) + " } }";
            var plan = new PlanReader(Drivers.installed(), (device, pin) -> pin)
                    .read(ConfigFile.parse(hocon, problems), problems);
            var units = plan.sensors().stream()
                    .filter(each -> each.id().value().equals("s"))
                    .flatMap(each -> each.measurements().values().stream())
                    .map(measurement -> measurement.unit());
            assertThat(units).as(sensor).containsExactly("°C");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"m³", "m3", "㎥", "m^3"})
    void unitOfACounter_isTheSame(String typed) throws Exception {
        var problems = new Problems();
        var hocon = "device.id = a\ninputs { w { pin = PC10, type = counter, unit = \"" + typed + "\", rate { unit = \""
                + typed + "/h\" } } }";
        var plan = new PlanReader(Drivers.installed(), (device, pin) -> pin)
                .read(ConfigFile.parse(hocon, problems), problems);
        var counter = plan.inputs().get(0).counter().orElseThrow();
        assertThat(Stream.of(counter.total(), counter.rate()).map(each -> each.unit()))
                .containsExactly("m³", "m³/h");
    }
}
