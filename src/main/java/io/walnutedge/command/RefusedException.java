package io.walnutedge.command;

import io.walnutedge.reading.ItemId;
import java.util.Optional;

/** A command is not obeyed; the message tells its sender why, and what it changed nevertheless. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final Refusal code;
    private final String message;
    private final transient Optional<String> id;
    private final transient Optional<ItemId> output;

    public RefusedException(Refusal code, String message) {
        this(code, message, Optional.empty(), Optional.empty());
    }

    /** A command that cannot be understood. */
    RefusedException(String message) {
        this(Refusal.BAD_COMMAND, message);
    }

    private RefusedException(Refusal code, String message, Optional<String> id, Optional<ItemId> output) {
        // no stack trace: it is an answer, and a flood of mistakes must stay cheap
        super(message, null, false, false);
        this.code = code;
        this.message = message;
        this.id = id;
        this.output = output;
    }

    public Refusal code() {
        return code;
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** The same refusal with what is known of the command. */
    RefusedException about(Optional<String> knownId, Optional<ItemId> knownOutput) {
        return new RefusedException(code, message, id.or(() -> knownId), output.or(() -> knownOutput));
    }

    Optional<String> id() {
        return id;
    }

    Optional<ItemId> output() {
        return output;
    }
}
