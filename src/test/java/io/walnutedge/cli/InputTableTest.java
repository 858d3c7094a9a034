package io.walnutedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InputTableTest {
    @TempDir
    private Path directory;

    private String check(String hocon) throws Exception {
        var out = new StringWriter();
        var file = Files.writeString(directory.resolve("a.conf"), "device.id = a\n" + hocon);
        var status = new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(out, true))
                .execute("-c", file.toString());
        assertThat(status).isEqualTo(Cli.OK);
        return out.toString().replaceAll(" +", " ");
    }

    @Test
    void check_showsEachTopicOfAnInput_andHowItIsWatched() throws Exception {
        assertThat(check("""
                inputs {
                  door { pin = gpio72, active-low = true, debounce { on = 50 ms, off = 1 s } }
                  key { pin = gpio73, long-press = 1 s, double-click = 400 ms, event-format = json, qos = 0 }
                  water { pin = gpio74, type = counter, factor = 0.5, unit = l, format = json, every = 1 min }
                }
                """))
                .contains(
                        "INPUT PIN ACTIVE DEBOUNCE ELSE EVERY TOPIC PUBLISHES QOS RETAIN\n"
                                + "door gpio72 low on 50 ms, off 1 s 25 ms walnutpi/a/door ON OFF 1 yes\n"
                                + "key gpio73 high 20 ms 20 ms walnutpi/a/key ON OFF 0 yes\n"
                                + "key gpio73 high 20 ms 20 ms walnutpi/a/key/event"
                                + " events, json, long after 1 s, double within 400 ms 0 no\n"
                                + "water gpio74 high 5 ms 5 ms walnutpi/a/water/total total in l every 1 min, json .3 1 no\n"
                                + "water gpio74 high 5 ms 5 ms walnutpi/a/water/rate rate in l/s every 1 min, json .2 1 no\n"
                                + "Inputs are watched by interrupt where the line has one, else read as often as ELSE EVERY says;");
    }

    @Test
    void check_withoutInputs_saysNothingOfThem() throws Exception {
        assertThat(check("")).doesNotContain("INPUT", "interrupt");
    }
}
