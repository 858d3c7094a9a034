package io.walnutedge.sensor.exec;

import io.walnutedge.natives.CLibrary;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The processes that programs start and leave behind. A process whose parent ends gets another parent, and one that calls
 * {@code setsid} leaves its group: neither is found from the program that started it. So this process makes itself their
 * subreaper (prctl(2)): they become its children, are killed when the program's run is over, and reaped. One that becomes
 * a child of this process while programs run counts as started by one of them; it is spared as long as a run goes on that
 * it may belong to. Without JNA only those are found that still have their parents. There is one for the whole process,
 * as there is one list of children. Any thread.
 */
final class Offspring {
    /** Becomes a subreaper at the first run of a program. */
    static final Offspring OF_THIS_PROCESS = new Offspring(isSubreaper());

    /** Killed processes end within milliseconds, save those that wait for a device; these are left to the next run. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration LOOK = Duration.ofMillis(2);

    private final boolean adopts;

    /** What the Java library started and reaps. */
    private final Set<ProcessHandle> started = ConcurrentHashMap.newKeySet();

    /** Of each run under way: the strays that were there before it. */
    private final Map<Ticket, Set<ProcessHandle>> runs = new HashMap<>();

    /** Children that no program has left: they were there while none ran. */
    private Set<ProcessHandle> foreign = Set.of();

    /** Those of programs that are still there. */
    private Set<ProcessHandle> left = Set.of();

    /** One run of a program; its own thread's. */
    static final class Ticket {
        private @Nullable Process program;

        private Ticket() {}

        /** Whether the Java library has not reaped it yet; until then its children may still be its own. */
        private boolean isAlive() {
            return program != null && program.isAlive();
        }
    }

    Offspring(boolean adopts) {
        this.adopts = adopts;
    }

    private static boolean isSubreaper() {
        try {
            return CLibrary.call(Libc::becomeSubreaper);
        } catch (IOException withoutJna) {
            return false;
        }
    }

    /** A run begins; to be called before its program is started. */
    synchronized Ticket begin() {
        var before = strays();
        if (runs.isEmpty()) {
            foreign = before.stream().filter(each -> !left.contains(each)).collect(Collectors.toSet());
        }
        var ticket = new Ticket();
        runs.put(ticket, before);
        return ticket;
    }

    /** The run's program, which the Java library reaps. */
    void started(Ticket ticket, Process program) {
        ticket.program = program;
        var handle = program.toHandle();
        started.add(handle);
        var unused = program.onExit().thenRun(() -> started.remove(handle));
    }

    /** A run is over, and so is everything that it has left; its program has ended or was killed. */
    synchronized void end(Ticket ticket) {
        runs.remove(ticket);
        var until = System.nanoTime() + PATIENCE.toNanos();
        for (var found = ended();
                (ticket.isAlive() || !found.isEmpty()) && System.nanoTime() - until < 0;
                found = ended()) {
            // what is below them becomes a child of this process, and is found in the next look
            found.forEach(ProcessHandle::destroyForcibly);
            if (ticket.isAlive() || !found.stream().allMatch(each -> Libc.reap(each.pid()))) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
        left = strays().stream().filter(each -> !foreign.contains(each)).collect(Collectors.toSet());
    }

    /** Strays that can belong to no run that goes on. */
    private List<ProcessHandle> ended() {
        return strays().stream()
                .filter(each -> !foreign.contains(each))
                .filter(each -> runs.values().stream().allMatch(before -> before.contains(each)))
                .toList();
    }

    private Set<ProcessHandle> strays() {
        if (!adopts) {
            return Set.of();
        }
        var children = ProcessHandle.current().children().collect(Collectors.toCollection(HashSet::new));
        children.removeAll(started);
        return children;
    }
}
