package io.walnutedge.plan;

import io.walnutedge.config.Settings;
import io.walnutedge.config.Written;
import io.walnutedge.reading.SensorId;
import java.util.HashMap;
import java.util.Map;

/** Who has which name: sensors, inputs and outputs share the levels of the topics. One thread. */
final class NameUse {
    private final Map<SensorId, String> users = new HashMap<>();
    private final Map<SensorId, Written> written = new HashMap<>();

    /** False, and a problem, if the name is taken. */
    boolean use(Settings settings, SensorId id) {
        var other = users.putIfAbsent(id, settings.path() + " (" + settings.where("type") + ")");
        if (other != null) {
            settings.problem("the name '" + id + "' is used by " + other
                    + " already; the names of sensors, inputs and outputs must differ");
        }
        written.put(id, settings.written());
        return other == null;
    }

    /** What stands in the table of each. */
    Map<SensorId, Written> written() {
        return written;
    }
}
