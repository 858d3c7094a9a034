package io.walnutedge.output;

import io.walnutedge.actuator.Actuator.LastWrite;
import io.walnutedge.actuator.ActuatorPlan;
import io.walnutedge.command.Refusal;
import io.walnutedge.command.RefusedException;
import io.walnutedge.command.SwitchCommand;
import io.walnutedge.command.Switches;
import io.walnutedge.command.Switches.Switched;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.config.OutputConfig.Initial;
import io.walnutedge.control.Loop;
import io.walnutedge.control.Retry;
import io.walnutedge.event.EventListener;
import io.walnutedge.event.OutputState;
import io.walnutedge.text.TimeText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One output: every {@link OutputRequest}, whoever has it, comes by {@link #request}, and a later one supersedes what is left of an
 * earlier one. After an error it is taken hold of again later, in the safe state, and whatever ran on a timer is
 * forgotten. The loop's thread only.
 */
final class Output {
    private static final Logger LOG = LoggerFactory.getLogger(Output.class);
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Loop loop;
    private final OutputPlan plan;
    private final OutputConfig config;
    private final EventListener events;
    private final LastStates last;
    private final Drive drive;
    private final Retry retry;
    private final Fade fade;
    private final Alarm goBack;
    private final Alarm maxOn;
    private final Alarm mayNow;
    private final Alarm look;
    private @Nullable Interlock interlock;
    /** The one that was taken last; {@code waiting} is the same, or null. */
    private OutputRequest wish = OutputRequest.later(0, "start");

    private @Nullable OutputRequest waiting;
    private String cause = "start";
    private boolean tried;
    /** Until it was held, or sent into its safe state: its initial state is to come. */
    private boolean fresh = true;
    /** A level that it takes when the start is over. */
    private double later;
    /** The end that a failure has interrupted: the line may be on ever since. */
    private Optional<Alarm.Setting> interrupted = Optional.empty();

    private boolean failing;
    /** When it was last seen to turn on or off. */
    private long turned;

    Output(Loop loop, Drive drive, OutputPlan plan, LastStates last, EventListener events) {
        this.loop = loop;
        this.plan = plan;
        this.config = plan.config();
        this.events = events;
        this.last = last;
        this.drive = drive;
        this.retry = new Retry(loop, this::reopen);
        this.fade = new Fade(loop);
        this.goBack = new Alarm(loop);
        this.maxOn = new Alarm(loop);
        this.mayNow = new Alarm(loop);
        this.look = new Alarm(loop);
    }

    void join(Interlock group) {
        interlock = group;
        group.join(this);
    }

    /** It left the configuration. */
    void leave() {
        if (interlock != null) {
            interlock.leave(this);
        }
    }

    OutputConfig config() {
        return config;
    }

    boolean isKnown() {
        return drive.isHeld();
    }

    /** Why its state is unknown. */
    String why() {
        return drive.why();
    }

    /** Itself and those whose states its own has an effect on. */
    Stream<Output> company() {
        return interlock == null ? Stream.of(this) : interlock.members();
    }

    /** Whether it was tried to be taken hold of. */
    boolean wasTried() {
        return tried;
    }

    boolean isOn() {
        return drive.level() > 0;
    }

    /** How long it has been off; nothing while it is on. */
    long nanosOff() {
        return isOn() ? 0 : loop.nanoTime() - turned;
    }

    /** Until it may be off: nothing unless it waits for {@code min-on}. */
    long nanosUntilOff() {
        return isOn() ? Math.max(0, config.timing().minOn().toNanos() - (loop.nanoTime() - turned)) : 0;
    }

    ActuatorPlan actuator() {
        return plan.actuator();
    }

    // ---- start, failure, return

    /** Takes hold in the initial state, or schedules the next attempt. */
    void open() {
        var first = fresh;
        later = 0;
        var at = first ? initial() : OptionalDouble.of(safeLevel());
        if (at.isPresent() && at.getAsDouble() > 0) {
            if (interlock != null && (first || !interlock.isFree(this))) {
                // what the others' lines showed before this process is not over for long enough
                later = first ? at.getAsDouble() : 0;
                at = OptionalDouble.of(0);
            } else if (interrupted.filter(end -> end.end() <= loop.nanoTime()).isPresent()) {
                at = OptionalDouble.of(0);
            }
        }
        tried = true;
        if (!drive.open(at)) {
            retryLater();
            return;
        }
        retry.succeeded();
        fresh = false;
        turned = loop.nanoTime();
        cause = first ? "start" : "safe state";
        wish = OutputRequest.later(drive.level(), cause);
        // one that was kept may be on beside another one
        if (isOn() && interlock != null && !interlock.isFree(this) && !drive(0, "interlock")) {
            // it stays on, so that the other one may not
            interlock.clear(this);
            retryLater();
            return;
        }
        turnedTo(isOn());
        if (isOn()) {
            interrupted.ifPresent(maxOn::set);
        }
        interrupted = Optional.empty();
        watchLevel();
    }

    /** What of its initial state had to wait until all others were tried; the first one of an interlock has it. */
    void begin() {
        var level = later;
        later = 0;
        if (level > 0 && drive.isHeld() && interlock != null && !interlock.isWanted(this)) {
            request(OutputRequest.later(level, "start"));
        }
    }

    private OptionalDouble initial() {
        return switch (config.initial()) {
            case ON -> OptionalDouble.of(config.dimming().onLevel());
            case OFF -> OptionalDouble.of(0);
            case LAST -> OptionalDouble.of(last.of(config.id()).orElse(0));
            case KEEP -> OptionalDouble.empty();
        };
    }

    private double safeLevel() {
        return config.safeOn() ? config.dimming().onLevel() : 0;
    }

    private void reopen() {
        open();
        if (drive.isHeld()) {
            failing = false;
            LOG.info("output {} on {} works again", config.id(), plan.actuator().place());
            announce();
            begin();
        }
    }

    private void watchLevel() {
        if (config.confirm()) {
            look.set(LOOK, () -> {
                if (fade.isRunning() || drive.confirm()) {
                    watchLevel();
                } else {
                    fail();
                }
            });
        }
    }

    /** Tells of an error, and schedules the next attempt. */
    private void fail() {
        // also one that has just gone off, and in vain
        interrupted = isOn() && !config.timing().maxOn().isZero() ? Optional.of(maxOn.latest()) : Optional.empty();
        forget();
        announce();
        retryLater();
    }

    private void retryLater() {
        var pause = TimeText.of(retry.schedule());
        if (failing) {
            LOG.debug("output {} still fails: {}; trying again in {}", config.id(), drive.why(), pause);
        } else {
            LOG.warn("output {} failed, its state is unknown: {}; trying again", config.id(), drive.why());
        }
        failing = true;
    }

    /** Ends everything that runs on a timer. */
    private void forget() {
        drop();
        maxOn.cancel();
        look.cancel();
    }

    // ---- wishes

    /** Whether a command would be taken now. */
    void requireReady(SwitchCommand command) throws RefusedException {
        if (!drive.isHeld()) {
            throw unavailable();
        }
        if (command.level().isPresent() && config.range().isEmpty()) {
            throw new RefusedException(
                    Refusal.BAD_COMMAND, "output '" + config.id() + "' has no levels; accepted: ON, OFF, TOGGLE");
        }
        if (wished(command) > 0) {
            requirePartners();
        }
    }

    private void requirePartners() throws RefusedException {
        var unknown = unknownPartner();
        if (unknown.isPresent()) {
            var other = unknown.get();
            throw new RefusedException(
                    Refusal.INTERLOCK,
                    "output '" + config.id() + "' stays off: the state of '" + other.config.id()
                            + "' in its interlock is unknown: " + other.drive.why());
        }
    }

    private Optional<Output> unknownPartner() {
        return interlock == null ? Optional.empty() : interlock.unknown(this);
    }

    /** @return what was left of an earlier command's time */
    Duration apply(SwitchCommand command) throws RefusedException {
        requireReady(command);
        var superseded = goBack.remaining();
        var by = command.id().map(id -> "command " + id).orElse("command");
        var level = wished(command);
        var hold = command.hold().orElse(level > 0 ? config.timing().pulse() : Duration.ZERO);
        var how = command.fade().orElse(config.dimming().fade());
        if (!request(new OutputRequest(level, by, hold, how, false))) {
            throw unavailable();
        }
        if (level > 0) {
            // one of them may have failed while it was switched off
            requirePartners();
        }
        return superseded;
    }

    Switched switched() {
        return switched(Duration.ZERO);
    }

    /** @param superseded what a command has ended */
    Switched switched(Duration superseded) {
        var state = state();
        var level = config.range().isPresent() ? OptionalDouble.of(state.level()) : OptionalDouble.empty();
        var later = state.waiting().map(wait -> new Switches.Later(wait.on(), wait.time()));
        return new Switched(state.on(), level, state.remaining(), superseded, later);
    }

    double wished(SwitchCommand command) {
        if (command.level().isPresent()) {
            return command.level().getAsDouble();
        }
        return command.action().from(target() > 0) ? config.dimming().onLevel() : 0;
    }

    /** Where it is, or is going. */
    double target() {
        return waiting == null ? fade.target().orElse(drive.level()) : waiting.level();
    }

    private RefusedException unavailable() {
        return new RefusedException(Refusal.UNAVAILABLE, "output '" + config.id() + "' is unavailable: " + drive.why());
    }

    /** Takes a wish in place of the one before; false if the hardware failed. */
    boolean request(OutputRequest wish) {
        drop();
        return drive.isHeld() && pursue(wish);
    }

    private boolean pursue(OutputRequest next) {
        wish = next;
        return reach(next);
    }

    /** What is left of the wish before. */
    private void drop() {
        fade.cancel();
        goBack.cancel();
        mayNow.cancel();
        waiting = null;
    }

    private boolean reach(OutputRequest wish) {
        if (wish.on() && interlock != null) {
            interlock.clear(this);
            if (unknownPartner().isPresent()) {
                stay();
                return true;
            }
        }
        var wait = wait(wish);
        if (wait > 0) {
            await(wish, wait, () -> pursue(wish));
            return true;
        }
        return fulfil(wish);
    }

    /** Where it is. */
    private void stay() {
        wish = OutputRequest.later(drive.level(), cause);
        publish();
    }

    private void await(OutputRequest wish, long nanos, Runnable then) {
        waiting = wish;
        mayNow.set(Duration.ofNanos(nanos), () -> {
            waiting = null;
            then.run();
        });
        publish();
    }

    /** Nanoseconds until it may be done. */
    private long wait(OutputRequest wish) {
        if (wish.on() == isOn()) {
            return 0;
        }
        if (!wish.on()) {
            return wish.urgent() ? 0 : nanosUntilOff();
        }
        var pause = Math.max(0, config.timing().minOff().toNanos() - nanosOff());
        var dead = config.interlock().map(group -> group.deadTime().toNanos()).orElse(0L);
        return interlock == null ? pause : Math.max(pause, interlock.wait(this, dead));
    }

    private boolean fulfil(OutputRequest wish) {
        if (!wish.fade().isZero() && !drive.isAt(wish.level())) {
            return startFade(wish);
        }
        if (!drive(wish.level(), wish.cause())) {
            fail();
            return false;
        }
        startHold(wish);
        publish();
        return true;
    }

    private boolean startFade(OutputRequest wish) {
        cause = wish.cause();
        fade.start(drive.level(), wish.level(), wish.fade(), level -> {
            var done = level == wish.level();
            if (level > 0 && !isOn() && !clearWay(wish)) {
                fade.cancel();
                reach(wish);
            } else if (!drive(level, wish.cause())) {
                fail();
            } else if (done) {
                startHold(wish);
                publish();
            }
        });
        if (drive.isHeld()) {
            publish();
        }
        return drive.isHeld();
    }

    /**
     * Has the others make way again: since its fade began one may have joined the interlock, come back, or got a timer.
     *
     * @return whether it may turn on now
     */
    private boolean clearWay(OutputRequest wish) {
        if (interlock != null) {
            interlock.clear(this);
        }
        return unknownPartner().isEmpty() && wait(wish) == 0;
    }

    private void startHold(OutputRequest wish) {
        if (!wish.hold().isZero()) {
            goBack.set(wish.hold(), () -> request(OutputRequest.later(opposite(wish), "timer")));
        }
    }

    private boolean drive(double level, String by) {
        var before = isOn();
        if (!drive.set(level)) {
            return false;
        }
        cause = by;
        if (isOn() != before) {
            turned = loop.nanoTime();
            turnedTo(isOn());
        }
        return true;
    }

    /** max-on counts from when it turned on: neither a further command nor another level makes it longer. */
    private void turnedTo(boolean on) {
        if (on && !config.timing().maxOn().isZero()) {
            maxOn.set(config.timing().maxOn(), () -> request(OutputRequest.safe(false, "max-on")));
        } else {
            maxOn.cancel();
        }
    }

    /** Into the safe state; a failed one will be there when it is back. */
    void safe(String why) {
        fresh = false;
        if (drive.isHeld() && (target() > 0) != config.safeOn()) {
            LOG.info("output {} goes to its safe state: {}", config.id(), why);
        }
        request(new OutputRequest(safeLevel(), why, Duration.ZERO, Duration.ZERO, true));
    }

    /** Another one of the interlock is to be on: neither this one's fade nor its timer gets in the way. */
    void makeWay() {
        if (drive.isHeld() && (isOn() || target() > 0 || resting() > 0)) {
            request(OutputRequest.later(0, "interlock"));
        }
    }

    // ---- undo

    Snapshot snapshot() {
        return new Snapshot(
                drive.level(),
                cause,
                wish,
                Optional.ofNullable(waiting),
                mayNow.setting(),
                goBack.setting(),
                maxOn.setting(),
                fade.course());
    }

    /** Whether it is in that state; a fade may have gone on. */
    boolean isLike(Snapshot before) {
        return drive.isHeld() && snapshot().equals(before);
    }

    /**
     * Brings back a state with all that runs on a timer, at once or as soon as {@code min-on}, {@code min-off} and the
     * interlock let it: what the line did since is no secret to what hangs on it. A state that would have ended before that
     * is not brought back.
     */
    void restore(Snapshot before) {
        if (drive.isHeld() && !isLike(before)) {
            drop();
            resume(before);
        }
    }

    private void resume(Snapshot before) {
        var level = OutputRequest.later(before.level(), before.cause());
        var wait = wait(level);
        var over = before.over(loop.nanoTime() + wait);
        wish = before.wish();
        if (before.turnsOn() && !isOn() && unknownPartner().isPresent()) {
            stay();
        } else if (over.isPresent()) {
            over.get().task().run();
        } else if (wait > 0) {
            await(level, wait, () -> resume(before));
        } else if (!drive(before.level(), before.cause())) {
            fail();
        } else {
            waiting = before.waiting().orElse(null);
            mayNow.restore(before.mayNow());
            goBack.restore(before.goBack());
            maxOn.restore(before.maxOn());
            fade.restore(before.fade());
            publish();
        }
    }

    // ---- news

    /** Tells availability, and the state where it is known. */
    void announce() {
        events.availability(config.id(), drive.isHeld(), drive.isHeld() ? "" : drive.why());
        if (drive.isHeld()) {
            publish();
        }
    }

    OutputState state() {
        var later = Optional.ofNullable(waiting).map(wish -> new OutputState.Waiting(wish.on(), mayNow.remaining()));
        return new OutputState(drive.level(), cause, remaining(), later);
    }

    private Duration remaining() {
        var back = goBack.remaining();
        return maxOn.isSet() && (!goBack.isSet() || maxOn.remaining().compareTo(back) < 0) ? maxOn.remaining() : back;
    }

    private void publish() {
        if (config.initial() == Initial.LAST) {
            last.put(config.id(), resting());
        }
        events.output(config.id(), state());
    }

    /** What it comes to without further commands: a pulse is not begun again by a restart. */
    private double resting() {
        return wish.hold().isZero() ? target() : opposite(wish);
    }

    private double opposite(OutputRequest of) {
        return of.on() ? 0 : config.dimming().onLevel();
    }

    /** What brings it to its state on stop when this process is dead. */
    List<LastWrite> onStopWrites() {
        var target = onStop();
        return target.isEmpty() ? List.of() : drive.writes(target.getAsDouble());
    }

    // ---- stop

    /** Brings it to its state on stop; one that is not held is tried once more. */
    void settle() {
        retry.cancel();
        var target = onStop();
        forget();
        var at = target.orElse(0);
        if (target.isPresent() && !drive.set(at) && !drive.open(target)) {
            LOG.warn("output {} could not be brought to its state on stop: {}", config.id(), drive.why());
            announce();
        }
        cause = "stop";
    }

    /** A pulse that runs is ended: nobody would be left to end it, nor to guard what it turned on. */
    private OptionalDouble onStop() {
        return switch (config.onStop()) {
            case OFF -> OptionalDouble.of(0);
            case ON -> OptionalDouble.of(config.dimming().onLevel());
            case KEEP ->
                goBack.isSet() || maxOn.isSet() || interrupted.isPresent() || fade.isRunning()
                        ? OptionalDouble.of(mayRest() ? resting() : 0)
                        : OptionalDouble.empty();
        };
    }

    private boolean mayRest() {
        return config.timing().maxOn().isZero() && (isOn() || interlock == null);
    }

    /** Gives it back at its level and tells the last state. */
    void close() {
        if (drive.isHeld()) {
            drive.giveBack();
            events.output(config.id(), new OutputState(drive.level(), cause, Duration.ZERO, Optional.empty()));
        }
    }
}
