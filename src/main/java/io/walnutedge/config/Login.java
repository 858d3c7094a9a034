package io.walnutedge.config;

import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a client identifies itself with in CONNECT (MQTT 3.1.1, 3.1.3): client id, user and password. One that is not
 * {@linkplain FixedLogin fixed} depends on the time, and is computed for each connection. Immutable; any thread.
 */
@FunctionalInterface
public interface Login {
    /**
     * That of a connection which begins now.
     *
     * @param now by the wall clock, which may not be set yet
     */
    FixedLogin at(Instant now);

    /** The same user and password with another client id: a broker ends one of two connections with the same one. */
    default Login as(UnaryOperator<String> clientId) {
        return now -> at(now).as(clientId);
    }

    /** One that is configured equals what was read of the same text: a reload does not connect anew for it. */
    @Override
    boolean equals(@Nullable Object other);

    @Override
    int hashCode();
}
