package io.walnutedge.hocon;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import java.io.File;
import java.net.URL;
import java.util.Queue;

/**
 * Gives the library the included files of one file, which {@link SourceFile} has found and read, in their order. The
 * library itself would leave a missing one out in silence, and fetch an address from the network. One thread.
 */
final class StrictIncluder implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    private final Queue<ConfigObject> included;

    StrictIncluder(Queue<ConfigObject> included) {
        this.included = included;
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        // the library's own includer would be asked for what this one refuses
        return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        return next(what);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        return next(what);
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
        return next(what);
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
        return next(what);
    }

    private ConfigObject next(Object what) {
        var next = included.poll();
        if (next == null) {
            throw new ConfigException.Generic("include of " + what + " was not foreseen");
        }
        return next;
    }
}
