package io.walnutedge.mqtt;

import io.walnutedge.outbox.Outbox;
import io.walnutedge.outbox.log.Gap;
import io.walnutedge.reading.Reading;
import io.walnutedge.reading.ReadingCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** An outbox that holds what a test puts into it. */
final class ScriptedOutbox implements Outbox {
    final ArrayDeque<Item> live = new ArrayDeque<>();
    final ArrayDeque<Item> backlog = new ArrayDeque<>();
    final List<Item> removed = new ArrayList<>();
    private long lastId;

    void live(Reading reading) {
        live.add(item(reading, false));
    }

    void backlog(Reading reading) {
        backlog.add(item(reading, true));
    }

    Item item(Reading reading, boolean historical) {
        return new Item(++lastId, reading.sensor().value(), ReadingCodec.encode(reading), historical, Optional.empty());
    }

    void gap(String sensor, Gap gap) {
        backlog.add(new Item(++lastId, sensor, new byte[0], true, Optional.of(gap)));
    }

    @Override
    public void add(List<Fresh> items) {
        items.forEach(fresh -> live.add(new Item(++lastId, fresh.source(), fresh.bytes(), false, Optional.empty())));
    }

    @Override
    public @Nullable Item take() {
        return live.poll();
    }

    @Override
    public @Nullable Item takeBacklog() {
        return backlog.poll();
    }

    @Override
    public void remove(Item item) {
        removed.add(item);
    }

    @Override
    public void giveBack() {
        // no test of it is made here
    }

    @Override
    public Counts counts() {
        return new Counts(live.size() + (long) backlog.size(), backlog.size(), Map.of());
    }

    @Override
    public OptionalLong oldest() {
        return OptionalLong.empty();
    }

    @Override
    public double fill() {
        return 0;
    }

    @Override
    public void onAdded(Runnable wake) {
        // the test pumps by itself
    }

    @Override
    public void close() {
        // nothing to close
    }
}
