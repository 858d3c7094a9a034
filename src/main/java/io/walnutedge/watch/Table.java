package io.walnutedge.watch;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The live table. One thread. */
public final class Table implements View {
    private final Screen screen;
    private final Board board;
    private final Supplier<String> note;

    /** @param note below the title */
    public Table(Screen screen, Board board, Supplier<String> note) {
        this.screen = screen;
        this.board = board;
        this.note = note;
        screen.open();
    }

    @Override
    public void arrived(String topic, String payload, Board.@Nullable Row reading) {
        // drawn at the next tick
    }

    @Override
    public void hint(String hint) {
        // the screen has them
    }

    @Override
    public void tick(int number) {
        screen.draw(board, note.get(), System.nanoTime());
    }

    @Override
    public void end() {
        screen.close();
    }
}
