package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.text.Quote;

/**
 * Keys {@code homie} and {@code homie-domain} of section {@code mqtt}: whether the device appears as one of the Homie
 * convention 5. Immutable; any thread.
 *
 * @param domain the first level of its topics
 */
public record HomieConfig(boolean enabled, String domain) {
    /** The default of the convention ("Domain and Root Topic"). */
    private static final String DOMAIN = "homie";
    /** The second level: the major version of the convention. */
    private static final String VERSION = "5";

    static HomieConfig from(ConfigTable settings) {
        var config = new HomieConfig(settings.flag("homie", false), settings.text("homie-domain", DOMAIN));
        var fault = Topics.faultOfConcrete(config.domain);
        if (!fault.isEmpty()) {
            settings.problem("homie-domain", Quote.of(config.domain) + " is no topic to publish to: " + fault);
        } else if (config.domain.contains("/") || config.domain.startsWith("$")) {
            settings.problem("homie-domain", "is one level of a topic, without / and without $ in front");
        }
        return config;
    }

    /** The form of ids in Homie: {@code a-z 0-9 -} ("Topic IDs"). */
    public static String id(String id) {
        return id.replace('_', '-');
    }

    /** That of the connection for Homie, beside that of the daemon's own. */
    public static String clientId(String own) {
        return own + "-homie";
    }

    /** Where the topics of a device begin. */
    public String base(String device) {
        return domain + "/" + VERSION + "/" + id(device);
    }
}
