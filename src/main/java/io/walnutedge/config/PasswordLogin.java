package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * User and password of the broker: {@code user} and {@code password-file}, in section {@code mqtt} or in its table
 * {@code login}, or a {@linkplain Credentials credential} beside
 * {@code user}, {@code mqtt-password}, or without it, {@code mqtt-login}. One thread, while the configuration is read.
 */
final class PasswordLogin {
    private static final String LOGIN = "mqtt-login";
    private static final String PASSWORD = "mqtt-password";
    private static final String FORM = " with user:password";

    private final ConfigTable settings;
    private final String clientId;

    private PasswordLogin(ConfigTable settings, String clientId) {
        this.settings = settings;
        this.clientId = clientId;
    }

    /**
     * Reads it from section {@code mqtt}, or from its table {@code login}, where that has the same keys.
     *
     * @param environment of the process, where systemd tells the directory of its credentials
     */
    static FixedLogin read(ConfigTable mqtt, String clientId, Map<String, String> environment) {
        var table = mqtt.section(CloudLogin.SECTION)
                .filter(each -> LoginType.of(each).equals(Optional.of(LoginType.PASSWORD)));
        if (table.isEmpty()) {
            return new PasswordLogin(mqtt, clientId).read(environment);
        }
        for (var key : List.of("user", "password-file")) {
            mqtt.refuse(key, "and login exclude each other: write it in one of them");
        }
        var login = new PasswordLogin(table.get(), clientId).read(environment);
        table.get().finish();
        return login;
    }

    private FixedLogin read(Map<String, String> environment) {
        if (settings.has("password")) {
            settings.problem("password", "a password does not stand in the configuration; use password-file");
        }
        var user = settings.optionalText("user");
        var file = settings.optionalText("password-file");
        var credentials = Credentials.of(settings, environment);
        if (file.isPresent()) {
            return withPassword(user, file.get());
        }
        var password = credentials.find(PASSWORD);
        var login = credentials.find(LOGIN);
        if (password.isPresent() && (user.isPresent() || login.isEmpty())) {
            return withPassword(user, password.get().toString());
        }
        return login.map(both -> ofFile(user, both)).orElseGet(() -> new FixedLogin(clientId, user, Optional.empty()));
    }

    private FixedLogin withPassword(Optional<String> user, String file) {
        if (user.isEmpty()) {
            settings.problem(
                    "user",
                    "is required beside a password (of password-file or of the credential " + PASSWORD
                            + "); a credential " + LOGIN + " has both, as in user:password");
        }
        return new FixedLogin(clientId, user, Optional.of(SecretFile.read(settings, "password-file", file)));
    }

    /** One line with the user, a colon and the password, which may have colons. */
    private FixedLogin ofFile(Optional<String> user, Path file) {
        var before = settings.problemCount();
        var text = new String(
                SecretFile.read(settings, "user", file.toString(), FORM).reveal());
        if (settings.problemCount() > before) {
            return new FixedLogin(clientId, user, Optional.empty());
        }
        var colon = text.indexOf(':');
        if (colon < 1) {
            settings.problem("user", file + " must have one line" + FORM);
            return new FixedLogin(clientId, user, Optional.empty());
        }
        var named = text.substring(0, colon);
        if (user.isPresent() && !user.get().equals(named)) {
            settings.problem("user", "is another one than in " + file + "; take one of them away");
        }
        return new FixedLogin(clientId, Optional.of(named), Optional.of(new Secret(text.substring(colon + 1))));
    }
}
