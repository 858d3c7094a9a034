package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code mqtt.login} of a cloud, whose login is computed from a device's secret. One thread, while the
 * configuration is read.
 *
 * @param encrypted whether the broker is spoken to by TLS
 */
record CloudLogin(ConfigTable settings, boolean encrypted) {
    static final String SECTION = "login";

    /** The end of a token's time, where a cloud wants one: 2100-01-01, as a board may not know the time when it logs in. */
    static final long NEVER = 4_102_444_800L;

    private static final String SECRET_FILE = "secret-file";

    /** The login of a cloud; empty where there is none, and where it has user and password as they are. */
    static Optional<Login> read(ConfigTable mqtt, boolean encrypted) {
        var section = mqtt.section(SECTION);
        if (section.isEmpty()) {
            return Optional.empty();
        }
        var type = LoginType.of(section.get());
        if (type.isEmpty()) {
            LoginType.missing(section.get());
        }
        return type.filter(each -> each != LoginType.PASSWORD).map(each -> read(mqtt, section.get(), each, encrypted));
    }

    private static Login read(ConfigTable mqtt, ConfigTable settings, LoginType type, boolean encrypted) {
        for (var key : List.of("client-id", "user", "password-file")) {
            if (mqtt.has(key)) {
                mqtt.problem(key, "and login exclude each other: the login computes it");
            }
        }
        var login = type.read(new CloudLogin(settings, encrypted));
        settings.finish();
        return login;
    }

    /** A text that must be there. */
    String text(String key) {
        return MqttText.read(settings, key);
    }

    /** The device's secret, as it is in its file. */
    Secret secret() {
        return SecretFile.read(settings, SECRET_FILE, settings.text(SECRET_FILE));
    }

    /** The key that the device's secret is the Base64 of. */
    byte[] decodedKey() {
        try {
            return Base64.getDecoder().decode(secret().utf8());
        } catch (IllegalArgumentException broken) {
            settings.problem(SECRET_FILE, "holds no Base64, which this cloud's keys are written in");
            return new byte[1];
        }
    }
}
