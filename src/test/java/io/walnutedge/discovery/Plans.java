package io.walnutedge.discovery;

import io.walnutedge.hocon.ConfigException;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.PlanReader;
import io.walnutedge.sensor.Drivers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Plans of texts, for any board. */
final class Plans {
    private Plans() {}

    static Plan read(Path directory, String hocon) throws IOException, ConfigException {
        var file = Files.writeString(directory.resolve("application.conf"), hocon);
        return new PlanReader(Drivers.installed(), (device, pin) -> pin).read(file);
    }
}
