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
        void strike(Station station, Random random) {
            conditions(station, random, Conditions.of(new Cut(500 + random.nextInt(5_000), true)));
        }
    },
    TORN_PACKET {
        @Override
        void strike(Station station, Random random) {
            conditions(station, random, Conditions.of(new Cut(500 + random.nextInt(5_000), false)));
        }
    },
    BLACK_HOLE {
        @Override
        void strike(Station station, Random random) {
            conditions(station, random, Conditions.of(Flow.SWALLOW, Flow.SWALLOW));
        }
    },
    HALF_OPEN_UP {
        @Override
        void strike(Station station, Random random) {
            conditions(station, random, Conditions.of(Flow.SWALLOW, Flow.PASS));
        }
    },
    HALF_OPEN_DOWN {
        @Override
        void strike(Station station, Random random) {
            conditions(station, random, Conditions.of(Flow.PASS, Flow.SWALLOW));
        }
    },
    SILENCE {
        @Override
        void strike(Station station, Random random) {
            conditions(station, random, Conditions.of(Flow.HOLD, Flow.HOLD));
        }
    },
    DELAY {
        @Override
        void strike(Station station, Random random) {
            conditions(station, random, Conditions.delayed(Duration.ofMillis(50 + random.nextInt(450))));
        }
    },
    THROTTLE {
        @Override
        void strike(Station station, Random random) {
            conditions(station, random, Conditions.throttled(500 + random.nextInt(5_000)));
        }
    },
    REFUSED {
        @Override
        void strike(Station station, Random random) {
            conditions(station, random, Conditions.of(Door.SHUT));
        }
    },
    NO_ANSWER {
        @Override
        void strike(Station station, Random random) {
            conditions(station, random, Conditions.of(Door.SILENT));
        }
    },
    CLOSED_DURING_CONNECT {
        @Override
        void strike(Station station, Random random) {
            conditions(station, random, Conditions.of(Door.SLAMMED));
        }
    },
    BROKER_FROZEN {
        @Override
        void strike(Station station, Random random) {
            station.broker().freeze();
            Station.pause(length(random));
            station.broker().thaw();
        }
    },
    BROKER_RESTARTED {
        @Override
        void strike(Station station, Random random) {
            station.broker().stop();
            Station.pause(length(random));
            station.startBroker();
        }
    },
    BROKER_MOVED {
        @Override
        void strike(Station station, Random random) {
            station.broker().stop();
            station.broker().move();
            Station.pause(length(random));
            station.startBroker();
        }
    },
    BROKER_KILLED {
        @Override
        void strike(Station station, Random random) {
            station.killBroker();
            Station.pause(length(random));
            station.startBroker();
            station.proxy().set(Conditions.CLEAR);
        }
    };

    /** Lets it happen, and returns when it is over. */
    abstract void strike(Station station, Random random);

    private static void conditions(Station station, Random random, Conditions bad) {
        station.proxy().set(bad);
        Station.pause(length(random));
        station.proxy().set(Conditions.CLEAR);
    }

    private static Duration length(Random random) {
        return Duration.ofMillis(300 + random.nextInt(3_000));
    }
}
