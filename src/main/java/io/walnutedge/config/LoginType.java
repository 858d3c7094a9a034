package io.walnutedge.config;

import io.walnutedge.hocon.ConfigTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code mqtt.login.type}: what reads the login, and the keys that stand beside the type, which a message names where the
 * type is missing. Immutable; any thread.
 */
enum LoginType {
    /** User and password as they are, which {@link PasswordLogin} reads; it needs no type. */
    PASSWORD(
            cloud -> {
                throw new IllegalArgumentException("the login of no cloud");
            },
            "user",
            "password-file",
            "password"),
    ALIBABA(AlibabaLogin::read, "product-key", "device-name", "secret-file", "signature"),
    HUAWEI(HuaweiLogin::read, "device-id", "secret-file"),
    ONENET(OneNetLogin::read, "product-id", "device-name", "secret-file"),
    TENCENT(TencentLogin::read, "product-id", "device-name", "secret-file");

    static final String KEY = "type";

    // a method without a state
    @SuppressWarnings("ImmutableEnumChecker")
    private final Function<CloudLogin, Login> reader;

    // made by Set.of
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<String> keys;

    LoginType(Function<CloudLogin, Login> reader, String... keys) {
        this.reader = reader;
        this.keys = Set.of(keys);
    }

    Login read(CloudLogin cloud) {
        return reader.apply(cloud);
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
                                + String.join(" or type = ", fitting));
    }

    /** As in {@code huawei (device-id, secret-file)}. */
    private static String all() {
        return Stream.of(values())
                .map(type -> type + " (" + String.join(", ", type.accepted()) + ")")
                .collect(Collectors.joining(", "));
    }

    /** In their order; a password does not stand in the configuration. */
    List<String> accepted() {
        return keys.stream().filter(key -> !key.equals("password")).sorted().toList();
    }

    /** As written. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
