package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code mqtt.login.type}, and which keys stand beside it: those of one type are told as such where the type is missing. */
enum LoginType {
    /** User and password as they are; it needs no type. */
    PASSWORD("user", "password-file", "password"),
    ALIBABA("product-key", "device-name", "secret-file", "signature"),
    HUAWEI("device-id", "secret-file"),
    ONENET("product-id", "device-name", "secret-file"),
    TENCENT("product-id", "device-name", "secret-file");

    static final String KEY = "type";

    // made by Set.of
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> keys;

    LoginType(String... keys) {
        this.keys = Set.of(keys);
    }

    /** The type of a login; empty where it cannot be known. */
    static Optional<LoginType> of(ConfigTable login) {
        if (login.has(KEY)) {
            return Optional.of(login.choice(KEY, PASSWORD));
        }
        return login.keys().isEmpty() || !PASSWORD.keys.containsAll(login.keys())
                ? Optional.empty()
                : Optional.of(PASSWORD);
    }

    /** Notes that the type is missing: a signed login is never guessed. */
    static void missing(ConfigTable login) {
        var fitting = Arrays.stream(values())
                .filter(type -> !login.keys().isEmpty() && type.keys.containsAll(login.keys()))
                .map(LoginType::toString)
                .toList();
        login.problem(
                KEY,
                fitting.isEmpty()
                        ? "is missing, and the keys are those of no login; there are: " + all()
                        : "is missing; by its keys it is " + String.join(" or ", fitting) + ": write type = "
                                + fitting.get(0));
    }

    /** As in {@code huawei (device-id, secret-file)}; a password does not stand in the configuration. */
    private static String all() {
        return Stream.of(values())
                .map(type -> type + " (" + String.join(", ", type.accepted()) + ")")
                .collect(Collectors.joining(", "));
    }

    private List<String> accepted() {
        return keys.stream().filter(key -> !key.equals("password")).sorted().toList();
    }

    /** As written. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
