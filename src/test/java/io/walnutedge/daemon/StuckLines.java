package io.walnutedge.daemon;

import io.walnutedge.board.Pin;
import io.walnutedge.gpio.GpioException;
import io.walnutedge.gpio.Lines;
import java.util.concurrent.CountDownLatch;

/** Lines, one of which opens as late as a test wants. */
final class StuckLines implements Lines {
    private final Lines lines;
    private final Pin stuck;
    private final CountDownLatch free = new CountDownLatch(1);

    StuckLines(Lines lines, Pin stuck) {
        this.lines = lines;
        this.stuck = stuck;
    }

    void free() {
        free.countDown();
    }

    private void await(Pin pin) {
        while (pin.equals(stuck) && free.getCount() > 0) {
            try {
                free.await();
            } catch (InterruptedException asTheKernelDoes) {
                Thread.interrupted();
            }
        }
    }

    @Override
    public OutputLine output(Pin pin, boolean high) throws GpioException {
        await(pin);
        return lines.output(pin, high);
    }

    @Override
    public OutputLine kept(Pin pin) throws GpioException {
        await(pin);
        return lines.kept(pin);
    }

    @Override
    public InputLine input(Pin pin, Runnable changed) throws GpioException {
        await(pin);
        return lines.input(pin, changed);
    }
}
