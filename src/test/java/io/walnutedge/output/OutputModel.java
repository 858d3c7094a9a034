package io.walnutedge.output;

import io.walnutedge.config.OutputConfig.OnStop;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What each output may show, said again and otherwise than {@link Output} does: which level is wanted of it, until when the
 * line must follow, what ends it, and what the line's own past forbids. Times are nanoseconds.
 */
final class OutputModel {
    static final long NEVER = Long.MAX_VALUE / 4;
    private static final long SLACK = 2_000_000;
    private static final long STEP = 20_000_000;

    final Map<String, Item> items = new HashMap<>();
    /** Whether a line that turns must be wanted to: not within a command that is refused in the end. */
    boolean reasons = true;

    final class Item {
        final Rules rules;
        private final double first;
        private boolean fresh = true;
        private boolean held;
        private boolean opening;
        /** On, when it was opened. */
        private boolean found;

        private boolean spent;
        boolean known;
        double level;
        private long turned;
        double want;
        private long due;
        /** When it looks whether it may be on. */
        private long asked;

        private long hold;
        private boolean urgent;
        long fade;
        /** Its wish may be forgotten, or be another one. */
        boolean vague;

        private Optional<Boolean> promised = Optional.empty();
        long holdEnd = NEVER;
        long maxEnd = NEVER;
        long linkEnd = NEVER;
        long controllerEnd = NEVER;

        Item(Rules rules, double shown, double first, long now) {
            this.rules = rules;
            this.first = first;
            level = shown;
            turned = now;
        }

        boolean on() {
            return level > 0;
        }

        boolean shows(double one) {
            return Math.abs(level - one) < 1e-9;
        }

        /** Where it comes to by itself. */
        double resting() {
            return hold == 0 && holdEnd == NEVER ? want : want > 0 ? 0 : rules.onLevel();
        }

        Stream<Item> partners() {
            return items.values().stream().filter(this::isPartner);
        }

        private boolean isPartner(Item other) {
            return other != this && rules.group().isPresent() && rules.group().equals(other.rules.group());
        }

        void wish(long now, double to, long time, long over, boolean safety) {
            if (to > 0) {
                clear(now);
            }
            drop(to);
            hold = time;
            maxEnd = on() ? maxEnd : NEVER;
            fade = shows(to) ? 0 : over;
            urgent = safety;
            vague = to > 0 && !on() && partners().anyMatch(other -> !other.known);
            due = now;
            asked = earliest(now);
            postpone(now);
            if (asked == now && (fade > 0 || on() == to > 0)) {
                begin(now + fade);
            }
        }

        private void clear(long now) {
            partners().filter(other -> other.known).forEach(other -> other.wish(now, 0, 0, 0, false));
        }

        /** As long as a guard, or a partner that is new, forbids it. */
        private void postpone(long now) {
            due = Math.max(due, earliest(now) + SLACK + (fade > 0 ? fade + STEP : 0));
        }

        private void begin(long from) {
            holdEnd = hold > 0 ? from + hold : holdEnd;
            hold = 0;
        }

        /** When the line may turn to what is wanted. */
        long earliest(long now) {
            if (on() == want > 0 || (urgent && on())) {
                return now;
            }
            if (on()) {
                return Math.max(now, turned + rules.minOn());
            }
            var free = partners().mapToLong(other -> rules.dead() + (other.on() ? other.offAt(now) : other.turned));
            return Math.max(Math.max(now, turned + rules.minOff()), free.max().orElse(now));
        }

        private long offAt(long now) {
            return Math.max(now + 1, turned + rules.minOn());
        }

        void heard(long now) {
            controllerEnd = Math.min(NEVER, now + rules.controller());
        }

        void linkLost(long now) {
            linkEnd = Math.min(NEVER, now + rules.linkLoss());
        }

        /** What ends has come. */
        void pass(long now) {
            if (linkEnd <= now || controllerEnd <= now) {
                linkEnd = linkEnd <= now ? NEVER : linkEnd;
                controllerEnd = controllerEnd <= now ? NEVER : controllerEnd;
                fresh = false;
                wish(now, rules.safe(), 0, 0, true);
            } else if (known && maxEnd <= now) {
                wish(now, 0, 0, 0, true);
            } else if (known && holdEnd <= now) {
                var unsure = vague;
                wish(now, resting(), 0, 0, false);
                vague |= unsure;
            }
        }

