package io.walnutedge.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Includes files, and insists on them: the library leaves a missing one out in silence, and with it somebody's sensors.
 * One thread.
 */
final class StrictIncluder implements ConfigIncluder, ConfigIncluderFile {
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        // the library's own includer would be asked for what this one refuses
        return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        var found = relative(context, what);
        if (found == null && !what.endsWith(".conf")) {
            found = relative(context, what + ".conf");
        }
        if (found == null) {
            throw missing(context, what);
        }
        return found.parse(strict(found.options()));
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        if (!what.isFile()) {
            throw missing(context, what.getPath());
        }
        return com.typesafe.config.ConfigFactory.parseFile(what, strict(context.parseOptions()))
                .root();
    }

    private static @Nullable ConfigParseable relative(ConfigIncludeContext context, String what) {
        var found = context.relativeTo(what);
        return found != null
                        && found.origin().filename() != null
                        && Path.of(found.origin().filename()).toFile().isFile()
                ? found
                : null;
    }

    private static ConfigParseOptions strict(ConfigParseOptions options) {
        return options.setAllowMissing(false);
    }

    /** The context tells the including file only through what it resolves names against. */
    private static ConfigException missing(ConfigIncludeContext context, String what) {
        var sibling = context.relativeTo(what);
        var where = sibling == null || sibling.origin().filename() == null
                ? what
                : sibling.origin().filename();
        return new ConfigException.Generic("include \"" + what + "\": there is no file " + where);
    }
}
