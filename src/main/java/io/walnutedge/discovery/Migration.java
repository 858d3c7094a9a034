package io.walnutedge.discovery;

import io.walnutedge.discovery.PublishedDiscovery.Stage;
import io.walnutedge.discovery.PublishedDiscovery.Told;
import io.walnutedge.json.JsonWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The way from the messages that lie at the broker to those that are to be there, such that Home Assistant keeps what its
 * user has set (names, icons, areas, entity ids) of each entity that is only told of on another topic. It is the documented
 * one (home-assistant.io, "MQTT", "Migration from single component to device-based discovery"), in both directions: the
 * message on the old topic is replaced by {@link #PAYLOAD}, the new message follows, then the old topic is emptied. Immutable;
 * any thread.
 *
 * @param dropped topics all of whose entities leave: to be emptied at once
 * @param parting of topics with entities that stay and entities that leave, those that leave: for them there is no other
 *     message in which they could be told as gone
 * @param unloaded topics whose entities Home Assistant is to let go of, because they go on on others
 * @param left topics to be emptied when the new messages are there
 * @param gone of topics that stay, the components that leave
 * @param isNews whether Home Assistant gets to know or loads anew an entity, and so knows no value of it
 */
record Migration(
        List<String> dropped,
        Map<String, Map<String, String>> parting,
        List<String> unloaded,
        List<String> left,
        Map<String, String> gone,
        boolean isNews) {

    /** Has Home Assistant unload an entity and keep its settings. */
    static final String PAYLOAD =
            new JsonWriter().put("migrate_discovery", true).toString();

    /** @param uid of the board, which is a part of every entity's identity */
    static Migration between(Map<String, Told> before, List<Announcement> now, String uid) {
        var told = new TreeMap<String, String>();
        now.forEach(message -> told.putAll(message.components()));
        var topics = now.stream().map(Announcement::topic).toList();
        var dropped = new ArrayList<String>();
        var parting = new HashMap<String, Map<String, String>>();
        var unloaded = new ArrayList<String>();
        var left = new ArrayList<String>();
        new TreeMap<>(before).forEach((topic, old) -> {
            if (topics.contains(topic)) {
                return;
            }
            var leaving = new TreeMap<>(old.components());
            leaving.entrySet().removeAll(told.entrySet());
            var stays = leaving.size() < old.components().size();
            if (!stays || !HomeAssistant.isOf(uid, topic, old.components())) {
                dropped.add(topic);
                return;
            }
            left.add(topic);
            if (old.stage() != Stage.UNLOADED) {
                unloaded.add(topic);
                if (!leaving.isEmpty()) {
                    parting.put(topic, leaving);
                }
            }
        });
        return new Migration(dropped, parting, unloaded, left, gone(before, now), isNews(before, now));
    }

    private static Map<String, String> gone(Map<String, Told> before, List<Announcement> now) {
        var gone = new HashMap<String, String>();
        for (var message : now) {
            var old = before.get(message.topic());
            if (old != null) {
                gone.putAll(old.components());
                message.components().keySet().forEach(gone::remove);
            }
        }
        return gone;
    }

    private static boolean isNews(Map<String, Told> before, List<Announcement> now) {
        return now.stream().anyMatch(message -> {
            var old = before.get(message.topic());
            return old == null || !old.knows(message.components());
        });
    }
}
