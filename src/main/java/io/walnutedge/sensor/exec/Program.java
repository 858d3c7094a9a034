package io.walnutedge.sensor.exec;

import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Lane;
import io.walnutedge.sensor.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A program that is run for each sample.
 *
 * @param obstacle why it may not be run on this machine now
 */
public record Program(Path path, Supplier<Optional<String>> obstacle) implements Source {
    @Override
    public String describe() {
        return path.toString();
    }

    @Override
    public Lane lane(Hardware hardware) {
        return Lane.FILES;
    }

    @Override
    public List<String> notes() {
        return obstacle.get().stream().toList();
    }
}
