package io.walnutedge.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.Problems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of a board for something else than the board, which may be at the same broker: under another device id
 * and client id, and on other topics, also where the configuration gives them. Stateless; any thread.
 */
public final class OwnIdentity {
    /** Behind the device's id. */
    private static final String SUFFIX = "-simulation";
    /** Of an id, as {@code [a-z0-9_-]{1,64}} has it. */
    private static final int LONGEST = 64;

    /** Keys whose topics the board publishes on, or takes commands from. */
    private static final Set<String> TOPICS = Set.of(
            "topic", "set-topic", "status-topic", "command-topic", "result-topic", "reading-topic", "admin-topic");

    /** Here a topic is somebody else's, who is listened to. */
    private static final String OF_OTHERS = "controller";

    private OwnIdentity() {}

    /**
     * The file and those of {@code conf.d} beside it.
     *
     * @throws ConfigException if one of them is missing, unreadable or not HOCON
     */
    public static ConfigTable open(Path file, Problems problems) throws ConfigException {
        return ConfigFile.openWithParts(file, problems, root -> changed(root, problems));
    }

    private static ConfigObject changed(ConfigObject root, Problems problems) {
        var device = new ConfigTable(root, "", new Problems(), null).sectionOrEmpty("device");
        var real = DeviceConfig.from(device).id();
        var id = real.substring(0, Math.min(real.length(), LONGEST - SUFFIX.length())) + SUFFIX;
        var login = root.toConfig().hasPath("mqtt.login.type") ? root.toConfig().getValue("mqtt.login.type") : null;
        if (login != null && !login.unwrapped().equals(LoginType.PASSWORD.toString())) {
            problems.add(
                    login.origin(),
                    "mqtt.login",
                    "is the board's own at its cloud, where nothing else can log in beside it: leave --own-broker out,"
                            + " or stop the board and add --as-the-board");
        }
        var config = moved(root, id)
                .toConfig()
                .withoutPath("mqtt.client-id")
                .withValue("device.id", ConfigValueFactory.fromAnyRef(id));
        var named = config.hasPath("device.name")
                ? config.withValue(
                        "device.name",
                        ConfigValueFactory.fromAnyRef(
                                config.getValue("device.name").unwrapped() + " (simulation)"))
                : config;
        return named.root().withOrigin(root.origin());
    }

    private static ConfigObject moved(ConfigObject table, String id) {
        var result = table;
        for (Map.Entry<String, ConfigValue> entry : table.entrySet()) {
            var key = entry.getKey();
            var value = entry.getValue();
            if (value instanceof ConfigObject inner && !key.equals(OF_OTHERS)) {
                result = result.withValue(key, moved(inner, id));
            } else if (TOPICS.contains(key) && value.valueType() == ConfigValueType.STRING) {
                var topic = ConfigValueFactory.fromAnyRef(id + "/" + value.unwrapped());
                result = result.withValue(key, topic.withOrigin(value.origin()));
            }
        }
        return result;
    }
}
