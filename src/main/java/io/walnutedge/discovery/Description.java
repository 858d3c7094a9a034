package io.walnutedge.discovery;

import io.walnutedge.reading.ItemId;
import java.util.List;
import java.util.Optional;

/** A board with all that it measures, watches and switches, as a controller may know it. Immutable; any thread. */
public record Description(Device device, List<Part> parts) {
    public Description {
        parts = List.copyOf(parts);
    }

    /**
     * The board itself.
     *
     * @param uid of this board and no other, {@code a-z 0-9 _ -}: its id with its mark, or without where nothing marks it
     * @param id as in its topics
     * @param name for people
     * @param model as far as it is known
     * @param firmware the version of this program
     * @param base {@code <prefix>/<device>}, under which most topics are
     * @param statusTopic {@code online} or {@code offline}, retained
     * @param commandTopic for commands of any kind
     */
    public record Device(
            String uid,
            String id,
            String name,
            String manufacturer,
            String model,
            String firmware,
            String base,
            String statusTopic,
            String commandTopic) {}

    /**
     * A sensor, an input, an output, or the board itself.
     *
     * @param id unique among the parts
     * @param name for people
     * @param statusTopic {@code online} or {@code offline}, retained, beside that of the device; the board has none of its own
     * @param entities at least one, each with an id that is unique in its part
     */
    public record Part(ItemId id, String name, Optional<String> statusTopic, List<Entity> entities) {
        public Part {
            entities = List.copyOf(entities);
        }
    }
}