        /** The line was driven. */
        void driven(long now, double to) {
            var turns = on() != to > 0;
            var since = now - turned;
            level = to;
            if (known && !turns) {
                return;
            }
            spent = !known && maxEnd <= now;
            require(!spent || !on(), "is on again after its max-on");
            maxEnd = on() ? Math.min(maxEnd, now + rules.maxOn()) : NEVER;
            turned = now;
            opening |= !known;
            found = known ? found : on();
            known = true;
            if (on() && turns) {
                partners()
                        .forEach(
                                other -> require(other.known && now - other.turned >= rules.dead(), "comes too early"));
            }
            if (!opening) {
                turned(now, since);
            }
        }

        private void turned(long now, long since) {
            var restored = promised.filter(word -> word == on()).isPresent();
            vague &= !restored || !shows(want);
            promised = promised.filter(word -> word != on());
            var makesWay = !on() && partners().anyMatch(other -> other.opening && other.on());
            require(!reasons || vague || makesWay || on() == want > 0, "turns and nobody wants that");
            require((urgent && !on()) || since >= (on() ? rules.minOff() : rules.minOn()), "turns too early");
            if (reasons && on()) {
                if (!restored) {
                    clear(now);
                }
                begin(now + fade - Math.min(STEP, fade));
            } else if (reasons) {
                begin(now);
            }
        }

        void offline(long now) {
            if (opening && on()) {
                // it was found on beside another one, and switched off in vain
                clear(now);
            }
            opening = false;
            fresh &= !known;
            known = false;
            maxEnd = on() ? maxEnd : NEVER;
            drop(0);
            partners().forEach(other -> other.vague |= Math.max(other.want, other.resting()) > 0 && !other.on());
            partners().forEach(other -> other.promised = Optional.empty());
        }

        /** One that does not come online then has failed again, and nobody is told that. */
        void opened(long now) {
            if (opening) {
                offline(now);
            }
        }

        private void drop(double to) {
            want = to;
            fade = 0;
            hold = 0;
            holdEnd = NEVER;
            promised = Optional.empty();
            vague = false;
        }

        /** It was opened. */
        void online(long now) {
            var to = fresh ? first : rules.safe();
            var waits = partners().anyMatch(other -> other.on() || (other.known && other.want > 0 && !other.vague));
            drop(level);
            due = now;
            if (level == 0 && to > 0 && fresh && !found && rules.group().isPresent() && !waits) {
                var unsure = partners().anyMatch(other -> other.vague);
                wish(now, to, 0, 0, false);
                vague |= unsure;
            } else {
                var taken = partners().anyMatch(other -> other.on() || other.want > 0 || !other.known);
                require(shows(to) || (level == 0 && (spent || taken)), "was opened at " + level + " and not at " + to);
            }
            fresh = false;
            opening = false;
            held = true;
        }

        /** A command that failed says of it: where it goes, and when, or where it is. */
        void left(long now, boolean goes, boolean on, long in) {
            if (!goes) {
                drop(on ? level : 0);
                return;
            }
            vague = true;
            promised = Optional.of(on);
            due = now + in + SLACK;
        }

        void check(long now) {
            if (earliest(now) > now) {
                postpone(now);
            }
            if (want > 0 && !on() && !vague && asked <= now) {
                // it looks again, or its fade begins, 20 ms before the line shows that
                clear(now);
                asked = earliest(now);
            }
            if (vague && known && now > due && promised.isEmpty()) {
                vague = on() ? !shows(want) : holdEnd < NEVER;
                if (!vague && !on()) {
                    // it was forgotten
                    drop(0);
                }
            }
            require(!known || now <= due || vague || shows(want), "shows " + level + " and not " + want);
            require(!known || now <= due || promised.isEmpty(), "is not as it was promised");
            require(!on() || !held || partners().noneMatch(other -> other.held && other.on()), "is not alone");
            require(!known || maxEnd > now - SLACK, "is on for longer than max-on");
        }

        /** The level that a stop must leave: what would need somebody to end it is ended. */
        double onStop(long now) {
            if (rules.onStop() != OnStop.KEEP) {
                return rules.onStop() == OnStop.ON ? rules.onLevel() : 0;
            }
            var runs = holdEnd < NEVER || maxEnd < NEVER || (fade > 0 && !shows(want) && earliest(now) == now);
            var mayBeOn = rules.maxOn() == NEVER && (on() || rules.group().isEmpty());
            return !runs ? level : mayBeOn ? resting() : 0;
        }

        void require(boolean holds, String otherwise) {
            if (!holds) {
                throw new AssertionError("'" + rules.name() + "' " + otherwise);
            }
        }
    }
}
