package io.walnutedge.cli;

import io.walnutedge.config.DiscoveryConfig;
import io.walnutedge.discovery.Announcement;
import io.walnutedge.discovery.Descriptions;
import io.walnutedge.discovery.HomeAssistant;
import io.walnutedge.mqtt.Link;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.Topic;
import io.walnutedge.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cleanup}: has the broker forget what it keeps of this board and the configuration does not publish any more. */
@Command(
        name = "cleanup",
        description = {
            "Remove messages that the broker keeps of this board and the configuration does not publish any more:",
            "those below <prefix>/<device>, and what Home Assistant was told of this board."
        },
        footer = {"", "Exit status: 0 done, 1 no connection within connect-timeout, at least 11 s."})
public final class CleanupCommand extends CliCommand {
    /** The broker sends what it keeps in one go: after so long without a message that was all. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    @Option(names = "--dry-run", description = "only show what would be removed")
    private boolean dryRun;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Override
    public Integer call() throws Exception {
        var plan = config.plan();
        if (plan.mqtt().readingsOnly()) {
            throw new Cli.Failure("mqtt.readings-only = true: this broker takes readings and nothing else");
        }
        var out = out();
        var link = BrokerClient.link(plan.mqtt(), "cleanup");
        var kept = kept(plan, link);
        var left = new ArrayList<>(kept.keySet());
        left.removeAll(present(plan, kept));
        left.removeIf(topic -> isOfTheDaemon(plan, topic));
        for (var topic : left) {
            out.println((dryRun ? "would remove " : "removed ") + Printable.of(topic));
            if (!dryRun) {
                link.clear(topic);
            }
        }
        link.close(GOODBYE);
        out.println(left.isEmpty() ? "nothing to remove" : left.size() == 1 ? "1 message" : left.size() + " messages");
        return Cli.OK;
    }

    /** What the broker keeps of this board, by topic. */
    private static Map<String, byte[]> kept(Plan plan, Link link) throws InterruptedException, Cli.Failure {
        var kept = new ConcurrentSkipListMap<String, byte[]>();
        var heard = new AtomicLong(System.nanoTime());
        var connected = new CountDownLatch(1);
        for (var filter : filters(plan)) {
            link.subscribe(filter, 1, (topic, payload, retained) -> {
                if (retained && payload.length > 0) {
                    kept.put(topic, payload);
                    heard.set(System.nanoTime());
                }
            });
        }
        link.onChange(status -> {
            if (status.connected()) {
                heard.set(System.nanoTime());
                connected.countDown();
            }
        });
        link.start();
        if (!connected.await(BrokerClient.patience(plan.mqtt()).toMillis(), TimeUnit.MILLISECONDS)) {
            var why = link.status().sentence();
            link.close(Duration.ZERO);
            throw new Cli.Failure(why);
        }
        var deadline = System.nanoTime() + AT_MOST.toNanos();
        var never = new CountDownLatch(1);
        for (var wait = QUIET.toNanos(); wait > 0; wait = heard.get() + QUIET.toNanos() - System.nanoTime()) {
            if (System.nanoTime() > deadline || never.await(wait, TimeUnit.NANOSECONDS)) {
                break;
            }
        }
        return kept;
    }

    private static List<String> filters(Plan plan) {
        var filters = new ArrayList<String>();
        filters.add(plan.mqtt().topics().base() + "/#");
        // whatever the form was, and even where there is none now
        filters.addAll(plan.mqtt().discovery().filters(plan.device().uid()));
        return filters;
    }

    /** What the daemon publishes or takes, and what others may have put there for it. */
    private static Set<String> present(Plan plan, Map<String, byte[]> kept) {
        var present = plan.topics().all().stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new));
        var discovery = plan.mqtt().discovery();
        present.addAll(told(plan, discovery));
        // a broker that does not take the message of the whole board has one for each entity
        if (discovery.form() == DiscoveryConfig.Form.DEVICE
                && told(plan, discovery).stream().anyMatch(topic -> !isTold(kept.get(topic)))) {
            present.addAll(told(plan, discovery.as(DiscoveryConfig.Form.COMPONENT)));
        }
        return present;
    }

    private static boolean isTold(byte @Nullable [] payload) {
        return payload != null && !HomeAssistant.isMigration(payload);
    }

    private static List<String> told(Plan plan, DiscoveryConfig discovery) {
        return new HomeAssistant(Descriptions.of(plan, ""), discovery)
                .announcements(Map.of()).stream().map(Announcement::topic).toList();
    }

    /** Below its status and its command topic stands what it says of itself. */
    private static boolean isOfTheDaemon(Plan plan, String topic) {
        return (topic + "/").startsWith(plan.mqtt().topics().status() + "/")
                || (topic + "/").startsWith(plan.mqtt().topics().command() + "/");
    }
}
