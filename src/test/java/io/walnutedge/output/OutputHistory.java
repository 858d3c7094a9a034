package io.walnutedge.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.walnutedge.actuator.Actuator.FileWrite;
import io.walnutedge.actuator.ActuatorHardware;
import io.walnutedge.command.CommandTargets;
import io.walnutedge.command.CommandTopics;
import io.walnutedge.command.CommandTopics.Role;
import io.walnutedge.command.Commander;
import io.walnutedge.command.DesiredStates;
import io.walnutedge.command.Gatekeeper;
import io.walnutedge.command.LeastGaps;
import io.walnutedge.command.NoSensing;
import io.walnutedge.command.RateLimit;
import io.walnutedge.command.Roles;
import io.walnutedge.config.CommandsConfig;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.config.OutputConfig.Initial;
import io.walnutedge.control.Loop;
import io.walnutedge.control.VirtualLoop;
import io.walnutedge.event.EventListener;
import io.walnutedge.event.OutputState;
import io.walnutedge.gpio.FakeLines;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.ValueRange;
import io.walnutedge.sensor.NoHardware;
import io.walnutedge.state.KeptState;
import io.walnutedge.text.TimeText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One random history of outputs behind a commander, over many lives of the process, each step of it judged by an
 * {@link OutputModel}. A further feature is a further {@code case} of {@link #step}.
 */
final class OutputHistory implements EventListener, Commander.Answers, Panel.Watcher {
    private static final String ALL = "w/d/command";
    private static final CommandsConfig EVERYTHING = CommandsConfig.from(ConfigFile.parse("", new Problems()));
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");
    private static final Pattern NAMED =
            Pattern.compile("'([a-f])' (?:(?:goes (ON|OFF) in ([0-9.]+ [a-z]+))|(?:is (ON|OFF))|(?:is unavailable))");
    private static final long ROUNDING = 3_000_000;

    private final Random random;
    private final VirtualLoop clock = new VirtualLoop();
    private final Panel panel = new Panel(this);
    private final KeptState state = new KeptState();
    private final OutputModel model = new OutputModel();
    private final Map<String, OutputPlan> plans = new LinkedHashMap<>();
    private final List<String> answers = new ArrayList<>();
    private final List<Runnable> events = new ArrayList<>();
    private final Map<String, Boolean> told = new HashMap<>();
    private Life life = new Life();
    private Outputs outputs = outputs();
    private DesiredStates desired = new DesiredStates(life, Set.of(), state);
    private Commander commander = commander();
    private boolean connected;
    private long serial;

    // what the broker keeps, and what was obeyed of it
    private final Map<String, Message> kept = new HashMap<>();
    private final Set<Long> obeyed = new HashSet<>();
    private final Set<Long> unwritten = new HashSet<>();
    private final Map<String, Set<String>> settled = new HashMap<>();
    /** Written down, refused, and that is not on the card yet: after a kill they count as obeyed. */
    private final Set<Message> refused = new HashSet<>();

    private @Nullable Message pending;

    /** The last of what happened, for whoever has to find out why. */
    private final Deque<String> trail = new ArrayDeque<>();

    private final Map<String, String> written = new TreeMap<>();

    /** What is asked of one output; an empty time is none. */
    private record Ask(String output, String state, Optional<Integer> percent, Duration hold, Optional<Duration> fade) {
        boolean isState() {
            return !state.equals("TOGGLE") && hold.isZero();
        }

        String json(String more) {
            return "{" + percent.map(level -> "\"level\":" + level).orElse("\"state\":\"" + state + "\"")
                    + (hold.isZero() ? "" : ",\"for\":\"" + TimeText.of(hold) + "\"")
                    + fade.map(time -> ",\"fade\":\"" + TimeText.of(time) + "\"")
                            .orElse("")
                    + more + "}";
        }
    }

    private record Message(long serial, String topic, String payload, boolean retained, List<Ask> asks) {
        String output() {
            return asks.get(0).output;
        }

        @Override
        public String toString() {
            return topic.replace("w/d/", "") + " " + payload + (retained ? " (retained)" : "");
        }

        Message handedOut() {
            return new Message(serial, topic, payload, true, asks);
        }
    }

    /** The loop of one process: when that is dead, nothing of it runs any more. */
    private final class Life implements Loop {
        private boolean over;

        @Override
        public boolean submit(Runnable task) {
            return clock.submit(() -> run(task));
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return clock.after(delay, () -> run(task));
        }

        private void run(Runnable task) {
            if (!over) {
                task.run();
            }
        }

        @Override
        public long nanoTime() {
            return clock.nanoTime();
        }
    }

    OutputHistory(long seed) {
        random = new Random(seed);
        NAMES.forEach(this::configure);
    }

    private void note(String what) {
        trail.add(clock.nanoTime() / 1_000 + " us: " + what);
        if (trail.size() > 200) {
            trail.remove();
        }
    }

    String trail() {
        var all = new StringBuilder();
        written.forEach((name, text) -> all.append(name + " { " + text.replace("\n", ", ") + "}\n"));
        return all + String.join("\n", trail);
    }

    // ---- the configuration

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private Duration time(int leastMillis, int mostMillis) {
        return Duration.ofNanos(1_000L * (leastMillis * 1_000L + random.nextInt((mostMillis - leastMillis) * 1_000)));
    }

    private String key(int percent, String key, int leastMillis, int mostMillis) {
        return chance(percent) ? key + " = " + TimeText.of(time(leastMillis, mostMillis)) + "\n" : "";
    }

    private String choice(String key, String... values) {
        return key + " = " + values[random.nextInt(values.length)] + "\n";
    }

    private void configure(String name) {
        var dimmable = chance(30);
        for (var problems = new Problems(); ; problems = new Problems()) {
            var text = settings(dimmable);
            var config = OutputConfig.from(
                    ConfigFile.parse(text, problems),
                    id(name),
                    "w/d",
                    dimmable ? Optional.of(ValueRange.PERCENT) : Optional.empty(),
                    false);
            if (problems.list().isEmpty()) {
                written.put(name, text);
                plans.put(name, new OutputPlan(config, "fake", panel.plan(name, dimmable)));
                return;
            }
        }
    }

    private String settings(boolean dimmable) {
        return choice("active-low", "true", "false", "false")
                + choice("initial", "off", "on", "last", "keep")
                + choice("on-stop", "off", "off", "on", "keep")
                + choice("safe-state", "off", "off", "on")
                + choice("confirm", "true", "false", "false")
                + choice("accept-retained", "true", "false")
                + key(40, "max-on", 400, 4_000)
                + key(25, "pulse", 50, 1_000)
                + key(30, "min-on", 20, 400)
                + key(30, "min-off", 20, 400)
                + key(40, "link-loss-after", 100, 2_000)
                + (chance(30) ? "controller { topic = t, timeout = " + TimeText.of(time(100, 2_000)) + " }\n" : "")
                + (chance(50) ? choice("interlock", "x", "y") + key(80, "dead-time", 0, 500) : "")
                + (dimmable ? key(50, "fade", 1, 800) + "on-level = " + (30 + random.nextInt(71)) + "\n" : "");
    }

    private static ItemId id(String name) {
        return new ItemId(name);
    }

    private List<OutputConfig> configs() {
        return plans.values().stream().map(OutputPlan::config).toList();
    }

    private Set<ItemId> those(Predicate<OutputConfig> which) {
        return configs().stream().filter(which).map(OutputConfig::id).collect(Collectors.toSet());
    }

    private Outputs outputs() {
        var hardware = new ActuatorHardware(new FakeLines(), FakeLines::pin, new NoHardware());
        return new Outputs(life, hardware, List.copyOf(plans.values()), state, this);
    }

    private Role role(String topic) {
        return Roles.find(CommandTopics.of(ALL, EVERYTHING, configs()), topic);
    }

    private Commander commander() {
        var ids = configs().stream().map(OutputConfig::id).toList();
        desired.accept(those(config -> config.messages().acceptRetained()));
        return new Commander(
                life,
                EVERYTHING.allow(),
                new CommandTargets(
                        ids,
                        those(config -> config.range().isPresent()).stream()
                                .collect(Collectors.toMap(id -> id, id -> ValueRange.PERCENT)),
                        Map.of()),
                new Gatekeeper(() -> Instant.EPOCH, () -> true, new LeastGaps(clock::nanoTime, state, "boot")),
                new RateLimit(clock::nanoTime, 1_000_000_000, 1_000_000_000, ids),
                desired,
                outputs,
                NoSensing.NONE,
                this);
    }

    // ---- what happens

    @Override
    public void driven(String name, double physical) {
        var item = at(model.items, name);
        var plan = at(plans, name);
        if (item != null && plan != null) {
            var now = clock.nanoTime();
            note(name + " shows " + plan.level(physical));
            events.add(() -> item.driven(now, plan.level(physical)));
        }
    }

    @Override
    public void availability(ItemId id, boolean online, String why) {
        var item = at(model.items, id.value());
        if (item != null) {
            var now = clock.nanoTime();
            note(id + (online ? " is online" : " is offline"));
            events.add(online ? () -> item.online(now) : () -> item.offline(now));
        }
    }

    @Override
    public void output(ItemId id, OutputState now) {
        told.put(id.value(), now.on());
    }

    @Override
    public void answer(String json) {
        answers.add(json);
    }

    @Override
    public void excess(String json) {
        throw new AssertionError("no limit was reached: " + json);
    }

    /** One step; then everything must be as the model has it. */
    void step() {
        switch (random.nextInt(100)) {
            case 0 -> reload();
            case 1 -> restart();
            case 2 -> kill();
            case 3, 4, 5, 6 -> connect(!connected);
            case 7, 8 -> outage();
            case 9, 10, 11 -> {
                note("mended");
                panel.broken.clear();
            }
            case 12 -> card();
            case 13 -> {
                card();
                state.slow = !state.slow;
            }
            case 14 -> state.sick = state.sick.isEmpty() && chance(50) ? "full" : "";
            case 15, 16, 17, 18, 19, 20 -> heartbeat();
            case 21 -> pass(time(1_000, 6_000));
            case 22 -> flood();
            default -> command();
        }
        pass(chance(30) ? Duration.ZERO : time(0, chance(80) ? 100 : 1_000));
    }

    /** Time passes; each thing that happens sees its own. */
    private void pass(Duration time) {
        clock.run();
        judge();
        for (var end = clock.nanoTime() + time.toNanos(); clock.nanoTime() < end; ) {
            var next = Math.min(end, clock.nextTimer());
            clock.advance(Duration.ofNanos(Math.max(0, next - clock.nanoTime())));
            judge();
        }
    }

    /** Of what happened by itself. */
    private void judge() {
        var now = clock.nanoTime();
        model.items.values().forEach(item -> item.pass(now));
        take();
        check();
    }

    private void take() {
        var taken = List.copyOf(events);
        events.clear();
        taken.forEach(Runnable::run);
        model.items.values().forEach(item -> item.opened(clock.nanoTime()));
    }

    private void check() {
        var now = clock.nanoTime();
        model.items.forEach((name, item) -> {
            item.check(now);
            if (item.known) {
                item.require(item.fade > 0 || at(told, name) == item.on(), "told another state than it has");
                // a partner that is to be on makes it forget what it waits for, perhaps 20 ms before its line shows
                // that
                var alone = item.partners().noneMatch(other -> other.want > 0 && !other.on());
                if (config(item).initial() == Initial.LAST && !item.vague && alone) {
                    var last = Double.parseDouble(
                            state.get("outputs." + name + ".last").orElse("-1"));
                    item.require(Math.abs(last - item.resting()) < 1e-9, "keeps " + last + " for the next start");
                }
            }
        });
        if (!answers.isEmpty()) {
            throw new AssertionError("nobody asked: " + answers);
        }
    }

    void start() {
        life = new Life();
        connected = false;
        outputs = outputs();
        desired = new DesiredStates(life, Set.of(), state);
        commander = commander();
        model.items.clear();
        plans.values().forEach(this::begin);
        outputs.start();
        judge();
    }

    private void begin(OutputPlan plan) {
        var name = plan.config().id().value();
        var config = plan.config();
        var shown = plan.level(panel.level(name));
        var first = switch (config.initial()) {
            case OFF -> 0.0;
            case ON -> config.dimming().onLevel();
            case LAST ->
                state.get("outputs." + name + ".last").map(Double::parseDouble).orElse(0.0);
            case KEEP -> shown;
        };
        var item = model.new Item(Rules.of(config), shown, first, clock.nanoTime());
        model.items.put(name, item);
        item.heard(clock.nanoTime());
        if (!connected) {
            item.linkLost(clock.nanoTime());
        }
    }

    private OutputConfig config(OutputModel.Item item) {
        return at(plans, item.rules.name()).config();
    }

    private void restart() {
        note("restart");
        card();
        var stops = stops(model.items.keySet());
        outputs.stop();
        events.clear();
        requireStopped(stops);
        model.items.clear();
        answers.clear();
        commander.arrived(role(ALL), "a ON".getBytes(UTF_8), false);
        clock.run();
        if (answers.size() != 1 || !answers.get(0).matches(".*\"(stopping|unknown-output)\".*") || !events.isEmpty()) {
            throw new AssertionError("after the stop: " + answers);
        }
        answers.clear();
        state.write();
        life.over = true;
        clock.advance(time(0, 500));
        start();
    }

    /** Sometimes systemd is there to do what is left. */
    private void kill() {
        note("kill");
        var stops = stops(model.items.keySet());
        var onStopWrites = outputs.onStopWrites();
        life.over = true;
        pending = null;
        obeyed.removeAll(unwritten);
        refused.forEach(this::settle);
        refused.clear();
        state.kill();
        if (chance(50)) {
            onStopWrites.forEach(last -> panel.write((FileWrite) last));
            stops.keySet().removeIf(name -> !at(model.items, name).known);
            requireStopped(stops);
        }
        events.clear();
        clock.advance(time(0, 500));
        start();
    }

    /** What must be left of each, as far as that is known. */
    private Map<String, Double> stops(Collection<String> names) {
        var stops = new HashMap<String, Double>();
        for (var name : names) {
            var item = at(model.items, name);
            if (!panel.broken.contains(name) && panel.fuses.getOrDefault(name, 0) <= 0 && !item.vague) {
                stops.put(name, item.onStop(clock.nanoTime()));
            }
        }
        return stops;
    }

    private void requireStopped(Map<String, Double> stops) {
        stops.forEach((name, level) -> {
            var item = at(model.items, name);
            item.level = at(plans, name).level(panel.level(name));
            item.require(item.shows(level), "is left at " + item.level + " and not at " + level);
        });
    }

    private void reload() {
        var leaving = NAMES.stream()
                .filter(name -> plans.containsKey(name) && chance(25))
                .toList();
        note("reload without " + leaving);
        var stops = stops(leaving);
        outputs.remove(leaving.stream().map(OutputHistory::id).collect(Collectors.toSet()));
        events.clear();
        requireStopped(stops);
        leaving.forEach(model.items::remove);
        leaving.forEach(plans::remove);
        var coming = NAMES.stream()
                .filter(name -> !plans.containsKey(name) && chance(70))
                .toList();
        coming.forEach(this::configure);
        var added = coming.stream().map(plans::get).toList();
        added.forEach(this::begin);
        outputs.add(added);
        commander = commander();
        judge();
    }

    private void connect(boolean up) {
        connected = up;
        note("connected " + up);
        outputs.link(up);
        clock.run();
        model.items.values().forEach(item -> {
            if (up) {
                item.linkEnd = OutputModel.NEVER;
            } else {
                item.linkLost(clock.nanoTime());
            }
        });
        judge();
        if (up) {
            List.copyOf(kept.values()).stream()
                    .filter(message -> plans.containsKey(message.output()))
                    .forEach(message -> send(message.handedOut()));
        }
    }

    private void outage() {
        var name = any(NAMES);
        note(name + " breaks");
        if (chance(50)) {
            panel.broken.add(name);
        } else {
            panel.fuses.put(name, 1 + random.nextInt(3));
        }
    }

    private void heartbeat() {
        var name = any(NAMES);
        outputs.heartbeat(id(name));
        clock.run();
        if (model.items.containsKey(name)) {
            at(model.items, name).heard(clock.nanoTime());
        }
        judge();
    }

    /** The card is done with what it was given. */
    private void card() {
        var waits = pending;
        pending = null;
        if (waits == null) {
            state.write();
        } else {
            obey(waits, () -> {
                state.write();
                clock.run();
            });
        }
        if (state.isWritten()) {
            unwritten.clear();
            refused.clear();
        }
    }

    // ---- commands

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private void command() {
        if (plans.isEmpty()) {
            return;
        }
        var names = new ArrayList<>(plans.keySet());
        if (chance(25)) {
            Collections.shuffle(names, random);
            var asks = names.subList(0, Math.min(names.size(), 2 + random.nextInt(3))).stream()
                    .map(this::ask)
                    .toList();
            var members = asks.stream()
                    .map(ask -> "\"" + ask.output + "\":" + ask.json(""))
                    .collect(Collectors.joining(","));
            send(new Message(serial++, ALL, "{\"outputs\":{" + members + "}}", false, asks));
            return;
        }
        var ask = ask(any(names));
        if (chance(20)) {
            send(new Message(serial++, ALL, ask.json(",\"output\":\"" + ask.output + "\""), false, List.of(ask)));
            return;
        }
        publish(ask, chance(40));
    }

    /** On the set topic, which the broker may keep. */
    private void publish(Ask ask, boolean keep) {
        var number = serial++;
        var plain = ask.fade.isEmpty() && chance(60);
        var payload = plain
                ? ask.percent.map(String::valueOf).orElse(ask.state)
                        + (ask.hold.isZero() ? "" : " " + TimeText.of(ask.hold))
                : ask.json(chance(50) ? ",\"id\":\"" + number + "\"" : "");
        var message = new Message(number, "w/d/" + ask.output + "/set", payload, false, List.of(ask));
        if (keep) {
            kept.put(ask.output, message);
        }
        if (connected) {
            send(message);
        }
    }

    private Ask ask(String name) {
        var dimmable = at(plans, name).config().range().isPresent();
        Optional<Integer> percent = dimmable && chance(40) ? Optional.of(random.nextInt(101)) : Optional.empty();
        var state = percent.map(level -> level > 0 ? "ON" : "OFF")
                .orElseGet(() -> any(List.of("ON", "ON", "OFF", "TOGGLE")));
        return new Ask(
                name,
                state,
                percent,
                chance(25) ? time(20, 1_500) : Duration.ZERO,
                dimmable && chance(30) ? Optional.of(time(0, 600)) : Optional.empty());
    }

    /** More messages than are remembered. */
    private void flood() {
        if (connected && chance(3) && !plans.isEmpty()) {
            var name = any(List.copyOf(plans.keySet()));
            for (var i = 0; i < 150; i++) {
                var ask = new Ask(name, any(List.of("ON", "OFF")), Optional.empty(), Duration.ZERO, Optional.empty());
                publish(ask, chance(2));
            }
        }
    }

    private void send(Message message) {
        if (message.retained && pending != null) {
            card();
        }
        obey(message, () -> {
            commander.arrived(role(message.topic), message.payload.getBytes(UTF_8), message.retained);
            clock.run();
        });
    }

    /** Has it done, and judges its answer and what it did. */
    private void obey(Message message, Runnable doing) {
        clock.run();
        judge();
        note(message.toString());
        var shown = outputs.states();
        var ends = new HashMap<String, Long>();
        model.items.forEach((name, item) -> ends.put(name, item.maxEnd));
        doing.run();
        note(answers.toString());
        var superseded = answers.removeIf(answer -> answer.contains("a later command came before"));
        if (superseded) {
            settle(pending);
            pending = null;
        }
        if (answers.isEmpty() && message.retained && state.slow && pending == null) {
            pending = message;
            take();
            return;
        }
        if (answers.size() != 1) {
            throw new AssertionError(message + " has the answers " + answers);
        }
        try {
            judge(message, JsonReader.object(answers.remove(0), 3), shown, ends);
        } catch (JsonException malformed) {
            throw new AssertionError(malformed);
        }
        check();
    }

    private void settle(@Nullable Message message) {
        if (message != null) {
            settled.computeIfAbsent(message.output(), none -> new HashSet<>()).add(message.payload);
        }
    }

    private void judge(
            Message message, Map<String, @Nullable Object> answer, Map<ItemId, ?> shown, Map<String, Long> ends) {
        if (answer.containsKey("unchanged")) {
            require(message.retained, message, answer);
            require(settled.getOrDefault(message.output(), Set.of()).contains(message.payload), message, answer);
            require(events.isEmpty(), message, answer);
        } else if ("ok".equals(answer.get("status"))) {
            done(message, answer);
        } else {
            refused(message, answer, shown, ends);
        }
    }

    private static void require(boolean holds, Message message, Object answer) {
        if (!holds) {
            throw new AssertionError("not so: " + answer + " to " + message);
        }
    }

    private void done(Message message, Map<String, @Nullable Object> answer) {
        if (message.topic.endsWith("/set")) {
            require(!message.retained || !obeyed.contains(message.serial), message, answer);
            remember(message);
        }
        var now = clock.nanoTime();
        var wishes = new LinkedHashMap<Ask, Double>();
        message.asks.forEach(ask -> wishes.put(ask, wanted(ask, part(answer, ask.output))));
        wishes.forEach((ask, level) -> wish(ask, level, now, level > 0 ? 1 : 0, 0));
        wishes.forEach((ask, level) -> wish(ask, level, now, level > 0 ? 1 : 0, 1));
        take();
        for (var ask : message.asks) {
            var item = at(model.items, ask.output);
            require(item.known, message, answer);
            watch(item, now);
            isTrue(item, part(answer, ask.output), now);
        }
    }

    /** As far as it is one that the output would take from the broker. */
    private void remember(Message message) {
        if (at(plans, message.output()).config().messages().acceptRetained()) {
            obeyed.add(message.serial);
            // a retained one must be on the card before
            if (!message.retained && !state.isWritten()) {
                unwritten.add(message.serial);
            }
            settle(message);
        }
    }

    private void wish(Ask ask, double level, long now, int kind, int turn) {
        if (kind == turn) {
            var item = at(model.items, ask.output);
            var hold = ask.hold.isZero() && level > 0 ? config(item).timing().pulse() : ask.hold;
            item.wish(
                    now,
                    level,
                    hold.toNanos(),
                    ask.fade.orElse(config(item).dimming().fade()).toNanos(),
                    false);
        }
    }

    private double wanted(Ask ask, Map<?, ?> part) {
        var item = at(model.items, ask.output);
        // "1" may have been kept for a dimmer
        if (ask.percent.isPresent() && config(item).range().isPresent()) {
            return ask.percent.get() / 100.0;
        }
        var on = ask.state.equals("ON") || (ask.state.equals("TOGGLE") && item.want <= 0);
        if (ask.state.equals("TOGGLE") && item.vague) {
            on = "ON".equals(part.containsKey("next") ? part.get("next") : part.get("state"));
        }
        return on ? item.rules.onLevel() : 0;
    }

    private static <K, V> V at(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    private static Map<?, ?> part(Map<String, @Nullable Object> answer, String output) {
        return answer.get("outputs") instanceof Map<?, ?> all
                ? (Map<?, ?>) Objects.requireNonNull(all.get(output))
                : answer;
    }

    /** Who obeys a command is watched, whatever was before. */
    private void watch(OutputModel.Item item, long now) {
        if (item.controllerEnd == OutputModel.NEVER) {
            item.heard(now);
        }
        if (!connected && item.linkEnd == OutputModel.NEVER) {
            item.linkLost(now);
        }
    }

    private static String word(boolean on) {
        return on ? "ON" : "OFF";
    }

    private void isTrue(OutputModel.Item item, Map<?, ?> part, long now) {
        item.require(word(item.on()).equals(part.get("state")), "is not as in " + part);
        if (config(item).range().isPresent()) {
            item.require(
                    String.valueOf(Math.round(item.level * 100)).equals(String.valueOf(part.get("level"))),
                    "is not at " + part);
        }
        var waits = item.on() != item.want > 0;
        if (item.fade == 0) {
            item.require(part.containsKey("next") == waits, "says no, or another, next: " + part);
            near(item, part, "remaining", Math.min(item.holdEnd, item.on() ? item.maxEnd : OutputModel.NEVER), now);
        }
        if (part.containsKey("next")) {
            item.require(waits && word(item.want > 0).equals(part.get("next")), "another next: " + part);
            near(item, part, "in", item.earliest(now), now);
        }
    }

    private static void near(OutputModel.Item item, Map<?, ?> part, String key, long end, long now) {
        var said = nanos(part.get(key));
        item.require(
                end == OutputModel.NEVER ? said == 0 : Math.abs(said - (end - now)) <= ROUNDING,
                "has " + (end - now) + " ns left and says " + part);
    }

    private static long nanos(@Nullable Object text) {
        return text == null ? 0 : TimeText.parse(text.toString()).orElseThrow().toNanos();
    }

    /** Nothing was changed but what the answer names. */
    private void refused(
            Message message, Map<String, @Nullable Object> answer, Map<ItemId, ?> shown, Map<String, Long> ends) {
        var now = clock.nanoTime();
        var code = String.valueOf(answer.get("code"));
        var error = String.valueOf(answer.get("error"));
        var behind = error.indexOf("; ");
        var named = NAMED.matcher(behind < 0 ? "" : error.substring(behind));
        model.reasons = false;
        take();
        model.reasons = true;
        var names = new HashSet<String>();
        while (named.find()) {
            names.add(named.group(1));
            var item = at(model.items, named.group(1));
            var word = named.group(2) == null ? named.group(4) : named.group(2);
            if (word != null) {
                item.left(now, named.group(2) != null, word.equals("ON"), nanos(named.group(3)));
            }
        }
        require(isReason(message, code, error), message, answer);
        if (message.retained && !state.isWritten()) {
            refused.add(message);
        }
        model.items.forEach((name, item) -> {
            if (shown.containsKey(id(name)) && item.known && !names.contains(name)) {
                require(at(shown, id(name)).equals(outputs.states().get(id(name))), message, answer);
            }
            // a restored state keeps its end, one that it was turned to meanwhile has its own
            if (item.known && item.on() != names.contains(name)) {
                item.maxEnd = at(ends, name);
            }
        });
    }

    private boolean isReason(Message message, String code, String error) {
        // one that waited for the card may have left the configuration
        var items = message.asks.stream()
                .flatMap(ask -> Optional.ofNullable(model.items.get(ask.output)).stream())
                .toList();
        return switch (code) {
            case "unknown-output" -> items.isEmpty();
            case "unavailable" ->
                items.stream().anyMatch(item -> !item.known) || (message.retained && !state.sick.isEmpty());
            case "interlock" ->
                error.startsWith("only one")
                        || items.stream().anyMatch(item -> item.partners().anyMatch(other -> !other.known));
            case "retained" -> {
                var accepts = config(items.get(0)).messages().acceptRetained();
                var many = error.contains("more than 128");
                if (many) {
                    settle(message);
                }
                yield message.retained
                        && (!accepts || many || !message.asks.get(0).isState());
            }
            // it was kept for another configuration
            case "bad-command" ->
                message.retained && !config(items.get(0)).range().isPresent();
            default -> false;
        };
    }
}
