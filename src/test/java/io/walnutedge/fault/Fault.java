package io.walnutedge.fault;

import io.walnutedge.fault.Conditions.Cut;
import io.walnutedge.fault.Conditions.Door;
import io.walnutedge.fault.Conditions.Flow;
import java.time.Duration;
import java.util.Random;

/** What can happen to a broker and the way there. */
enum Fault {
    CUT {
        @Override
        void strike(Site site, Random random) {
            conditions(site, random, Conditions.of(new Cut(500 + random.nextInt(5_000), true)));
        }
    },
    TORN_PACKET {
        @Override
        void strike(Site site, Random random) {
            conditions(site, random, Conditions.of(new Cut(500 + random.nextInt(5_000), false)));
        }
    },
    BLACK_HOLE {
        @Override
        void strike(Site site, Random random) {
            conditions(site, random, Conditions.of(Flow.SWALLOW, Flow.SWALLOW));
        }
    },
    HALF_OPEN_UP {
        @Override
        void strike(Site site, Random random) {
            conditions(site, random, Conditions.of(Flow.SWALLOW, Flow.PASS));
        }
    },
    HALF_OPEN_DOWN {
        @Override
        void strike(Site site, Random random) {
            conditions(site, random, Conditions.of(Flow.PASS, Flow.SWALLOW));
        }
    },
    SILENCE {
        @Override
        void strike(Site site, Random random) {
            conditions(site, random, Conditions.of(Flow.HOLD, Flow.HOLD));
        }
    },
    DELAY {
        @Override
        void strike(Site site, Random random) {
            conditions(site, random, Conditions.delayed(Duration.ofMillis(50 + random.nextInt(450))));
        }
    },
    THROTTLE {
        @Override
        void strike(Site site, Random random) {
            conditions(site, random, Conditions.throttled(500 + random.nextInt(5_000)));
        }
    },
    REFUSED {
        @Override
        void strike(Site site, Random random) {
            conditions(site, random, Conditions.of(Door.SHUT));
        }
    },
    NO_ANSWER {
        @Override
        void strike(Site site, Random random) {
            conditions(site, random, Conditions.of(Door.SILENT));
        }
    },
    CLOSED_DURING_CONNECT {
        @Override
        void strike(Site site, Random random) {
            conditions(site, random, Conditions.of(Door.SLAMMED));
        }
    },
    BROKER_FROZEN {
        @Override
        void strike(Site site, Random random) {
            site.broker().freeze();
            site.pause(length(random));
            site.broker().thaw();
        }
    },
    BROKER_RESTARTED {
        @Override
        void strike(Site site, Random random) {
            site.stopBroker();
            site.pause(length(random));
            site.startBroker();
        }
    },
    BROKER_MOVED {
        @Override
        void strike(Site site, Random random) {
            site.stopBroker();
            site.broker().move();
            site.pause(length(random));
            site.startBroker();
        }
    },
    BROKER_KILLED {
        @Override
        void strike(Site site, Random random) {
            site.killBroker();
            site.pause(length(random));
            site.startBroker();
            site.proxy().set(Conditions.CLEAR);
        }
    };

    /** Lets it happen, and returns when it is over. */
    abstract void strike(Site site, Random random);

    private static void conditions(Site site, Random random, Conditions bad) {
        site.proxy().set(bad);
        site.pause(length(random));
        site.proxy().set(Conditions.CLEAR);
    }

    private static Duration length(Random random) {
        return Duration.ofMillis(300 + random.nextInt(3_000));
    }
}
