package io.walnutedge.watch;

import org.jspecify.annotations.Nullable;

/** How a board is shown. One thread, save for {@link #arrived}. */
public interface View {
    /** A message came; called on a thread of the link. */
    void arrived(String topic, String payload, Board.@Nullable Row reading);

    void hint(String hint);

    /** Twice a second. */
    void tick(int number);

    void end();
}
