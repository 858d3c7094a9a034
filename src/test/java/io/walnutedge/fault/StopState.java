package io.walnutedge.fault;

import io.walnutedge.testkit.Subscriber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** What a daemon may be at when it is asked to stop. */
enum StopState {
    REFUSED {
        @Override
        void bringAbout(Station station, Random random) {
            station.proxy().set(Conditions.of(Conditions.Door.SHUT));
            station.start();
            pauseUpTo(2_500, random);
        }
    },
    CONNECTING {
        @Override
        void bringAbout(Station station, Random random) {
            station.proxy().set(Conditions.of(Conditions.Door.SILENT));
            station.start();
            pauseUpTo(1_500, random);
        }
    },
    STARTING {
        @Override
        void bringAbout(Station station, Random random) {
            station.proxy().set(Conditions.CLEAR);
            station.start();
        }
    },
    CONNECTED {
        @Override
        void bringAbout(Station station, Random random) {
            connect(station);
            pauseUpTo(1_500, random);
        }
    },
    FULL_WINDOW {
        @Override
        void bringAbout(Station station, Random random) {
            connect(station);
            station.proxy().set(Conditions.throttled(500 + random.nextInt(2_000)));
            pauseUpTo(2_500, random);
        }
    },
    NO_ACKNOWLEDGEMENTS {
        @Override
        void bringAbout(Station station, Random random) {
            connect(station);
            station.proxy().set(Conditions.of(Conditions.Flow.PASS, Conditions.Flow.HOLD));
            pauseUpTo(2_500, random);
        }
    },
    REPLAYING {
        @Override
        void bringAbout(Station station, Random random) {
            station.proxy().set(Conditions.of(Conditions.Door.SHUT));
            station.start();
            Station.pause(Duration.ofSeconds(3));
            var before = station.historical();
            station.proxy().set(Conditions.CLEAR);
            station.awaitThat("replaying", READY, () -> station.historical() > before);
            pauseUpTo(300, random);
        }
    },
    /** What was sampled last is in memory only. */
    LOST_JUST_NOW {
        @Override
        void bringAbout(Station station, Random random) {
            connect(station);
            station.proxy().set(Conditions.of(Conditions.Door.SHUT));
            pauseUpTo(400, random);
        }
    },
    BLACK_HOLE {
        @Override
        void bringAbout(Station station, Random random) {
            connect(station);
            station.proxy().set(Conditions.of(Conditions.Flow.SWALLOW, Conditions.Flow.SWALLOW));
            pauseUpTo(2_500, random);
        }
    },
    /** A file stands in the place of the store; the broker is there. */
    STORE_FAILS {
        @Override
        void bringAbout(Station station, Random random) {
            try {
                var aside = aside(station);
                if (Files.exists(station.store())) {
                    Files.move(station.store(), aside);
                }
                Files.createFile(station.store());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            connect(station);
            station.awaitThat(
                    "an alert", READY, () -> !station.last("status/alert").isEmpty());
            pauseUpTo(500, random);
        }

        @Override
        void undo(Station station) throws IOException {
            Files.delete(station.store());
            if (Files.exists(aside(station))) {
                Files.move(aside(station), station.store());
            }
        }

        private static Path aside(Station station) {
            return station.store().resolveSibling("outbox.aside");
        }
    },
    /** Outputs are on for a time, and more commands are on their way. */
    PULSING {
        @Override
        void bringAbout(Station station, Random random) {
            connect(station);
            for (var i = 0; i < 5; i++) {
                Subscriber.publish(
                        station.broker(), "walnutpi/" + Station.DEVICE + "/pulse/set", "ON " + (50 + i) + " s");
            }
            station.awaitThat("a pulse", READY, () -> station.last("pulse").equals("ON"));
            pauseUpTo(500, random);
        }
    };

    private static final Duration READY = Duration.ofSeconds(40);

    /** Starts the daemon and returns when it is at that. */
    abstract void bringAbout(Station station, Random random);

    /** Behind the stop. */
    void undo(Station station) throws IOException {
        // most leave nothing behind but conditions
    }

    private static void connect(Station station) {
        var connection = station.connection();
        station.proxy().set(Conditions.CLEAR);
        station.start();
        station.awaitThat("connected", READY, connection);
    }

    private static void pauseUpTo(int millis, Random random) {
        Station.pause(Duration.ofMillis(random.nextInt(millis)));
    }
}
