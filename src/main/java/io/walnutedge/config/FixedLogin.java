package io.walnutedge.config;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A login that is the same at any time. Immutable; any thread.
 *
 * @param clientId 1 to 65,535 bytes; brokers of MQTT 3.1 may take only 23
 */
public record FixedLogin(String clientId, Optional<String> user, Optional<Secret> password) implements Login {
    /** That of a cloud. */
    FixedLogin(String clientId, String user, String password) {
        this(clientId, Optional.of(user), Optional.of(new Secret(password)));
    }

    @Override
    public FixedLogin at(Instant now) {
        return this;
    }

    @Override
    public FixedLogin as(UnaryOperator<String> other) {
        return new FixedLogin(other.apply(clientId), user, password);
    }
}
