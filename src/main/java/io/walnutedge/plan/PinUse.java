package io.walnutedge.plan;

import io.walnutedge.config.DeviceConfig;
import io.walnutedge.hocon.ConfigTable;
import java.util.HashMap;
import java.util.Map;

/** Who uses which pin; a pin used twice is a problem. One thread. */
final class PinUse {
    private final PinNames names;
    private final DeviceConfig device;
    private final Map<String, String> users = new HashMap<>();

    PinUse(PinNames names, DeviceConfig device) {
        this.names = names;
        this.device = device;
    }

    void use(ConfigTable settings, String pin) {
        if (pin.isEmpty()) {
            return;
        }
        try {
            var name = names.canonical(device, pin);
            var other = users.putIfAbsent(name, settings.path() + " (" + settings.where("pin") + ")");
            if (other != null) {
                settings.problem("pin", name + " is used by " + other + " already");
            }
        } catch (IllegalArgumentException unusable) {
            settings.problem("pin", String.valueOf(unusable.getMessage()));
        }
    }
}
