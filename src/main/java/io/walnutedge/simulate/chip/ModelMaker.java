package io.walnutedge.simulate.chip;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Makes models of the chip of one driver. Found by {@link ServiceLoader}; stateless; any thread. */
public interface ModelMaker {
    /** The driver's name, which is the value of {@code type} in the configuration. */
    String driver();

    /** @param nanos a monotonic clock, by which the chip converts */
    ChipModel make(LongSupplier nanos);

    /** All on the class path, by their driver. */
    static Map<String, ModelMaker> installed() {
        var makers = new TreeMap<String, ModelMaker>();
        for (var maker : ServiceLoader.load(ModelMaker.class, ModelMaker.class.getClassLoader())) {
            makers.put(maker.driver(), maker);
        }
        return makers;
    }
}
