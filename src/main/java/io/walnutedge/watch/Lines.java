package io.walnutedge.watch;

import io.walnutedge.text.Printable;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A line for each message. Any thread. */
public class Lines implements View {
    private final PrintWriter out;
    private final String resultTopic;

    /** @param resultTopic of the answers to commands */
    public Lines(PrintWriter out, String resultTopic) {
        this.out = out;
        this.resultTopic = resultTopic;
    }

    @Override
    public void arrived(String topic, String payload, Board.@Nullable Row reading) {
        if (reading != null) {
            line("reading  " + reading.name() + "/" + reading.detail() + " " + reading.value() + " " + reading.unit());
        } else if (topic.equals(resultTopic)) {
            line("answer   " + payload);
        } else if (!payload.isEmpty()) {
            line("state    " + topic + " " + payload + remark(topic));
        }
    }

    /** What is to be said behind a state. */
    protected String remark(String topic) {
        return "";
    }

    protected final void line(String text) {
        out.println(Printable.of(text.stripTrailing()));
    }

    @Override
    public void hint(String hint) {
        line(hint);
    }

    @Override
    public void tick(int number) {
        // what arrives is shown when it does
    }

    @Override
    public void end() {
        out.flush();
    }
}
