package io.walnutedge.plan;

import io.walnutedge.config.HomieConfig;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.RawEntry;
import io.walnutedge.reading.ItemId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Who has which name: sensors, inputs and outputs share the levels of the topics. One thread. */
final class NameUse {
    private final Map<ItemId, String> users = new HashMap<>();
    private final Map<ItemId, RawEntry> written = new HashMap<>();
    private final boolean homie;
    private final Map<String, ItemId> nodes = new HashMap<>();

    /** @param homie whether names must differ in Homie, too, whose ids have no _ */
    NameUse(boolean homie) {
        this.homie = homie;
    }

    /** False, and a problem, if the name is taken. */
    boolean use(ConfigTable settings, ItemId id) {
        var other = users.putIfAbsent(id, settings.path() + " (" + settings.where("type") + ")");
        if (other != null) {
            settings.problem("the name '" + id + "' is used by " + other
                    + " already; the names of sensors, inputs and outputs must differ");
        }
        checkNode(settings, id);
        written.put(id, settings.written());
        return other == null;
    }

    private void checkNode(ConfigTable settings, ItemId id) {
        var other = homie ? nodes.putIfAbsent(HomieConfig.id(id.value()), id) : null;
        if (other != null && !other.equals(id)) {
            settings.problem("'" + id + "' and '" + other + "' are both " + HomieConfig.id(id.value())
                    + " in Homie, which has no _; rename one of them, or leave mqtt.homie off");
        }
    }

    /** Quantities of one sensor. */
    void quantities(ConfigTable settings, Collection<String> quantities) {
        var properties = new HashMap<String, String>();
        for (var quantity : quantities) {
            var other = homie ? properties.putIfAbsent(HomieConfig.id(quantity), quantity) : null;
            if (other != null) {
                settings.problem("the quantities '" + quantity + "' and '" + other + "' are both "
                        + HomieConfig.id(quantity) + " in Homie, which has no _; leave mqtt.homie off");
            }
        }
    }

    /** What stands in the table of each. */
    Map<ItemId, RawEntry> written() {
        return written;
    }
}
