package io.walnutedge.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Drivers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key that names a file, with texts that name none: a NUL, halves of characters. */
class PathOfEachKeyTest {
    /** The text stands where the percent sign is, on the second line. */
    public static Stream<String> keys() {
        return Stream.of(
                "outbox.dir = \n%",
                "device.sys-root = \n%",
                "device.proc-root = \n%",
                "device.dev-root = \n%",
                "mqtt { user = u, password-file = \n% }",
                "mqtt.login { type = huawei, device-id = d, secret-file = \n% }",
                "mqtt.tls { ca-file = \n% }",
                "mqtt.tls { certificate-file = /c, key-file = \n% }",
                "mqtt.tls { key-file = /k, certificate-file = \n% }",
                "sensors.s { type = file, path = \n% }",
                "sensors.s { type = disk, path = \n% }",
                "sensors.s { type = network, interface = \n% }",
                "sensors.s { type = wifi, interface = \n% }",
                "sensors.s { type = power-supply, supply = \n% }",
                "sensors.s { type = ds18b20, id = \n% }",
                "sensors.s { type = hwmon, chip = c, channel = \n% }",
                "sensors.s { type = iio, device = d, channel = \n% }",
                "sensors.s { type = serial, port = \n% }",
                "sensors.s { type = exec, command = \n[%] }",
                "sensors.s { type = exec, command = \n[/bin/echo, %] }",
                "sensors.s { type = \n% }",
                "sensors.s { type = text, text = x, template-file = \n% }",
                "outputs.o { type = led, led = \n% }",
                "outputs.o { type = pwm, channel = 0, chip = \n% }");
    }

    @ParameterizedTest
    @MethodSource("keys")
    void textThatNamesNoFile_isAMistakeOfItsLine(String key) {
        for (var text : new String[] {"\"\\u0000\"", "\"/a\\u0000b\"", "\"/\\ud83c\"", "\"x\\udf21\""}) {
            var problems = new Problems();
            var refused = catchThrowableOfType(
                    ConfigException.class,
                    () -> new PlanReader(Drivers.installed(), (device, pin) -> pin)
                            .read(ConfigFile.parse(key.replace("%", text), problems), problems));
            assertThat(refused).as(text).isNotNull();
            assertThat(refused.problems())
                    .as(text)
                    .anySatisfy(problem -> assertThat(problem.where()).endsWith(" 2"));
        }
    }
}
