package io.walnutedge.sensor.serial;

import static org.assertj.core.api.Assertions.assertThat;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortUseTest {
    private static List<String> problems(String... ports) {
        var problems = new Problems();
        var use = new PortUse();
        for (var port : ports) {
            var table = ConfigFile.parse("a { type = x, port = \"" + port + "\" }", problems);
            use.use(table.section("a").orElseThrow(), new SerialSource(Path.of(port)));
        }
        return problems.list().stream().map(Problem::toString).toList();
    }

    @Test
    void severalPorts_areFree() {
        assertThat(problems("/dev/ttyS1", "/dev/ttyS2")).isEmpty();
    }

    @Test
    void portOfAnotherSensor_isAProblemThatNamesIt() {
        assertThat(problems("/dev/ttyS1", "/dev/../dev/ttyS1"))
                .singleElement()
                .asString()
                .contains("a.port: ", "/dev/../dev/ttyS1 is used by a (line 1) already");
    }
}
