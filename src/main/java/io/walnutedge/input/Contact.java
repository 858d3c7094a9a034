package io.walnutedge.input;

import io.walnutedge.config.InputConfig;
import io.walnutedge.control.Loop;
import io.walnutedge.event.EventListener;
import io.walnutedge.reading.ItemId;
import java.util.Optional;

/** A contact or a key: its state, and what happens to it. The loop's thread only. */
final class Contact implements Use {
    private final ItemId id;
    private final EventListener events;
    private final Optional<Clicks> clicks;

    Contact(Loop loop, ItemId id, InputConfig.Contact config, EventListener events) {
        this.id = id;
        this.events = events;
        this.clicks = config.events()
                .map(each -> new Clicks(loop, each.longPress(), each.doubleClick(), event -> events.key(id, event)));
    }

    @Override
    public void opened(boolean on) {
        // its state was announced, and what it was before is nobody's click
    }

    @Override
    public void changed(boolean on) {
        events.contact(id, on);
        clicks.ifPresent(each -> each.changed(on));
    }

    @Override
    public boolean wantsEdges() {
        return false;
    }

    @Override
    public void edges(long count) {
        throw new IllegalStateException("a contact has states, not edges");
    }

    @Override
    public void level(boolean on) {
        throw new IllegalStateException("a contact has states, not levels");
    }

    @Override
    public void announce(boolean on) {
        events.contact(id, on);
    }

    @Override
    public void lost() {
        clicks.ifPresent(Clicks::cancel);
    }
}
