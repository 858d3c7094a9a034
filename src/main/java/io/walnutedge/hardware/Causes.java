package io.walnutedge.hardware;

import org.jspecify.annotations.Nullable;

/** Looks into chains of exceptions: Pi4J wraps them several times. Stateless. */
final class Causes {
    private Causes() {}

    static <T extends Throwable> @Nullable T first(Throwable failed, Class<T> type) {
        for (Throwable each = failed; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }

    static Throwable root(Throwable failed) {
        var root = failed;
        for (var cause = root.getCause(); cause != null; cause = root.getCause()) {
            root = cause;
        }
        return root;
    }

    /** The message, or the type where there is none. */
    static String words(Throwable failed) {
        var message = failed.getMessage();
        return message == null ? failed.getClass().getSimpleName() : message;
    }
}
