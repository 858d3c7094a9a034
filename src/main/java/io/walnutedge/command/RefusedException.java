package io.walnutedge.command;

import io.walnutedge.reading.SensorId;
import java.util.Optional;

/** A command is not obeyed; the message tells its sender why, and nothing was changed by it. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String message;
    private final transient Optional<String> id;
    private final transient Optional<SensorId> output;

    public RefusedException(String message) {
        this(message, Optional.empty(), Optional.empty());
    }

    private RefusedException(String message, Optional<String> id, Optional<SensorId> output) {
        // no stack trace: it is an answer, and a flood of mistakes must stay cheap
        super(message, null, false, false);
        this.message = message;
        this.id = id;
        this.output = output;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** The same refusal with what is known of the command. */
    RefusedException about(Optional<String> knownId, Optional<SensorId> knownOutput) {
        return new RefusedException(message, id.or(() -> knownId), output.or(() -> knownOutput));
    }

    Optional<String> id() {
        return id;
    }

    Optional<SensorId> output() {
        return output;
    }
}
