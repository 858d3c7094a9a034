package io.walnutedge.daemon;

import io.walnutedge.discovery.DiscoveryPublisher;
import io.walnutedge.mqtt.Link;
import java.util.Collection;
import java.util.Map;

/** The link, as discovery needs it: everything is retained, with QoS 1. Any thread; never blocks. */
final class DiscoveryLink implements DiscoveryPublisher.Broker {
    private static final int QOS = 1;

    private final Link link;

    DiscoveryLink(Link link) {
        this.link = link;
    }

    @Override
    public void keep(String topic, byte[] payload) {
        link.state(topic, payload, QOS, true);
    }

    @Override
    public void once(String topic, byte[] payload) {
        link.once(topic, payload, QOS, true);
    }

    @Override
    public boolean has(Collection<String> topics) {
        return link.hasDelivered(topics);
    }

    @Override
    public Map<String, Integer> refused() {
        return link.setAside();
    }
}
